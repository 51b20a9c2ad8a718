//! The generated crate for Lambda, used through the client.

use crate::{client_of, server};
use myrina::{Error, ErrorKind, event_stream::frame::Message};
use myrina_lambda::{
    errors::ResourceNotFoundException,
    invoke::Invoke,
    invoke_with_response_stream::InvokeWithResponseStream,
    list_functions::ListFunctions,
    types::{InvokeWithResponseStreamResponseEvent as Event, LogType},
};
use myrina_tests::{Gate, MockResponse};
use serde_json::json;

#[tokio::test]
async fn invoke_sends_the_payload_and_reads_the_response() {
    let reply = MockResponse::ok(r#"{"thumbnail":"cat.s.png"}"#)
        .header("X-Amz-Executed-Version", "7")
        .header("X-Amz-Log-Result", "bG9n");
    let server = server([reply]);
    let client = client_of(&server).build().unwrap();
    let request = Invoke::new("arn:aws:lambda:eu-west-1:1:function:thumb nail", json!({ "key": "cat.png" }))
        .log_type(LogType::Tail)
        .qualifier("PROD");
    let response = client.send(request).await.unwrap();
    assert_eq!(response.status_code, 200);
    assert_eq!((response.executed_version.as_deref(), response.function_error), (Some("7"), None));
    assert_eq!(response.payload.unwrap().to_value().unwrap()["thumbnail"], "cat.s.png");

    let request = &server.requests()[0];
    let path =
        "/2015-03-31/functions/arn%3Aaws%3Alambda%3Aeu-west-1%3A1%3Afunction%3Athumb%20nail/invocations";
    assert_eq!(request.uri(), format!("{path}?Qualifier=PROD"));
    assert_eq!((request.method.as_str(), request.text().as_str()), ("POST", r#"{"key":"cat.png"}"#));
    assert_eq!(request.header("x-amz-log-type").as_deref(), Some("Tail"));
    let content_lengths = request.headers.iter().filter(|(name, _)| name == "content-length").count();
    assert_eq!(content_lengths, 1, "{request:?}");
}

#[tokio::test]
async fn a_function_error_is_a_successful_call() {
    let reply = MockResponse::ok(r#"{"errorMessage":"no cat"}"#).header("X-Amz-Function-Error", "Unhandled");
    let server = server([reply]);
    let client = client_of(&server).build().unwrap();
    let response = client.send(Invoke::new("f", json!(null))).await.unwrap();
    assert_eq!(response.function_error.as_deref(), Some("Unhandled"));
    assert_eq!(response.payload.unwrap().to_value().unwrap()["errorMessage"], "no cat");
}

#[tokio::test]
async fn modeled_errors_carry_their_members() {
    let reply = MockResponse::new(404)
        .header("x-amzn-ErrorType", "ResourceNotFoundException:http://internal.amazon.com/coral/")
        .header("x-amzn-RequestId", "id-1")
        .body(r#"{"Type":"User","Message":"Function not found: f"}"#);
    let server = server([reply]);
    let error = client_of(&server).build().unwrap().send(Invoke::new("f", json!({}))).await.unwrap_err();
    let data = error.modeled::<ResourceNotFoundException>().expect("the error's data");
    assert_eq!(data.message.as_deref(), Some("Function not found: f"));
    assert_eq!(
        error.to_string(),
        "Lambda.Invoke: ResourceNotFoundException: Function not found: f (status 404, request id id-1)"
    );
}

#[tokio::test]
async fn a_response_that_is_not_json_is_a_response_error() {
    let server = server([MockResponse::ok(r#"{"Functions":[1]}"#), MockResponse::ok("<html>")]);
    let client = client_of(&server).build().unwrap();
    for words in ["at Functions[0]: ", "cannot be read"] {
        let error = client.send(ListFunctions::new()).await.unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::Response { status: 200, .. }), "{error:?}");
        assert!(error.to_string().contains(words), "{error}");
    }
}

fn event(name: &str, payload: &'static [u8]) -> Vec<u8> {
    let message = Message::new(payload).with(":message-type", "event").with(":event-type", name);
    message.encode().unwrap().to_vec()
}

#[tokio::test]
async fn events_are_yielded_one_by_one() {
    let gate = Gate::new();
    let reply = MockResponse::new(200)
        .header("content-type", "application/vnd.amazon.eventstream")
        .chunked()
        .body(event("PayloadChunk", b"first"))
        .wait_for(&gate)
        .body(event("InvokeComplete", br#"{"ErrorCode":"Unhandled"}"#));
    let server = server([reply]);
    let client = client_of(&server).build().unwrap();
    let mut response = client.send(InvokeWithResponseStream::new("f")).await.unwrap();
    let Some(Ok(Event::PayloadChunk(chunk))) = response.event_stream.next().await else { panic!("no chunk") };
    assert_eq!(chunk.payload.unwrap(), "first");
    gate.open();
    let Some(Ok(Event::InvokeComplete(end))) = response.event_stream.next().await else { panic!("no end") };
    assert_eq!(end.error_code.as_deref(), Some("Unhandled"));
    assert!(response.event_stream.next().await.is_none());
}

#[tokio::test]
async fn a_broken_event_stream_ends_with_an_error() {
    let frame = event("PayloadChunk", b"first");
    let server = server([MockResponse::ok(&frame[..20]).cut(frame.len()), MockResponse::ok(&frame[..20])]);
    let client = client_of(&server).build().unwrap();
    for _ in 0..2 {
        let mut response = client.send(InvokeWithResponseStream::new("f")).await.unwrap();
        let error: Error = response.event_stream.next().await.unwrap().unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::Connection(_)), "{error:?}");
        assert!(error.to_string().starts_with("Lambda.InvokeWithResponseStream: "), "{error}");
    }
}
