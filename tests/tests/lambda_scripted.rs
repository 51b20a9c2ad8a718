//! Responses of Lambda that the real server does not send, from a server with scripted responses: rare errors, responses of
//! proxies, broken connections.

use myrina::{
    Client, Error, ErrorKind, config::Environment, credentials::Credentials, lens::OptionalLens as _,
};
use myrina_lambda::{errors::RequestTooLargeException, invoke::Invoke};
use myrina_tests::{BoxError, MockResponse, MockServer};
use serde_json::json;

fn client(server: &MockServer) -> Result<Client, Error> {
    Client::builder()
        .environment(Environment::empty())
        .region("us-east-1")
        .endpoint_url(server.url())
        .credentials(Credentials::new("AKIDEXAMPLE", "secret"))
        .build()
}

/// The error of an invocation that gets this response, every time it is tried.
async fn error(reply: MockResponse) -> Result<Error, BoxError> {
    let server = MockServer::start(vec![reply; 5])?;
    match client(&server)?.send(Invoke::new("thumbnail", json!({}))).await {
        Ok(response) => Err(format!("no error: {response:?}").into()),
        Err(error) => Ok(error),
    }
}

fn status(error: &Error) -> Option<u16> {
    error.service().map(myrina::error::ServiceError::status)
}

#[tokio::test]
async fn a_function_error_is_a_successful_call() -> Result<(), BoxError> {
    let reply = MockResponse::ok(r#"{"errorMessage":"no such picture"}"#)
        .header("X-Amz-Function-Error", "Handled")
        .header("X-Amz-Executed-Version", "7");
    let server = MockServer::start([reply])?;
    let request = Invoke::new("thumbnail", json!({})).client_context("eyJjbGllbnQiOnt9fQ==");
    let response = client(&server)?.send(request).await?;
    assert_eq!((response.status_code, response.function_error.as_deref()), (200, Some("Handled")));
    assert_eq!(response.executed_version.as_deref(), Some("7"));
    assert_eq!(response.payload.ok_or("no payload")?.to_value()?["errorMessage"], "no such picture");
    let seen = server.requests().pop().ok_or("no request")?;
    assert_eq!(seen.header("X-Amz-Client-Context").as_deref(), Some("eyJjbGllbnQiOnt9fQ=="));
    Ok(())
}

#[tokio::test]
async fn an_oversized_request_is_a_modeled_error() -> Result<(), BoxError> {
    let reply = MockResponse::new(413)
        .header("x-amzn-errortype", "RequestTooLargeException")
        .header("x-amzn-requestid", "e7a6bd33-1b6e")
        .body(r#"{"Type":"User","message":"6291556 byte payload is too large for the RequestResponse invocation type"}"#);
    let error = error(reply).await?;
    let data = RequestTooLargeException::IN_ERROR.preview(&error).ok_or("not that error")?;
    assert_eq!(data.r#type.as_deref(), Some("User"));
    assert_eq!((status(&error), error.request_id()), (Some(413), Some("e7a6bd33-1b6e")));
    let text = error.to_string();
    assert!(text.starts_with("Lambda.Invoke: RequestTooLargeException: 6291556 byte payload"), "{text}");
    assert!(text.ends_with("(status 413, request id e7a6bd33-1b6e)"), "{text}");
    Ok(())
}

/// The code comes with a namespace before it or an address after it, in the header or in the body.
#[tokio::test]
async fn error_codes_are_read_from_header_and_body_forms() -> Result<(), BoxError> {
    let bare = "RequestTooLargeException";
    let replies = [
        MockResponse::new(413)
            .header("X-Amzn-ErrorType", &format!("{bare}:http://internal.amazon.com/coral/")),
        MockResponse::new(413).header("x-amzn-errortype", &format!("com.amazonaws.lambda#{bare}")).body("{}"),
        MockResponse::new(413).body(format!(r#"{{"__type":"com.amazonaws.lambda#{bare}"}}"#)),
        MockResponse::new(413).body(format!(r#"{{"code":"{bare}"}}"#)),
    ];
    for reply in replies {
        let shown = format!("{reply:?}");
        let error = error(reply).await?;
        assert_eq!(error.code(), Some(bare), "{shown}");
        assert!(error.modeled::<RequestTooLargeException>().is_some(), "{shown}");
    }
    Ok(())
}

/// An error that the model does not know is one all the same.
#[tokio::test]
async fn an_unknown_error_keeps_code_and_message() -> Result<(), BoxError> {
    let reply = MockResponse::new(418)
        .header("x-amzn-errortype", "TeapotException")
        .body(r#"{"Message":"short and stout"}"#);
    let error = error(reply).await?;
    assert_eq!((error.code(), status(&error)), (Some("TeapotException"), Some(418)));
    assert!(error.to_string().contains("TeapotException: short and stout"), "{error}");
    Ok(())
}

/// Whatever the body is, the status is reported.
#[tokio::test]
async fn responses_from_proxies_are_errors_with_their_status() -> Result<(), BoxError> {
    let html = "<html><body><h1>502 Bad Gateway</h1></body></html>";
    let replies = [
        (500, MockResponse::new(500).header("content-type", "text/html").body(html)),
        (502, MockResponse::new(502).body(html)),
        (503, MockResponse::new(503)),
        (300, MockResponse::new(300)),
        (307, MockResponse::new(307).header("location", "http://127.0.0.1:9/elsewhere")),
        (404, MockResponse::new(404).body(r#"{"message":"no such page"}"#)),
        (404, MockResponse::new(404).body("[1, 2")),
        (403, MockResponse::new(403).body("\u{0}\u{1}\u{2}")),
    ];
    for (expected, reply) in replies {
        let shown = format!("{reply:?}");
        let error = error(reply).await?;
        assert_eq!(status(&error), Some(expected), "{shown}: {error:?}");
        assert_eq!(error.code(), None, "{shown}");
        let text = error.to_string();
        assert!(text.starts_with("Lambda.Invoke: ") && text.contains(&expected.to_string()), "{text}");
        assert!(!text.contains('\u{0}'), "{text:?}");
    }
    Ok(())
}

/// A connection that breaks is an error that says so and names the other side, and never half a response.
#[tokio::test]
async fn broken_connections_are_connection_errors() -> Result<(), BoxError> {
    let replies = [
        (MockResponse::disconnect(), "the connection was broken by http://127.0.0.1:"),
        (MockResponse::ok(r#"{"half":"#).cut(1000), "the response was cut short by http://127.0.0.1:"),
        (
            MockResponse::ok(r#"{"half":"#).chunked().cut(1000),
            "the response was cut short by http://127.0.0.1:",
        ),
    ];
    for (reply, expected) in replies {
        let error = error(reply).await?;
        assert!(matches!(error.kind(), ErrorKind::Connection(_)), "{error:?}");
        assert!(error.to_string().starts_with(&format!("Lambda.Invoke: {expected}")), "{error}");
    }
    Ok(())
}

/// Where the headers have told what the error is, a body that is cut changes nothing about that.
#[tokio::test]
async fn an_error_with_a_truncated_body_keeps_its_status() -> Result<(), BoxError> {
    let reply = MockResponse::new(413)
        .header("x-amzn-errortype", "RequestTooLargeException")
        .body("{\"mess")
        .cut(1000);
    let error = error(reply).await?;
    assert_eq!((error.code(), status(&error)), (Some("RequestTooLargeException"), Some(413)));
    Ok(())
}
