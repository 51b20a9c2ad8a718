//! Retries: what a client sends again, how often, and when.

use crate::{client_of, server, service::Relay};
use myrina::{
    Builder, ByteStream, Client, Error, ErrorKind, Timestamp,
    clock::Clock as _,
    config::Environment,
    credentials::Credentials,
    error::TimeoutKind,
    http::{BoxFuture, HttpClient, HttpError, HttpErrorKind, HttpRequest, HttpResponse},
    operation::{AttemptContext, Interceptor, Outcome},
    retry::RetryMode,
    testing::{FakeClock, InMemory, RecordedRequest},
};
use myrina_lambda::{invoke::Invoke, list_functions::ListFunctions};
use myrina_tests::MockResponse;
use serde_json::json;
use std::time::Duration;

type Answer = Result<HttpResponse, HttpError>;

fn clock() -> FakeClock {
    FakeClock::new(Timestamp::new(1_440_938_160, 0))
}

fn client(transport: impl HttpClient) -> Builder {
    Client::builder()
        .environment(Environment::empty())
        .region("us-east-1")
        .credentials(Credentials::new("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"))
        .clock(clock())
        .transport(transport)
}

#[allow(clippy::unnecessary_wraps, reason = "what a transport returns")]
fn answer(status: u16, headers: &[(&'static str, &str)], body: &'static str) -> Answer {
    let mut response = http::Response::new(ByteStream::from(body));
    *response.status_mut() = status.try_into().unwrap();
    for (name, value) in headers {
        response.headers_mut().insert(*name, value.parse().unwrap());
    }
    Ok(response)
}

fn ok() -> Answer {
    answer(200, &[], "done")
}

fn fault() -> Answer {
    answer(503, &[], "")
}

fn broken(kind: HttpErrorKind) -> Answer {
    Err(HttpError::new(kind, "as the test says"))
}

async fn relay(client: &Client, body: impl Into<ByteStream>) -> Result<String, Error> {
    let output = client.send(Relay::new().body(body)).await?;
    let bytes = output.body.unwrap().collect().await.unwrap();
    Ok(String::from_utf8(bytes.to_vec()).unwrap())
}

fn header<'r>(request: &'r RecordedRequest, name: &str) -> &'r str {
    request.headers[name].to_str().unwrap()
}

#[tokio::test]
async fn a_call_is_sent_again_until_it_succeeds() {
    let transport = InMemory::queue([fault(), broken(HttpErrorKind::Interrupted), ok()]);
    let client = client(transport.clone()).build().unwrap();
    assert_eq!(relay(&client, "body").await.unwrap(), "done");
    let requests = transport.requests();
    assert_eq!(requests.len(), 3);
    for request in &requests {
        assert_eq!(request.body, "body");
        assert_eq!(header(request, "amz-sdk-invocation-id"), header(&requests[0], "amz-sdk-invocation-id"));
    }
    assert_eq!(header(&requests[0], "amz-sdk-request"), "attempt=1; max=3");
    assert!(header(&requests[1], "amz-sdk-request").starts_with("ttl=20150830T"));
    assert!(header(&requests[1], "amz-sdk-request").ends_with("Z; attempt=2; max=3"));
    assert!(header(&requests[2], "amz-sdk-request").ends_with("; attempt=3; max=3"));
}

#[tokio::test]
async fn the_error_says_how_often_and_how_long_it_was_tried() {
    let transport = InMemory::new(|_| answer(503, &[("x-amzn-requestid", "id-9")], ""));
    let client = client(transport.clone()).max_attempts(4).build().unwrap();
    let error = relay(&client, "").await.unwrap_err();
    assert_eq!((transport.requests().len(), error.attempts()), (4, 4));
    assert_eq!(error.request_id(), Some("id-9"));
    assert!(error.elapsed() < Duration::from_millis(350), "{:?}", error.elapsed());
    let text = error.to_string();
    assert!(text.contains("request id id-9") && text.contains("; sent 4 times within 0."), "{text}");
}

