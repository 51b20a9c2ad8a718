//! `InvokeWithResponseStream` against a server that sends real frames: when events arrive, and how a stream ends.

use myrina::{
    Bytes, Client, Error, ErrorKind,
    config::Environment,
    credentials::Credentials,
    error::ServiceError,
    event_stream::frame::Message,
    lens::{Lens as _, OptionalLens as _},
};
use myrina_lambda::{
    errors::TooManyRequestsException,
    invoke_with_response_stream::{InvokeWithResponseStream, InvokeWithResponseStreamResponse},
    types::{InvokeResponseStreamUpdate, InvokeWithResponseStreamResponseEvent as Event, ThrottleReason},
};
use myrina_tests::{BoxError, Gate, MockResponse, MockServer};
use std::time::Instant;

/// The operation's answer from this server.
async fn invoke(server: &MockServer) -> Result<InvokeWithResponseStreamResponse, Error> {
    let client = Client::builder()
        .environment(Environment::empty())
        .region("us-east-1")
        .endpoint_url(server.url())
        .credentials(Credentials::new("AKIDEXAMPLE", "secret"));
    client.build()?.send(InvokeWithResponseStream::new("thumbnail").payload("{}")).await
}

/// A response whose body is still to be added.
fn reply() -> MockResponse {
    MockResponse::new(200)
        .header("content-type", "application/vnd.amazon.eventstream")
        .header("x-amzn-requestid", "the-id")
}

/// The frame of an event.
fn event(name: &str, payload: impl Into<Bytes>) -> Vec<u8> {
    frame(&Message::new(payload).with(":message-type", "event").with(":event-type", name))
}

fn frame(message: &Message) -> Vec<u8> {
    message.encode().expect("a small message").into()
}

fn chunk(text: &'static str) -> Event {
    Event::PayloadChunk(InvokeResponseStreamUpdate::new().payload(text))
}

/// All events of a response, and the error that ends them, if one does; after it there is nothing.
async fn events(reply: MockResponse) -> Result<(Vec<Event>, Option<Error>), BoxError> {
    let server = MockServer::start([reply])?;
    let mut stream = invoke(&server).await?.event_stream;
    let mut events = Vec::new();
    while let Some(event) = stream.next().await {
        match event {
            Ok(event) => events.push(event),
            Err(error) => {
                assert!(stream.next().await.is_none(), "something comes behind {error}");
                return Ok((events, Some(error)));
            }
        }
    }
    Ok((events, None))
}

/// The error that ends a response after one chunk.
async fn error_behind_a_chunk(reply: MockResponse) -> Result<Error, BoxError> {
    let shown = format!("{reply:?}");
    let (events, error) = events(reply).await?;
    assert_eq!(events, [chunk("one")], "{shown}");
    error.ok_or_else(|| format!("taken for an end: {shown}").into())
}

/// Each chunk is with the caller before the server, which represents the function, so much as writes the next: it waits until
/// the caller confirms the one before, and gives up where that never happens. The head comes before the first.
#[tokio::test]
async fn chunks_arrive_while_the_function_runs() -> Result<(), BoxError> {
    let texts = ["one", "two", "three", "four"];
    let gates = texts.map(|_| Gate::new());
    let script = gates.iter().zip(texts).fold(reply().chunked(), |reply, (gate, text)| {
        reply.wait_for(gate).body(event("PayloadChunk", text))
    });
    let last = Gate::new();
    let server = MockServer::start([script.wait_for(&last).body(event("InvokeComplete", "{}"))])?;

    let begun = Instant::now();
    let mut stream = invoke(&server).await?.event_stream;
    let mut confirmed = Instant::now();
    println!("{:>9.3?}  the head is there", confirmed - begun);
    for (gate, text) in gates.iter().zip(texts) {
        assert_eq!(gate.passed(), None, "the server went on without being told");
        gate.open();
        assert_eq!(stream.next().await.ok_or("an early end")??, chunk(text));
        let received = Instant::now();
        let sent = gate.passed().ok_or("a chunk that was not sent")?;
        println!("{:>9.3?}  {text} is sent\n{:>9.3?}  {text} is there", sent - begun, received - begun);
        assert!(confirmed <= sent && sent <= received);
        confirmed = received;
    }
    assert_eq!(last.passed(), None, "the function has ended");
    last.open();
    let end = stream.next().await.ok_or("an early end")??;
    assert!(Event::INVOKE_COMPLETE.preview(&end).is_some_and(|end| end.error_code.is_none()));
    assert!(stream.next().await.is_none());
    Ok(())
}

