//! Members that contain a JSON document.

use crate::codec::{CodecError, Reader, Value, Writer, document};
use crate::schema::{Member, Target};
use bytes::Bytes;
use serde_core::{Deserialize, Serialize};
use std::fmt;

/// A JSON document as the bytes that are sent or were received.
///
/// Create it from any [`Serialize`] type with [`Json::of`], from a [`serde_json::Value`] or a map of values with `into`, or
/// from bytes that are JSON already with [`Json::from_bytes`]. Read it as a type with [`parse`](Self::parse), as a value with
/// [`to_value`](Self::to_value), or unchanged with [`as_bytes`](Self::as_bytes).
///
/// ```
/// use myrina::Json;
/// use serde_json::json;
///
/// let payload = Json::from(json!({ "key": "cat.png" }));
/// assert_eq!(payload.as_bytes(), br#"{"key":"cat.png"}"#);
/// assert_eq!(payload.to_value()?["key"], "cat.png");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Json(Bytes);

impl Json {
    /// Serializes `value`. Fails if JSON cannot represent it, such as a map whose keys are not strings.
    pub fn of<T: Serialize + ?Sized>(value: &T) -> Result<Self, serde_json::Error> {
        serde_json::to_vec(value).map(|bytes| Self(bytes.into()))
    }

    /// Takes `bytes` as the document, without checking them.
    pub fn from_bytes(bytes: impl Into<Bytes>) -> Self {
        Self(bytes.into())
    }

    /// Deserializes the document. Fails if it is not JSON, or does not fit `T`. A byte order mark before it is skipped, and a
    /// surrogate without its other half is read as U+FFFD.
    pub fn parse<'a, T: Deserialize<'a>>(&'a self) -> Result<T, serde_json::Error> {
        document::parse(&self.0)
    }

    /// Parses the document as a value. Fails if it is not JSON.
    pub fn to_value(&self) -> Result<serde_json::Value, serde_json::Error> {
        self.parse()
    }

    /// Returns the bytes of the document.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// Converts the document to its bytes.
    pub fn into_bytes(self) -> Bytes {
        self.0
    }
}

impl From<serde_json::Value> for Json {
    fn from(value: serde_json::Value) -> Self {
        Self(value.to_string().into())
    }
}

impl From<serde_json::Map<String, serde_json::Value>> for Json {
    fn from(map: serde_json::Map<String, serde_json::Value>) -> Self {
        serde_json::Value::Object(map).into()
    }
}

macro_rules! from_map {
    ($($(#[$attribute:meta])* $map:ty $(, $hasher:ident)?;)*) => {
        $($(#[$attribute])*
        impl$(<$hasher>)? From<$map> for Json {
            fn from(map: $map) -> Self {
                map.into_iter().collect::<serde_json::Map<_, _>>().into()
            }
        })*
    };
}

from_map! {
    // The order of the map does not matter: the keys of the document are sorted.
    #[allow(clippy::disallowed_types)] std::collections::HashMap<String, serde_json::Value, S>, S;
    std::collections::BTreeMap<String, serde_json::Value>;
    crate::Map<String, serde_json::Value>;
}

/// Shows the document if it is UTF-8, or else the number of bytes.
impl fmt::Debug for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match std::str::from_utf8(&self.0) {
            Ok(text) => write!(f, "Json({text})"),
            Err(_) => write!(f, "Json({} bytes)", self.0.len()),
        }
    }
}

impl Value for Json {
    fn write(&self, at: &'static Member, out: &mut dyn Writer) {
        if out.json(at, &self.0) {
            return;
        }
        match (at.target, std::str::from_utf8(&self.0)) {
            (Target::Blob, _) => out.blob(at, &self.0),
            (Target::Document, _) => match self.to_value() {
                Ok(value) => out.document(at, &value),
                Err(error) => out.fail(CodecError::expected("a JSON document", error)),
            },
            (_, Ok(text)) => out.string(at, text),
            (_, Err(error)) => out.fail(CodecError::expected("a JSON document", error)),
        }
    }

    fn read(&mut self, at: &'static Member, from: &mut dyn Reader) -> Result<(), CodecError> {
        if let Some(text) = from.json(at)? {
            *self = Self(text);
            return Ok(());
        }
        *self = match at.target {
            Target::Blob => Self(from.blob(at)?),
            Target::Document => Self::from(from.document(at)?),
            _ => Self(Bytes::copy_from_slice(from.string(at)?.as_bytes())),
        };
        Ok(())
    }

    fn empty() -> Self {
        Self(Bytes::new())
    }

    fn reset(&mut self) {
        *self = Self::empty();
    }
}

#[cfg(test)]
mod tests {
    use super::Json;
    use serde_json::json;

    #[test]
    fn documents_of_careless_servers_are_parsed() {
        let document = Json::from_bytes("\u{feff}{\"a\":\"\\ud83d\"}");
        assert_eq!(document.to_value().unwrap(), json!({ "a": "\u{fffd}" }));
        let map: std::collections::BTreeMap<String, String> = document.parse().unwrap();
        assert_eq!(map["a"], "\u{fffd}");
        let error = Json::from_bytes("{\"a\":").to_value().unwrap_err();
        assert!(error.is_eof(), "{error}");
    }
}
