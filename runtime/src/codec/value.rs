//! [`Value`] for the types of members, except generated enums.

use super::{
    CodecError, List, Mapping, MemberWriter, PathSegment, Reader, StreamingBody, Structure, Value, Writer,
    wire_adapter::{Base64, Text, Utf8, WireAdapter},
};
use crate::{
    Map,
    schema::{self, Member, Schema, Target},
    time::Timestamp,
};
use bytes::Bytes;
use serde_json::Value as Document;
use std::hash::Hash;

/// The type of a map's keys: a string or an enum.
pub trait MapKey: From<String> + AsRef<str> + Hash + Eq + std::fmt::Debug + Send + Sync + 'static {}

impl<K: From<String> + AsRef<str> + Hash + Eq + std::fmt::Debug + Send + Sync + 'static> MapKey for K {}

macro_rules! scalar {
    ($($type:ty, $empty:expr, $write:ident($($written:tt)*), $read:expr $(, $other:ident => $adapter:expr)?;)*) => {
        $(impl Value for $type {
            fn write(&self, at: &'static Member, out: &mut dyn Writer) {
                $(if matches!(at.target, Target::$other) {
                    return WireAdapter::write(&$adapter, self, at, out);
                })?
                out.$write(at, scalar!(@ self $($written)*));
            }

            fn read(&mut self, at: &'static Member, from: &mut dyn Reader) -> Result<(), CodecError> {
                $(if matches!(at.target, Target::$other) {
                    *self = WireAdapter::<Self>::read(&$adapter, at, from)?;
                    return Ok(());
                })?
                let read: fn(&'static Member, &mut dyn Reader) -> Result<Self, CodecError> = $read;
                *self = read(at, from)?;
                Ok(())
            }

            fn empty() -> Self {
                $empty
            }

            fn reset(&mut self) {
                *self = <Self as Value>::empty();
            }
        })*
    };
    (@ $self:ident copy) => { *$self };
    (@ $self:ident ref) => { $self };
    (@ $self:ident wide) => { i64::from(*$self) };
}

// The last column is the adapter for members of another shape.
scalar! {
    bool, false, boolean(copy), |at, from| from.boolean(at), String => Text(const { &schema::boolean("") });
    i32, 0, integer(wide), |at, from| {
        let wide = from.integer(at)?;
        i32::try_from(wide).map_err(|_| CodecError::expected("a 32-bit integer", wide))
    }, String => Text(const { &schema::integer("") });
    i64, 0, integer(copy), |at, from| from.integer(at), String => Text(const { &schema::long("") });
    f32, 0.0, float(copy), |at, from| from.double(at).map(narrow), String => Text(const { &schema::float("") });
    f64, 0.0, double(copy), |at, from| from.double(at), String => Text(const { &schema::double("") });
    String, String::new(), string(ref), |at, from| from.string(at).map(std::borrow::Cow::into_owned), Blob => Utf8;
    Bytes, Bytes::new(), blob(ref), |at, from| from.blob(at), String => Base64;
    Timestamp, Timestamp::EPOCH, timestamp(copy), |at, from| from.timestamp(at), String => Text(const { &schema::date_time("") });
    Document, Document::Null, document(ref), |at, from| from.document(at);
}

/// What happens when a member of a structure cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Strictness {
    /// Every member that cannot be read is an error. For requests: a server must not act on a part of one.
    Strict,
    /// An optional number, boolean or timestamp that cannot be read is absent, so that the rest of the response is not lost with
    /// it.
    Lenient,
}

impl Strictness {
    /// Returns whether the member may be left absent if it cannot be read.
    ///
    /// Strings and blobs may not: without its token, a page of a list would look like the last one. Neither may structures,
    /// lists and maps, as a list without one of its elements would be another list, nor required members, which would be empty
    /// instead of absent, nor the members of unions.
    pub(crate) fn allows_absent(self, member: &Member, value: &dyn Value) -> bool {
        let is_number_like = matches!(
            member.target,
            Target::Boolean
                | Target::Integer
                | Target::Long
                | Target::Float
                | Target::Double
                | Target::Timestamp(_)
        );
        self == Self::Lenient && is_number_like && value.is_optional()
    }

    /// Makes a member that could not be read absent, if it may be. Returns whether it did.
    pub(crate) fn clear_optional_scalar(self, member: &Member, value: &mut dyn Value) -> bool {
        let clears = self.allows_absent(member, value);
        if clears {
            #[cfg(feature = "tracing")]
            tracing::debug!(member = member.name, "a member of the response cannot be read, and is left out");
            value.reset();
        }
        clears
    }
}

/// Readers return 64 bits; in the model, the member has 32.
#[allow(clippy::cast_possible_truncation)]
fn narrow(wide: f64) -> f32 {
    wide as f32
}

impl<S: Structure> Value for S {
    fn write(&self, at: &'static Member, out: &mut dyn Writer) {
        out.structure(at, self);
    }

    fn read(&mut self, at: &'static Member, from: &mut dyn Reader) -> Result<(), CodecError> {
        from.structure(at, self)
    }

