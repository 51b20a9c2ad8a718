//! What rules calculate with.

use std::{borrow::Cow, fmt};

/// A value of the rule language.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Value<'a> {
    /// No value: a parameter that is not set, or what a function could not find.
    #[default]
    None,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Number(i64),
    /// Text.
    Text(Cow<'a, str>),
    /// A list.
    List(Vec<Value<'a>>),
    /// Values by name, in order.
    Object(Vec<(&'static str, Value<'a>)>),
}

impl Value<'_> {
    /// The text, if it is one.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The boolean, if it is one.
    pub fn boolean(&self) -> Option<bool> {
        match self {
            Self::Bool(value) => Some(*value),
            _ => None,
        }
    }

    /// The elements, if it is a list.
    pub fn items(&self) -> &[Self] {
        match self {
            Self::List(items) => items,
            _ => &[],
        }
    }

    /// The member of this name, if it is an object that has one.
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

    /// Whether a condition of this value holds.
    pub(crate) fn holds(&self) -> bool {
        !matches!(self, Self::None | Self::Bool(false))
    }

    /// The part that a path says: names with a dot between them, each maybe with an index, `resourceId[0]`; a negative
    /// index counts from the end.
    pub(crate) fn part(&self, path: &str) -> Option<&Self> {
        path.split('.').try_fold(self, |value, step| {
            let (name, index) = match step.strip_suffix(']').and_then(|step| step.split_once('[')) {
                Some((name, index)) => (name, Some(index.parse::<isize>().ok()?)),
                None => (step, None),
            };
            // An index may stand alone, and say a part of the value itself.
            let value = if name.is_empty() && index.is_some() { value } else { value.get(name)? };
            let Some(index) = index else { return Some(value) };
            let items = value.items();
            let place = items.len().checked_add_signed(index).filter(|_| index < 0);
            items.get(place.or_else(|| index.try_into().ok())?)
        })
    }

    /// The same value, which owns its texts.
    pub fn into_owned(self) -> Value<'static> {
        match self {
            Self::None => Value::None,
            Self::Bool(value) => Value::Bool(value),
            Self::Number(number) => Value::Number(number),
            Self::Text(text) => Value::Text(Cow::Owned(text.into_owned())),
            Self::List(items) => Value::List(items.into_iter().map(Value::into_owned).collect()),
            Self::Object(entries) => {
                Value::Object(entries.into_iter().map(|(name, value)| (name, value.into_owned())).collect())
            }
        }
    }

    /// What kind of value this is, for messages.
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Self::None => "nothing",
            Self::Bool(_) => "a boolean",
            Self::Number(_) => "a number",
            Self::Text(_) => "a text",
            Self::List(_) => "a list",
            Self::Object(_) => "an object",
        }
    }
}

impl From<bool> for Value<'_> {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Value<'_> {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}

impl<'a, T: Into<Value<'a>>> From<Vec<T>> for Value<'a> {
    fn from(items: Vec<T>) -> Self {
        Self::List(items.into_iter().map(Into::into).collect())
    }
}

impl<'a, T: Into<Value<'a>>> From<Option<T>> for Value<'a> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::None, Into::into)
    }
}

/// As in JSON; what is not set is `unset`.
impl fmt::Display for Value<'_> {
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
