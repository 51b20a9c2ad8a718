//! Errors of serialization and deserialization.

use super::truncated_quote;
use crate::{schema::Member, time::TimestampError};
use std::{borrow::Cow, error::Error as StdError, fmt, sync::Arc};

/// A value that cannot be written or read: what is wrong, and where in the document.
///
/// Displayed as `at Configuration.Layers[2].Arn: expected a string, found a number`.
#[derive(Clone, PartialEq, Eq)]
pub struct CodecError(Box<Inner>);

#[derive(Clone, PartialEq, Eq)]
struct Inner {
    message: Cow<'static, str>,
    /// Where in the message, after what was expected, the part on what was found begins.
    found_at: Option<usize>,
    /// From the inside out, because segments are added while calls return.
    path: Vec<PathSegment>,
    source: Option<Source>,
}

/// The error of other code that is the cause. Equal to its clones alone.
#[derive(Clone)]
struct Source(Arc<dyn StdError + Send + Sync>);

impl PartialEq for Source {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl Eq for Source {}

/// A segment of the path to a value.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PathSegment {
    /// A member of a structure, by its name in the model.
    Member(&'static str),
    /// An element of a list, counted from zero.
    Index(usize),
    /// The value of a key in a map.
    Key(String),
}

impl CodecError {
    /// Creates an error with this message.
    pub fn new(message: impl Into<Cow<'static, str>>) -> Self {
        Self(Box::new(Inner { message: message.into(), found_at: None, path: Vec::new(), source: None }))
    }

    /// Returns the error of a hook: one of those as it is, or else the source of one.
    pub(crate) fn from_hook(error: Box<dyn StdError + Send + Sync>) -> Self {
        Self::from_other("an interceptor failed", error)
    }

    /// Returns the error of other code as it is if it is a `CodecError`, or else as the source of one with this message.
    pub(crate) fn from_other(message: &'static str, error: Box<dyn StdError + Send + Sync>) -> Self {
        error.downcast().map_or_else(
            |other| {
                let mut error = Self::new(message);
                error.0.source = Some(Source(other.into()));
                error
            },
            |error| *error,
        )
    }

    /// Creates the error `expected …, found …`.
    pub fn expected(expected: &str, found: impl fmt::Display) -> Self {
        let mut message = format!("expected {expected}");
        let found_at = message.len();
        message.push_str(&format!(", found {found}"));
        let mut error = Self::new(message);
        error.0.found_at = Some(found_at);
        error
    }

    /// Adds the part of the enclosing value that the error is in.
    #[must_use]
    pub fn at(mut self, segment: PathSegment) -> Self {
        self.0.path.push(segment);
        self
    }

    /// Adds the member of the enclosing structure that the error is in; elements, which have no name, add nothing.
    #[must_use]
    pub fn in_member(self, name: &'static str) -> Self {
        if name.is_empty() { self } else { self.at(PathSegment::Member(name)) }
    }

    /// Adds the member of the enclosing structure that the error is in. If the member is sensitive, its value is left out.
    #[must_use]
    pub(crate) fn in_schema_member(mut self, member: &Member) -> Self {
        if member.is_sensitive() {
            // What was expected does not depend on the value.
            let end = self.0.found_at.unwrap_or_default();
            let expected = self.0.message.get(..end).unwrap_or_default();
            self.0.source = None;
            self.0.message = if expected.is_empty() {
                "the value is not valid; it is sensitive and therefore not shown".into()
            } else {
                format!("{expected}, found a value that is sensitive and therefore not shown").into()
            };
            for segment in &mut self.0.path {
                if let PathSegment::Key(key) = segment {
                    *key = String::from("…");
                }
            }
        }
        self.in_member(member.name)
    }

    /// Returns what is wrong, without the path.
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// Returns the path, from the outside in.
    pub fn path(&self) -> impl Iterator<Item = &PathSegment> {
        self.0.path.iter().rev()
    }
}

impl fmt::Display for CodecError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, segment) in self.path().enumerate() {
            f.write_str(if position == 0 { "at " } else { "" })?;
            match segment {
                PathSegment::Member(name) if position == 0 => f.write_str(name)?,
                PathSegment::Member(name) => write!(f, ".{name}")?,
                PathSegment::Index(index) => write!(f, "[{index}]")?,
                PathSegment::Key(key) => write!(f, "[{}]", truncated_quote(key))?,
            }
        }
        f.write_str(if self.0.path.is_empty() { "" } else { ": " })?;
        f.write_str(&self.0.message)
    }
}

impl fmt::Debug for CodecError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CodecError({:?})", self.to_string())
    }
}

impl StdError for CodecError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source.as_ref().map(|source| -> &(dyn StdError + 'static) { &*source.0 })
    }
}

impl From<TimestampError> for CodecError {
    fn from(error: TimestampError) -> Self {
        Self::new(error.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_of_sensitive_members_are_not_in_errors() {
        static SECRET: Member = crate::schema::string("Secret").sensitive();
        static PUBLIC: Member = crate::schema::string("Public");
        static ELEMENTS: Member = crate::schema::list("Secrets", &SECRET);
        static KEYS: Member = crate::schema::map("ByKey", &SECRET, &PUBLIC);
        let error =
            CodecError::expected("a blob", truncated_quote("hunter2")).at(PathSegment::Key("hunter3".into()));
        let error = error.in_schema_member(&SECRET).in_schema_member(&PUBLIC);
        assert_eq!(
            error.to_string(),
            "at Public.Secret[\"…\"]: expected a blob, found a value that is sensitive and therefore not shown"
        );
        for at in [&ELEMENTS, &KEYS] {
            let error = CodecError::new("hunter2 is no date").at(PathSegment::Key("hunter3".into()));
            assert!(!error.in_schema_member(at).to_string().contains("hunter"), "{}", at.name);
        }
        let error = CodecError::new("hunter2 is no date").in_schema_member(&SECRET);
        assert_eq!(
            error.to_string(),
            "at Secret: the value is not valid; it is sensitive and therefore not shown"
        );
    }

    #[test]
    fn the_path_is_displayed_from_the_outside_in() {
        let error = CodecError::expected("a string", "a number").in_member("Arn").at(PathSegment::Index(2));
        let error = error.in_member("Layers").at(PathSegment::Key("a b".into())).in_member("Configuration");
        assert_eq!(
            error.to_string(),
            "at Configuration[\"a b\"].Layers[2].Arn: expected a string, found a number"
        );
        assert_eq!(CodecError::new("too deep").to_string(), "too deep");
    }
}
