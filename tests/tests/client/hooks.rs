//! Hooks of a client's interceptors.

use crate::{
    client_of, server,
    service::{Ask, Relay},
};
use http::{HeaderValue, header::USER_AGENT};
use myrina::{
    ByteStream, ErrorKind, Timestamp,
    clock::Clock as _,
    credentials::{Credentials, CredentialsFuture, ProvideCredentials},
    http::{HttpRequest, RequestBody},
    operation::{
        AttemptContext, CallContext, HookError, Hooks, Interceptor, Outcome, Request, Response, ResponseBody,
    },
    testing::{FakeClock, InMemory},
};
use myrina_tests::MockResponse;
use std::{
    error::Error as _,
    fmt,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

/// An error that is known to the program alone.
#[derive(Debug)]
struct Own;

impl fmt::Display for Own {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no luck")
    }
}

impl std::error::Error for Own {}

/// Fails after every attempt, and counts them.
#[derive(Clone, Debug, Default)]
struct FailsAfterwards(Arc<AtomicU32>);

impl Interceptor for FailsAfterwards {
    fn hooks(&self) -> Hooks {
        Hooks::AFTER_ATTEMPT
    }

    fn after_attempt(&self, _: &mut AttemptContext<'_>, _: &Outcome) -> Result<(), HookError> {
        self.0.fetch_add(1, Ordering::Relaxed);
        Err(Box::new(Own))
    }
}

#[tokio::test]
async fn all_hooks_see_how_an_attempt_ended_and_none_hides_its_error() {
    let server = server([MockResponse::new(404).header("x-code", "NotThere"), MockResponse::ok("")]);
    let (first, second) = (FailsAfterwards::default(), FailsAfterwards::default());
    let builder = client_of(&server).interceptor(first.clone()).interceptor(second.clone());
    let client = builder.build().unwrap();
    let error = client.send(Ask::new("x")).await.unwrap_err();
    assert_eq!(error.code(), Some("NotThere"), "{error}");
    let error = client.send(Ask::new("x")).await.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Response { status: 200, .. }), "{error:?}");
    assert!(error.to_string().contains("no luck"), "{error}");
    assert_eq!((first.0.load(Ordering::Relaxed), second.0.load(Ordering::Relaxed)), (2, 2));
}

/// Fails before an attempt is sent.
#[derive(Debug)]
struct FailsBefore;

impl Interceptor for FailsBefore {
    fn before_transmit(&self, _: &mut AttemptContext<'_>, _: &mut HttpRequest) -> Result<(), HookError> {
        Err(Box::new(Own))
    }
}

#[tokio::test]
async fn the_error_of_a_hook_is_among_the_sources() {
    let server = server([MockResponse::ok("")]);
    for builder in [
        client_of(&server).interceptor(FailsBefore),
        client_of(&server).interceptor(FailsAfterwards::default()),
    ] {
        let error = builder.build().unwrap().send(Ask::new("x")).await.unwrap_err();
        assert_eq!(error.to_string().matches("no luck").count(), 1, "{error}");
        let (ErrorKind::Request(cause) | ErrorKind::Response { error: cause, .. }) = error.kind() else {
            panic!("{error:?}")
        };
        assert!(cause.source().unwrap().is::<Own>(), "{error:?}");
    }
}

/// Sets its own user agent.
#[derive(Debug)]
struct Named;

impl Interceptor for Named {
    fn after_serialization(
        &self,
        _: &mut CallContext,
        request: &mut Request<RequestBody>,
    ) -> Result<(), HookError> {
        request.headers.insert(USER_AGENT, HeaderValue::from_static("own/1"));
        Ok(())
    }
}

#[tokio::test]
async fn a_user_agent_that_a_hook_sets_is_sent() {
    let server = server([MockResponse::ok("")]);
    client_of(&server).interceptor(Named).build().unwrap().send(Ask::new("x")).await.unwrap();
    assert_eq!(server.requests()[0].header("user-agent").as_deref(), Some("own/1"));
}

/// Changes the body of a response.
#[derive(Debug)]
struct Rewrites;