/// A function that fails when a part of its answer is out says so in its last event, which has what the model says.
#[tokio::test]
async fn a_function_error_mid_stream_is_reported_in_the_last_event() -> Result<(), BoxError> {
    let end = r#"{"ErrorCode":"Runtime.StreamError","ErrorDetails":"no such picture","LogResult":"TE9H"}"#;
    let script = reply().chunked().body(event("PayloadChunk", "one")).body(event("InvokeComplete", end));
    let (events, error) = events(script).await?;
    assert!(error.is_none(), "{error:?}");
    assert_eq!(events.first(), Some(&chunk("one")));
    let end = events.last().and_then(|event| Event::INVOKE_COMPLETE.preview(event)).ok_or("no end")?;
    let report = [&end.error_code, &end.error_details, &end.log_result].map(Option::as_deref);
    assert_eq!(report, [Some("Runtime.StreamError"), Some("no such picture"), Some("TE9H")]);
    Ok(())
}

/// An exception of the service in mid-stream is the error of the model, with its data.
#[tokio::test]
async fn an_exception_mid_stream_is_a_service_error() -> Result<(), BoxError> {
    let data = r#"{"Type":"User","message":"in a while","Reason":"CallerRateLimitExceeded"}"#;
    let exception = Message::new(data)
        .with(":message-type", "exception")
        .with(":exception-type", "TooManyRequestsException")
        .with(":content-type", "application/json");
    let chunks = reply().chunked().body(event("PayloadChunk", "one"));
    let script = chunks.body(frame(&exception)).body(event("PayloadChunk", "never"));
    let error = error_behind_a_chunk(script).await?;
    let data = TooManyRequestsException::IN_ERROR.preview(&error).ok_or("not that error")?;
    assert_eq!(TooManyRequestsException::TYPE.get(data).as_deref(), Some("User"));
    assert_eq!(TooManyRequestsException::REASON.get(data), &Some(ThrottleReason::CallerRateLimitExceeded));
    let said = "Lambda.InvokeWithResponseStream: TooManyRequestsException: in a while (status 429, request id the-id)";
    assert_eq!(error.to_string(), said);
    Ok(())
}

/// An error that the model does not describe has its code and message in the headers of its frame.
#[tokio::test]
async fn an_error_message_mid_stream_is_a_service_error() -> Result<(), BoxError> {
    let error = Message::default()
        .with(":message-type", "error")
        .with(":error-code", "InternalError")
        .with(":error-message", "the host is gone");
    let chunks = reply().chunked().body(event("PayloadChunk", "one"));
    let script = chunks.body(frame(&error)).body(event("PayloadChunk", "never"));
    let error = error_behind_a_chunk(script).await?;
    assert!(matches!(error.kind(), ErrorKind::Service(_)), "{error:?}");
    assert_eq!((error.code(), error.request_id()), (Some("InternalError"), Some("the-id")));
    assert_eq!(error.service().and_then(ServiceError::message), Some("the host is gone"));
    Ok(())
}

/// A connection that is cut is an error wherever that happens: within a frame, and between two, where only the encoding of
/// the body says that there is more to come.
#[tokio::test]
async fn a_truncated_stream_is_not_a_completed_stream() -> Result<(), BoxError> {
    let first = event("PayloadChunk", "one");
    let second = event("PayloadChunk", "two");
    let length = first.len() + second.len();
    let body = || reply().body(&first);
    let half = || body().body(&second[..second.len() / 2]);
    for script in [
        body().chunked().cut(0), // between frames, without the chunk that ends a body
        half().chunked().cut(0), // within a frame
        body().cut(length),      // between frames, short of `Content-Length`
        half().cut(length),      // within a frame
    ] {
        let error = error_behind_a_chunk(script).await?;
        assert!(matches!(error.kind(), ErrorKind::Connection(_)), "{error:?}");
        let said = "Lambda.InvokeWithResponseStream: the response was cut short by http://127.0.0.1:";
        assert!(error.to_string().starts_with(said), "{error}");
    }

    // The body ends as a body should, but within a frame.
    for script in [half().chunked(), half()] {
        let error = error_behind_a_chunk(script).await?;
        assert!(matches!(error.kind(), ErrorKind::Connection(_)), "{error:?}");
        let said = format!("after {} of {} bytes", second.len() / 2, second.len());
        assert!(error.to_string().contains(&said), "{error}");
    }

    // Nothing is wrong with the same frames where they end in time.
    for script in [body().body(&second).chunked(), body().body(&second)] {
        let (events, error) = events(script).await?;
        assert!(error.is_none(), "{error:?}");
        assert_eq!(events, [chunk("one"), chunk("two")]);
    }
    Ok(())
}
