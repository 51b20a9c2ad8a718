//! DynamoDB's items: conversions between attribute values and the types of a program.
//!
//! The `AttributeValue` of a generated crate has `From` for text, integers, `bool`, bytes, lists, maps and `Option`, and `TryFrom` for
//! `f32` and `f64`. A `u8` alone has neither: `Vec<u8>`, `[u8; N]` and `&[u8]` are bytes, not lists.
//!
//! With the feature `serde`, the module `types` of the crate also has `to_item`, `from_item`, `to_attribute_value` and
//! `from_attribute_value`, for every type with serde's traits:
//!
//! | Rust | attribute value | read from |
//! |-|-|-|
//! | text, `char` | `S` | `S` |
//! | integers, floats | `N`; NaN and infinity are errors | `N`, if the number fits: `1.0` and `1e2` are integers too |
//! | `bool` | `BOOL` | `BOOL` |
//! | bytes (`serde_bytes`) | `B` | `B` |
//! | `None`, `()`, unit structures | `NULL` | `NULL`; a field of type `Option` may be absent |
//! | `Some`, newtypes | the value in it | the value in it |
//! | sequences, tuples | `L` | `L`, and the sets `SS`, `NS` and `BS`; a sequence of bytes also from `B` |
//! | structures, maps | `M` | `M` |
//! | enums | as serde's attributes say: a unit variant is `S`, another an `M` with its name as the key | the same |
//!
//! Keys of maps are text; integers, `bool`, `char` and unit variants are written as text and read from it.

#[cfg(feature = "serde")]
mod deserialize;
mod number;
#[cfg(feature = "serde")]
mod serialize;

#[cfg(feature = "serde")]
pub use deserialize::{from_attribute_value, from_item};
#[cfg(feature = "serde")]
#[doc(hidden)]
pub use serde_core::{Serialize, de::DeserializeOwned};
#[cfg(feature = "serde")]
pub use serialize::{to_attribute_value, to_item};

#[doc(hidden)]
pub use number::{f32, f64};

use crate::Map;
use bytes::Bytes;
use std::fmt;

/// An attribute value of a generated crate.
#[doc(hidden)]
pub trait AttributeValue: Sized {
    /// The value of a kind.
    fn of(kind: Kind<Self>) -> Self;

    /// The kind, with what is in it.
    fn into_kind(self) -> Kind<Self>;
}

/// What an attribute value is.
#[doc(hidden)]
#[derive(Debug)]
pub enum Kind<V> {
    S(String),
    N(String),
    B(Bytes),
    Ss(Vec<String>),
    Ns(Vec<String>),
    Bs(Vec<Bytes>),
    M(Map<String, V>),
    L(Vec<V>),
    Null,
    Bool(bool),
    Unknown(String),
}

/// Says where a value and an item do not fit, and why.
#[derive(Clone, PartialEq, Eq)]
pub struct ItemError {
    /// The steps from the item to the value, `.name` and `[1]`; empty for the item itself.
    path: String,
    message: String,
}

impl ItemError {
    fn new(message: impl Into<String>) -> Self {
        Self { path: String::new(), message: message.into() }
    }

    /// The place of the value in the item, such as `tags[1].name`; empty for the item itself.
    pub fn path(&self) -> &str {
        self.path.strip_prefix('.').unwrap_or(&self.path)
    }
}

#[cfg(feature = "serde")]
impl ItemError {
    fn in_entry(mut self, key: &str) -> Self {
        self.path.insert_str(0, key);
        self.path.insert(0, '.');
        self
    }

    fn in_element(mut self, index: usize) -> Self {
        self.path.insert_str(0, &format!("[{index}]"));
        self
    }
}

impl fmt::Display for ItemError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.path.is_empty() {
            write!(f, "at {}: ", self.path())?;
        }
        f.write_str(&self.message)
    }
}

impl fmt::Debug for ItemError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for ItemError {}

#[cfg(feature = "serde")]
impl serde_core::ser::Error for ItemError {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::new(message.to_string())
    }
}

#[cfg(feature = "serde")]
impl serde_core::de::Error for ItemError {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::new(message.to_string())
    }
}
