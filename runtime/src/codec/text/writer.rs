//! Writes values as plain text.

use crate::{
    codec::{CodecError, List, Mapping, PathSegment, Structure, Value, Writer, base64, number},
    schema::{Member, Target},
    time::{Timestamp, TimestampFormat},
};
use bytes::Bytes;
use serde_json::Value as Document;

/// The texts of one value: a scalar has one, a list one for each element, a map one or more under each key.
pub(crate) struct TextWriter {
    /// How a timestamp is written where the model does not say.
    usual: TimestampFormat,
    texts: Vec<String>,
    entries: Vec<(String, Vec<String>)>,
    error: Option<CodecError>,
}

impl TextWriter {
    /// The texts of a scalar or a list of scalars.
    pub(crate) fn texts(
        at: &'static Member,
        value: &dyn Value,
        usual: TimestampFormat,
    ) -> Result<Vec<String>, CodecError> {
        Self::of(at, value, usual).map(|writer| writer.texts)
    }

    /// The texts of a map, by its keys.
    pub(crate) fn entries(
        at: &'static Member,
        value: &dyn Value,
        usual: TimestampFormat,
    ) -> Result<Vec<(String, Vec<String>)>, CodecError> {
        Self::of(at, value, usual).map(|writer| writer.entries)
    }

    fn of(at: &'static Member, value: &dyn Value, usual: TimestampFormat) -> Result<Self, CodecError> {
        let mut writer = Self { usual, texts: Vec::new(), entries: Vec::new(), error: None };
        value.write(at, &mut writer);
        match writer.error {
            Some(error) => Err(error),
            None => Ok(writer),
        }
    }

    fn push(&mut self, text: impl Into<String>) {
        self.texts.push(text.into());
    }

    fn number(&mut self, print: impl FnOnce(&mut String)) {
        let mut text = String::new();
        print(&mut text);
        self.push(text);
    }

    fn no_text(&mut self, found: &str) {
        self.fail(CodecError::expected("a value that is plain text", found));
    }
}

impl Writer for TextWriter {
    fn null(&mut self, _: &'static Member) {
        self.no_text("null");
    }

    fn boolean(&mut self, _: &'static Member, value: bool) {
        self.push(if value { "true" } else { "false" });
    }

    fn integer(&mut self, _: &'static Member, value: i64) {
        self.push(value.to_string());
    }

    fn float(&mut self, _: &'static Member, value: f32) {
        self.number(|out| number::float(value, |text| out.push_str(text)));
    }

    fn double(&mut self, _: &'static Member, value: f64) {
        self.number(|out| number::double(value, |text| out.push_str(text)));
    }

    fn string(&mut self, _: &'static Member, value: &str) {
        self.push(value);
    }

    fn blob(&mut self, _: &'static Member, value: &Bytes) {
        self.push(base64::encode(value));
    }

    fn timestamp(&mut self, at: &'static Member, value: Timestamp) {
        match value.format(at.timestamp_format_or(self.usual)) {
            Ok(text) => self.push(text),
            Err(error) => self.fail(error.into()),
        }
    }

    fn document(&mut self, _: &'static Member, value: &Document) {
        self.push(value.to_string());
    }

    fn structure(&mut self, _: &'static Member, _: &dyn Structure) {
        self.no_text("a structure");
    }

    fn list(&mut self, at: &'static Member, value: &dyn List) {
        let Target::List(element) = at.target else { return self.no_text("a list") };
        for (index, item) in (0..value.len()).filter_map(|index| Some((index, value.item(index)?))) {
            match Self::texts(element, item, self.usual) {
                Ok(texts) => self.texts.extend(texts),
                Err(error) => return self.fail(error.at(PathSegment::Index(index))),
            }
        }
    }

    fn map(&mut self, at: &'static Member, value: &dyn Mapping) {
        let Target::Map(_, element) = at.target else { return self.no_text("a map") };
        for (key, item) in (0..value.len()).filter_map(|index| value.entry(index)) {
            match Self::texts(element, item, self.usual) {
                Ok(texts) => self.entries.push((key.to_owned(), texts)),
                Err(error) => return self.fail(error.at(PathSegment::Key(key.to_owned()))),
            }
        }
    }

    fn fail(&mut self, error: CodecError) {
        self.error.get_or_insert(error);
    }
}
