//! Types to attribute values.

use super::{AttributeValue, ItemError, Kind, number};
use crate::Map;
use bytes::Bytes;
use serde_core::ser::{
    Impossible, Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant,
    SerializeTuple, SerializeTupleStruct, SerializeTupleVariant, Serializer,
};
use std::marker::PhantomData;

/// Converts a structure or map to an item.
#[doc(hidden)]
pub fn to_item<T: Serialize + ?Sized, V: AttributeValue>(value: &T) -> Result<Map<String, V>, ItemError> {
    match to_attribute_value::<T, V>(value)?.into_kind() {
        Kind::M(item) => Ok(item),
        other => {
            Err(ItemError::new(format!("an item is a structure or map, and this is {}", other.describe())))
        }
    }
}

/// Converts a value of any type.
#[doc(hidden)]
pub fn to_attribute_value<T: Serialize + ?Sized, V: AttributeValue>(value: &T) -> Result<V, ItemError> {
    value.serialize(ToValue(PhantomData))
}

/// Serializes to a value of type `V`.
struct ToValue<V>(PhantomData<V>);

macro_rules! numbers {
    ($($name:ident $type:ident)*) => {
        $(fn $name(self, value: $type) -> Result<V, ItemError> {
            Ok(V::of(Kind::N(value.to_string())))
        })*
    };
}

impl<V: AttributeValue> Serializer for ToValue<V> {
    type Ok = V;
    type Error = ItemError;
    type SerializeSeq = List<V>;
    type SerializeTuple = List<V>;
    type SerializeTupleStruct = List<V>;
    type SerializeTupleVariant = List<V>;
    type SerializeMap = Entries<V>;
    type SerializeStruct = Entries<V>;
    type SerializeStructVariant = Entries<V>;

    numbers! {
        serialize_i8 i8 serialize_i16 i16 serialize_i32 i32 serialize_i64 i64 serialize_i128 i128
        serialize_u8 u8 serialize_u16 u16 serialize_u32 u32 serialize_u64 u64 serialize_u128 u128
    }

    fn serialize_bool(self, value: bool) -> Result<V, ItemError> {
        Ok(V::of(Kind::Bool(value)))
    }

    fn serialize_f32(self, value: f32) -> Result<V, ItemError> {
        number::f32(value).map(|text| V::of(Kind::N(text)))
    }

    fn serialize_f64(self, value: f64) -> Result<V, ItemError> {
        number::f64(value).map(|text| V::of(Kind::N(text)))
    }

    fn serialize_char(self, value: char) -> Result<V, ItemError> {
        Ok(V::of(Kind::S(value.to_string())))
    }

    fn serialize_str(self, value: &str) -> Result<V, ItemError> {
        Ok(V::of(Kind::S(value.to_owned())))
    }

    fn serialize_bytes(self, value: &[u8]) -> Result<V, ItemError> {
        Ok(V::of(Kind::B(Bytes::copy_from_slice(value))))
    }