    fn empty() -> Self {
        Structure::empty()
    }

    fn reset(&mut self) {
        Structure::reset(self);
    }
}

/// Structures that contain themselves are boxed.
impl<S: Structure> Structure for Box<S> {
    fn schema(&self) -> &'static Schema {
        S::schema_of()
    }

    fn schema_of() -> &'static Schema {
        S::schema_of()
    }

    fn type_name(&self) -> &'static str {
        (**self).type_name()
    }

    fn write(&self, out: &mut dyn MemberWriter) {
        Structure::write(&**self, out);
    }

    fn member_mut(&mut self, index: usize) -> Option<&mut dyn Value> {
        (**self).member_mut(index)
    }

    fn unknown(&mut self, tag: &str) {
        (**self).unknown(tag);
    }

    fn boxed_size(&self) -> usize {
        size_of::<S>()
    }

    fn empty() -> Self {
        Box::new(Structure::empty())
    }

    fn reset(&mut self) {
        Structure::reset(&mut **self);
    }
}

impl<T: Value> Value for Option<T> {
    fn is_absent(&self) -> bool {
        self.is_none()
    }

    fn is_optional(&self) -> bool {
        true
    }

    fn write(&self, at: &'static Member, out: &mut dyn Writer) {
        match self {
            Some(value) => value.write(at, out),
            None => out.null(at),
        }
    }

    fn read(&mut self, at: &'static Member, from: &mut dyn Reader) -> Result<(), CodecError> {
        if from.null()? {
            *self = None;
            return Ok(());
        }
        let was_absent = self.is_none();
        let read = self.get_or_insert_with(T::empty).read(at, from);
        // The data of errors is kept as far as it can be read; a scalar that cannot be read must not become zero.
        let parts = matches!(at.target, Target::Structure(_) | Target::List(_) | Target::Map(..));
        if read.is_err() && was_absent && !parts {
            *self = None;
        }
        read
    }

    fn empty() -> Self {
        None
    }

    fn reset(&mut self) {
        *self = <Self as Value>::empty();
    }

    fn take_body(&mut self) -> Option<StreamingBody> {
        self.as_mut().and_then(Value::take_body)
    }
}

impl<T: Value> Value for Vec<T> {
    fn write(&self, at: &'static Member, out: &mut dyn Writer) {
        out.list(at, self);
    }

    fn read(&mut self, at: &'static Member, from: &mut dyn Reader) -> Result<(), CodecError> {
        from.list(at, self)
    }

    fn empty() -> Self {
        Self::new()
    }

    fn reset(&mut self) {
        *self = <Self as Value>::empty();
    }
}

/// The most memory, in bytes, that is reserved for a list by the length that the input claims.
const MAX_RESERVED: usize = 1 << 16;

impl<T: Value> List for Vec<T> {
    fn len(&self) -> usize {
        self.len()
    }

    fn reserve_hint(&mut self, count: usize) {
        self.reserve(count.min(MAX_RESERVED / size_of::<T>().max(1)));
    }

    fn element_size(&self) -> usize {
        size_of::<T>()
    }

    fn item(&self, index: usize) -> Option<&dyn Value> {
        self.get(index).map(|value| value as &dyn Value)
    }

    fn item_mut(&mut self, index: usize) -> Option<&mut dyn Value> {
        self.get_mut(index).map(|value| value as &mut dyn Value)
    }

    fn clear(&mut self) {
        self.clear();
    }

    fn push(&mut self, at: &'static Member, from: &mut dyn Reader) -> Result<(), CodecError> {
        let mut value = T::empty();
        value.read(at, from).map_err(|error| error.at(PathSegment::Index(self.len())))?;
        self.push(value);
        Ok(())
    }
}

impl<K: MapKey, V: Value> Value for Map<K, V> {
    fn write(&self, at: &'static Member, out: &mut dyn Writer) {
        out.map(at, self);
    }

    fn read(&mut self, at: &'static Member, from: &mut dyn Reader) -> Result<(), CodecError> {
        from.map(at, self)
    }

    fn empty() -> Self {
        Self::default()
    }

    fn reset(&mut self) {
        *self = <Self as Value>::empty();
    }
}

impl<K: MapKey, V: Value> Mapping for Map<K, V> {
    fn len(&self) -> usize {
        self.len()
    }

    fn entry(&self, index: usize) -> Option<(&str, &dyn Value)> {
        self.get_index(index).map(|(key, value)| (key.as_ref(), value as &dyn Value))
    }

    fn clear(&mut self) {
        self.clear();
    }

    fn entry_size(&self) -> usize {
        size_of::<(K, V)>()
    }

    fn insert(&mut self, key: String, at: &'static Member, from: &mut dyn Reader) -> Result<(), CodecError> {
        let mut value = V::empty();
        if let Err(error) = value.read(at, from) {
            return Err(error.at(PathSegment::Key(key)));
        }
        self.insert(K::from(key), value);
        Ok(())
    }
}
