//! References from one shape to another, with the traits of both merged.

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
    /// The name on the wire, if it differs: `locationName`.
    pub location_name: Option<&'static str>,
    /// The name in EC2 requests, used as it is: `queryName`.
    pub query_name: Option<&'static str>,
    /// The type of the value.
    pub target: Target,
    /// The part of the message that carries it.
    pub location: Location,
    /// The XML namespace of the element.
    pub namespace: Option<Namespace>,
    /// Whether the model requires a value.
    pub required: bool,
    /// Whether the value is secret: `Debug` does not show it.
    pub sensitive: bool,
    /// Whether the XML elements of a list or map have no element around them.
    pub flattened: bool,
    /// Whether it is an XML attribute of the enclosing element.
    pub attribute: bool,
    /// Whether it is a string that contains a JSON document, in base64 if it is a header.
    pub json_value: bool,
    /// Whether an unset value is filled with a random UUID.
    pub idempotency_token: bool,
    /// Whether it is also a label of the host name.
    pub host_label: bool,
    /// Whether a list or map keeps null elements.
    pub sparse: bool,
    /// Whether it is a header of the event-stream message.
    pub event_header: bool,
    /// Whether it is the payload of the event-stream message.
    pub event_payload: bool,
    /// Whether the length of the stream must be known before it is sent.
    pub requires_length: bool,
}

/// The type that a [`Member`] refers to.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub enum Target {
    /// `true` or `false`.
    Boolean,
    /// A 32-bit integer.
    Integer,
    /// A 64-bit integer.
    Long,
    /// A 32-bit floating-point number.
    Float,
    /// A 64-bit floating-point number.
    Double,
    /// Text, enum values included.
    String,
    /// Bytes.
    Blob,
    /// A stream of bytes, which is never in memory as a whole.
    Stream,
    /// A point in time, in this format or else the default format of its location.
    Timestamp(Option<TimestampFormat>),
    /// Any JSON value.
    Document,
    /// A list of these elements.
    List(&'static Member),
    /// A map with these keys and values.
    Map(&'static Member, &'static Member),
    /// A structure or union. A function, because structures may refer to each other in circles.
    Structure(fn() -> &'static Schema),
    /// A stream of events, each a member of this union.
    Events(fn() -> &'static Schema),
}

/// The part of an HTTP message that carries a member. Protocols without HTTP bindings treat every member as `Body`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Location {
    /// A member of the body document.
    Body,
    /// The whole body.
    Payload,
    /// A label of the URI's path.
    Label,
    /// One or several query parameters.
    Query,
    /// A header.
    Header,
    /// Headers that share a prefix, which is the wire name.
    Headers,
    /// The status code of the response.
    StatusCode,
}

/// An XML namespace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Namespace {
    /// The prefix to declare; empty for the default namespace.
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
    /// Creates a member with this name and type, without traits.
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

    /// Returns the name on the wire: `locationName`, or else the member's name.
    pub const fn wire_name(&self) -> &'static str {
        match self.location_name {
            Some(name) => name,
            None => self.name,
        }
    }

    /// Returns `locationName`, or else `default`.
    pub const fn wire_name_or(&self, default: &'static str) -> &'static str {
        match self.location_name {
            Some(name) => name,
            None => default,
        }
    }

    /// Returns the name in a body document. A member that is bound to another part of the message has its own name if a document
    /// contains it even so: inside a structure, or in a message that does not have that part.
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

    /// Returns the schema of the structure or union that this refers to.
    pub fn schema(&self) -> Option<&'static Schema> {
        match self.target {
            Target::Structure(schema) | Target::Events(schema) => Some(schema()),
            _ => None,
        }
    }

    /// Describes the type for error messages: `a 32-bit integer`.
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

/// The constructors that generated code uses, one for each type.
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
    /// A timestamp in the default format of its location.
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

/// Setters of flags.
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

/// Setters of bindings, with the wire name.
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
        /// Requires a value.
        required;
        /// Hides the value in `Debug`.
        sensitive;
        /// Leaves out the element around the elements.
        flattened;
        /// Makes it an XML attribute.
        attribute;
        /// Marks a string that contains a JSON document.
        json_value;
        /// Fills an unset value with a random UUID.
        idempotency_token;
        /// Makes it a label of the host name too.
        host_label;
        /// Keeps null elements.
        sparse;
        /// Makes it a header of the event.
        event_header;
        /// Makes it the payload of the event.
        event_payload;
        /// Requires the length of the stream to be known.
        requires_length;
    }

    bindings! {
        /// Binds it to a label of the path.
        label => Label;
        /// Binds it to a query parameter; a map to one for each entry.
        query => Query;
        /// Binds it to a header.
        header => Header;
        /// Binds it to all headers with this prefix.
        headers => Headers;
    }

    /// Returns whether the value is secret: the member itself, or the elements of its list, or the keys or values of its map.
    pub fn is_sensitive(&self) -> bool {
        self.sensitive
            || match self.target {
                Target::List(element) => element.is_sensitive(),
                Target::Map(key, value) => key.is_sensitive() || value.is_sensitive(),
                _ => false,
            }
    }

    /// Sets the name on the wire.
    #[must_use]
    pub const fn named(mut self, wire_name: &'static str) -> Self {
        self.location_name = Some(wire_name);
        self
    }

    /// Sets the name in EC2 requests.
    #[must_use]
    pub const fn query_named(mut self, query_name: &'static str) -> Self {
        self.query_name = Some(query_name);
        self
    }

    /// Binds it to the whole body.
    #[must_use]
    pub const fn payload(mut self) -> Self {
        self.location = Location::Payload;
        self
    }

    /// Binds it to the status code of the response.
    #[must_use]
    pub const fn status_code(mut self) -> Self {
        self.location = Location::StatusCode;
        self
    }

    /// Sets the XML namespace; `prefix` may be empty.
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
