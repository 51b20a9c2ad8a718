//! Compression of requests.

use crate::{client_of, server};
use flate2::read::GzDecoder;
use myrina::Builder;
use myrina_test_services::{
    cloudwatch_query::{put_metric_data::PutMetricData, types::MetricDatum},
    sts::get_session_token::GetSessionToken,
};
use myrina_tests::{MockResponse, MockServer, RecordedRequest};
use std::io::Read as _;

/// One operation that compresses, with so many metrics.
async fn put(settings: impl FnOnce(Builder) -> Builder, metrics: usize) -> RecordedRequest {
    let server = server([MockResponse::ok("<PutMetricDataResponse/>")]);
    let client = settings(client_of(&server)).build().unwrap();
    let data = (0..metrics).map(|number| MetricDatum::new(format!("metric {number}"))).collect::<Vec<_>>();
    client.send(PutMetricData::new("Space").metric_data(data)).await.unwrap();
    only(&server)
}

fn only(server: &MockServer) -> RecordedRequest {
    let mut requests = server.requests();
    assert_eq!(requests.len(), 1);
    requests.remove(0)
}

#[tokio::test]
async fn a_large_request_is_compressed_and_signed_as_it_is_sent() {
    let request = put(|builder| builder, 500).await;
    assert_eq!(request.header("content-encoding").as_deref(), Some("gzip"));
    assert_eq!(request.header("content-length"), Some(request.body.len().to_string()));
    assert!(request.header("authorization").unwrap().contains("content-encoding"));
    let mut form = String::new();
    GzDecoder::new(&*request.body).read_to_string(&mut form).unwrap();
    assert!(form.starts_with("Action=PutMetricData&"), "{form}");
    assert!(form.len() > 10_240 && request.body.len() < form.len() / 5);
}

#[tokio::test]
async fn requests_that_are_small_or_not_to_be_compressed_are_sent_as_they_are() {
    let small = put(|builder| builder, 10).await;
    let off = put(|builder| builder.disable_request_compression(true), 500).await;
    for request in [small, off] {
        assert_eq!(request.header("content-encoding"), None);
        assert!(request.text().starts_with("Action=PutMetricData&"));
    }
    let smaller = put(|builder| builder.request_min_compression_size_bytes(1), 1).await;
    assert_eq!(smaller.header("content-encoding").as_deref(), Some("gzip"));
    // An operation without the trait.
    let server = server([MockResponse::ok("<GetSessionTokenResponse/>")]);
    let client = client_of(&server).request_min_compression_size_bytes(0).build().unwrap();
    client.send(GetSessionToken::new()).await.unwrap();
    assert_eq!(only(&server).header("content-encoding"), None);
}

#[tokio::test]
async fn a_least_size_out_of_its_range_is_an_error() {
    let server = server([]);
    let settings = client_of(&server).request_min_compression_size_bytes(u32::MAX);
    let error = settings.build().unwrap_err().to_string();
    assert!(error.contains("must be a number from 0 to 10485760, but it is `4294967295`"), "{error}");
}
