//! The JSON document in which programs, containers and instances hand out keys.

use super::Credentials;
use crate::time::{Timestamp, TimestampFormat};
use serde_json::{Map, Value};

/// An object with keys, which are found whatever their case. Error messages never contain values, which may be secret.
pub(super) struct KeyDocument(Map<String, Value>);

impl KeyDocument {
    /// Parses an object.
    pub(super) fn parse(json: &[u8]) -> Result<Self, String> {
        match serde_json::from_slice(json) {
            Ok(Value::Object(members)) => Ok(Self(members)),
            Ok(_) => Err("it is JSON, but not an object".to_owned()),
            Err(error) if error.is_eof() && error.line() <= 1 && error.column() == 0 => {
                Err("it is empty".to_owned())
            }
            Err(error) => Err(format!("it is not JSON (line {}, column {})", error.line(), error.column())),
        }
    }

    pub(super) fn take(&mut self, name: &str) -> Option<Value> {
        self.0.iter_mut().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.take())
    }

    /// The object in a member that must be there.
    #[cfg(feature = "login")]
    pub(super) fn object(&mut self, name: &str) -> Result<Self, String> {
        match self.take(name) {
            None | Some(Value::Null) => Err(format!("it has no `{name}`")),
            Some(Value::Object(members)) => Ok(Self(members)),
            Some(_) => Err(format!("`{name}` is not an object")),
        }
    }

    /// The text of a member; `None` if it is absent, null or empty.
    pub(super) fn text(&mut self, name: &str) -> Result<Option<String>, String> {
        match self.take(name) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) => Ok(Some(text).filter(|text| !text.is_empty())),
            Some(_) => Err(format!("`{name}` is not a string")),
        }
    }

    /// The text of a member that must be there.
    pub(super) fn required(&mut self, name: &str) -> Result<String, String> {
        self.text(name)?.ok_or_else(|| format!("it has no `{name}`"))
    }

    /// The point in time of a member.
    pub(super) fn time(&mut self, name: &str) -> Result<Option<Timestamp>, String> {
        let Some(text) = self.text(name)? else { return Ok(None) };
        let time = Timestamp::parse(&text, TimestampFormat::DateTime);
        time.map(Some).map_err(|_| format!("`{name}` is not a time such as 2030-01-31T12:00:00Z"))
    }

    /// The credentials. `token` is the name of the session token.
    pub(super) fn credentials(&mut self, token: &str) -> Result<Credentials, String> {
        let (id, secret) = (self.required("AccessKeyId")?, self.required("SecretAccessKey")?);
        let credentials = Credentials::from_parts(id, secret, self.text(token)?, self.text("AccountId")?);
        Ok(match self.time("Expiration")? {
            Some(time) => credentials.with_expiry(time),
            None => credentials,
        })
    }

    /// The code and message of a document that reports an error.
    pub(super) fn problem(&mut self) -> Option<(String, String)> {
        let code = self.text("Code").ok().flatten().filter(|code| !code.eq_ignore_ascii_case("Success"))?;
        Some((code, self.text("Message").ok().flatten().unwrap_or_default()))
    }
}
