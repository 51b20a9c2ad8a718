//! How typed values and protocols meet: a protocol implements [`Writer`] and [`Reader`] once, every type that a member may
//! have implements [`Value`] once, and generated structures hand their members over one by one.
//!
//! All of it is object-safe, so that a generated crate holds two short functions for each structure and nothing for each
//! protocol.

pub(crate) mod base64;
mod error;
pub(crate) mod number;
pub(crate) mod text;
mod truncate;
mod value;
mod wire_adapter;

pub use error::{CodecError, PathSegment};
#[cfg(feature = "xml")]
pub(crate) use truncate::truncated;
pub(crate) use truncate::truncated_quote;
pub use value::MapKey;

use crate::{
    schema::{Member, Schema, Target},
    time::Timestamp,
};
use bytes::Bytes;
use serde_json::Value as Document;
use std::{any::Any, borrow::Cow, fmt};

/// A generated structure, union or error: its description, and its members by their index in it.
pub trait Structure: fmt::Debug + Send + Sync + 'static {
    /// The description of this value's shape.
    fn schema(&self) -> &'static Schema;

    /// The description of the type.
    fn schema_of() -> &'static Schema
    where
        Self: Sized;

    /// The name of the type.
    fn type_name(&self) -> &'static str;

    /// Hands the members to `out`: of a structure all that hold something, or all that there are where `out` wants them; of a
    /// union the one that is set.
    fn write(&self, out: &mut dyn MemberWriter);

    /// The place of one member, to be read into; in a union, this chooses it. `None` where there is no such index.
    fn member_mut(&mut self, index: usize) -> Option<&mut dyn Value>;

    /// In a union, takes note of a case that the description does not know.
    fn unknown(&mut self, tag: &str) {
        let _ = tag;
    }

    /// A value to be read into: required members empty, the others absent.
    fn empty() -> Self
    where
        Self: Sized;

    /// Makes the value [`empty`](Self::empty) again, as before another attempt to read it.
    fn reset(&mut self);
}

/// Takes the members of one structure in turn.
pub trait MemberWriter {
    /// The member with this index in the structure's description.
    fn member(&mut self, index: usize, value: &dyn Value);
    /// Whether members are handed over that hold nothing.
    fn wants_absent(&self) -> bool {
        true
    }
}

