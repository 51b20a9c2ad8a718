//! Customizations of IAM Identity Center's `OpenID` Connect.

use crate::{
    codec::document,
    operation::{AttemptContext, HookError, Hooks, Interceptor, Response, ResponseBody},
};
use serde_json::Value;

/// Copies `error_description` of OAuth 2.0 errors (RFC 6749, section 5.2) to `message`, where the errors of other services have
/// their text.
#[derive(Clone, Copy, Debug, Default)]
pub struct OauthErrors;

impl Interceptor for OauthErrors {
    fn hooks(&self) -> Hooks {
        Hooks::BEFORE_DESERIALIZATION
    }

    fn before_deserialization(
        &self,
        _: &mut AttemptContext<'_>,
        response: &mut Response,
    ) -> Result<(), HookError> {
        let (400.., ResponseBody::Bytes(bytes)) = (response.status, &response.body) else { return Ok(()) };
        // The protocol reports what it can of any other document.
        let Ok(Value::Object(mut members)) = document::parse(bytes) else { return Ok(()) };
        let has_message =
            ["message", "Message"].iter().any(|key| members.get(*key).is_some_and(Value::is_string));
        if let (false, Some(Value::String(description))) = (has_message, members.get("error_description")) {
            members.insert("message".to_owned(), description.clone().into());
            response.body = ResponseBody::Bytes(Value::Object(members).to_string().into());
        }
        Ok(())
    }
}
