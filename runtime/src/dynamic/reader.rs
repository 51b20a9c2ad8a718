//! Reads JSON with the names of the model.

use super::{Blobs, similar};
use crate::{
    codec::{CodecError, List, Mapping, Reader, StreamingBody, Structure, base64, number, truncated_quote},
    schema::{Member, Schema, Target},
    time::Timestamp,
};
use bytes::Bytes;
use serde_json::Value;
use std::borrow::Cow;

pub(super) struct JsonReader<'j> {
    json: &'j Value,
    blobs: Blobs,
    /// Whether the value is a document, for which null is a value. Elsewhere it means that there is none.
    document: bool,
}

impl<'j> JsonReader<'j> {
    pub(super) fn new(json: &'j Value, blobs: Blobs) -> Self {
        Self { json, blobs, document: false }
    }

    fn of_member(json: &'j Value, blobs: Blobs, member: &Member) -> Self {
        Self { json, blobs, document: matches!(member.target, Target::Document) }
    }

    pub(super) fn structure(&self, into: &mut dyn Structure) -> Result<(), CodecError> {
        let object = self.json.as_object().ok_or_else(|| self.unexpected("an object"))?;
        let schema = into.schema();
        let mut count = 0;
        for (name, json) in object {
            let mut members = schema.members.iter().enumerate();
            let (index, member) =
                members.find(|(_, member)| member.name == name).ok_or_else(|| unknown(schema, name))?;
            let mut reader = Self::of_member(json, self.blobs, member);
            if reader.null()? {
                continue;
            }
            count += 1;
            if let Some(slot) = into.member_mut(index) {
                slot.read(member, &mut reader).map_err(|error| error.in_schema_member(member))?;
            }
        }
        if schema.union && count != 1 {
            let found = format_args!("{count} of {}", schema.name);
            return Err(CodecError::expected("a union with exactly one member set", found));
        }
        match schema.members.iter().find(|member| must_be_present(member) && is_missing(object, member)) {
            Some(member) => Err(CodecError::new(format!(
                "{} must have the member {:?}, {}",
                schema.name,
                member.name,
                member.expected()
            ))),
            None => Ok(()),
        }
    }

    fn unexpected(&self, expected: &str) -> CodecError {
        CodecError::expected(
            expected,
            match self.json {
                Value::Null => "null",
                Value::Bool(_) => "a boolean",
                Value::Number(_) => "a number",
                Value::String(_) => "a string",
                Value::Array(_) => "an array",
                Value::Object(_) => "an object",
            },
        )
    }

    fn text(&self, at: &Member) -> Result<&'j str, CodecError> {
        self.json.as_str().ok_or_else(|| self.unexpected(at.expected()))
    }

    fn number(&self, at: &Member) -> Result<f64, CodecError> {
        match self.json {
            Value::Number(number) => number.as_f64().ok_or_else(|| self.unexpected(at.expected())),
            Value::String(text) => number::named(text).ok_or_else(|| self.unexpected(at.expected())),
            _ => Err(self.unexpected(at.expected())),
        }
    }
}

fn unknown(schema: &Schema, name: &str) -> CodecError {
    let names = schema.members.iter().map(|member| member.name);
    CodecError::new(format!(
        "{} has no member {}{}",
        schema.name,
        truncated_quote(name),
        similar::hint(name, names)
    ))
}

/// Returns whether the member must be in the JSON. The client makes idempotency tokens, and a stream may have no events.
fn must_be_present(member: &Member) -> bool {
    member.required && !member.idempotency_token && !matches!(member.target, Target::Events(_))
}

fn is_missing(object: &serde_json::Map<String, Value>, member: &Member) -> bool {
    object.get(member.name).is_none_or(|json| json.is_null() && !matches!(member.target, Target::Document))
}

