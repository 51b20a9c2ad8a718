//! Checksums of bodies, over sockets.

use crate::{client_of, server};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use flate2::Crc;
use http_body::{Body, Frame, SizeHint};
use myrina::{
    Builder, ByteStream, Bytes, Client, Error, ErrorKind, config::Environment, credentials::Credentials,
    retry::RetryMode, testing::InMemory,
};
use myrina_test_services::s3::{
    get_object::GetObject, list_objects_v2::ListObjectsV2, put_object::PutObject, types::ChecksumAlgorithm,
};
use myrina_tests::{MockResponse, RecordedRequest};
use std::{
    collections::{BTreeMap, VecDeque},
    convert::Infallible,
    pin::Pin,
    task::{Context, Poll},
};

/// A stream of chunks whose length is known.
struct Chunks(VecDeque<Bytes>);

impl Body for Chunks {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        Poll::Ready(self.0.pop_front().map(|chunk| Ok(Frame::data(chunk))))
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.0.iter().map(|chunk| chunk.len() as u64).sum())
    }
}

/// 200,000 bytes in ten chunks.
fn chunks() -> Vec<Bytes> {
    (0..10_u8).map(|number| Bytes::from(vec![b'a' + number; 20_000])).collect()
}

fn stream() -> ByteStream {
    ByteStream::from_body(Chunks(chunks().into()))
}

/// The CRC32 of some bytes as S3 has it, by another implementation than the runtime's.
fn crc32(bytes: &[u8]) -> String {
    let mut crc = Crc::new();
    crc.update(bytes);
    STANDARD.encode(crc.sum().to_be_bytes())
}

async fn put(settings: impl FnOnce(Builder) -> Builder, put: PutObject) -> Result<RecordedRequest, Error> {
    let server = server([MockResponse::ok("")]);
    settings(client_of(&server)).build()?.send(put).await?;
    let mut requests = server.requests();
    assert_eq!(requests.len(), 1);
    Ok(requests.remove(0))
}

fn object() -> PutObject {
    PutObject::new("bucket", "key")
}

/// What a body in the encoding `aws-chunked` contains: its bytes, the extensions of its chunks, and its trailers.
struct Decoded {
    data: Vec<u8>,
    extensions: Vec<String>,
    trailers: BTreeMap<String, String>,
}

fn decode(mut body: &[u8]) -> Decoded {
    fn line(body: &mut &[u8]) -> String {
        let end = body.windows(2).position(|pair| pair == b"\r\n").expect("a line that ends");
        let (line, rest) = body.split_at(end);
        *body = &rest[2..];
        String::from_utf8(line.to_vec()).unwrap()
    }
    let mut decoded = Decoded { data: Vec::new(), extensions: Vec::new(), trailers: BTreeMap::new() };
    loop {
        let head = line(&mut body);
        let (size, extension) = head.split_once(';').unwrap_or((&head, ""));
        decoded.extensions.push(extension.to_owned());
        match usize::from_str_radix(size, 16).unwrap() {
            0 => break,
            size => {
                decoded.data.extend_from_slice(&body[..size]);
                body = &body[size..];
                assert_eq!(line(&mut body), "");
            }
        }
    }
    loop {
        let trailer = line(&mut body);
        let Some((name, value)) = trailer.split_once(':') else { break };
        decoded.trailers.insert(name.to_owned(), value.to_owned());
    }
    assert!(body.is_empty());
    decoded
}

#[tokio::test]
async fn the_checksum_of_a_body_in_memory_is_a_signed_header() {
    let request = put(|builder| builder, object().body("text")).await.unwrap();
    assert_eq!(request.text(), "text");
    assert_eq!(request.header("x-amz-checksum-crc32"), Some(crc32(b"text")));
    assert_eq!(request.header("x-amz-sdk-checksum-algorithm").as_deref(), Some("CRC32"));
    assert!(request.header("authorization").unwrap().contains("x-amz-checksum-crc32"));
    assert_eq!(request.header("content-encoding"), None);
    let sha256 = object().body("text").checksum_algorithm(ChecksumAlgorithm::Sha256);
    let request = put(|builder| builder, sha256).await.unwrap();
    let expected = "mC2ePrmW9VnmM/TRlN7zdh2Qn1o7ZH0ahR/q1nwyydE=";
    assert_eq!(request.header("x-amz-checksum-sha256").as_deref(), Some(expected));
    assert_eq!(request.header("x-amz-checksum-crc32"), None);
}