impl Interceptor for Rewrites {
    fn before_deserialization(
        &self,
        _: &mut AttemptContext<'_>,
        response: &mut Response,
    ) -> Result<(), HookError> {
        response.body = ResponseBody::Bytes("rewritten".into());
        response.headers.insert("x-code", HeaderValue::from_static("Rewritten"));
        Ok(())
    }
}

#[tokio::test]
async fn an_error_keeps_headers_and_body_as_they_arrived() {
    let server = server([MockResponse::new(400).header("x-code", "Sent").body("sent")]);
    let client = client_of(&server).interceptor(Rewrites).build().unwrap();
    let error = client.send(Ask::new("x")).await.unwrap_err();
    assert_eq!(error.code(), Some("Rewritten"));
    assert!(error.to_string().contains("rewritten"), "{error}");
    assert_eq!(error.body(), Some(&b"sent"[..]));
    assert_eq!(error.headers().unwrap().get("x-code").unwrap(), "Sent");
}

/// Takes an hour.
#[derive(Debug)]
struct Slow(FakeClock);

impl ProvideCredentials for Slow {
    fn name(&self) -> &'static str {
        "slow"
    }

    fn provide(&self) -> CredentialsFuture<'_> {
        Box::pin(async {
            self.0.sleep(Duration::from_hours(1)).await;
            Ok(Credentials::new("AKIDEXAMPLE", "secret"))
        })
    }
}

/// Keeps when attempts were sent.
#[derive(Clone, Debug, Default)]
struct SentAt(Arc<Mutex<Option<Timestamp>>>);

impl Interceptor for SentAt {
    fn after_attempt(&self, _: &mut AttemptContext<'_>, outcome: &Outcome) -> Result<(), HookError> {
        *self.0.lock().unwrap() = outcome.sent_at;
        Ok(())
    }
}

#[tokio::test]
async fn a_request_is_dated_once_there_are_credentials() {
    let clock = FakeClock::new(Timestamp::new(0, 0));
    let transport = InMemory::new(|_| Ok(http::Response::new(ByteStream::default())));
    let sent_at = SentAt::default();
    let builder = client_of(&server([])).transport(transport.clone()).clock(clock.clone());
    let client = builder.credentials(Slow(clock)).interceptor(sent_at.clone()).build().unwrap();
    client.send(Relay::new()).await.unwrap();
    assert_eq!(transport.requests()[0].headers["x-amz-date"], "19700101T010000Z");
    assert_eq!(*sent_at.0.lock().unwrap(), Some(Timestamp::new(3600, 0)));
}

/// Sets the body, and may wrap it.
#[derive(Debug)]
struct Writes {
    body: &'static str,
    wraps: bool,
}

impl Writes {
    fn wrap(&self, body: &mut RequestBody) {
        if self.wraps {
            body.wrap(|stream| stream);
        }
    }
}

impl Interceptor for Writes {
    fn after_serialization(
        &self,
        _: &mut CallContext,
        request: &mut Request<RequestBody>,
    ) -> Result<(), HookError> {
        request.body = self.body.into();
        self.wrap(&mut request.body);
        Ok(())
    }

    fn before_signing(&self, _: &mut AttemptContext<'_>, request: &mut HttpRequest) -> Result<(), HookError> {
        assert_eq!(request.body.as_bytes().unwrap(), self.body);
        self.wrap(&mut request.body);
        Ok(())
    }
}

#[tokio::test]
async fn a_wrapped_body_is_signed_as_it_is_sent() {
    let transport = InMemory::new(|_| Ok(http::Response::new(ByteStream::default())));
    let server = server([]);
    for body in ["", "text"] {
        for wraps in [false, true] {
            let clock = FakeClock::new(Timestamp::new(0, 0));
            let builder = client_of(&server).transport(transport.clone()).clock(clock);
            let client = builder.interceptor(Writes { body, wraps }).build().unwrap();
            client.send(Ask::new("x")).await.unwrap();
        }
    }
    for requests in transport.requests().chunks(2) {
        let [plain, wrapped] = requests else { panic!("two requests") };
        assert!(!wrapped.headers.contains_key("x-amz-content-sha256"), "{wrapped:?}");
        assert_eq!((&wrapped.headers, &wrapped.body), (&plain.headers, &plain.body));
    }
}
