//! Whole calls without socket and without waiting: an in-memory transport, a clock that stands still, and interceptors.

use http_body::Frame;
use myrina::{
    ByteStream, Bytes, Client, ErrorKind, StreamError, Timestamp,
    codec::Structure,
    config::Environment,
    credentials::Credentials,
    http::{BoxFuture, HttpClient, HttpError, HttpErrorKind, HttpRequest, HttpResponse, RequestBody},
    operation::{AttemptContext, CallContext, HookError, Interceptor, Outcome, Request, Response},
    testing::{FakeClock, InMemory},
};
use myrina_lambda::invoke::{Invoke, InvokeResponse};
use serde_json::json;
use std::{
    pin::Pin,
    sync::{Arc, Mutex},
    task::{Context, Poll, ready},
    time::Duration,
};

#[allow(clippy::unnecessary_wraps, reason = "what a transport returns")]
fn response(status: u16, body: &'static str) -> Result<HttpResponse, HttpError> {
    let mut response = http::Response::new(ByteStream::from(body));
    *response.status_mut() = status.try_into().unwrap();
    response.headers_mut().insert("x-amzn-requestid", "id-1".parse().unwrap());
    Ok(response)
}

fn builder(transport: impl HttpClient) -> myrina::Builder {
    Client::builder()
        .environment(Environment::empty())
        .region("us-east-1")
        .credentials(Credentials::new("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"))
        .clock(FakeClock::new(Timestamp::new(1_440_938_160, 0)))
        .transport(transport)
}

async fn invoke(client: &Client) -> Result<InvokeResponse, myrina::Error> {
    client.send(Invoke::new("thumbnail", json!({"size": 7}))).await
}

#[tokio::test]
async fn the_request_is_the_same_to_the_byte() {
    let transport = InMemory::queue([response(200, "{\"ok\":true}")]);
    let client = builder(transport.clone()).build().unwrap();
    let output = invoke(&client).await.unwrap();
    assert_eq!(output.status_code, 200);
    assert_eq!(output.payload.unwrap().to_value().unwrap(), json!({"ok": true}));
    let [request] = &transport.requests()[..] else { panic!("one request") };
    assert_eq!(request.method, "POST");
    assert_eq!(
        request.url,
        "https://lambda.us-east-1.amazonaws.com/2015-03-31/functions/thumbnail/invocations"
    );
    assert_eq!(request.body, "{\"size\":7}");
    let header = |name: &str| request.headers[name].to_str().unwrap();
    assert_eq!(header("x-amz-date"), "20150830T123600Z");
    assert_eq!(header("amz-sdk-invocation-id"), "01020304-0506-4708-890a-0b0c0d0e0f10");
    assert_eq!(header("amz-sdk-request"), "attempt=1; max=3");
    assert_eq!(
        header("authorization"),
        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/lambda/aws4_request, \
         SignedHeaders=amz-sdk-invocation-id;amz-sdk-request;content-length;content-type;host;x-amz-date, \
         Signature=7b4c867d3c68a90ba80c1ec8741d97dabd90a030e6588a7d77e7b63bdb0581fb"
    );
}

#[tokio::test]
async fn transport_errors_say_how_far_the_request_came() {
    let kinds = [
        (
            HttpErrorKind::Connect,
            "cannot connect to https://lambda.us-east-1.amazonaws.com: as the test says",
        ),
        (HttpErrorKind::Interrupted, "the connection was broken by https://lambda.us-east-1.amazonaws.com"),
    ];
    for (kind, words) in kinds {
        let client =
            builder(InMemory::new(move |_| Err(HttpError::new(kind, "as the test says")))).build().unwrap();
        let error = invoke(&client).await.unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::Connection(_)), "{error:?}");
        assert_eq!(error.http_error_kind(), Some(kind));
        assert!(error.to_string().contains(words), "{error}");
    }
}

/// A transport that never responds.
#[derive(Debug)]
struct Silent;

