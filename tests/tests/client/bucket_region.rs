//! Buckets in other regions than the client's.

use myrina::{
    Builder, ByteStream, Client, Error,
    config::Environment,
    credentials::Credentials,
    http::{HttpError, HttpResponse},
    testing::{InMemory, RecordedRequest},
};
use myrina_test_services::s3::{get_object::GetObject, put_object::PutObject};

const HERE: &str = "us-east-1";
const THERE: &str = "eu-west-1";

fn client(transport: InMemory) -> Builder {
    Client::builder()
        .environment(Environment::empty())
        .region(HERE)
        .credentials(Credentials::new("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"))
        .transport(transport)
}

/// S3 with all buckets in another region: the response to requests elsewhere, and to those that come there.
fn s3(status: u16, headers: &'static [(&'static str, &'static str)], body: &'static str) -> InMemory {
    InMemory::new(move |request| {
        if is_there(request) { Ok(response(200, &[], "data")) } else { Ok(response(status, headers, body)) }
    })
}

fn is_there(request: &RecordedRequest) -> bool {
    let scope = request.headers["authorization"].to_str().unwrap().contains("/eu-west-1/s3/");
    assert_eq!(scope, request.url.contains("s3.eu-west-1."), "{}", request.url);
    scope
}

fn response(status: u16, headers: &[(&'static str, &str)], body: &'static str) -> HttpResponse {
    let mut response = http::Response::new(ByteStream::from(body));
    *response.status_mut() = status.try_into().unwrap();
    for (name, value) in headers {
        response.headers_mut().insert(*name, value.parse().unwrap());
    }
    response
}

async fn get(client: &Client, bucket: &str) -> Result<ByteStream, Error> {
    Ok(client.send(GetObject::new(bucket, "k")).await?.body)
}

#[tokio::test]
async fn a_request_follows_its_bucket_and_the_client_remembers() {
    let answers = [
        s3(301, &[("x-amz-bucket-region", THERE)], ""),
        s3(301, &[], "<Error><Code>PermanentRedirect</Code><Region>eu-west-1</Region></Error>"),
        s3(307, &[("x-amz-bucket-region", THERE)], ""),
        s3(400, &[], "<Error><Code>AuthorizationHeaderMalformed</Code><Region>eu-west-1</Region></Error>"),
    ];
    for transport in answers {
        // Even without retries.
        let client = client(transport.clone()).max_attempts(1).build().unwrap();
        assert_eq!(get(&client, "bucket").await.unwrap().collect().await.unwrap(), "data");
        assert_eq!(transport.requests().len(), 2);
        get(&client, "bucket").await.unwrap();
        assert_eq!(transport.requests().len(), 3);
        // Another bucket may be elsewhere.
        get(&client, "other").await.unwrap();
        assert_eq!(transport.requests().len(), 5);
    }
}

#[tokio::test]
async fn a_request_is_redirected_once() {
    let transport = InMemory::new(|request| {
        let other = if is_there(request) { HERE } else { THERE };
        Ok::<_, HttpError>(response(301, &[("x-amz-bucket-region", other)], ""))
    });
    let client = client(transport.clone()).build().unwrap();
    assert_eq!(get(&client, "bucket").await.unwrap_err().status(), Some(301));
    assert_eq!(transport.requests().len(), 2);
}

#[tokio::test]
async fn other_answers_are_not_followed() {
    let answers = [
        // Nowhere, the same region, and no region at all.
        s3(301, &[], ""),
        s3(301, &[("x-amz-bucket-region", HERE)], ""),
        s3(301, &[("x-amz-bucket-region", "evil.example/")], ""),
        s3(403, &[("x-amz-bucket-region", THERE)], ""),
        s3(400, &[("x-amz-bucket-region", THERE)], "<Error><Code>InvalidRequest</Code></Error>"),
    ];
    for transport in answers {
        let client = client(transport.clone()).build().unwrap();
        get(&client, "bucket").await.unwrap_err();
        assert_eq!(transport.requests().len(), 1);
    }
}

#[tokio::test]
async fn a_stream_that_can_be_read_once_is_not_redirected() {
    let transport = s3(301, &[("x-amz-bucket-region", THERE)], "");
    let client = client(transport.clone()).build().unwrap();
    let once = ByteStream::from_body(ByteStream::from("once"));
    let error = client.send(PutObject::new("bucket", "k").body(once)).await.unwrap_err();
    assert_eq!((error.status(), transport.requests().len()), (Some(301), 1));
    client.send(PutObject::new("bucket", "k").body("bytes")).await.unwrap();
    assert_eq!(transport.requests().len(), 3);
}