impl Reader for JsonReader<'_> {
    fn null(&mut self) -> Result<bool, CodecError> {
        Ok(self.json.is_null() && !self.document)
    }

    fn boolean(&mut self, at: &'static Member) -> Result<bool, CodecError> {
        self.json.as_bool().ok_or_else(|| self.unexpected(at.expected()))
    }

    fn integer(&mut self, at: &'static Member) -> Result<i64, CodecError> {
        self.json.as_i64().ok_or_else(|| self.unexpected(at.expected()))
    }

    fn double(&mut self, at: &'static Member) -> Result<f64, CodecError> {
        self.number(at)
    }

    fn string(&mut self, at: &'static Member) -> Result<Cow<'_, str>, CodecError> {
        match self.json {
            // A string that contains JSON may also be written as that JSON.
            json if at.json_value && !json.is_string() => Ok(Cow::Owned(json.to_string())),
            _ => self.text(at).map(Cow::Borrowed),
        }
    }

    fn blob(&mut self, at: &'static Member) -> Result<Bytes, CodecError> {
        let text = self.text(at)?;
        match self.blobs {
            Blobs::Text => Ok(Bytes::copy_from_slice(text.as_bytes())),
            Blobs::Base64 => base64::decode(text),
        }
    }

    fn timestamp(&mut self, at: &'static Member) -> Result<Timestamp, CodecError> {
        match self.json {
            Value::String(text) => Timestamp::parse_any(text),
            Value::Number(number) => Timestamp::parse_any(&number.to_string()),
            _ => return Err(self.unexpected(at.expected())),
        }
        .map_err(|error| CodecError::expected(at.expected(), error))
    }

    fn document(&mut self, _: &'static Member) -> Result<Value, CodecError> {
        Ok(self.json.clone())
    }

    fn structure(&mut self, _: &'static Member, into: &mut dyn Structure) -> Result<(), CodecError> {
        JsonReader::structure(self, into)
    }

    fn list(&mut self, at: &'static Member, into: &mut dyn List) -> Result<(), CodecError> {
        let array = self.json.as_array().ok_or_else(|| self.unexpected(at.expected()))?;
        let element = match at.target {
            Target::List(element) => element,
            // Events are structures; the member of the stream describes them as well as one of their own.
            Target::Events(_) => at,
            _ => return Err(self.unexpected(at.expected())),
        };
        into.clear();
        array.iter().try_for_each(|json| into.push(element, &mut Self::new(json, self.blobs)))
    }

    fn map(&mut self, at: &'static Member, into: &mut dyn Mapping) -> Result<(), CodecError> {
        let object = self.json.as_object().ok_or_else(|| self.unexpected(at.expected()))?;
        let Target::Map(_, value) = at.target else { return Err(self.unexpected(at.expected())) };
        into.clear();
        object
            .iter()
            .try_for_each(|(key, json)| into.insert(key.clone(), value, &mut Self::new(json, self.blobs)))
    }

    fn json(&mut self, _: &'static Member) -> Result<Option<Bytes>, CodecError> {
        // With `Blobs::Text`, it is a string.
        Ok((self.blobs == Blobs::Base64).then(|| self.json.to_string().into()))
    }

    fn take_body(&mut self, _: &'static Member) -> Result<Option<StreamingBody>, CodecError> {
        Ok(None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::fixtures::{AllTypes, Choice};
    use serde_json::json;

    fn read(json: &Value) -> Result<AllTypes, String> {
        let mut value = AllTypes::new("");
        JsonReader::new(json, Blobs::Text).structure(&mut value).map_err(|error| error.to_string())?;
        Ok(value)
    }

    #[test]
    fn null_is_a_value_for_documents_only() {
        let value = read(&json!({ "Name": "a", "Document": null, "Count": null, "Choice": null })).unwrap();
        assert_eq!(value, AllTypes::new("a").document(Value::Null));
        assert!(read(&json!({ "Name": null })).unwrap_err().contains("must have the member \"Name\""));
        assert!(read(&json!({ "Name": "a", "New": null })).unwrap_err().contains("no member \"New\""));
    }

    #[test]
    fn a_union_has_one_member() {
        let one = json!({ "Name": "a", "Choice": { "text": null, "number": 1 } });
        assert_eq!(read(&one).unwrap(), AllTypes::new("a").choice(Choice::Number(1)));
        for (choice, count) in [(json!({}), 0), (json!({ "text": "b", "number": 1 }), 2)] {
            let error = read(&json!({ "Name": "a", "Choice": choice })).unwrap_err();
            let expected = "at Choice: expected a union with exactly one member set, found";
            assert_eq!(error, format!("{expected} {count} of Choice"));
        }
    }
}
