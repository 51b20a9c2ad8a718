//! Attribute values to types.

use super::{AttributeValue, ItemError, Kind, number};
use serde_core::de::{
    self, DeserializeOwned, DeserializeSeed, Deserializer, EnumAccess, Error as _, MapAccess, SeqAccess,
    Unexpected, VariantAccess, Visitor,
    value::{SeqDeserializer, StringDeserializer},
};
use serde_core::forward_to_deserialize_any;
use std::str::FromStr;

/// Converts an item.
#[doc(hidden)]
pub fn from_item<T: DeserializeOwned, V: AttributeValue>(
    item: impl IntoIterator<Item = (String, V)>,
) -> Result<T, ItemError> {
    T::deserialize(FromValue(Kind::M(item.into_iter().collect())))
}

/// Converts a value.
#[doc(hidden)]
pub fn from_attribute_value<T: DeserializeOwned, V: AttributeValue>(value: V) -> Result<T, ItemError> {
    T::deserialize(FromValue(value.into_kind()))
}

impl<V> Kind<V> {
    /// What it is, for messages.
    pub(super) fn describe(&self) -> &'static str {
        match self {
            Self::S(_) => "text (S)",
            Self::N(_) => "a number (N)",
            Self::B(_) => "bytes (B)",
            Self::Ss(_) => "a set of texts (SS)",
            Self::Ns(_) => "a set of numbers (NS)",
            Self::Bs(_) => "a set of bytes (BS)",
            Self::M(_) => "a map (M)",
            Self::L(_) => "a list (L)",
            Self::Null => "null (NULL)",
            Self::Bool(_) => "a boolean (BOOL)",
            Self::Unknown(_) => "of a type that is not known",
        }
    }
}

/// Deserializes a value.
struct FromValue<V>(Kind<V>);

impl<V: AttributeValue> FromValue<V> {
    fn unexpected<'de>(&self, visitor: &impl Visitor<'de>) -> ItemError {
        ItemError::invalid_type(Unexpected::Other(self.0.describe()), visitor)
    }

    /// A number of a type with as many digits as it needs.
    fn number<'de, T: FromStr, U: Visitor<'de>>(
        self,
        visitor: U,
        parse: impl Fn(&str) -> Option<T>,
        visit: impl Fn(U, T) -> Result<U::Value, ItemError>,
    ) -> Result<U::Value, ItemError> {
        let Kind::N(text) = &self.0 else { return Err(self.unexpected(&visitor)) };
        match parse(text) {
            Some(value) => visit(visitor, value),
            None => Err(does_not_fit(text, &visitor)),
        }
    }
}

fn does_not_fit<'de>(text: &str, visitor: &impl Visitor<'de>) -> ItemError {
    ItemError::invalid_value(Unexpected::Other(&format!("the number {text}")), visitor)
}

fn integer<T: FromStr>(text: &str) -> Option<T> {
    text.parse().ok().or_else(|| number::integer(text)?.parse().ok())
}

fn double(text: &str) -> Option<f64> {
    text.parse::<f64>().ok().filter(|value| value.is_finite())
}

macro_rules! integers {
    ($($name:ident $visit:ident $type:ident)*) => {
        $(fn $name<U: Visitor<'de>>(self, visitor: U) -> Result<U::Value, ItemError> {
            self.number(visitor, integer::<$type>, U::$visit)
        })*
    };
}

impl<'de, V: AttributeValue> Deserializer<'de> for FromValue<V> {
    type Error = ItemError;

