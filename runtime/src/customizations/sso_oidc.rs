//! Rules of IAM Identity Center's `OpenID` Connect.

use crate::{
    codec::CodecError,
    operation::{Interceptor, OperationSchema, Response, ResponseBody},
};
use serde_json::Value;

/// Errors are told as OAuth 2.0 has it (RFC 6749, section 5.2): what is wrong stands in `error_description`, where others have
/// a message.
#[derive(Clone, Copy, Debug, Default)]
pub struct OauthErrors;

/// [`OauthErrors`], to be named.
pub static OAUTH_ERRORS: OauthErrors = OauthErrors;

impl Interceptor for OauthErrors {
    fn response(&self, _: &'static OperationSchema, response: &mut Response) -> Result<(), CodecError> {
        let (400.., ResponseBody::Bytes(bytes)) = (response.status, &response.body) else { return Ok(()) };
        // What is no such document is left to the protocol, which tells what it can.
        let Ok(Value::Object(mut members)) = serde_json::from_slice(bytes) else { return Ok(()) };
        let said = ["message", "Message"].iter().any(|key| members.get(*key).is_some_and(Value::is_string));
        if let (false, Some(Value::String(description))) = (said, members.get("error_description")) {
            members.insert("message".to_owned(), description.clone().into());
            response.body = ResponseBody::Bytes(Value::Object(members).to_string().into());
        }
        Ok(())
    }
}
