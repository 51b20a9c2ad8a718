//! Adapters for members whose Rust type differs from their shape in the model.
//!
//! An override can give a member such a type. The schema keeps the shape of the model, and so does the wire.

use super::{
    CodecError, Reader, Value, Writer, base64,
    text::{TextReader, TextWriter},
};
use crate::{schema::Member, time::TimestampFormat};
use bytes::Bytes;

/// Converts between a `T` and the shape in the model.
pub(super) trait WireAdapter<T> {
    /// Writes `value` in the shape of the model.
    fn write(&self, value: &T, at: &'static Member, out: &mut dyn Writer);

    /// Reads the shape of the model as a `T`.
    fn read(&self, at: &'static Member, from: &mut dyn Reader) -> Result<T, CodecError>;
}

/// A scalar, described by this member, for a string in the model.
pub(super) struct Text(pub(super) &'static Member);

impl<T: Value> WireAdapter<T> for Text {
    fn write(&self, value: &T, at: &'static Member, out: &mut dyn Writer) {
        match TextWriter::texts(self.0, value, TimestampFormat::DateTime) {
            Ok(texts) => out.string(at, &texts.concat()),
            Err(error) => out.fail(error),
        }
    }

    fn read(&self, at: &'static Member, from: &mut dyn Reader) -> Result<T, CodecError> {
        let mut value = T::empty();
        value.read(self.0, &mut TextReader::of(from.string(at)?))?;
        Ok(value)
    }
}

/// A string for a blob in the model, in UTF-8.
pub(super) struct Utf8;

impl WireAdapter<String> for Utf8 {
    fn write(&self, value: &String, at: &'static Member, out: &mut dyn Writer) {
        out.blob(at, &Bytes::copy_from_slice(value.as_bytes()));
    }

    fn read(&self, at: &'static Member, from: &mut dyn Reader) -> Result<String, CodecError> {
        String::from_utf8(from.blob(at)?.into())
            .map_err(|error| CodecError::expected("text in UTF-8", error.utf8_error()))
    }
}

/// Bytes for a string in the model, in base64.
pub(super) struct Base64;

impl WireAdapter<Bytes> for Base64 {
    fn write(&self, value: &Bytes, at: &'static Member, out: &mut dyn Writer) {
        out.string(at, &base64::encode(value));
    }

    fn read(&self, at: &'static Member, from: &mut dyn Reader) -> Result<Bytes, CodecError> {
        base64::decode(&from.string(at)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        codec::Strictness,
        format::json,
        schema::{blob, string},
        time::Timestamp,
    };

    static STRING: Member = string("Text");
    static BLOB: Member = blob("Data");

    /// Asserts that the value is written as this JSON, and read from it.
    fn assert_json<T: Value + PartialEq>(at: &'static Member, value: &T, wire: &str) {
        assert_eq!(String::from_utf8(json::write_value(at, value).unwrap()).unwrap(), wire);
        let mut read = T::empty();
        json::read_value(wire.as_bytes(), at, Strictness::Strict, &mut read).unwrap();
        assert_eq!(read, *value);
    }

    #[test]
    fn the_wire_has_the_shape_of_the_model() {
        assert_json(&STRING, &true, r#""true""#);
        assert_json(&STRING, &-7_i32, r#""-7""#);
        assert_json(&STRING, &i64::MAX, r#""9223372036854775807""#);
        assert_json(&STRING, &0.5_f32, r#""0.5""#);
        assert_json(&STRING, &f64::INFINITY, r#""Infinity""#);
        assert_json(&STRING, &Timestamp::EPOCH, r#""1970-01-01T00:00:00Z""#);
        assert_json(&STRING, &Bytes::from_static(b"\x00\xff"), r#""AP8=""#);
        assert_json(&BLOB, &"hello".to_owned(), r#""aGVsbG8=""#);
    }

    #[test]
    fn a_value_that_does_not_fit_is_an_error() {
        let read = |wire: &str, value: &mut dyn Value, at: &'static Member| {
            json::read_value(wire.as_bytes(), at, Strictness::Strict, value).unwrap_err().to_string()
        };
        assert!(read(r#""seven""#, &mut 0_i32, &STRING).contains("expected a 32-bit integer"));
        assert!(read("7", &mut 0_i32, &STRING).contains("expected a string"));
        assert!(read(r#""yes""#, &mut false, &STRING).contains("expected true or false"));
        assert!(read(r#""/w==""#, &mut String::new(), &BLOB).contains("expected text in UTF-8"));
        assert!(read(r#""?""#, &mut Bytes::new(), &STRING).contains("base64"));
    }
}