#[tokio::test]
async fn what_would_fail_again_is_sent_once() {
    let kinds = [
        answer(400, &[], r#"{"__type":"ValidationException","message":"no"}"#),
        answer(404, &[], ""),
        answer(408, &[], ""),
        broken(HttpErrorKind::Tls),
    ];
    for answer in kinds {
        let transport = InMemory::queue([answer, ok()]);
        let client = client(transport.clone()).build().unwrap();
        let error = relay(&client, "").await.unwrap_err();
        assert_eq!((transport.requests().len(), error.attempts()), (1, 1), "{error}");
        assert!(!error.to_string().contains("sent 1"), "{error}");
    }
}

#[tokio::test]
async fn a_body_that_can_be_read_once_is_sent_once_and_the_error_says_so() {
    let once = || ByteStream::from_body(ByteStream::from("once"));
    let transport = InMemory::queue([fault(), ok()]);
    let client_once = client(transport.clone()).build().unwrap();
    let error = relay(&client_once, once()).await.unwrap_err();
    assert_eq!(transport.requests().len(), 1);
    assert!(error.to_string().contains("not sent again, as its body is a stream"), "{error}");
    // An error that is not retried anyway does not say so.
    let client_refused = client(InMemory::queue([answer(400, &[], "")])).build().unwrap();
    let error = relay(&client_refused, once()).await.unwrap_err();
    assert!(!error.to_string().contains("not sent again"), "{error}");

    let transport = InMemory::queue([fault(), ok()]);
    let client_replayable = client(transport.clone()).build().unwrap();
    relay(&client_replayable, ByteStream::replayable(once)).await.unwrap();
    assert!(transport.requests().iter().all(|request| request.body == "once"));
    assert_eq!(transport.requests().len(), 2);
}

#[tokio::test]
async fn the_service_chooses_the_delay() {
    let clock = clock();
    let transport = InMemory::queue([answer(503, &[("x-amz-retry-after", "1500")], ""), ok()]);
    let client = client(transport).clock(clock.clone()).build().unwrap();
    relay(&client, "").await.unwrap();
    assert_eq!(clock.elapsed(), Duration::from_millis(1500));
}

#[tokio::test]
async fn retries_can_be_turned_off_and_limited() {
    let transport = InMemory::new(|_| fault());
    let never = client(transport.clone()).retry_mode(RetryMode::Never).build().unwrap();
    assert_eq!(relay(&never, "").await.unwrap_err().attempts(), 1);
    let environment = Environment::empty().with("AWS_MAX_ATTEMPTS", "2");
    let twice = client(transport.clone()).environment(environment).build().unwrap();
    assert_eq!(relay(&twice, "").await.unwrap_err().attempts(), 2);
    assert_eq!(transport.requests().len(), 3);
    let environment = Environment::empty().with("AWS_MAX_ATTEMPTS", "0");
    let wrong = client(transport.clone()).environment(environment).build().unwrap();
    let error = relay(&wrong, "").await.unwrap_err();
    assert!(
        error.to_string().contains("AWS_MAX_ATTEMPTS must be a number of attempts, at least 1"),
        "{error}"
    );
    assert!(client(transport).max_attempts(0).build().is_err());
}

#[tokio::test]
async fn single_calls_have_options_of_their_own() {
    let transport = InMemory::new(|_| fault());
    let client = client(transport.clone()).max_attempts(2).build().unwrap();
    let once = client.with(|call| call.max_attempts(1));
    assert_eq!(relay(&once, "").await.unwrap_err().attempts(), 1);
    let zero = client.with(|call| call.max_attempts(0));
    assert_eq!(relay(&zero, "").await.unwrap_err().attempts(), 1);
    let five = once.with(|call| call.max_attempts(5));
    assert_eq!(relay(&five, "").await.unwrap_err().attempts(), 5);
    assert_eq!(relay(&client, "").await.unwrap_err().attempts(), 2);
    assert_eq!(transport.requests().len(), 1 + 1 + 5 + 2);
}

#[tokio::test]
async fn single_calls_have_timeouts_of_their_own() {
    let client = client(Silent).read_timeout(None).build().unwrap();
    let limited = client.with(|call| call.operation_timeout(Duration::from_secs(5)));
    let error = relay(&limited, "").await.unwrap_err();
    let limit = |error: &Error| match error.kind() {
        ErrorKind::Timeout(timeout) => (timeout.kind, timeout.after.as_secs()),
        _ => panic!("{error}"),
    };
    assert_eq!(limit(&error), (TimeoutKind::Operation, 5));
    let limited = client.with(|call| call.read_timeout(Duration::from_secs(3)).max_attempts(1));
    assert_eq!(limit(&relay(&limited, "").await.unwrap_err()), (TimeoutKind::Read, 3));
}

#[tokio::test]
async fn operations_that_take_long_have_longer_read_timeouts() {
    let client = client(Silent).max_attempts(1).build().unwrap();
    let error = relay(&client, "").await.unwrap_err();
    assert!(error.to_string().contains("the service sent nothing for 60 s"), "{error}");
    let error = client.send(Invoke::new("f", json!(null))).await.unwrap_err();
    assert!(error.to_string().contains("the service sent nothing for 960 s"), "{error}");
    let client = client.with(|call| call.read_timeout(Duration::from_secs(7)));
    let error = client.send(Invoke::new("f", json!(null))).await.unwrap_err();
    assert!(error.to_string().contains("the service sent nothing for 7 s"), "{error}");
}

#[tokio::test]
async fn nothing_of_a_response_that_breaks_off_is_in_the_output_of_the_next_attempt() {
    let broken = r#"{"NextMarker":"of the first","Functions":[{"FunctionName":"f"},"#;
    let transport = InMemory::queue([answer(200, &[], broken), answer(200, &[], r#"{"Functions":[]}"#)]);
    let client = client(transport.clone()).build().unwrap();
    let output = client.send(ListFunctions::new()).await.unwrap();
    assert_eq!((output.next_marker, output.functions), (None, Some(vec![])));
    assert_eq!(transport.requests().len(), 2);
}

#[tokio::test]
async fn success_has_metadata_too() {
    let ids = [("x-amz-request-id", "id-1"), ("x-amz-id-2", "id-2"), ("x-custom", "yes")];
    let transport = InMemory::queue([fault(), answer(200, &ids, "done")]);
    let client = client(transport).build().unwrap();
    let (output, metadata) = client.send_with_metadata(Relay::new().body("body")).await.unwrap();
    assert_eq!(output.body.unwrap().collect().await.unwrap(), "done");
    assert_eq!((metadata.status(), metadata.attempts()), (200, 2));
    assert_eq!(metadata.request_id(), Some("id-1"));
    assert_eq!(metadata.extended_request_id(), Some("id-2"));
    assert_eq!(metadata.headers()["x-custom"], "yes");
    assert!(!metadata.elapsed().is_zero());
}

/// Allows one retry of each call.
#[derive(Debug)]
struct OneRetry;

impl Interceptor for OneRetry {
    fn before_retry(&self, attempt: &mut AttemptContext<'_>, outcome: &Outcome, delay: Duration) -> bool {
        assert!(outcome.status == Some(503) && !delay.is_zero());
        attempt.number < 2
    }
}

#[tokio::test]
async fn a_hook_can_veto_a_retry() {
    let transport = InMemory::new(|_| fault());
    let client = client(transport.clone()).interceptor(OneRetry).max_attempts(9).build().unwrap();
    assert_eq!(relay(&client, "").await.unwrap_err().attempts(), 2);
    assert_eq!(transport.requests().len(), 2);
}

#[tokio::test]
async fn clones_share_the_quota_of_a_service() {
    let transport = InMemory::new(|_| fault());
    let first = client(transport.clone()).build().unwrap();
    let mut retries = 0;
    for _ in 0..100 {
        retries += relay(&first.clone(), "").await.unwrap_err().attempts() - 1;
    }
    // 500 in the quota, 14 for each retry.
    assert_eq!(retries, 35);
    assert_eq!(transport.requests().len(), 135);
}

#[tokio::test]
async fn a_clock_that_is_off_is_corrected_and_the_call_repeated() {
    // The server's clock is an hour ahead, and it refuses older signatures.
    let transport = InMemory::new(|request| {
        let date = ("date", "Sun, 30 Aug 2015 13:36:00 GMT");
        if header(request, "x-amz-date").starts_with("20150830T1336") {
            answer(200, &[date], "{}")
        } else {
            answer(403, &[date], r#"{"__type":"InvalidSignatureException"}"#)
        }
    });
    let client = client(transport.clone()).build().unwrap();
    let invoke = || client.send(Invoke::new("f", json!(null)));
    invoke().await.unwrap();
    assert_eq!(transport.requests().len(), 2);
    // The client remembers.
    invoke().await.unwrap();
    assert_eq!(transport.requests().len(), 3);
}

/// A transport that never answers.
#[derive(Debug)]
struct Silent;

impl HttpClient for Silent {
    fn call(&self, _: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, HttpError>> {
        Box::pin(std::future::pending())
    }
}

#[tokio::test]
async fn an_attempt_that_takes_too_long_is_followed_by_another() {
    let client = client(Silent).read_timeout(None).attempt_timeout(Duration::from_secs(20)).build().unwrap();
    let error = relay(&client, "").await.unwrap_err();
    assert!(
        matches!(error.kind(), ErrorKind::Timeout(timeout) if timeout.kind == TimeoutKind::Attempt),
        "{error}"
    );
    assert_eq!(error.attempts(), 3);
    let text = error.to_string();
    assert!(
        text.contains("the attempt did not finish within 20 s: attempt timeout; sent 3 times within 60."),
        "{text}"
    );
}

#[tokio::test]
async fn a_connection_that_is_closed_is_made_again() {
    let server = server([MockResponse::disconnect(), MockResponse::ok("done")]);
    let client = client_of(&server).retry_mode(RetryMode::Standard).build().unwrap();
    assert_eq!(relay(&client, "body").await.unwrap(), "done");
    assert_eq!(server.requests().len(), 2);
}