#[tokio::test]
async fn a_checksum_of_the_caller_is_sent_and_nothing_computed() {
    let own = object().body("text").checksum_sha1("b3du");
    let request = put(|builder| builder, own).await.unwrap();
    assert_eq!(request.header("x-amz-checksum-sha1").as_deref(), Some("b3du"));
    assert_eq!(request.header("x-amz-checksum-crc32"), None);
    assert_eq!(request.header("x-amz-sdk-checksum-algorithm"), None);
}

#[tokio::test]
async fn checksums_that_the_service_does_not_require_can_be_off() {
    let off = |builder: Builder| builder.request_checksum_calculation("when_required");
    for body in [ByteStream::from("text"), stream()] {
        let request = put(off, object().body(body)).await.unwrap();
        for header in ["x-amz-checksum-crc32", "x-amz-sdk-checksum-algorithm", "x-amz-trailer"] {
            assert_eq!(request.header(header), None, "{header}");
        }
    }
    // The caller's choice counts still.
    let named = object().body("text").checksum_algorithm(ChecksumAlgorithm::Crc32);
    let request = put(off, named).await.unwrap();
    assert_eq!(request.header("x-amz-checksum-crc32"), Some(crc32(b"text")));
    let error = put(|builder| builder.request_checksum_calculation("never"), object()).await.unwrap_err();
    assert!(
        error.to_string().contains("must be when_supported or when_required, but it is `never`"),
        "{error}"
    );
}

#[tokio::test]
async fn an_unknown_algorithm_is_an_error_before_anything_is_sent() {
    let put =
        put(|builder| builder, object().body("text").checksum_algorithm(ChecksumAlgorithm::from("CRC16")));
    let error = put.await.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Request(_)));
    assert!(error.to_string().contains("CRC64NVME"), "{error}");
}

#[tokio::test]
async fn over_http_the_chunks_of_a_stream_and_its_trailer_are_signed() {
    let request = put(|builder| builder, object().body(stream()).content_encoding("custom")).await.unwrap();
    for (header, expected) in [
        ("content-encoding", "custom, aws-chunked"),
        ("x-amz-trailer", "x-amz-checksum-crc32"),
        ("x-amz-decoded-content-length", "200000"),
        ("x-amz-content-sha256", "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER"),
        ("x-amz-sdk-checksum-algorithm", "CRC32"),
    ] {
        assert_eq!(request.header(header).as_deref(), Some(expected), "{header}");
    }
    assert_eq!(request.header("content-length"), Some(request.body.len().to_string()));
    assert_eq!(request.header("transfer-encoding"), None);
    let Decoded { data, mut extensions, trailers } = decode(&request.body);
    assert_eq!(data, chunks().concat());
    assert_eq!(trailers["x-amz-checksum-crc32"], crc32(&data));
    assert_eq!(trailers["x-amz-trailer-signature"].len(), 64);
    // Three whole chunks, one that is smaller, and the last one, which is empty.
    assert_eq!(extensions.len(), 5);
    assert!(
        extensions
            .iter()
            .all(|text| text.strip_prefix("chunk-signature=").is_some_and(|hex| hex.len() == 64))
    );
    extensions.sort();
    extensions.dedup();
    assert_eq!(extensions.len(), 5);
    // What a service finds if a byte changes on its way.
    let mut corrupted = data;
    corrupted[100_000] ^= 1;
    assert_ne!(trailers["x-amz-checksum-crc32"], crc32(&corrupted));
}

