//! Operations by name: one client, JSON input and output, and errors that say what is wrong with the JSON.

use myrina::{
    Builder, Client, Error, ErrorKind,
    config::Environment,
    credentials::Credentials,
    dynamic::{self, Blobs},
    event_stream::frame::Message,
};
use myrina_lambda::dynamic::OPERATIONS;
use myrina_tests::{BoxError, MockResponse, MockServer, RecordedRequest};
use serde_json::{Value, json};

fn client_of(server: &MockServer) -> Builder {
    Client::builder()
        .environment(Environment::empty())
        .region("us-east-1")
        .endpoint_url(server.url())
        .credentials(Credentials::new("AKIDEXAMPLE", "secret"))
}

/// What an operation answers, or fails with, where the server answers so.
async fn call(
    name: &str,
    input: Value,
    blobs: Blobs,
    reply: MockResponse,
) -> Result<(Result<Value, Error>, Option<RecordedRequest>), BoxError> {
    let server = MockServer::start([reply])?;
    let client = client_of(&server).build()?;
    let outcome = client.send_dynamic(dynamic::named(OPERATIONS, name)?, &input, blobs).await;
    Ok((outcome, server.requests().pop()))
}

/// The same, of one that is sent and answered.
async fn answer(
    name: &str,
    input: Value,
    blobs: Blobs,
    reply: MockResponse,
) -> Result<(Value, RecordedRequest), BoxError> {
    let (outcome, request) = call(name, input, blobs, reply).await?;
    Ok((outcome?, request.ok_or("nothing was sent")?))
}

