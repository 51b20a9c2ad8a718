//! The traits between typed values and wire formats: a format implements [`Writer`] and [`Reader`], every type of a member
//! implements [`Value`], and generated structures implement [`Structure`], which passes on their members one by one.
//!
//! All traits are object-safe: a generated crate has a few short functions for each structure, and none for each protocol.

pub(crate) mod base64;
pub(crate) mod document;
mod error;
pub(crate) mod number;
mod surrogates;
pub(crate) mod text;
mod truncate;
mod value;
mod wire_adapter;

pub use error::{CodecError, PathSegment};
pub(crate) use truncate::{truncated, truncated_quote};
pub use value::MapKey;
pub(crate) use value::Strictness;

use crate::{
    schema::{Member, Schema, Target},
    time::Timestamp,
};
use bytes::Bytes;
use serde_json::Value as Document;
use std::{any::Any, borrow::Cow, fmt};

/// A generated structure, union or error: its schema, and its members by their index in the schema.
pub trait Structure: fmt::Debug + Send + Sync + 'static {
    /// Returns the schema of the value.
    fn schema(&self) -> &'static Schema;

    /// Returns the schema of the type.
    fn schema_of() -> &'static Schema
    where
        Self: Sized;

    /// Returns the name of the type.
    fn type_name(&self) -> &'static str;

    /// Passes the members to `out`. A structure passes those that are set, or all if `out` wants them; a union passes the one
    /// that is set.
    fn write(&self, out: &mut dyn MemberWriter);

    /// Returns a member to read into; in a union, this selects the variant. `None` if there is no such index.
    fn member_mut(&mut self, index: usize) -> Option<&mut dyn Value>;

    /// Records, in a union, the name of a variant that is not in the schema.
    fn unknown(&mut self, tag: &str) {
        let _ = tag;
    }

    /// Returns the size of the structure in bytes if it is in a box, and zero if it is part of another value.
    fn boxed_size(&self) -> usize {
        0
    }

    /// Creates a value to read into: required members are empty, the others absent.
    fn empty() -> Self
    where
        Self: Sized;

    /// Makes the value [`empty`](Self::empty) again, as before another attempt to read it.
    fn reset(&mut self);
}

/// Receives the members of a structure.
pub trait MemberWriter {
    /// Receives the member with this index in the schema.
    fn member(&mut self, index: usize, value: &dyn Value);
    /// Returns whether absent members are wanted too.
    fn wants_absent(&self) -> bool {
        true
    }
}

