//! Invocations that succeed.

use super::control::FUNCTION;
use base64::{Engine as _, prelude::BASE64_STANDARD};
use myrina::{
    Client, Json,
    dynamic::{self, Blobs},
    lens::OptionalLens as _,
};
use myrina_lambda::{
    dynamic::OPERATIONS,
    invoke::{Invoke, InvokeResponse},
    invoke_with_response_stream::InvokeWithResponseStream,
    types::{
        InvocationType, InvokeResponseStreamUpdate, InvokeWithResponseStreamCompleteEvent,
        InvokeWithResponseStreamResponseEvent as Event, LogType,
    },
};
use myrina_tests::BoxError;
use serde_json::{Value, json};

/// What the handler answered under this name.
fn answer(response: &InvokeResponse, name: &str) -> Result<Value, BoxError> {
    assert_eq!(response.status_code, 200);
    assert_eq!(response.function_error, None, "{:?}", response.payload);
    Ok(response.payload.as_ref().ok_or("no payload")?.to_value()?[name].clone())
}

/// The log that came along, decoded.
fn log(response: &InvokeResponse) -> Result<String, BoxError> {
    let encoded = response.log_result.as_deref().ok_or("no log")?;
    Ok(String::from_utf8(BASE64_STANDARD.decode(encoded)?)?)
}

pub(super) async fn waits_for_the_answer(client: &Client) -> Result<(), BoxError> {
    let response = client.send(Invoke::new(FUNCTION, json!({ "key": "cat.png" }))).await?;
    assert_eq!(answer(&response, "event")?, json!({ "key": "cat.png" }));
    assert_eq!(answer(&response, "size")?, "120x80");
    assert_eq!(response.executed_version.as_deref(), Some("$LATEST"));
    assert_eq!(response.log_result, None);
    // Into a type custom.
    let pairs: std::collections::BTreeMap<String, Value> = response.payload.ok_or("no payload")?.parse()?;
    assert_eq!(pairs.keys().collect::<Vec<_>>(), ["event", "size", "version"]);
    Ok(())
}

pub(super) async fn queues_an_event(client: &Client) -> Result<(), BoxError> {
    let event = Invoke::new(FUNCTION, json!({})).invocation_type(InvocationType::Event);
    let response = client.send(event).await?;
    assert_eq!((response.status_code, response.payload, response.function_error), (202, None, None));
    Ok(())
}

pub(super) async fn only_checks(client: &Client) -> Result<(), BoxError> {
    let check = Invoke::new(FUNCTION, json!({ "wish": "raise" })).invocation_type(InvocationType::DryRun);
    let response = client.send(check).await?;
    assert_eq!((response.status_code, response.payload, response.function_error), (204, None, None));
    Ok(())
}

pub(super) async fn tells_what_a_handler_raised(client: &Client) -> Result<(), BoxError> {
    let request = Invoke::new(FUNCTION, json!({ "wish": "raise" })).log_type(LogType::Tail);
    let response = client.send(request).await?;
    assert_eq!((response.status_code, response.function_error.as_deref()), (200, Some("Unhandled")));
    let payload = response.payload.as_ref().ok_or("no payload")?.to_value()?;
    assert_eq!(payload["errorMessage"], "no such picture");
    let log = log(&response)?;
    assert!(log.contains("Traceback") && log.contains("ValueError: no such picture"), "{log}");
    Ok(())
}

pub(super) async fn tells_of_a_time_out(client: &Client) -> Result<(), BoxError> {
    let response = client.send(Invoke::new(FUNCTION, json!({ "wish": "sleep" }))).await?;
    assert_eq!((response.status_code, response.function_error.as_deref()), (200, Some("Unhandled")));
    let payload = response.payload.ok_or("no payload")?.to_value()?;
    assert_eq!(payload["errorMessage"], "Task timed out after 1.00 seconds");
    Ok(())
}

pub(super) async fn returns_the_log(client: &Client) -> Result<(), BoxError> {
    let request = Invoke::new(FUNCTION, json!({ "key": "größe" })).log_type(LogType::Tail);
    let response = client.send(request).await?;
    assert_eq!(answer(&response, "event")?["key"], "größe");
    assert_eq!(log(&response)?.trim(), "event: {'key': 'größe'}");
    Ok(())
}

