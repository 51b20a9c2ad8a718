//! The page of Lambda's `Invoke` in amazonka's documentation, line by line: the constructor, six request lenses, four
//! response lenses and two enums, each read and written through its lens and compared with the wire or the response.

use myrina::{
    Client, Json,
    config::Environment,
    credentials::Credentials,
    lens::{Lens as _, OptionalLens as _},
};
use myrina_lambda::{
    invoke::{Invoke, InvokeResponse},
    types::{InvocationType, LogType},
};
use myrina_tests::{BoxError, MockResponse, MockServer, RecordedRequest};
use serde_json::json;

/// Sends a request to a server that gives this response. Returns what the server saw and what came back.
async fn exchange(
    request: Invoke,
    reply: MockResponse,
) -> Result<(RecordedRequest, InvokeResponse), BoxError> {
    let server = MockServer::start([reply])?;
    let client = Client::builder()
        .environment(Environment::empty())
        .region("eu-central-1")
        .endpoint_url(server.url())
        .credentials(Credentials::new("AKIDEXAMPLE", "secret"))
        .build()?;
    let response = client.send(request).await?;
    let seen = server.requests().pop().ok_or("no request came")?;
    Ok((seen, response))
}

/// What the server saw of a request.
async fn sent(request: Invoke) -> Result<RecordedRequest, BoxError> {
    Ok(exchange(request, MockResponse::ok("null")).await?.0)
}

/// What came back for a response.
async fn received(reply: MockResponse) -> Result<InvokeResponse, BoxError> {
    Ok(exchange(thumbnail(), reply).await?.1)
}

fn thumbnail() -> Invoke {
    Invoke::new("thumbnail", json!({ "key": "cat.png" }))
}