    fn deserialize_any<U: Visitor<'de>>(self, visitor: U) -> Result<U::Value, ItemError> {
        match self.0 {
            Kind::S(text) => visitor.visit_string(text),
            Kind::N(text) => any_number(&text, visitor),
            Kind::B(bytes) => visitor.visit_byte_buf(bytes.into()),
            Kind::Ss(texts) => elements(texts.into_iter().map(Kind::<V>::S).map(FromValue), visitor),
            Kind::Ns(texts) => elements(texts.into_iter().map(Kind::<V>::N).map(FromValue), visitor),
            Kind::Bs(all) => elements(all.into_iter().map(Kind::<V>::B).map(FromValue), visitor),
            Kind::M(entries) => {
                let length = entries.len();
                let mut entries = Entries { entries: entries.into_iter(), value: None };
                let value = visitor.visit_map(&mut entries)?;
                all_read(entries.entries.len(), length).map(|()| value)
            }
            Kind::L(values) => elements(values.into_iter().map(V::into_kind).map(FromValue), visitor),
            Kind::Null => visitor.visit_unit(),
            Kind::Bool(value) => visitor.visit_bool(value),
            Kind::Unknown(_) => Err(self.unexpected(&visitor)),
        }
    }

    integers! {
        deserialize_i8 visit_i8 i8 deserialize_i16 visit_i16 i16 deserialize_i32 visit_i32 i32
        deserialize_i64 visit_i64 i64 deserialize_i128 visit_i128 i128
        deserialize_u8 visit_u8 u8 deserialize_u16 visit_u16 u16 deserialize_u32 visit_u32 u32
        deserialize_u64 visit_u64 u64 deserialize_u128 visit_u128 u128
    }

    fn deserialize_f32<U: Visitor<'de>>(self, visitor: U) -> Result<U::Value, ItemError> {
        let parse = |text: &str| text.parse::<f32>().ok().filter(|value| value.is_finite());
        self.number(visitor, parse, U::visit_f32)
    }

    fn deserialize_f64<U: Visitor<'de>>(self, visitor: U) -> Result<U::Value, ItemError> {
        self.number(visitor, double, U::visit_f64)
    }

    fn deserialize_bool<U: Visitor<'de>>(self, visitor: U) -> Result<U::Value, ItemError> {
        match self.0 {
            Kind::Bool(value) => visitor.visit_bool(value),
            _ => Err(self.unexpected(&visitor)),
        }
    }

    fn deserialize_string<U: Visitor<'de>>(self, visitor: U) -> Result<U::Value, ItemError> {
        match self.0 {
            Kind::S(text) => visitor.visit_string(text),
            _ => Err(self.unexpected(&visitor)),
        }
    }

    fn deserialize_str<U: Visitor<'de>>(self, visitor: U) -> Result<U::Value, ItemError> {
        self.deserialize_string(visitor)
    }

    fn deserialize_char<U: Visitor<'de>>(self, visitor: U) -> Result<U::Value, ItemError> {
        self.deserialize_string(visitor)
    }

    fn deserialize_byte_buf<U: Visitor<'de>>(self, visitor: U) -> Result<U::Value, ItemError> {
        match self.0 {
            Kind::B(bytes) => visitor.visit_byte_buf(bytes.into()),
            // As a type with bytes may have been written without `serde_bytes`.
            Kind::L(_) => self.deserialize_seq(visitor),
            _ => Err(self.unexpected(&visitor)),
        }
    }

    fn deserialize_bytes<U: Visitor<'de>>(self, visitor: U) -> Result<U::Value, ItemError> {
        self.deserialize_byte_buf(visitor)
    }

    fn deserialize_option<U: Visitor<'de>>(self, visitor: U) -> Result<U::Value, ItemError> {
        match self.0 {
            Kind::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_unit<U: Visitor<'de>>(self, visitor: U) -> Result<U::Value, ItemError> {
        match self.0 {
            Kind::Null => visitor.visit_unit(),
            _ => Err(self.unexpected(&visitor)),
        }
    }

    fn deserialize_unit_struct<U: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: U,
    ) -> Result<U::Value, ItemError> {
        self.deserialize_unit(visitor)
    }

    fn deserialize_newtype_struct<U: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: U,
    ) -> Result<U::Value, ItemError> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<U: Visitor<'de>>(self, visitor: U) -> Result<U::Value, ItemError> {
        match self.0 {
            Kind::B(bytes) => visitor.visit_seq(SeqDeserializer::new(bytes.into_iter())),
            Kind::L(_) | Kind::Ss(_) | Kind::Ns(_) | Kind::Bs(_) => self.deserialize_any(visitor),
            _ => Err(self.unexpected(&visitor)),
        }
    }

    fn deserialize_tuple<U: Visitor<'de>>(self, _: usize, visitor: U) -> Result<U::Value, ItemError> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_tuple_struct<U: Visitor<'de>>(
        self,
        _: &'static str,
        _: usize,
        visitor: U,
    ) -> Result<U::Value, ItemError> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_map<U: Visitor<'de>>(self, visitor: U) -> Result<U::Value, ItemError> {
        match self.0 {
            Kind::M(_) => self.deserialize_any(visitor),
            _ => Err(self.unexpected(&visitor)),
        }
    }

    fn deserialize_struct<U: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: U,
    ) -> Result<U::Value, ItemError> {
        match self.0 {
            // What serde itself reads structures from, beside maps.
            Kind::L(_) => self.deserialize_seq(visitor),
            _ => self.deserialize_map(visitor),
        }
    }

    fn deserialize_enum<U: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: U,
    ) -> Result<U::Value, ItemError> {
        match self.0 {
            Kind::S(name) => visitor.visit_enum(Variant::<V> { name, value: None }),
            Kind::M(entries) => {
                let count = entries.len();
                let mut entries = entries.into_iter();
                match (entries.next(), entries.next()) {
                    (Some((name, value)), None) => visitor.visit_enum(Variant { name, value: Some(value) }),
                    _ => Err(ItemError::invalid_value(
                        Unexpected::Other(&format!("a map with {count} entries")),
                        &"a map with one entry, named as the variant",
                    )),
                }
            }
            other => Err(ItemError::invalid_type(
                Unexpected::Other(other.describe()),
                &"the name of a variant, or a map with one entry",
            )),
        }
    }

    fn deserialize_identifier<U: Visitor<'de>>(self, visitor: U) -> Result<U::Value, ItemError> {
        self.deserialize_any(visitor)
    }

    fn deserialize_ignored_any<U: Visitor<'de>>(self, visitor: U) -> Result<U::Value, ItemError> {
        visitor.visit_unit()
    }
}

