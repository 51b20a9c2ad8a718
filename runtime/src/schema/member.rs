//! References from one shape to another, with the traits that both carry merged.

use super::Schema;
use crate::time::TimestampFormat;
use std::fmt;

/// A reference to a shape: a member of a structure, the element of a list, the key or value of a map, or the input or output
/// of an operation. The traits of the reference and of the shape it refers to are merged, those of the reference first.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Member {
    /// The member's name in the model; empty for elements, keys and values.
    pub name: &'static str,
    /// The name that the model gives it on the wire, where that differs: `locationName`.
    pub location_name: Option<&'static str>,
    /// The name in EC2 requests, untouched: `queryName`.
    pub query_name: Option<&'static str>,
    /// What the value is.
    pub target: Target,
    /// Which part of a message carries it.
    pub location: Location,
    /// The XML name space of the element.
    pub namespace: Option<Namespace>,
    /// The model wants a value.
    pub required: bool,
    /// The value is not to be shown.
    pub sensitive: bool,
    /// A list or map whose elements follow each other without an element around them.
    pub flattened: bool,
    /// An XML attribute of the enclosing element.
    pub attribute: bool,
    /// A string that holds a JSON document; base64 of it in a header.
    pub json_value: bool,
    /// Filled with a random UUID where it is unset.
    pub idempotency_token: bool,
    /// Also a label of the host name.
    pub host_label: bool,
    /// Null elements are kept: of a list or map.
    pub sparse: bool,
    /// A header of the event-stream message.
    pub event_header: bool,
    /// The payload of the event-stream message.
    pub event_payload: bool,
    /// The length of the stream must be known before it is sent.
    pub requires_length: bool,
}

/// What a [`Member`] refers to.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub enum Target {
    /// `true` or `false`.
    Boolean,
    /// A whole number of 32 bits.
    Integer,
    /// A whole number of 64 bits.
    Long,
    /// A binary floating-point number of 32 bits.
    Float,
    /// A binary floating-point number of 64 bits.
    Double,
    /// Text, enum values included.
    String,
    /// Bytes.
    Blob,
    /// Bytes that are never held as a whole.
    Stream,
    /// A point in time, in the given format or else in the one usual at its place.
    Timestamp(Option<TimestampFormat>),
    /// Any JSON value.
    Document,
    /// A list of such elements.
    List(&'static Member),
    /// A map with such keys and values.
    Map(&'static Member, &'static Member),
    /// A structure or union. A function, as structures may refer to each other in circles.
    Structure(fn() -> &'static Schema),
    /// A stream of events, each one member of this structure.
    Events(fn() -> &'static Schema),
}

/// Which part of an HTTP message carries a member. The protocols that bind nothing to HTTP write everything as `Body`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Location {
    /// A part of the body's document.
    Body,
    /// The whole body.
    Payload,
    /// A label of the URI's path.
    Label,
    /// A query parameter, or several.
    Query,
    /// A header field.
    Header,
    /// Header fields that share a prefix, which is the wire name.
    Headers,
    /// The status code of the response.
    StatusCode,
}

/// An XML name space.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Namespace {
    /// The prefix to declare; empty for the default name space.
    pub prefix: &'static str,
    /// The URI.
    pub uri: &'static str,
}

impl Namespace {
    /// Creates a namespace; `prefix` is empty for the default namespace.
    pub const fn new(prefix: &'static str, uri: &'static str) -> Self {
        Self { prefix, uri }
    }
}

impl Member {
    /// A member of this name and type, without traits.
    pub const fn new(name: &'static str, target: Target) -> Self {
        Self {
            name,
            location_name: None,
            query_name: None,
            target,
            location: Location::Body,
            namespace: None,
            required: false,
            sensitive: false,
            flattened: false,
            attribute: false,
            json_value: false,
            idempotency_token: false,
            host_label: false,
            sparse: false,
            event_header: false,
            event_payload: false,
            requires_length: false,
        }
    }

    /// The name on the wire: `locationName`, or else the member's own.
    pub const fn wire_name(&self) -> &'static str {
        match self.location_name {
            Some(name) => name,
            None => self.name,
        }
    }

    /// The name on the wire where the reference gives one, or else `default`.
    pub const fn wire_name_or(&self, default: &'static str) -> &'static str {
        match self.location_name {
            Some(name) => name,
            None => default,
        }
    }

    /// The name in a body's document. A member that is bound to another place of the message keeps its own where a document
    /// has it all the same: inside a structure, or in the direction that has no such place.
    pub const fn body_name(&self) -> &'static str {
        match self.location {
            Location::Body | Location::Payload => self.wire_name(),
            _ => self.name,
        }
    }

    /// The timestamp format that the model gives, or else `default`.
    pub const fn timestamp_format_or(&self, default: TimestampFormat) -> TimestampFormat {
        match self.target {
            Target::Timestamp(Some(format)) => format,
            _ => default,
        }
    }

    /// The schema of the structure or union that this refers to.
    pub fn schema(&self) -> Option<&'static Schema> {
        match self.target {
            Target::Structure(schema) | Target::Events(schema) => Some(schema()),
            _ => None,
        }
    }

    /// What this refers to, in words: for messages.
    pub const fn expected(&self) -> &'static str {
        match self.target {
            Target::Boolean => "a boolean",
            Target::Integer => "a 32-bit integer",
            Target::Long => "a 64-bit integer",
            Target::Float | Target::Double => "a number",
            Target::String => "a string",
            Target::Blob => "a blob",
            Target::Stream => "a stream of bytes",
            Target::Timestamp(_) => "a timestamp",
            Target::Document => "a document",
            Target::List(_) => "a list",
            Target::Map(..) => "a map",
            Target::Structure(_) => "a structure",
            Target::Events(_) => "a stream of events",
        }
    }
}