#[tokio::test]
async fn over_https_the_chunks_of_a_stream_are_not_signed() {
    let transport = InMemory::new(|_| Ok(http::Response::new("".into())));
    let client = Client::builder()
        .environment(Environment::empty())
        .region("eu-west-1")
        .credentials(Credentials::new("AKIDEXAMPLE", crate::SECRET))
        .transport(transport.clone())
        .build()
        .unwrap();
    client.send(object().body(stream())).await.unwrap();
    let request = &transport.requests()[0];
    assert!(request.url.starts_with("https://bucket.s3.eu-west-1.amazonaws.com/key"), "{}", request.url);
    assert_eq!(request.headers["x-amz-content-sha256"], "STREAMING-UNSIGNED-PAYLOAD-TRAILER");
    assert_eq!(request.headers["content-length"], request.body.len().to_string().as_str());
    let Decoded { data, extensions, trailers } = decode(&request.body);
    assert_eq!(data, chunks().concat());
    assert_eq!(trailers, BTreeMap::from([("x-amz-checksum-crc32".to_owned(), crc32(&data))]));
    assert!(extensions.iter().all(String::is_empty));
}

#[tokio::test]
async fn every_attempt_sends_the_checksum_of_the_first() {
    let server = server([MockResponse::new(503), MockResponse::ok("")]);
    let client = client_of(&server).retry_mode(RetryMode::Standard).build().unwrap();
    client.send(object().body("text")).await.unwrap();
    let sums: Vec<_> =
        server.requests().iter().map(|request| request.header("x-amz-checksum-crc32")).collect();
    assert_eq!(sums, [Some(crc32(b"text")), Some(crc32(b"text"))]);
}

/// The request for an object, and its content or the error at its end.
async fn get(
    settings: impl FnOnce(Builder) -> Builder,
    response: MockResponse,
) -> (RecordedRequest, Result<Bytes, String>) {
    let server = server([response]);
    let client = settings(client_of(&server)).build().unwrap();
    let object = client.send(GetObject::new("bucket", "key")).await.unwrap();
    let content = object.body.collect().await.map_err(|error| error.to_string());
    (server.requests().remove(0), content)
}

fn with_crc32(content: &str, crc32: &str) -> MockResponse {
    MockResponse::ok(content).header("x-amz-checksum-crc32", crc32)
}

#[tokio::test]
async fn a_body_that_is_not_what_was_sent_ends_with_an_error_that_has_both_checksums() {
    let (request, content) = get(|builder| builder, with_crc32("text", &crc32(b"text"))).await;
    assert_eq!(request.header("x-amz-checksum-mode").as_deref(), Some("ENABLED"));
    assert_eq!(content.unwrap(), "text");
    let (_, content) = get(|builder| builder, with_crc32("texT", &crc32(b"text"))).await;
    let error = content.unwrap_err();
    assert!(error.starts_with("S3.GetObject: the response (status 200) cannot be read: "), "{error}");
    for part in ["CRC32", &crc32(b"text"), &crc32(b"texT"), "x-amz-checksum-crc32"] {
        assert!(error.contains(part), "{error}");
    }
}

#[tokio::test]
async fn checksums_of_parts_and_of_other_forms_are_not_compared() {
    for other in ["AAAAAA==-3", "AAAA", "?", ""] {
        let (_, content) = get(|builder| builder, with_crc32("text", other)).await;
        assert_eq!(content.unwrap(), "text", "{other}");
    }
    // Another algorithm's may be there beside it.
    let response =
        with_crc32("text", "AAAAAA==-3").header("x-amz-checksum-sha256", &STANDARD.encode([0; 32]));
    let (_, content) = get(|builder| builder, response).await;
    assert!(content.unwrap_err().contains("SHA256"));
}

#[tokio::test]
async fn responses_are_compared_only_if_the_call_asks_for_it() {
    let off = |builder: Builder| builder.response_checksum_validation("when_required");
    let (request, content) = get(off, with_crc32("text", "AAAAAA==")).await;
    assert_eq!(request.header("x-amz-checksum-mode"), None);
    assert_eq!(content.unwrap(), "text");
}

#[tokio::test]
async fn operations_without_checksums_send_none() {
    let server = server([MockResponse::ok("<ListBucketResult/>")]);
    client_of(&server).build().unwrap().send(ListObjectsV2::new("bucket")).await.unwrap();
    let request = &server.requests()[0];
    assert!(request.headers.iter().all(|(name, _)| !name.contains("checksum")), "{request:?}");
}