/// A number for a visitor that takes what comes: the first of 64 bits, a float that is the same number, and 128 bits; other
/// numbers are floats.
fn any_number<'de, U: Visitor<'de>>(text: &str, visitor: U) -> Result<U::Value, ItemError> {
    if let Ok(value) = text.parse::<u64>() {
        return visitor.visit_u64(value);
    }
    if let Ok(value) = text.parse::<i64>() {
        return visitor.visit_i64(value);
    }
    match double(text) {
        Some(value) if value.to_string() == text => visitor.visit_f64(value),
        Some(value) => match (text.parse(), text.parse()) {
            (_, Ok(value)) => visitor.visit_i128(value),
            (Ok(value), _) => visitor.visit_u128(value),
            _ => visitor.visit_f64(value),
        },
        None => Err(does_not_fit(text, &visitor)),
    }
}

/// Nothing may be left of a list or map that was read for a type of fixed length.
fn all_read(left: usize, length: usize) -> Result<(), ItemError> {
    if left == 0 {
        return Ok(());
    }
    Err(ItemError::invalid_length(length, &format!("{} elements", length - left).as_str()))
}

fn elements<'de, V: AttributeValue, U: Visitor<'de>>(
    values: impl ExactSizeIterator<Item = FromValue<V>>,
    visitor: U,
) -> Result<U::Value, ItemError> {
    let length = values.len();
    let mut elements = Elements { values, index: 0 };
    let value = visitor.visit_seq(&mut elements)?;
    all_read(elements.values.len(), length).map(|()| value)
}

struct Elements<I> {
    values: I,
    index: usize,
}

impl<'de, V: AttributeValue, I: ExactSizeIterator<Item = FromValue<V>>> SeqAccess<'de> for &mut Elements<I> {
    type Error = ItemError;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, ItemError> {
        let Some(value) = self.values.next() else { return Ok(None) };
        let index = self.index;
        self.index += 1;
        seed.deserialize(value).map(Some).map_err(|error| error.in_element(index))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.values.len())
    }
}

struct Entries<V> {
    entries: indexmap::map::IntoIter<String, V>,
    /// The entry whose value comes next.
    value: Option<(String, V)>,
}

impl<'de, V: AttributeValue> MapAccess<'de> for &mut Entries<V> {
    type Error = ItemError;

