//! Requests that the service rejects, each with the error of the model and a helpful message.

use super::control::{FUNCTION, function};
use myrina::{Client, Error, lens::OptionalLens as _};
use myrina_lambda::{
    delete_function_concurrency::DeleteFunctionConcurrency,
    errors::{ResourceConflictException, ResourceNotFoundException, TooManyRequestsException},
    invoke::Invoke,
    put_function_concurrency::PutFunctionConcurrency,
    types::ThrottleReason,
};
use myrina_tests::{BoxError, ministack::Ministack};
use serde_json::json;

/// The error of an invocation.
async fn rejected(client: &Client, name: &str) -> Result<Error, BoxError> {
    match client.send(Invoke::new(name, json!({}))).await {
        Ok(response) => Err(format!("not refused: {response:?}").into()),
        Err(error) => Ok(error),
    }
}

pub(super) async fn an_unknown_function(client: &Client) -> Result<(), BoxError> {
    let error = rejected(client, "no-such-function").await?;
    let data = ResourceNotFoundException::IN_ERROR.preview(&error).ok_or("not that error")?;
    assert!(data.message.as_deref().is_some_and(|text| text.contains("no-such-function")), "{data:?}");
    assert_eq!(TooManyRequestsException::IN_ERROR.preview(&error), None);
    assert_eq!(error.service().map(myrina::error::ServiceError::status), Some(404));
    assert!(error.request_id().is_some_and(|id| !id.is_empty()));
    let text = error.to_string();
    assert!(text.starts_with("Lambda.Invoke: ResourceNotFoundException: Function not found: "), "{text}");
    Ok(())
}

pub(super) async fn a_function_that_exists(client: &Client, role: &str) -> Result<(), BoxError> {
    let error = client.send(function(role)?).await.err().ok_or("not rejected")?;
    let data = error.modeled::<ResourceConflictException>().ok_or("not that error")?;
    assert_eq!(data.message.as_deref(), Some("Function already exist: thumbnail"));
    Ok(())
}

pub(super) async fn one_invocation_too_many(client: &Client) -> Result<(), BoxError> {
    let reserved = client.send(PutFunctionConcurrency::new(FUNCTION, 0)).await?;
    assert_eq!(reserved.reserved_concurrent_executions, Some(0));
    let error = rejected(client, FUNCTION).await?;
    let data = TooManyRequestsException::IN_ERROR.preview(&error).ok_or("not that error")?;
    assert_eq!(data.retry_after_seconds.as_deref(), Some("1"));
    assert_eq!(data.reason, Some(ThrottleReason::ReservedFunctionConcurrentInvocationLimitExceeded));
    assert_eq!(error.service().map(myrina::error::ServiceError::status), Some(429));
    client.send(DeleteFunctionConcurrency::new(FUNCTION)).await?;
    Ok(())
}

pub(super) async fn a_wrong_secret(server: &Ministack) -> Result<(), BoxError> {
    let error = rejected(&super::client(server, &server.access_key_id, "not the secret")?, FUNCTION).await?;
    assert_eq!(error.code(), Some("InvalidSignatureException"));
    let text = error.to_string();
    assert!(text.starts_with("Lambda.Invoke: InvalidSignatureException: The request signature we"), "{text}");
    assert!(text.contains("check the secret access key"), "{text}");
    assert!(!format!("{text} {error:?}").contains("not the secret"), "{error:?}");
    Ok(())
}

pub(super) async fn an_unknown_key(server: &Ministack) -> Result<(), BoxError> {
    let stranger = super::client(server, "AKIANOBODYKNOWSTHIS", &server.secret_access_key)?;
    let error = rejected(&stranger, FUNCTION).await?;
    assert_eq!(error.code(), Some("UnrecognizedClientException"));
    assert!(error.to_string().contains("the service does not know the access key"), "{error}");
    Ok(())
}