    fn serialize_none(self) -> Result<V, ItemError> {
        Ok(V::of(Kind::Null))
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<V, ItemError> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<V, ItemError> {
        Ok(V::of(Kind::Null))
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<V, ItemError> {
        Ok(V::of(Kind::Null))
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<V, ItemError> {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<V, ItemError> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<V, ItemError> {
        let mut entries = Entries::new(None);
        entries.add(variant.to_owned(), value)?;
        Ok(entries.finish())
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<List<V>, ItemError> {
        Ok(List { variant: None, values: Vec::new() })
    }

    fn serialize_tuple(self, _: usize) -> Result<List<V>, ItemError> {
        self.serialize_seq(None)
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<List<V>, ItemError> {
        self.serialize_seq(None)
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<List<V>, ItemError> {
        Ok(List { variant: Some(variant), values: Vec::new() })
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Entries<V>, ItemError> {
        Ok(Entries::new(None))
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Entries<V>, ItemError> {
        Ok(Entries::new(None))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Entries<V>, ItemError> {
        Ok(Entries::new(Some(variant)))
    }
}

/// The value, in a map under the name of the variant if it is one.
fn in_variant<V: AttributeValue>(variant: Option<&'static str>, value: V) -> V {
    match variant {
        Some(variant) => V::of(Kind::M(Map::from_iter([(variant.to_owned(), value)]))),
        None => value,
    }
}

/// A list that is being built.
struct List<V> {
    variant: Option<&'static str>,
    values: Vec<V>,
}

impl<V: AttributeValue> List<V> {
    fn add<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), ItemError> {
        let value = to_attribute_value(value).map_err(|error: ItemError| {
            let error = error.in_element(self.values.len());
            self.variant.map_or_else(|| error.clone(), |variant| error.clone().in_entry(variant))
        })?;
        self.values.push(value);
        Ok(())
    }

    fn finish(self) -> V {
        in_variant(self.variant, V::of(Kind::L(self.values)))
    }
}

/// A map that is being built.
struct Entries<V> {
    variant: Option<&'static str>,
    /// The key whose value comes next.
    key: Option<String>,
    entries: Map<String, V>,
}

impl<V: AttributeValue> Entries<V> {
    fn new(variant: Option<&'static str>) -> Self {
        Self { variant, key: None, entries: Map::new() }
    }

    fn add<T: Serialize + ?Sized>(&mut self, key: String, value: &T) -> Result<(), ItemError> {
        let value = to_attribute_value(value).map_err(|error: ItemError| {
            let error = error.in_entry(&key);
            self.variant.map_or_else(|| error.clone(), |variant| error.clone().in_entry(variant))
        })?;
        self.entries.insert(key, value);
        Ok(())
    }

    fn finish(self) -> V {
        in_variant(self.variant, V::of(Kind::M(self.entries)))
    }
}

macro_rules! lists {
    ($($trait:ident $function:ident)*) => {
        $(impl<V: AttributeValue> $trait for List<V> {
            type Ok = V;
            type Error = ItemError;

            fn $function<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), ItemError> {
                self.add(value)
            }

            fn end(self) -> Result<V, ItemError> {
                Ok(self.finish())
            }
        })*
    };
}

lists! {
    SerializeSeq serialize_element
    SerializeTuple serialize_element
    SerializeTupleStruct serialize_field
    SerializeTupleVariant serialize_field
}

macro_rules! structures {
    ($($trait:ident)*) => {
        $(impl<V: AttributeValue> $trait for Entries<V> {
            type Ok = V;
            type Error = ItemError;

            fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Result<(), ItemError> {
                self.add(key.to_owned(), value)
            }

            fn end(self) -> Result<V, ItemError> {
                Ok(self.finish())
            }
        })*
    };
}

structures! { SerializeStruct SerializeStructVariant }

impl<V: AttributeValue> SerializeMap for Entries<V> {
    type Ok = V;
    type Error = ItemError;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), ItemError> {
        self.key = Some(key.serialize(ToKey)?);
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), ItemError> {
        let key = self.key.take().ok_or_else(|| ItemError::new("a value of a map came without its key"))?;
        self.add(key, value)
    }

    fn end(self) -> Result<V, ItemError> {
        Ok(self.finish())
    }
}

/// Serializes to the key of a map.
struct ToKey;

fn no_key<T>(what: &str) -> Result<T, ItemError> {
    Err(ItemError::new(format!("a key of a map is text or an integer, and this is {what}")))
}

macro_rules! keys {
    ($($name:ident $type:ty)*) => {
        $(fn $name(self, value: $type) -> Result<String, ItemError> {
            Ok(value.to_string())
        })*
    };
}

impl Serializer for ToKey {
    type Ok = String;
    type Error = ItemError;
    type SerializeSeq = Impossible<String, ItemError>;
    type SerializeTuple = Impossible<String, ItemError>;
    type SerializeTupleStruct = Impossible<String, ItemError>;
    type SerializeTupleVariant = Impossible<String, ItemError>;
    type SerializeMap = Impossible<String, ItemError>;
    type SerializeStruct = Impossible<String, ItemError>;
    type SerializeStructVariant = Impossible<String, ItemError>;

    keys! {
        serialize_i8 i8 serialize_i16 i16 serialize_i32 i32 serialize_i64 i64 serialize_i128 i128
        serialize_u8 u8 serialize_u16 u16 serialize_u32 u32 serialize_u64 u64 serialize_u128 u128
        serialize_bool bool serialize_char char serialize_str &str
    }

    fn serialize_f32(self, _: f32) -> Result<String, ItemError> {
        no_key("a float")
    }

    fn serialize_f64(self, _: f64) -> Result<String, ItemError> {
        no_key("a float")
    }

    fn serialize_bytes(self, _: &[u8]) -> Result<String, ItemError> {
        no_key("bytes")
    }

    fn serialize_none(self) -> Result<String, ItemError> {
        no_key("none")
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<String, ItemError> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<String, ItemError> {
        no_key("a unit")
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<String, ItemError> {
        no_key("a unit")
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
    ) -> Result<String, ItemError> {
        Ok(variant.to_owned())
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<String, ItemError> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<String, ItemError> {
        no_key("a variant with a value")
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Self::SerializeSeq, ItemError> {
        no_key("a sequence")
    }

    fn serialize_tuple(self, _: usize) -> Result<Self::SerializeTuple, ItemError> {
        no_key("a tuple")
    }

    fn serialize_tuple_struct(
        self,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleStruct, ItemError> {
        no_key("a tuple")
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, ItemError> {
        no_key("a variant with values")
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Self::SerializeMap, ItemError> {
        no_key("a map")
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Self::SerializeStruct, ItemError> {
        no_key("a structure")
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, ItemError> {
        no_key("a variant with fields")
    }
}