    fn next_key_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, ItemError> {
        let Some((key, value)) = self.entries.next() else { return Ok(None) };
        let read = seed.deserialize(FromKey(key.clone())).map_err(|error| error.in_entry(&key))?;
        self.value = Some((key, value));
        Ok(Some(read))
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, ItemError> {
        let (key, value) =
            self.value.take().ok_or_else(|| ItemError::new("a value was read before its key"))?;
        seed.deserialize(FromValue(value.into_kind())).map_err(|error| error.in_entry(&key))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.entries.len())
    }
}

/// Deserializes the key of a map.
struct FromKey(String);

macro_rules! keys {
    ($($name:ident $visit:ident $type:ident)*) => {
        $(fn $name<U: Visitor<'de>>(self, visitor: U) -> Result<U::Value, ItemError> {
            match self.0.parse::<$type>() {
                Ok(value) => visitor.$visit(value),
                Err(_) => Err(ItemError::invalid_type(Unexpected::Other("text"), &visitor)),
            }
        })*
    };
}

impl<'de> Deserializer<'de> for FromKey {
    type Error = ItemError;

    fn deserialize_any<U: Visitor<'de>>(self, visitor: U) -> Result<U::Value, ItemError> {
        visitor.visit_string(self.0)
    }

    keys! {
        deserialize_i8 visit_i8 i8 deserialize_i16 visit_i16 i16 deserialize_i32 visit_i32 i32
        deserialize_i64 visit_i64 i64 deserialize_i128 visit_i128 i128
        deserialize_u8 visit_u8 u8 deserialize_u16 visit_u16 u16 deserialize_u32 visit_u32 u32
        deserialize_u64 visit_u64 u64 deserialize_u128 visit_u128 u128
        deserialize_bool visit_bool bool
    }

    fn deserialize_option<U: Visitor<'de>>(self, visitor: U) -> Result<U::Value, ItemError> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<U: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: U,
    ) -> Result<U::Value, ItemError> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<U: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: U,
    ) -> Result<U::Value, ItemError> {
        visitor.visit_enum(StringDeserializer::new(self.0))
    }

    forward_to_deserialize_any! {
        f32 f64 char str string bytes byte_buf unit unit_struct seq tuple tuple_struct map struct identifier ignored_any
    }
}

/// A variant of an enum: its name alone, or with its value.
struct Variant<V> {
    name: String,
    value: Option<V>,
}

impl<'de, V: AttributeValue> EnumAccess<'de> for Variant<V> {
    type Error = ItemError;
    type Variant = Self;

    fn variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<(S::Value, Self), ItemError> {
        let name = StringDeserializer::<ItemError>::new(self.name.clone());
        Ok((seed.deserialize(name)?, self))
    }
}

impl<V: AttributeValue> Variant<V> {
    fn value(self, expected: &str) -> Result<(String, FromValue<V>), ItemError> {
        match self.value {
            Some(value) => Ok((self.name, FromValue(value.into_kind()))),
            None => Err(ItemError::invalid_type(Unexpected::UnitVariant, &expected)),
        }
    }
}

impl<'de, V: AttributeValue> VariantAccess<'de> for Variant<V> {
    type Error = ItemError;

    fn unit_variant(self) -> Result<(), ItemError> {
        match self.value {
            None => Ok(()),
            Some(value) => de::Deserialize::deserialize(FromValue(value.into_kind()))
                .map_err(|error: ItemError| error.in_entry(&self.name)),
        }
    }

    fn newtype_variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<S::Value, ItemError> {
        let (name, value) = self.value("a variant with a value")?;
        seed.deserialize(value).map_err(|error| error.in_entry(&name))
    }

    fn tuple_variant<U: Visitor<'de>>(self, _: usize, visitor: U) -> Result<U::Value, ItemError> {
        let (name, value) = self.value("a variant with values")?;
        value.deserialize_seq(visitor).map_err(|error| error.in_entry(&name))
    }

    fn struct_variant<U: Visitor<'de>>(
        self,
        _: &'static [&'static str],
        visitor: U,
    ) -> Result<U::Value, ItemError> {
        let (name, value) = self.value("a variant with fields")?;
        value.deserialize_map(visitor).map_err(|error| error.in_entry(&name))
    }
}