/// `invoke :: Text -> HashMap Text Value -> Invoke`
#[tokio::test]
async fn new_takes_the_required_members() -> Result<(), BoxError> {
    let request = thumbnail();
    assert_eq!(Invoke::INVOCATION_TYPE.get(&request), &None);
    assert_eq!(Invoke::LOG_TYPE.get(&request), &None);
    assert_eq!(Invoke::QUALIFIER.get(&request), &None);
    assert_eq!(Invoke::CLIENT_CONTEXT.get(&request), &None);

    let seen = sent(request).await?;
    assert_eq!(
        (seen.method.as_str(), seen.uri().as_str()),
        ("POST", "/2015-03-31/functions/thumbnail/invocations")
    );
    assert_eq!(seen.text(), r#"{"key":"cat.png"}"#);
    for unset in ["X-Amz-Invocation-Type", "X-Amz-Log-Type", "X-Amz-Client-Context"] {
        assert_eq!(seen.header(unset), None, "{unset}");
    }
    // It is a whole request of AWS, too.
    let signature = seen.header("authorization").ok_or("not signed")?;
    assert!(signature.starts_with("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/"), "{signature}");
    assert!(signature.contains("/eu-central-1/lambda/aws4_request"), "{signature}");
    Ok(())
}

/// `iFunctionName :: Lens' Invoke Text`
#[tokio::test]
async fn function_name() -> Result<(), BoxError> {
    let mut request = thumbnail();
    assert_eq!(Invoke::FUNCTION_NAME.get(&request), "thumbnail");
    Invoke::FUNCTION_NAME.set(&mut request, "111122223333:function:größe");
    assert_eq!(Invoke::FUNCTION_NAME.get(&request), "111122223333:function:größe");
    let path = "/2015-03-31/functions/111122223333%3Afunction%3Agr%C3%B6%C3%9Fe/invocations";
    assert_eq!(sent(request).await?.uri(), path);
    Ok(())
}

/// `iPayload :: Lens' Invoke (HashMap Text Value)`
#[tokio::test]
async fn payload() -> Result<(), BoxError> {
    let mut request = thumbnail();
    assert_eq!(Invoke::PAYLOAD.get(&request).to_value()?, json!({ "key": "cat.png" }));
    // Any JSON, and the bytes as they were given.
    let given = r#" [ 1.50, {"b": null, "a": "\u00e9"} ] "#;
    Invoke::PAYLOAD.set(&mut request, Json::from_bytes(given));
    assert_eq!(sent(request).await?.text(), given);
    Ok(())
}

/// `iQualifier :: Lens' Invoke (Maybe Text)`
#[tokio::test]
async fn qualifier() -> Result<(), BoxError> {
    let request = Invoke::QUALIFIER.with(thumbnail(), "$LATEST & more".to_owned());
    assert_eq!(Invoke::QUALIFIER.some().preview(&request).map(String::as_str), Some("$LATEST & more"));
    let uri = "/2015-03-31/functions/thumbnail/invocations?Qualifier=%24LATEST%20%26%20more";
    assert_eq!(sent(request).await?.uri(), uri);
    // The setter says the same.
    let request = thumbnail().qualifier("PROD");
    assert_eq!(request, Invoke::QUALIFIER.with(thumbnail(), "PROD".to_owned()));
    assert_eq!(sent(request).await?.uri(), "/2015-03-31/functions/thumbnail/invocations?Qualifier=PROD");
    Ok(())
}

/// `iClientContext :: Lens' Invoke (Maybe Text)`
#[tokio::test]
async fn client_context() -> Result<(), BoxError> {
    let mut request = thumbnail();
    Invoke::CLIENT_CONTEXT.set(&mut request, "eyJjdXN0b20iOnt9fQ==".to_owned());
    assert_eq!(Invoke::CLIENT_CONTEXT.get(&request).as_deref(), Some("eyJjdXN0b20iOnt9fQ=="));
    assert_eq!(sent(request).await?.header("X-Amz-Client-Context").as_deref(), Some("eyJjdXN0b20iOnt9fQ=="));
    Ok(())
}

/// `iInvocationType :: Lens' Invoke (Maybe InvocationType)`, and the enum's values
#[tokio::test]
async fn invocation_type() -> Result<(), BoxError> {
    assert_eq!(InvocationType::VALUES, ["Event", "RequestResponse", "DryRun"]);
    let unknown = InvocationType::from("Tomorrow");
    for value in [InvocationType::Event, InvocationType::RequestResponse, InvocationType::DryRun, unknown] {
        let request = Invoke::INVOCATION_TYPE.with(thumbnail(), value.clone());
        assert_eq!(Invoke::INVOCATION_TYPE.some().preview(&request), Some(&value));
        let header = sent(request).await?.header("X-Amz-Invocation-Type");
        assert_eq!(header.as_deref(), Some(value.as_str()));
        assert_eq!(InvocationType::from(value.as_str()), value);
    }
    Ok(())
}

/// `iLogType :: Lens' Invoke (Maybe LogType)`, and the enum's values
#[tokio::test]
async fn log_type() -> Result<(), BoxError> {
    assert_eq!(LogType::VALUES, ["None", "Tail"]);
    for value in [LogType::None, LogType::Tail, LogType::from("Head")] {
        let request = Invoke::LOG_TYPE.with(thumbnail(), value.clone());
        assert_eq!(Invoke::LOG_TYPE.some().preview(&request), Some(&value));
        assert_eq!(sent(request).await?.header("X-Amz-Log-Type").as_deref(), Some(value.as_str()));
        assert_eq!(LogType::from(value.as_str()), value);
    }
    Ok(())
}

/// `irsStatusCode :: Lens' InvokeResponse Int`
#[tokio::test]
async fn status_code() -> Result<(), BoxError> {
    for status in [200, 202, 204] {
        let mut response = received(MockResponse::new(status)).await?;
        assert_eq!(InvokeResponse::STATUS_CODE.get(&response), &i32::from(status));
        InvokeResponse::STATUS_CODE.set(&mut response, 299);
        assert_eq!(response.status_code, 299);
    }
    Ok(())
}

/// `irsPayload :: Lens' InvokeResponse (Maybe (HashMap Text Value))`
#[tokio::test]
async fn response_payload() -> Result<(), BoxError> {
    let response = received(MockResponse::ok(r#"{"width": 120}"#)).await?;
    let payload = InvokeResponse::PAYLOAD.some().preview(&response).ok_or("no payload")?;
    assert_eq!(payload.to_value()?["width"], 120);
    assert_eq!(payload.as_bytes(), br#"{"width": 120}"#);
    // A function may answer what is no object; and where it answers nothing, there is no payload.
    let response = received(MockResponse::ok("[true]")).await?;
    assert_eq!(response.payload.ok_or("no payload")?.parse::<Vec<bool>>()?, [true]);
    let mut response = received(MockResponse::ok("")).await?;
    assert_eq!(InvokeResponse::PAYLOAD.get(&response), &None);
    InvokeResponse::PAYLOAD.set(&mut response, Json::from(json!(1)));
    assert_eq!(response.payload, Some(Json::from(json!(1))));
    Ok(())
}

/// `irsFunctionError :: Lens' InvokeResponse (Maybe Text)`
#[tokio::test]
async fn function_error() -> Result<(), BoxError> {
    let failed = MockResponse::ok(r#"{"errorMessage":"no"}"#).header("X-Amz-Function-Error", "Handled");
    let mut response = received(failed).await?;
    assert_eq!(InvokeResponse::FUNCTION_ERROR.get(&response).as_deref(), Some("Handled"));
    InvokeResponse::FUNCTION_ERROR.clear(&mut response);
    assert_eq!(response.function_error, None);
    assert_eq!(received(MockResponse::ok("1")).await?.function_error, None);
    Ok(())
}

/// `irsLogResult :: Lens' InvokeResponse (Maybe Text)`
#[tokio::test]
async fn log_result() -> Result<(), BoxError> {
    let mut response = received(MockResponse::ok("1").header("x-amz-log-result", "U1RBUlQ=")).await?;
    assert_eq!(InvokeResponse::LOG_RESULT.get(&response).as_deref(), Some("U1RBUlQ="));
    InvokeResponse::LOG_RESULT.some().preview_mut(&mut response).ok_or("no log")?.push('=');
    assert_eq!(response.log_result.as_deref(), Some("U1RBUlQ=="));
    Ok(())
}