/// The constructors that generated code uses, one for each kind of target.
macro_rules! constructors {
    ($($(#[$doc:meta])* $name:ident => $target:expr;)*) => {
        $($(#[$doc])*
        pub const fn $name(name: &'static str) -> Member {
            Member::new(name, $target)
        })*
    };
}

constructors! {
    /// A boolean.
    boolean => Target::Boolean;
    /// A 32-bit integer.
    integer => Target::Integer;
    /// A 64-bit integer.
    long => Target::Long;
    /// A 32-bit float.
    float => Target::Float;
    /// A 64-bit float.
    double => Target::Double;
    /// A string.
    string => Target::String;
    /// A blob.
    blob => Target::Blob;
    /// A streaming blob.
    stream => Target::Stream;
    /// A timestamp in the format usual at its place.
    timestamp => Target::Timestamp(None);
    /// A timestamp in RFC 3339.
    date_time => Target::Timestamp(Some(TimestampFormat::DateTime));
    /// A timestamp in RFC 9110's format.
    http_date => Target::Timestamp(Some(TimestampFormat::HttpDate));
    /// A timestamp in seconds since 1970.
    epoch_seconds => Target::Timestamp(Some(TimestampFormat::EpochSeconds));
    /// A document.
    document => Target::Document;
}

/// A list of `element`s.
pub const fn list(name: &'static str, element: &'static Member) -> Member {
    Member::new(name, Target::List(element))
}

/// A map from `key`s to `value`s.
pub const fn map(name: &'static str, key: &'static Member, value: &'static Member) -> Member {
    Member::new(name, Target::Map(key, value))
}

/// The traits, each set by a method of its name.
macro_rules! setters {
    ($($(#[$doc:meta])* $name:ident;)*) => {
        $($(#[$doc])*
        #[must_use]
        pub const fn $name(mut self) -> Self {
            self.$name = true;
            self
        })*
    };
}

/// Where a member is bound to, with the name that it has there.
macro_rules! bindings {
    ($($(#[$doc:meta])* $name:ident => $location:ident;)*) => {
        $($(#[$doc])*
        #[must_use]
        pub const fn $name(mut self, wire_name: &'static str) -> Self {
            self.location = Location::$location;
            self.location_name = Some(wire_name);
            self
        })*
    };
}

impl Member {
    setters! {
        /// The model wants a value.
        required;
        /// The value is not to be shown.
        sensitive;
        /// Without an element around the elements.
        flattened;
        /// An XML attribute.
        attribute;
        /// A string that holds JSON.
        json_value;
        /// Filled with a random UUID where it is unset.
        idempotency_token;
        /// Also a label of the host name.
        host_label;
        /// Null elements are kept.
        sparse;
        /// A header of the event.
        event_header;
        /// The payload of the event.
        event_payload;
        /// The stream's length must be known.
        requires_length;
    }

    bindings! {
        /// Bound to a label of the path.
        label => Label;
        /// Bound to a query parameter; a map to one for each entry.
        query => Query;
        /// Bound to a header field.
        header => Header;
        /// Bound to all header fields with this prefix.
        headers => Headers;
    }

    /// Named so on the wire.
    #[must_use]
    pub const fn named(mut self, wire_name: &'static str) -> Self {
        self.location_name = Some(wire_name);
        self
    }

    /// Named so in EC2 requests.
    #[must_use]
    pub const fn query_named(mut self, query_name: &'static str) -> Self {
        self.query_name = Some(query_name);
        self
    }

    /// Bound to the whole body.
    #[must_use]
    pub const fn payload(mut self) -> Self {
        self.location = Location::Payload;
        self
    }

    /// Bound to the status code of the response.
    #[must_use]
    pub const fn status_code(mut self) -> Self {
        self.location = Location::StatusCode;
        self
    }

    /// In an XML name space; `prefix` may be empty.
    #[must_use]
    pub const fn namespace(mut self, prefix: &'static str, uri: &'static str) -> Self {
        self.namespace = Some(Namespace { prefix, uri });
        self
    }
}

impl fmt::Debug for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::List(element) => f.debug_tuple("List").field(&element.target).finish(),
            Self::Map(key, value) => f.debug_tuple("Map").field(&key.target).field(&value.target).finish(),
            // By name only: structures may refer to each other in circles.
            Self::Structure(schema) => f.debug_tuple("Structure").field(&schema().name).finish(),
            Self::Events(schema) => f.debug_tuple("Events").field(&schema().name).finish(),
            Self::Timestamp(format) => f.debug_tuple("Timestamp").field(format).finish(),
            Self::Boolean => f.write_str("Boolean"),
            Self::Integer => f.write_str("Integer"),
            Self::Long => f.write_str("Long"),
            Self::Float => f.write_str("Float"),
            Self::Double => f.write_str("Double"),
            Self::String => f.write_str("String"),
            Self::Blob => f.write_str("Blob"),
            Self::Stream => f.write_str("Stream"),
            Self::Document => f.write_str("Document"),
        }
    }
}