/// Anything that a member may hold.
pub trait Value: fmt::Debug + Send + Sync + 'static {
    /// There is nothing here to be written: an empty `Option`.
    fn is_absent(&self) -> bool {
        false
    }

    /// Writes the value, for which `at` stands in the description.
    fn write(&self, at: &'static Member, out: &mut dyn Writer);

    /// Reads a value into this one. Lists and maps that are flattened are read piece by piece.
    fn read(&mut self, at: &'static Member, from: &mut dyn Reader) -> Result<(), CodecError>;

    /// An empty value to be read into.
    fn empty() -> Self
    where
        Self: Sized;

    /// Makes the value [`empty`](Self::empty) again.
    fn reset(&mut self);

    /// Takes the streaming body out of the value, so that it can be sent or read. `None` for values that are part of a document.
    fn take_body(&mut self) -> Option<StreamingBody> {
        None
    }
}

/// A body that is not part of a document: a stream of bytes or of events. The code that handles a member with
/// [`Target::Stream`] or [`Target::Events`] knows its type, and downcasts it.
pub type StreamingBody = Box<dyn Any + Send>;

/// Writes values in the manner of one protocol, or one place of it. The first problem is kept and told at the end, by
/// whoever made the writer.
pub trait Writer {
    /// A null element of a sparse list or map.
    fn null(&mut self, at: &'static Member);
    /// A boolean.
    fn boolean(&mut self, at: &'static Member, value: bool);
    /// A whole number.
    fn integer(&mut self, at: &'static Member, value: i64);
    /// A floating-point number of 32 bits.
    fn float(&mut self, at: &'static Member, value: f32);
    /// A floating-point number of 64 bits.
    fn double(&mut self, at: &'static Member, value: f64);
    /// Text.
    fn string(&mut self, at: &'static Member, value: &str);
    /// Bytes.
    fn blob(&mut self, at: &'static Member, value: &Bytes);
    /// A point in time.
    fn timestamp(&mut self, at: &'static Member, value: Timestamp);
    /// Any JSON value.
    fn document(&mut self, at: &'static Member, value: &Document);
    /// A structure or union.
    fn structure(&mut self, at: &'static Member, value: &dyn Structure);
    /// A list.
    fn list(&mut self, at: &'static Member, value: &dyn List);
    /// A map.
    fn map(&mut self, at: &'static Member, value: &dyn Mapping);
    /// A JSON text that the model has as something else, where JSON values can stand for it; false where it is to be written as
    /// what the model has.
    fn json(&mut self, at: &'static Member, text: &Bytes) -> bool {
        let _ = (at, text);
        false
    }
    /// A value that cannot be written.
    fn fail(&mut self, error: CodecError);
}

/// Reads values in the manner of one protocol, or one place of it.
pub trait Reader {
    /// Whether the next value is null; if so, it is passed over.
    fn null(&mut self) -> Result<bool, CodecError>;
    /// A boolean.
    fn boolean(&mut self, at: &'static Member) -> Result<bool, CodecError>;
    /// A whole number.
    fn integer(&mut self, at: &'static Member) -> Result<i64, CodecError>;
    /// A floating-point number.
    fn double(&mut self, at: &'static Member) -> Result<f64, CodecError>;
    /// Text, borrowed where the input has it as it is.
    fn string(&mut self, at: &'static Member) -> Result<Cow<'_, str>, CodecError>;
    /// Bytes.
    fn blob(&mut self, at: &'static Member) -> Result<Bytes, CodecError>;
    /// A point in time.
    fn timestamp(&mut self, at: &'static Member) -> Result<Timestamp, CodecError>;
    /// Any JSON value.
    fn document(&mut self, at: &'static Member) -> Result<Document, CodecError>;
    /// A structure or union.
    fn structure(&mut self, at: &'static Member, into: &mut dyn Structure) -> Result<(), CodecError>;
    /// A list, or the next element of a flattened one.
    fn list(&mut self, at: &'static Member, into: &mut dyn List) -> Result<(), CodecError>;
    /// A map, or the next entry of a flattened one.
    fn map(&mut self, at: &'static Member, into: &mut dyn Mapping) -> Result<(), CodecError>;
    /// The text of any JSON value, where such values stand for what the model has as something else; `None` where that is to be
    /// read.
    fn json(&mut self, at: &'static Member) -> Result<Option<Bytes>, CodecError> {
        let _ = at;
        Ok(None)
    }
    /// The streaming body of the message, for a member that is a stream. `None` if the document holds the content itself: a
    /// blob for a stream of bytes, a list for a stream of events.
    fn take_body(&mut self, at: &'static Member) -> Result<Option<StreamingBody>, CodecError> {
        Err(CodecError::expected(at.expected(), "a value inside a document"))
    }
}

/// A list of any element type.
pub trait List {
    /// The number of elements.
    fn len(&self) -> usize;
    /// Whether there are none.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }
    /// The element at `index`.
    fn item(&self, index: usize) -> Option<&dyn Value>;
    /// The element at `index`, to be changed; `None` also where elements cannot be changed in their places.
    fn item_mut(&mut self, index: usize) -> Option<&mut dyn Value> {
        let _ = index;
        None
    }
    /// Drops all elements: a list that is there twice counts once.
    fn clear(&mut self);
    /// So many elements are to come, says the input; it may be wrong.
    fn expect(&mut self, count: usize) {
        let _ = count;
    }
    /// Reads one more element.
    fn push(&mut self, at: &'static Member, from: &mut dyn Reader) -> Result<(), CodecError>;
}

/// A map from text to any value type.
pub trait Mapping {
    /// The number of entries.
    fn len(&self) -> usize;
    /// Whether there are none.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }
    /// The entry at `index`, in the order of insertion.
    fn entry(&self, index: usize) -> Option<(&str, &dyn Value)>;
    /// Drops all entries.
    fn clear(&mut self);
    /// Reads one more value, to stand under `key`.
    fn insert(&mut self, key: String, at: &'static Member, from: &mut dyn Reader) -> Result<(), CodecError>;
}

/// A member that is a structure or union of type `S`.
pub const fn structure<S: Structure>(name: &'static str) -> Member {
    Member::new(name, Target::Structure(S::schema_of))
}

/// A member that is a stream of events of type `E`.
pub const fn events<E: Structure>(name: &'static str) -> Member {
    Member::new(name, Target::Events(E::schema_of))
}
