//! The types that an override can give to a member, and the shape in the member's schema then.
//!
//! The wire format stays as the model has it: the runtime's values look at the schema, and a number whose schema says string is
//! read from text and written as text.

use crate::{
    ir::{ShapeRef, Type},
    model::{Kind, Model, Reference, Shape},
    protocol::{Protocol, TimestampFormat},
};

/// A value of `type` in the override of a member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TypeOverride {
    /// A JSON document in a string, in bytes or in a document.
    Json,
    /// Text, of bytes, an enum or a timestamp.
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

/// The names, in the order in which messages list them.
const NAMES: [(&str, TypeOverride); 9] = [
    ("json", TypeOverride::Json),
    ("string", TypeOverride::String),
    ("bytes", TypeOverride::Bytes),
    ("boolean", TypeOverride::Boolean),
    ("integer", TypeOverride::Integer),
    ("long", TypeOverride::Long),
    ("float", TypeOverride::Float),
    ("double", TypeOverride::Double),
    ("timestamp", TypeOverride::Timestamp),
];

/// The kind of a shape, as far as overrides of types distinguish it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SourceKind {
    /// Text of any content.
    Text,
    /// An enum.
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
    /// A timestamp that is text on the wire.
    TextTime,
    /// A timestamp that is a number on the wire.
    NumberTime,
    /// A list, map, structure or stream, whose type cannot be changed.
    Other,
}

impl TypeOverride {
    /// All names, for messages.
    pub(crate) fn names() -> impl Iterator<Item = &'static str> + Clone {
        NAMES.iter().map(|(name, _)| *name)
    }

    /// The override with this name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        NAMES.iter().find(|(known, _)| *known == name).map(|(_, known)| *known)
    }

    /// The Rust type, and the schema's shape if that changes too; `None` if the type does not fit the kind.
    pub(crate) fn apply(self, from: SourceKind) -> Option<(Type, Option<ShapeRef>)> {
        Some(match (self, from) {
            (Self::Json, SourceKind::Text | SourceKind::Blob | SourceKind::Document) => (Type::Json, None),
            (Self::String, SourceKind::Enum | SourceKind::Blob) => (Type::String, None),
            (Self::String, SourceKind::TextTime) => (Type::String, Some(ShapeRef::String)),
            (Self::Bytes, SourceKind::Text) => (Type::Bytes, None),
            (Self::Boolean, SourceKind::Text) => (Type::Bool, None),
            (Self::Integer, SourceKind::Text) => (Type::I32, None),
            (Self::Integer, SourceKind::Long) => (Type::I32, Some(ShapeRef::Integer)),
            (Self::Long, SourceKind::Text) => (Type::I64, None),
            (Self::Long, SourceKind::Integer) => (Type::I64, Some(ShapeRef::Long)),
            (Self::Float, SourceKind::Text) => (Type::F32, None),
            (Self::Float, SourceKind::Double) => (Type::F32, Some(ShapeRef::Float)),
            (Self::Double, SourceKind::Text) => (Type::F64, None),
            (Self::Double, SourceKind::Float) => (Type::F64, Some(ShapeRef::Double)),
            (Self::Timestamp, SourceKind::Text) => (Type::Timestamp, None),
            (Self::Timestamp, SourceKind::Integer | SourceKind::Long) => {
                (Type::Timestamp, Some(ShapeRef::Timestamp(Some(TimestampFormat::EpochSeconds))))
            }
            _ => return None,
        })
    }

    /// Whether the model has this type already.
    pub(crate) fn is_noop(self, from: SourceKind) -> bool {
        matches!(
            (self, from),
            (Self::String, SourceKind::Text)
                | (Self::Bytes, SourceKind::Blob)
                | (Self::Boolean, SourceKind::Boolean)
                | (Self::Integer, SourceKind::Integer)
                | (Self::Long, SourceKind::Long)
                | (Self::Float, SourceKind::Float)
                | (Self::Double, SourceKind::Double)
                | (Self::Timestamp, SourceKind::TextTime | SourceKind::NumberTime)
        )
    }

    /// The kinds that it fits, for messages.
    pub(crate) const fn accepted_kinds(self) -> &'static str {
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

/// The kind of the shape that `reference` refers to, with this protocol. A missing shape was reported before.
pub(crate) fn source_kind(model: &Model, protocol: Option<Protocol>, reference: &Reference) -> SourceKind {
    let Some(shape) = model.shapes.get(&reference.shape) else { return SourceKind::Other };
    match &shape.kind {
        Kind::String | Kind::Character if !shape.traits.values.is_empty() => SourceKind::Enum,
        Kind::String | Kind::Character => SourceKind::Text,
        Kind::Blob if reference.traits.streaming || shape.traits.streaming => SourceKind::Other,
        Kind::Blob => SourceKind::Blob,
        Kind::Structure(structure) if structure.document => SourceKind::Document,
        Kind::Boolean => SourceKind::Boolean,
        Kind::Integer => SourceKind::Integer,
        Kind::Long => SourceKind::Long,
        Kind::Float => SourceKind::Float,
        Kind::Double => SourceKind::Double,
        Kind::Timestamp if is_text(protocol, reference, shape) => SourceKind::TextTime,
        Kind::Timestamp => SourceKind::NumberTime,
        Kind::List(_) | Kind::Map(..) | Kind::Structure(_) => SourceKind::Other,
    }
}

/// Whether a timestamp is text on the wire: by its format, or else by the default at its place.
fn is_text(protocol: Option<Protocol>, reference: &Reference, shape: &Shape) -> bool {
    let format = reference.traits.timestamp_format.as_ref().or(shape.traits.timestamp_format.as_ref());
    if let Some(format) = format {
        return format != "unixTimestamp";
    }
    let default = protocol.map(|protocol| protocol.info().default_timestamp);
    reference.traits.location.is_some() || default != Some(TimestampFormat::EpochSeconds)
}
