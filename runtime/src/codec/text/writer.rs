//! Writes values as plain text.

use crate::{
    codec::{CodecError, List, Mapping, PathSegment, Structure, Value, Writer, base64, number},
    schema::{Member, Target},
    time::{Timestamp, TimestampFormat},
};
use bytes::Bytes;
use serde_json::Value as Document;

/// Writes a value as texts: one for a scalar, one for each element of a list, or some for each key of a map.
pub(crate) struct TextWriter {
    /// The format of timestamps for which the model gives none.
    default_format: TimestampFormat,
    texts: Vec<String>,
    entries: Vec<(String, Vec<String>)>,
    error: Option<CodecError>,
}

impl TextWriter {
    /// Returns the texts of a scalar or a list of scalars.
    pub(crate) fn texts(
        at: &'static Member,
        value: &dyn Value,
        default_format: TimestampFormat,
    ) -> Result<Vec<String>, CodecError> {
        Self::write(at, value, default_format).map(|writer| writer.texts)
    }

    /// Returns the texts of a map by key.
    pub(crate) fn entries(
        at: &'static Member,
        value: &dyn Value,
        default_format: TimestampFormat,
    ) -> Result<Vec<(String, Vec<String>)>, CodecError> {
        Self::write(at, value, default_format).map(|writer| writer.entries)
    }

    fn write(
        at: &'static Member,
        value: &dyn Value,
        default_format: TimestampFormat,
    ) -> Result<Self, CodecError> {
        let mut writer = Self { default_format, texts: Vec::new(), entries: Vec::new(), error: None };
        value.write(at, &mut writer);
        match writer.error {
            Some(error) => Err(error),
            None => Ok(writer),
        }
    }

    fn push(&mut self, text: impl Into<String>) {
        self.texts.push(text.into());
    }

    fn push_with(&mut self, write: impl FnOnce(&mut String)) {
        let mut text = String::new();
        write(&mut text);
        self.push(text);
    }

    fn not_plain_text(&mut self, found: &str) {
        self.fail(CodecError::expected("a value that can be plain text", found));
    }
}

impl Writer for TextWriter {
    fn null(&mut self, _: &'static Member) {
        self.not_plain_text("null");
    }

    fn boolean(&mut self, _: &'static Member, value: bool) {
        self.push(if value { "true" } else { "false" });
    }

    fn integer(&mut self, _: &'static Member, value: i64) {
        self.push(value.to_string());
    }

    fn float(&mut self, _: &'static Member, value: f32) {
        self.push_with(|out| number::float(value, |text| out.push_str(text)));
    }

    fn double(&mut self, _: &'static Member, value: f64) {
        self.push_with(|out| number::double(value, |text| out.push_str(text)));
    }

    fn string(&mut self, _: &'static Member, value: &str) {
        self.push(value);
    }

    fn blob(&mut self, _: &'static Member, value: &Bytes) {
        self.push(base64::encode(value));
    }

    fn timestamp(&mut self, at: &'static Member, value: Timestamp) {
        match value.format(at.timestamp_format_or(self.default_format)) {
            Ok(text) => self.push(text),
            Err(error) => self.fail(error.into()),
        }
    }

    fn document(&mut self, _: &'static Member, value: &Document) {
        self.push(value.to_string());
    }

    fn structure(&mut self, _: &'static Member, _: &dyn Structure) {
        self.not_plain_text("a structure");
    }

    fn list(&mut self, at: &'static Member, value: &dyn List) {
        let Target::List(element) = at.target else { return self.not_plain_text("a list") };
        for (index, item) in (0..value.len()).filter_map(|index| Some((index, value.item(index)?))) {
            match Self::texts(element, item, self.default_format) {
                Ok(texts) => self.texts.extend(texts),
                Err(error) => return self.fail(error.at(PathSegment::Index(index))),
            }
        }
    }

    fn map(&mut self, at: &'static Member, value: &dyn Mapping) {
        let Target::Map(_, element) = at.target else { return self.not_plain_text("a map") };
        for (key, item) in (0..value.len()).filter_map(|index| value.entry(index)) {
            match Self::texts(element, item, self.default_format) {
                Ok(texts) => self.entries.push((key.to_owned(), texts)),
                Err(error) => return self.fail(error.at(PathSegment::Key(key.to_owned()))),
            }
        }
    }

    fn fail(&mut self, error: CodecError) {
        self.error.get_or_insert(error);
    }
}
