//! Values of the rule language.

use std::{borrow::Cow, fmt};

/// A value of the rule language.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub enum EndpointValue<'a> {
    /// No value: an unset parameter, or a function without a result.
    #[default]
    None,
    /// `true` or `false`.
    Bool(bool),
    /// An integer.
    Number(i64),
    /// A string.
    Text(Cow<'a, str>),
    /// A list.
    List(Vec<EndpointValue<'a>>),
    /// Values by name, in order.
    Object(Vec<(&'static str, EndpointValue<'a>)>),
}

impl EndpointValue<'_> {
    /// Returns the string, if the value is one.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Returns the boolean, if the value is one.
    pub fn as_bool(&self) -> Option<bool> {
        match self {
            Self::Bool(value) => Some(*value),
            _ => None,
        }
    }

    /// Returns the elements of a list; an empty slice for any other value.
    pub fn items(&self) -> &[Self] {
        match self {
            Self::List(items) => items,
            _ => &[],
        }
    }

    /// Returns the entry of this name, if the value is an object that has one.
    pub fn get(&self, name: &str) -> Option<&Self> {
        match self {
            Self::Object(entries) => entries.iter().find(|entry| entry.0 == name).map(|entry| &entry.1),
            _ => None,
        }
    }

    /// Whether there is a value.
    pub fn is_set(&self) -> bool {
        !matches!(self, Self::None)
    }

    /// Whether a condition with this value holds: it is set, and not `false`.
    pub(super) fn is_truthy(&self) -> bool {
        !matches!(self, Self::None | Self::Bool(false))
    }

    /// Returns the part at a path: names separated by dots, each with an optional index, `resourceId[0]`. A negative index
    /// counts from the end.
    pub(super) fn get_path(&self, path: &str) -> Option<&Self> {
        path.split('.').try_fold(self, |value, step| {
            let (name, index) = match step.strip_suffix(']').and_then(|step| step.split_once('[')) {
                Some((name, index)) => (name, Some(index.parse::<isize>().ok()?)),
                None => (step, None),
            };
            // An index without a name selects an element of the value itself.
            let value = if name.is_empty() && index.is_some() { value } else { value.get(name)? };
            let Some(index) = index else { return Some(value) };
            let items = value.items();
            let from_end = items.len().checked_add_signed(index).filter(|_| index < 0);
            items.get(from_end.or_else(|| index.try_into().ok())?)
        })
    }

    /// Converts the value into one that owns its strings.
    pub fn into_owned(self) -> EndpointValue<'static> {
        match self {
            Self::None => EndpointValue::None,
            Self::Bool(value) => EndpointValue::Bool(value),
            Self::Number(number) => EndpointValue::Number(number),
            Self::Text(text) => EndpointValue::Text(Cow::Owned(text.into_owned())),
            Self::List(items) => {
                EndpointValue::List(items.into_iter().map(EndpointValue::into_owned).collect())
            }
            Self::Object(entries) => EndpointValue::Object(
                entries.into_iter().map(|(name, value)| (name, value.into_owned())).collect(),
            ),
        }
    }

    /// The value's type with its article, for error messages.
    pub(super) fn type_name(&self) -> &'static str {
        match self {
            Self::None => "unset",
            Self::Bool(_) => "a boolean",
            Self::Number(_) => "a number",
            Self::Text(_) => "a string",
            Self::List(_) => "a list",
            Self::Object(_) => "an object",
        }
    }
}

impl From<bool> for EndpointValue<'_> {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl<'a> From<&'a str> for EndpointValue<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl From<String> for EndpointValue<'_> {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}

impl<'a, T: Into<EndpointValue<'a>>> From<Vec<T>> for EndpointValue<'a> {
    fn from(items: Vec<T>) -> Self {
        Self::List(items.into_iter().map(Into::into).collect())
    }
}

impl<'a, T: Into<EndpointValue<'a>>> From<Option<T>> for EndpointValue<'a> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::None, Into::into)
    }
}

/// Formats the value as JSON; [`EndpointValue::None`] is `unset`.
impl fmt::Display for EndpointValue<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::None => f.write_str("unset"),
            Self::Bool(value) => value.fmt(f),
            Self::Number(number) => number.fmt(f),
            Self::Text(text) => write!(f, "{text:?}"),
            Self::List(items) => {
                f.write_str("[")?;
                for (index, item) in items.iter().enumerate() {
                    let comma = if index == 0 { "" } else { ", " };
                    write!(f, "{comma}{item}")?;
                }
                f.write_str("]")
            }
            Self::Object(entries) => {
                f.write_str("{")?;
                for (index, (name, value)) in entries.iter().enumerate() {
                    let comma = if index == 0 { "" } else { ", " };
                    write!(f, "{comma}{name:?}: {value}")?;
                }
                f.write_str("}")
            }
        }
    }
}