#[tokio::test]
async fn dynamic_calls_take_and_return_json() -> Result<(), BoxError> {
    let reply =
        MockResponse::ok(r#"{"Functions":[{"FunctionName":"a","MemorySize":128}],"NextMarker":"m","New":1}"#);
    let (output, request) = answer("ListFunctions", json!({ "MaxItems": 3 }), Blobs::Base64, reply).await?;
    let functions = json!([{ "FunctionName": "a", "MemorySize": 128 }]);
    assert_eq!(output, json!({ "Functions": functions, "NextMarker": "m" }));
    assert_eq!((request.method.as_str(), request.uri()), ("GET", "/2015-03-31/functions?MaxItems=3".into()));
    assert!(request.header("authorization").is_some_and(|value| value.starts_with("AWS4-HMAC-SHA256 ")));
    Ok(())
}

/// What an override makes JSON is JSON here too; where blobs are text, it is its text.
#[tokio::test]
async fn a_json_payload_is_embedded_as_json() -> Result<(), BoxError> {
    let reply = || MockResponse::ok(r#"{"size": [120, 80]}"#);
    for (blobs, sent, received) in [
        (Blobs::Base64, json!({ "key": "cat.png" }), json!({ "size": [120, 80] })),
        (Blobs::Text, json!(r#"{"key":"cat.png"}"#), json!(r#"{"size": [120, 80]}"#)),
    ] {
        let input = json!({ "FunctionName": "thumbnail", "Payload": sent });
        let (output, request) = answer("Invoke", input, blobs, reply()).await?;
        assert_eq!(request.text(), r#"{"key":"cat.png"}"#);
        assert_eq!(output, json!({ "StatusCode": 200, "Payload": received }));
    }
    // What is no JSON after all is what the model has: a blob.
    let input = json!({ "FunctionName": "thumbnail", "Payload": null });
    let (output, _) = call("Invoke", input, Blobs::Base64, MockResponse::ok("?")).await?;
    assert!(output.is_err_and(|error| error.to_string().contains("must have the member \"Payload\"")));
    let input = json!({ "FunctionName": "thumbnail", "Payload": [] });
    let (output, _) = answer("Invoke", input, Blobs::Base64, MockResponse::ok("?")).await?;
    assert_eq!(output["Payload"], "Pw==");
    Ok(())
}

#[tokio::test]
async fn blobs_in_base64_need_no_padding() -> Result<(), BoxError> {
    for payload in ["e30=", "e30"] {
        let input = json!({ "FunctionName": "thumbnail", "Payload": payload });
        let (_, request) =
            answer("InvokeWithResponseStream", input, Blobs::Base64, MockResponse::ok("")).await?;
        assert_eq!(request.text(), "{}", "{payload}");
    }
    Ok(())
}

#[tokio::test]
async fn an_event_stream_is_collected_into_an_array() -> Result<(), BoxError> {
    let chunk = |text: &'static str| {
        let chunk = Message::new(text).with(":message-type", "event").with(":event-type", "PayloadChunk");
        chunk.encode().expect("a small message")
    };
    let reply = || MockResponse::new(200).chunked().body(chunk("one")).body(chunk("two"));
    let input = json!({ "FunctionName": "thumbnail", "Payload": "e30=" });
    let call = |reply| call("InvokeWithResponseStream", input.clone(), Blobs::Base64, reply);
    let (output, request) = call(reply()).await?;
    let events =
        json!([{ "PayloadChunk": { "Payload": "b25l" } }, { "PayloadChunk": { "Payload": "dHdv" } }]);
    assert_eq!(output?["EventStream"], events);
    assert_eq!(request.ok_or("nothing was sent")?.text(), "{}");
    // One that is cut is an error, as it is with types.
    let error = call(reply().cut(0)).await?.0.err().ok_or("no error")?;
    assert!(matches!(error.kind(), ErrorKind::Connection(_)), "{error:?}");
    let said = "Lambda.InvokeWithResponseStream: the response was cut short by http";
    assert!(error.to_string().starts_with(said), "{error}");
    Ok(())
}

#[tokio::test]
async fn a_stream_that_is_too_long_is_an_error_of_its_response() -> Result<(), BoxError> {
    let event = Message::new("x".repeat(100)).with(":message-type", "event");
    let event = event.with(":event-type", "PayloadChunk").encode()?;
    let reply = MockResponse::new(202).header("x-amzn-requestid", "id-1").body(event);
    let server = MockServer::start([reply])?;
    let client = client_of(&server).response_limit(99).build()?;
    let operation = dynamic::named(OPERATIONS, "InvokeWithResponseStream")?;
    let input = json!({ "FunctionName": "thumbnail" });
    let error = client.send_dynamic(operation, &input, Blobs::Base64).await.err().ok_or("no error")?;
    assert_eq!((error.status(), error.request_id()), (Some(202), Some("id-1")));
    assert!(error.to_string().contains("more than 99 bytes"), "{error}");
    Ok(())
}

#[tokio::test]
async fn service_errors_are_returned_as_json() -> Result<(), BoxError> {
    let reply = MockResponse::new(404)
        .header("x-amzn-errortype", "ResourceNotFoundException")
        .header("x-amzn-requestid", "the-id")
        .body(r#"{"Type":"User","Message":"no such function"}"#);
    let (outcome, _) = call("GetFunction", json!({ "FunctionName": "f" }), Blobs::Base64, reply).await?;
    let error = outcome.err().ok_or("no error")?;
    let expected = json!({
        "message": "no such function", "status": 404, "code": "ResourceNotFoundException", "requestId": "the-id",
        "data": { "Type": "User", "Message": "no such function" },
    });
    assert_eq!(dynamic::error(&error, Blobs::Base64), expected);
    Ok(())
}

/// Nothing is sent, and the error names the operation, the place, and what would be right.
#[tokio::test]
async fn invalid_input_json_is_reported_with_its_path() -> Result<(), BoxError> {
    for (name, input, expected) in [
        (
            "ListFunctions",
            json!({ "MaxItems": "3" }),
            "at MaxItems: expected a 32-bit integer, found a string",
        ),
        (
            "ListFunctions",
            json!({ "MaxItem": 3 }),
            r#"ListFunctionsRequest has no member "MaxItem"; the most similar is "MaxItems""#,
        ),
        ("GetFunction", json!({}), r#"GetFunctionRequest must have the member "FunctionName", a string"#),
        ("GetFunction", json!([]), "expected an object, found an array"),
        (
            "CreateFunction",
            json!({ "FunctionName": "f", "Role": "r", "Code": { "ZipFile": "?" } }),
            "at Code.ZipFile: expected a blob in base64, found a value that is sensitive and therefore not shown",
        ),
        (
            "CreateFunction",
            json!({ "FunctionName": "f", "Role": "r", "Code": {}, "VpcConfig": { "SubnetIds": ["a", 1] } }),
            "at VpcConfig.SubnetIds[1]: expected a string, found a number",
        ),
        (
            "CreateFunction",
            json!({ "FunctionName": "f", "Role": "r", "Code": {}, "Environment": { "Variables": { "A": {} } } }),
            r#"at Environment.Variables["…"]: expected a string, found a value that is sensitive and therefore not shown"#,
        ),
    ] {
        let (outcome, request) = call(name, input, Blobs::Base64, MockResponse::ok("{}")).await?;
        let error = outcome.err().ok_or("no error")?;
        assert!(matches!(error.kind(), ErrorKind::Request(_)), "{error:?}");
        assert_eq!(error.to_string(), format!("Lambda.{name}: the request cannot be written: {expected}"));
        assert!(request.is_none(), "{request:?}");
    }
    let unknown = dynamic::named(OPERATIONS, "ListFunction").err().ok_or("no error")?;
    let said = r#"Lambda has no operation "ListFunction"; the most similar is "ListFunctions""#;
    assert!(unknown.to_string().ends_with(said), "{unknown}");
    Ok(())
}
