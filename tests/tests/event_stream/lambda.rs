//! The event stream of a real operation, with its generated types.

use crate::{encode, event, feed};
use myrina::{
    Error, EventStream, Operation as _,
    codec::Structure as _,
    event_stream::frame::Message,
    operation::{Response, ResponseBody},
};
use myrina_lambda::{
    invoke_with_response_stream::{InvokeWithResponseStream, InvokeWithResponseStreamResponse},
    types::{
        InvokeResponseStreamUpdate, InvokeWithResponseStreamCompleteEvent,
        InvokeWithResponseStreamResponseEvent as Event,
    },
};

/// What the operation's output is where these messages are the body.
fn output(messages: &[Message]) -> InvokeWithResponseStreamResponse {
    let operation = InvokeWithResponseStream::SCHEMA;
    let headers = [
        ("content-type", "application/vnd.amazon.eventstream"),
        ("x-amz-executed-version", "7"),
        ("x-amzn-requestid", "the-id"),
    ];
    let headers = headers.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap()));
    let body = ResponseBody::Stream(feed::body([Ok(encode(messages).into())]));
    let response = Response::new(200, headers.collect(), body);
    let mut output = InvokeWithResponseStreamResponse::empty();
    operation.service.protocol.read_response(operation, response, &mut output).unwrap();
    output
}

async fn all(mut stream: EventStream<Event>) -> Vec<Result<Event, Error>> {
    let mut all = Vec::new();
    while let Some(event) = stream.next().await {
        all.push(event);
    }
    assert!(stream.next().await.is_none());
    all
}

#[tokio::test]
async fn a_response_stream_yields_chunks_then_completes() {
    let output = output(&[
        event("PayloadChunk", "Hello, ").with(":content-type", "application/octet-stream"),
        event("PayloadChunk", "world"),
        event("PayloadChunk", ""),
        event("InvokeComplete", r#"{"LogResult":"TE9H","New":1}"#).with(":content-type", "application/json"),
        event("SomethingNew", "{}"),
    ]);
    assert_eq!((output.status_code, output.executed_version.as_deref()), (200, Some("7")));
    let chunk = |text: &'static str| Event::PayloadChunk(InvokeResponseStreamUpdate::new().payload(text));
    let complete = InvokeWithResponseStreamCompleteEvent::new().log_result("TE9H");
    let expected = [
        chunk("Hello, "),
        chunk("world"),
        chunk(""),
        Event::InvokeComplete(complete),
        Event::Unknown("SomethingNew".into()),
    ];
    let events: Result<Vec<_>, _> = all(output.event_stream).await.into_iter().collect();
    assert_eq!(events.unwrap(), expected);
}

#[tokio::test]
async fn an_exception_ends_the_response_stream() {
    let exception =
        Message::new(r#"{"Message":"in a while","Type":"User","Reason":"CallerRateLimitExceeded"}"#)
            .with(":message-type", "exception")
            .with(":exception-type", "TooManyRequestsException");
    let chunk = event("PayloadChunk", "a");
    let events = all(output(&[chunk.clone(), exception, chunk]).event_stream).await;
    let [Ok(_), Err(error)] = &events[..] else { panic!("{events:?}") };
    assert_eq!(
        error.to_string(),
        "Lambda.InvokeWithResponseStream: TooManyRequestsException: in a while (status 429, request id the-id)"
    );
    let data = error.modeled::<myrina_lambda::errors::TooManyRequestsException>().unwrap();
    assert_eq!(data.message.as_deref(), Some("in a while"));
    assert_eq!(data.reason.as_ref().unwrap().as_str(), "CallerRateLimitExceeded");
}
