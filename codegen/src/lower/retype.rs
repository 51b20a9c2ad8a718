//! What a member's type can be changed to, and what becomes of its description.
//!
//! What goes over the wire stays as the model has it: the runtime's values look at the description, and a number whose
//! description says string is read from text and written as text.

use crate::{
    ir::{Protocol, Target, Type},
    model::{Kind, Model, Reference, Shape},
};

/// What may stand for `type` in the overrides of a member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Retype {
    /// A JSON document in text, bytes or a document.
    Json,
    /// Text: of bytes, of an enum, of a timestamp.
    String,
    /// Bytes, in base64 where the model says string.
    Bytes,
    /// `true` or `false` in text.
    Boolean,
    /// A number of 32 bits, from text or a wider one.
    Integer,
    /// A number of 64 bits, from text or a narrower one.
    Long,
    /// A floating-point number of 32 bits, from text or a wider one.
    Float,
    /// A floating-point number of 64 bits, from text or a narrower one.
    Double,
    /// A point in time, from text (RFC 3339) or from seconds since 1970.
    Timestamp,
}

/// The names, in the order in which a person is told of them.
const NAMES: [(&str, Retype); 9] = [
    ("json", Retype::Json),
    ("string", Retype::String),
    ("bytes", Retype::Bytes),
    ("boolean", Retype::Boolean),
    ("integer", Retype::Integer),
    ("long", Retype::Long),
    ("float", Retype::Float),
    ("double", Retype::Double),
    ("timestamp", Retype::Timestamp),
];

/// What the model has, as far as retyping tells it apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum From {
    /// Text of any content.
    Text,
    /// One of some values.
    Enum,
    /// Bytes, but no stream of them.
    Blob,
    /// Any JSON value.
    Document,
    Boolean,
    Integer,
    Long,
    Float,
    Double,
    /// A point in time that is text on the wire.
    TextTime,
    /// A point in time that is a number on the wire.
    NumberTime,
    /// What cannot be retyped: lists, maps, structures, streams.
    Other,
}

impl Retype {
    /// All names, for messages.
    pub(crate) fn names() -> impl Iterator<Item = &'static str> + Clone {
        NAMES.iter().map(|(name, _)| *name)
    }

    /// By its name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        NAMES.iter().find(|(known, _)| *known == name).map(|(_, retype)| *retype)
    }

    /// The Rust type, and the target of the description where that changes too; `None` where it does not fit.
    pub(crate) fn of(self, from: From) -> Option<(Type, Option<Target>)> {
        let (ty, target) = match (self, from) {
            (Self::Json, From::Text | From::Blob | From::Document) => (Type::Json, None),
            (Self::String, From::Enum | From::Blob) => (Type::String, None),
            (Self::String, From::TextTime) => (Type::String, Some("string")),
            (Self::Bytes, From::Text) => (Type::Bytes, None),
            (Self::Boolean, From::Text) => (Type::Bool, None),
            (Self::Integer, From::Text) => (Type::I32, None),
            (Self::Integer, From::Long) => (Type::I32, Some("integer")),
            (Self::Long, From::Text) => (Type::I64, None),
            (Self::Long, From::Integer) => (Type::I64, Some("long")),
            (Self::Float, From::Text) => (Type::F32, None),
            (Self::Float, From::Double) => (Type::F32, Some("float")),
            (Self::Double, From::Text) => (Type::F64, None),
            (Self::Double, From::Float) => (Type::F64, Some("double")),
            (Self::Timestamp, From::Text) => (Type::Timestamp, None),
            (Self::Timestamp, From::Integer | From::Long) => (Type::Timestamp, Some("epoch_seconds")),
            _ => return None,
        };
        Some((ty, target.map(Target::Simple)))
    }

    /// Whether the model says the same already.
    pub(crate) fn idle(self, from: From) -> bool {
        matches!(
            (self, from),
            (Self::String, From::Text)
                | (Self::Bytes, From::Blob)
                | (Self::Boolean, From::Boolean)
                | (Self::Integer, From::Integer)
                | (Self::Long, From::Long)
                | (Self::Float, From::Float)
                | (Self::Double, From::Double)
                | (Self::Timestamp, From::TextTime | From::NumberTime)
        )
    }

    /// What it fits, in words, for messages.
    pub(crate) const fn fits(self) -> &'static str {
        match self {
            Self::Json => "a blob, a string or a document",
            Self::String => "an enum, a blob, or a timestamp that is text on the wire",
            Self::Bytes | Self::Boolean => "a string",
            Self::Integer => "a string or a long",
            Self::Long => "a string or an integer",
            Self::Float => "a string or a double",
            Self::Double => "a string or a float",
            Self::Timestamp => "a string, an integer or a long",
        }
    }
}

/// What `reference` refers to, where the wire is that of `protocol`; a shape that is not there was reported before.
pub(crate) fn from(model: &Model, protocol: Option<Protocol>, reference: &Reference) -> From {
    let Some(shape) = model.shapes.get(&reference.shape) else { return From::Other };
    match &shape.kind {
        Kind::String | Kind::Character if !shape.traits.values.is_empty() => From::Enum,
        Kind::String | Kind::Character => From::Text,
        Kind::Blob if reference.traits.streaming || shape.traits.streaming => From::Other,
        Kind::Blob => From::Blob,
        Kind::Structure(structure) if structure.document => From::Document,
        Kind::Boolean => From::Boolean,
        Kind::Integer => From::Integer,
        Kind::Long => From::Long,
        Kind::Float => From::Float,
        Kind::Double => From::Double,
        Kind::Timestamp if is_text(protocol, reference, shape) => From::TextTime,
        Kind::Timestamp => From::NumberTime,
        Kind::List(_) | Kind::Map(..) | Kind::Structure(_) => From::Other,
    }
}

/// Whether a timestamp goes over the wire as text: by its format, or else by the default of its place.
fn is_text(protocol: Option<Protocol>, reference: &Reference, shape: &Shape) -> bool {
    match reference.traits.timestamp_format.as_ref().or(shape.traits.timestamp_format.as_ref()) {
        Some(format) => format != "unixTimestamp",
        None => {
            reference.traits.location.is_some()
                || !matches!(protocol, Some(Protocol::Json | Protocol::RestJson | Protocol::Cbor))
        }
    }
}