impl HttpClient for Silent {
    fn call(&self, _: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, HttpError>> {
        Box::pin(std::future::pending())
    }
}

#[tokio::test]
async fn timeouts_need_no_waiting() {
    let client = builder(Silent).read_timeout(Duration::from_mins(10)).build().unwrap();
    let error = invoke(&client).await.unwrap_err();
    assert!(error.to_string().contains("600 s"), "{error}");
}

/// Records its hooks, and sends the body in upper case.
#[derive(Clone, Debug, Default)]
struct Recorder(Arc<Mutex<Vec<String>>>);

impl Recorder {
    #[allow(clippy::unnecessary_wraps, reason = "what a hook returns")]
    fn record(&self, hook: impl Into<String>) -> Result<(), HookError> {
        self.0.lock().unwrap().push(hook.into());
        Ok(())
    }
}

/// A body in upper case.
struct UpperCase(ByteStream);

impl http_body::Body for UpperCase {
    type Data = Bytes;
    type Error = StreamError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, StreamError>>> {
        let upper = |bytes: Bytes| Bytes::from(bytes.to_ascii_uppercase());
        let frame = ready!(Pin::new(&mut self.0).poll_frame(context));
        Poll::Ready(frame.map(|frame| frame.map(|frame| frame.map_data(upper))))
    }
}

/// State that one hook leaves for another.
#[derive(Clone)]
struct Mark(&'static str);

impl Interceptor for Recorder {
    fn before_serialization(&self, call: &mut CallContext, _: &mut dyn Structure) -> Result<(), HookError> {
        call.extensions.insert(Mark("kept"));
        self.record(format!("before_serialization of {}", call.operation.name))
    }

    fn after_serialization(
        &self,
        _: &mut CallContext,
        request: &mut Request<RequestBody>,
    ) -> Result<(), HookError> {
        request.body.wrap(|stream| ByteStream::from_body(UpperCase(stream)));
        self.record("after_serialization")
    }

    fn endpoint(
        &self,
        _: &mut AttemptContext<'_>,
        _: &mut dyn Structure,
    ) -> Result<Option<String>, HookError> {
        self.record("endpoint")?;
        Ok(Some("https://elsewhere.example".to_owned()))
    }

    fn before_signing(&self, _: &mut AttemptContext<'_>, request: &mut HttpRequest) -> Result<(), HookError> {
        request.headers.insert("x-signed", "yes".parse()?);
        self.record("before_signing")
    }

    fn before_transmit(
        &self,
        _: &mut AttemptContext<'_>,
        request: &mut HttpRequest,
    ) -> Result<(), HookError> {
        assert!(request.headers.contains_key("authorization"));
        self.record("before_transmit")
    }

    fn before_deserialization(
        &self,
        _: &mut AttemptContext<'_>,
        response: &mut Response,
    ) -> Result<(), HookError> {
        self.record(format!("before_deserialization of {}", response.status))
    }

    fn after_attempt(&self, attempt: &mut AttemptContext<'_>, outcome: &Outcome) -> Result<(), HookError> {
        let (number, status, id) = (attempt.number, outcome.status.unwrap(), outcome.request_id().unwrap());
        self.record(format!("after_attempt {number}: {status} {id}"))
    }

    fn after_deserialization(&self, call: &mut CallContext, _: &mut dyn Structure) -> Result<(), HookError> {
        let mark = call.extensions.get::<Mark>().map_or("lost", |mark| mark.0);
        self.record(format!("after_deserialization: {mark}"))
    }
}

#[tokio::test]
async fn an_interceptor_of_the_client_sees_each_hook_in_order_and_wraps_the_body() {
    let transport = InMemory::queue([response(200, "{}")]);
    let recorder = Recorder::default();
    let client = builder(transport.clone()).interceptor(recorder.clone()).build().unwrap();
    invoke(&client).await.unwrap();
    assert_eq!(
        *recorder.0.lock().unwrap(),
        [
            "before_serialization of Invoke",
            "after_serialization",
            "endpoint",
            "before_signing",
            "before_transmit",
            "before_deserialization of 200",
            "after_attempt 1: 200 id-1",
            "after_deserialization: kept",
        ]
    );
    let [request] = &transport.requests()[..] else { panic!("one request") };
    assert_eq!(request.body, "{\"SIZE\":7}");
    assert!(request.url.starts_with("https://elsewhere.example/2015-03-31/"), "{}", request.url);
    assert!(request.headers["authorization"].to_str().unwrap().contains("x-signed"), "{:?}", request.headers);
}