/// A type that a member may have.
pub trait Value: fmt::Debug + Send + Sync + 'static {
    /// Returns whether there is nothing to write: `None`.
    fn is_absent(&self) -> bool {
        false
    }

    /// Returns whether the type has an absent value: whether it is an `Option`.
    fn is_optional(&self) -> bool {
        false
    }

    /// Writes the value, which `at` describes.
    fn write(&self, at: &'static Member, out: &mut dyn Writer);

    /// Reads into the value. Flattened lists and maps are read element by element.
    fn read(&mut self, at: &'static Member, from: &mut dyn Reader) -> Result<(), CodecError>;

    /// Creates an empty value to read into.
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

/// Writes values in one format. A writer keeps the first error until it is finished.
pub trait Writer {
    /// Writes a null element of a sparse list or map.
    fn null(&mut self, at: &'static Member);
    /// Writes a boolean.
    fn boolean(&mut self, at: &'static Member, value: bool);
    /// Writes an integer.
    fn integer(&mut self, at: &'static Member, value: i64);
    /// Writes a 32-bit floating-point number.
    fn float(&mut self, at: &'static Member, value: f32);
    /// Writes a 64-bit floating-point number.
    fn double(&mut self, at: &'static Member, value: f64);
    /// Writes text.
    fn string(&mut self, at: &'static Member, value: &str);
    /// Writes bytes.
    fn blob(&mut self, at: &'static Member, value: &Bytes);
    /// Writes a point in time.
    fn timestamp(&mut self, at: &'static Member, value: Timestamp);
    /// Writes any JSON value.
    fn document(&mut self, at: &'static Member, value: &Document);
    /// Writes a structure or union.
    fn structure(&mut self, at: &'static Member, value: &dyn Structure);
    /// Writes a list.
    fn list(&mut self, at: &'static Member, value: &dyn List);
    /// Writes a map.
    fn map(&mut self, at: &'static Member, value: &dyn Mapping);
    /// Writes a JSON document for a member that has another shape in the model, if the format contains JSON values. Returns false
    /// if the member must be written in its own shape.
    fn json(&mut self, at: &'static Member, text: &Bytes) -> bool {
        let _ = (at, text);
        false
    }
    /// Records a value that cannot be written.
    fn fail(&mut self, error: CodecError);
}

/// Reads values in one format.
pub trait Reader {
    /// Returns whether the next value is null, and skips it if so.
    fn null(&mut self) -> Result<bool, CodecError>;
    /// Reads a boolean.
    fn boolean(&mut self, at: &'static Member) -> Result<bool, CodecError>;
    /// Reads an integer.
    fn integer(&mut self, at: &'static Member) -> Result<i64, CodecError>;
    /// Reads a floating-point number.
    fn double(&mut self, at: &'static Member) -> Result<f64, CodecError>;
    /// Reads text, borrowed if the input contains it literally.
    fn string(&mut self, at: &'static Member) -> Result<Cow<'_, str>, CodecError>;
    /// Reads bytes.
    fn blob(&mut self, at: &'static Member) -> Result<Bytes, CodecError>;
    /// Reads a point in time.
    fn timestamp(&mut self, at: &'static Member) -> Result<Timestamp, CodecError>;
    /// Reads any JSON value.
    fn document(&mut self, at: &'static Member) -> Result<Document, CodecError>;
    /// Reads a structure or union.
    fn structure(&mut self, at: &'static Member, into: &mut dyn Structure) -> Result<(), CodecError>;
    /// Reads a list, or the next element of a flattened one.
    fn list(&mut self, at: &'static Member, into: &mut dyn List) -> Result<(), CodecError>;
    /// Reads a map, or the next entry of a flattened one.
    fn map(&mut self, at: &'static Member, into: &mut dyn Mapping) -> Result<(), CodecError>;
    /// Reads a JSON document for a member that has another shape in the model, if the format contains JSON values. `None` if the
    /// member must be read in its own shape.
    fn json(&mut self, at: &'static Member) -> Result<Option<Bytes>, CodecError> {
        let _ = at;
        Ok(None)
    }
    /// Takes the streaming body of the message, for a member that is a stream. `None` if the document holds the content itself: a
    /// blob for a stream of bytes, a list for a stream of events.
    fn take_body(&mut self, at: &'static Member) -> Result<Option<StreamingBody>, CodecError> {
        Err(CodecError::expected(at.expected(), "a value inside a document"))
    }
}

/// A list of any element type.
pub trait List {
    /// Returns the number of elements.
    fn len(&self) -> usize;
    /// Returns whether there are none.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }
    /// Returns the element at `index`.
    fn item(&self, index: usize) -> Option<&dyn Value>;
    /// Returns the element at `index` by mutable reference; `None` also if elements cannot be changed in place.
    fn item_mut(&mut self, index: usize) -> Option<&mut dyn Value> {
        let _ = index;
        None
    }
    /// Removes all elements.
    fn clear(&mut self);
    /// Reserves space for elements to come. The number is what the input claims, and may be wrong.
    fn reserve_hint(&mut self, count: usize) {
        let _ = count;
    }
    /// Returns the size of an element in memory, in bytes, without what it points to.
    fn element_size(&self) -> usize {
        0
    }
    /// Reads an element and appends it.
    fn push(&mut self, at: &'static Member, from: &mut dyn Reader) -> Result<(), CodecError>;
}

/// A map from text to any value type.
pub trait Mapping {
    /// Returns the number of entries.
    fn len(&self) -> usize;
    /// Returns whether there are none.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }
    /// Returns the entry at `index`, in the order of insertion.
    fn entry(&self, index: usize) -> Option<(&str, &dyn Value)>;
    /// Removes all entries.
    fn clear(&mut self);
    /// Returns the size of an entry in memory, in bytes, without what it points to.
    fn entry_size(&self) -> usize {
        0
    }
    /// Reads the value of `key`, and inserts it.
    fn insert(&mut self, key: String, at: &'static Member, from: &mut dyn Reader) -> Result<(), CodecError>;
}

/// Creates a member that is a structure or union of type `S`.
pub const fn structure<S: Structure>(name: &'static str) -> Member {
    Member::new(name, Target::Structure(S::schema_of))
}

/// Creates a member that is a stream of events of type `E`.
pub const fn events<E: Structure>(name: &'static str) -> Member {
    Member::new(name, Target::Events(E::schema_of))
}
