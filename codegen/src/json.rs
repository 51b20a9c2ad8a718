//! JSON documents as they stand in a file: members in order, a repeated key is a error, every place can be found again.
//!
//! The tree carries no places: models are large and nearly always right. `locate` reads the text a second time for the few
//! places that have to be shown.

mod locate;

pub use locate::{Position, Span, locate, offset, position};

use indexmap::IndexMap;
use indexmap::map::Entry;
use serde_core::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_core::ser::{Serialize, Serializer};
use serde_json::Number;
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::cell::RefCell;
use std::fmt;

/// A JSON value, its members in the order of the text.
#[derive(Clone, Debug, PartialEq)]
pub enum Json {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number.
    Number(Number),
    /// A text.
    String(String),
    /// A list.
    Array(Vec<Self>),
    /// An object.
    Object(IndexMap<String, Self>),
}

/// Where a text is not what it should be, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    /// The place.
    pub position: Position,
    /// What is wrong.
    pub message: String,
    /// What would be right.
    pub help: &'static str,
}

/// Reads a document. Text that is no JSON gives no value and one error; each repeated key gives a error, and its first value stays.
/// Values nested deeper than 127 are refused, so that nothing that walks the tree can run out of stack.
pub fn parse(text: &str) -> (Option<Json>, Vec<SyntaxError>) {
    let repeated = RefCell::new(Vec::new());
    let mut reader = serde_json::Deserializer::from_str(text);
    let value = Seed { text, repeated: &repeated }
        .deserialize(&mut reader)
        .and_then(|value| reader.end().map(|()| value));
    let mut errors: Vec<SyntaxError> =
        repeated.into_inner().into_iter().map(|(at, key)| repeated_key(text, at, &key)).collect();
    match value {
        Ok(value) => (Some(value), errors),
        Err(error) => {
            errors.push(syntax(text, &error));
            (None, errors)
        }
    }
}

fn repeated_key(text: &str, at: usize, key: &str) -> SyntaxError {
    SyntaxError {
        position: position(text, at),
        message: format!("the key `{key}` is a duplicate in its object"),
        help: "keep one of the two: which one applies is not defined",
    }
}

fn syntax(text: &str, error: &serde_json::Error) -> SyntaxError {
    let sentence = error.to_string();
    // serde_json appends the position, which is reported separately here.
    let reason = sentence.rsplit_once(" at line ").map_or(sentence.as_str(), |(reason, _)| reason);
    let message = match reason {
        "expected ident" => "this is not JSON: expected `true`, `false` or `null`".to_owned(),
        "EOF while parsing a value" => "the file ends where a value is expected".to_owned(),
        reason => match reason.strip_prefix("EOF while parsing ") {
            Some(whole) => format!("the file ends in the middle of {whole}"),
            None => format!("this is not JSON: {reason}"),
        },
    };
    let help = if reason.contains("recursion limit") {
        "values may be nested 127 deep"
    } else {
        "correct the text here or just before this place"
    };
    SyntaxError { position: position(text, syntax_offset(text, error)), message, help }
}

/// serde_json counts bytes, and puts an error that it noticed at the end of a line at column 0 of the next.
fn syntax_offset(text: &str, error: &serde_json::Error) -> usize {
    let line_start: usize =
        text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
    (line_start + error.column()).saturating_sub(1)
}

impl Json {
    /// What kind of value this is, with its article, for messages.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool(_) => "a boolean",
            Self::Number(_) => "a number",
            Self::String(_) => "a string",
            Self::Array(_) => "a list",
            Self::Object(_) => "an object",
        }
    }

    /// The member `key`, where this is an object that has it.
    pub fn get(&self, key: &str) -> Option<&Self> {
        match self {
            Self::Object(members) => members.get(key),
            _ => None,
        }
    }
}

impl Serialize for Json {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Bool(value) => serializer.serialize_bool(*value),
            Self::Number(number) => number.serialize(serializer),
            Self::String(text) => serializer.serialize_str(text),
            Self::Array(items) => serializer.collect_seq(items),
            Self::Object(members) => serializer.collect_map(members),
        }
    }
}

/// The document as text: two spaces per level, one member per line, a newline at the end.
pub fn pretty(json: &Json) -> String {
    // Only a failing `Serialize` or a key that is not a string is an error.
    let mut text = serde_json::to_string_pretty(json).unwrap_or_default();
    text.push('\n');
    text
}

impl From<Json> for serde_json::Value {
    fn from(json: Json) -> Self {
        match json {
            Json::Null => Self::Null,
            Json::Bool(value) => Self::Bool(value),
            Json::Number(value) => Self::Number(value),
            Json::String(value) => Self::String(value),
            Json::Array(items) => Self::Array(items.into_iter().map(Self::from).collect()),
            Json::Object(members) => {
                Self::Object(members.into_iter().map(|(key, value)| (key, Self::from(value))).collect())
            }
        }
    }
}

/// Reads one value, and notes the places of repeated keys.
#[derive(Clone, Copy)]
struct Seed<'a> {
    text: &'a str,
    repeated: &'a RefCell<Vec<(usize, String)>>,
}

impl<'de> DeserializeSeed<'de> for Seed<'_> {
    type Value = Json;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Json, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Seed<'_> {
    type Value = Json;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Json, E> {
        Ok(Json::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Json, E> {
        Ok(Json::Number(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Json, E> {
        Ok(Json::Number(value.into()))
    }

    fn visit_f64<E: serde_core::de::Error>(self, value: f64) -> Result<Json, E> {
        Number::from_f64(value).map(Json::Number).ok_or_else(|| E::custom("number out of range"))
    }

    fn visit_str<E>(self, value: &str) -> Result<Json, E> {
        Ok(Json::String(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Json, E> {
        Ok(Json::String(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Json, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(self)? {
            list.push(item);
        }
        Ok(Json::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Json, A::Error> {
        let mut members = IndexMap::new();
        while let Some(raw) = entries.next_key::<&'de RawValue>()? {
            let key = key_text(raw).map_err(A::Error::custom)?.into_owned();
            let value = entries.next_value_seed(self)?;
            match members.entry(key) {
                Entry::Vacant(entry) => {
                    entry.insert(value);
                }
                Entry::Occupied(entry) => {
                    self.repeated.borrow_mut().push((offset(self.text, raw.get()), entry.key().clone()));
                }
            }
        }
        Ok(Json::Object(members))
    }
}

/// The text of a key that is quoted in the document.
fn key_text(raw: &RawValue) -> Result<Cow<'_, str>, serde_json::Error> {
    let quoted = raw.get();
    match quoted.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        Some(plain) if !plain.contains('\\') => Ok(Cow::Borrowed(plain)),
        _ => serde_json::from_str::<String>(quoted).map(Cow::Owned),
    }
}

#[cfg(test)]
mod tests;
