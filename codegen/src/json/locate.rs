//! Finding a node of a document again, in one pass over its text.

use super::key_text;
use crate::model::Pointer;
use serde_core::de::{DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;
use std::fmt;
use std::ops::Range;

/// A place in a text, both from one; the column counts characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
}

/// The byte ranges of a node in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// Its key with the quotes, if it is a member of an object.
    pub key: Option<Range<usize>>,
    /// Its value.
    pub value: Range<usize>,
}

/// Finds the node at `pointer`, or the nearest one above it that exists. `None` if the text is not JSON.
pub fn locate(text: &str, pointer: &Pointer) -> Option<Span> {
    let steps: Vec<String> = pointer.steps().collect();
    let mut depth = steps.len();
    loop {
        let steps = steps.get(..depth)?;
        let mut reader = serde_json::Deserializer::from_str(text);
        if let Some(span) = (Search { text, steps, key: None }).deserialize(&mut reader).ok()? {
            return Some(span);
        }
        depth = depth.checked_sub(1)?;
    }
}

/// The line and column of a byte offset.
pub fn position(text: &str, offset: usize) -> Position {
    let before = (0..=offset.min(text.len())).rev().find_map(|end| text.get(..end)).unwrap_or_default();
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
    let column = before.get(line_start..).unwrap_or_default().chars().count() + 1;
    Position { line, column }
}

/// Where `part`, a slice of `text`, begins in it.
pub fn offset(text: &str, part: &str) -> usize {
    part.as_ptr().addr().saturating_sub(text.as_ptr().addr()).min(text.len())
}

/// Goes down along the steps that are left; everything beside them is skipped unread.
struct Search<'a> {
    text: &'a str,
    steps: &'a [String],
    key: Option<Range<usize>>,
}

impl Search<'_> {
    fn range(&self, part: &RawValue) -> Range<usize> {
        let start = offset(self.text, part.get());
        start..start + part.get().len()
    }
}

impl<'de> DeserializeSeed<'de> for Search<'_> {
    type Value = Option<Span>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<Span>, D::Error> {
        if !self.steps.is_empty() {
            return deserializer.deserialize_any(self);
        }
        let raw = <&'de RawValue as serde_core::Deserialize>::deserialize(deserializer)?;
        Ok(Some(Span { value: self.range(raw), key: self.key }))
    }
}

impl<'de> Visitor<'de> for Search<'_> {
    type Value = Option<Span>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Option<Span>, A::Error> {
        let Some((step, steps)) = self.steps.split_first() else { return Ok(None) };
        let mut found = None;
        while let Some(raw) = entries.next_key::<&'de RawValue>()? {
            if found.is_none() && key_text(raw).map_err(A::Error::custom)? == step.as_str() {
                let key = Some(self.range(raw));
                found = entries.next_value_seed(Search { text: self.text, steps, key })?;
            } else {
                entries.next_value::<IgnoredAny>()?;
            }
        }
        Ok(found)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Option<Span>, A::Error> {
        let Some((step, steps)) = self.steps.split_first() else { return Ok(None) };
        let wanted = step.parse::<usize>().ok();
        let mut found = None;
        let mut index = 0;
        loop {
            if wanted == Some(index) {
                let Some(span) = items.next_element_seed(Search { text: self.text, steps, key: None })?
                else {
                    break;
                };
                found = span;
            } else if items.next_element::<IgnoredAny>()?.is_none() {
                break;
            }
            index += 1;
        }
        Ok(found)
    }

    // A value that has no parts: the steps that are left lead nowhere.
    fn visit_unit<E>(self) -> Result<Option<Span>, E> {
        Ok(None)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Option<Span>, E> {
        Ok(None)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Option<Span>, E> {
        Ok(None)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Option<Span>, E> {
        Ok(None)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Option<Span>, E> {
        Ok(None)
    }

    fn visit_str<E>(self, _: &str) -> Result<Option<Span>, E> {
        Ok(None)
    }
}