pub(super) async fn runs_what_the_alias_names(client: &Client) -> Result<(), BoxError> {
    let response = client.send(Invoke::new(FUNCTION, json!({})).qualifier("live")).await?;
    assert_eq!(answer(&response, "version")?, "1");
    assert_eq!(response.executed_version.as_deref(), Some("1"));
    Ok(())
}

/// Colons and the `$` of a version are encoded in the path, and encoded again for the signature.
pub(super) async fn takes_an_arn_for_a_name(client: &Client) -> Result<(), BoxError> {
    for (qualifier, version) in [("", "$LATEST"), (":live", "1"), (":$LATEST", "$LATEST")] {
        let arn = format!("arn:aws:lambda:us-east-1:000000000000:function:{FUNCTION}{qualifier}");
        let response = client.send(Invoke::new(arn, json!({}))).await?;
        assert_eq!(answer(&response, "version")?, version, "{qualifier}");
    }
    Ok(())
}

/// A payload need not be an object, and is sent as its bytes are.
pub(super) async fn takes_any_json(client: &Client) -> Result<(), BoxError> {
    for document in ["null", "[1, 2.50]", r#""\u00fc""#, "-0.0", r#"{"b": 1, "a": {}}"#] {
        let payload = Json::from_bytes(document.as_bytes().to_vec());
        let response = client.send(Invoke::new(FUNCTION, payload.clone())).await?;
        assert_eq!(answer(&response, "event")?, payload.to_value()?, "{document}");
    }
    Ok(())
}

/// The same by name, JSON in and JSON out, errors too.
pub(super) async fn runs_by_name(client: &Client) -> Result<(), BoxError> {
    let invoke = dynamic::named(OPERATIONS, "Invoke")?;
    let input = json!({ "FunctionName": FUNCTION, "Payload": { "key": "cat.png" } });
    let output = client.send_dynamic(invoke, &input, Blobs::Base64).await?;
    assert_eq!((&output["StatusCode"], &output["ExecutedVersion"]), (&json!(200), &json!("$LATEST")));
    assert_eq!(output["Payload"]["event"], json!({ "key": "cat.png" }));

    let input = json!({ "FunctionName": "no-such-function", "Payload": {} });
    let error = client.send_dynamic(invoke, &input, Blobs::Base64).await.err().ok_or("no error")?;
    let report = dynamic::error(&error, Blobs::Base64);
    assert_eq!(
        (&report["code"], &report["status"]),
        (&json!("ResourceNotFoundException"), &json!(404)),
        "{report}"
    );
    assert!(report["message"].as_str().is_some_and(|text| text.contains("no-such-function")), "{report}");
    Ok(())
}

/// The response in pieces: frames of events, read as they come.
pub(super) async fn streams_the_answer(client: &Client) -> Result<(), BoxError> {
    let request = InvokeWithResponseStream::new(FUNCTION).payload(r#"{"key":"cat.png"}"#);
    let mut response = client.send(request).await?;
    let kind = response.response_stream_content_type.as_deref();
    assert_eq!((response.status_code, kind), (200, Some("application/vnd.amazon.eventstream")));

    let pieces = Event::PAYLOAD_CHUNK.then(InvokeResponseStreamUpdate::PAYLOAD).some();
    let end = Event::INVOKE_COMPLETE;
    let (mut answer, mut ends) = (Vec::new(), Vec::<InvokeWithResponseStreamCompleteEvent>::new());
    while let Some(event) = response.event_stream.next().await {
        let event = event?;
        answer.extend(pieces.preview(&event).into_iter().flatten());
        ends.extend(end.preview(&event).cloned());
    }
    assert_eq!(serde_json::from_slice::<Value>(&answer)?["event"], json!({ "key": "cat.png" }));
    assert_eq!(ends.len(), 1, "one event ends the stream: {ends:?}");
    assert_eq!(ends[0].error_code, None);
    Ok(())
}
