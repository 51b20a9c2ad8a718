//! The macros for DynamoDB's attribute values.

/// The conversions of Rust's values to an attribute value, and of types with serde to items and back.
#[macro_export]
#[doc(hidden)]
macro_rules! attribute_value {
    ($name:ident) => {
        $crate::__from! { $name |value|
            &str => Self::S(::std::string::ToString::to_string(value));
            &::std::string::String => Self::S(::std::clone::Clone::clone(value));
            ::std::string::String => Self::S(value);
            bool => Self::Bool(value);
            $crate::Bytes => Self::B(value);
            ::std::vec::Vec<u8> => Self::B($crate::Bytes::from(value));
            &[u8] => Self::B($crate::Bytes::copy_from_slice(value));
        }
        $crate::__from! { $name |value|
            i8 => Self::N(::std::string::ToString::to_string(&value));
            i16 => Self::N(::std::string::ToString::to_string(&value));
            i32 => Self::N(::std::string::ToString::to_string(&value));
            i64 => Self::N(::std::string::ToString::to_string(&value));
            i128 => Self::N(::std::string::ToString::to_string(&value));
            isize => Self::N(::std::string::ToString::to_string(&value));
            u16 => Self::N(::std::string::ToString::to_string(&value));
            u32 => Self::N(::std::string::ToString::to_string(&value));
            u64 => Self::N(::std::string::ToString::to_string(&value));
            u128 => Self::N(::std::string::ToString::to_string(&value));
            usize => Self::N(::std::string::ToString::to_string(&value));
        }

        /// Bytes: `b"…"`.
        impl<const N: usize> ::core::convert::From<&[u8; N]> for $name {
            #[inline]
            fn from(value: &[u8; N]) -> Self {
                Self::from(value.as_slice())
            }
        }

        /// Bytes.
        impl<const N: usize> ::core::convert::From<[u8; N]> for $name {
            #[inline]
            fn from(value: [u8; N]) -> Self {
                Self::from(value.as_slice())
            }
        }

        /// A list.
        impl<T: ::core::convert::Into<$name>> ::core::convert::From<::std::vec::Vec<T>> for $name {
            #[inline]
            fn from(values: ::std::vec::Vec<T>) -> Self {
                Self::L(values.into_iter().map(::core::convert::Into::into).collect())
            }
        }

        /// A list.
        impl<T: ::core::convert::Into<$name>, const N: usize> ::core::convert::From<[T; N]> for $name {
            #[inline]
            fn from(values: [T; N]) -> Self {
                Self::L(values.into_iter().map(::core::convert::Into::into).collect())
            }
        }

        $crate::__from_map! { $name
            [const N: usize] [(K, V); N]
            [] ::std::vec::Vec<(K, V)>
            [] $crate::Map<K, V>
            [] ::std::collections::BTreeMap<K, V>
            [] ::std::collections::HashMap<K, V>
        }

        /// The value, or else null.
        impl<T: ::core::convert::Into<$name>> ::core::convert::From<::core::option::Option<T>> for $name {
            #[inline]
            fn from(value: ::core::option::Option<T>) -> Self {
                value.map_or(Self::Null(true), ::core::convert::Into::into)
            }
        }

        $crate::__try_from_float! { $name f32 f64 }

        impl $crate::item::AttributeValue for $name {
            fn of(kind: $crate::item::Kind<Self>) -> Self {
                use $crate::item::Kind;
                match kind {
                    Kind::S(value) => Self::S(value),
                    Kind::N(value) => Self::N(value),
                    Kind::B(value) => Self::B(value),
                    Kind::Ss(value) => Self::Ss(value),
                    Kind::Ns(value) => Self::Ns(value),
                    Kind::Bs(value) => Self::Bs(value),
                    Kind::M(value) => Self::M(value),
                    Kind::L(value) => Self::L(value),
                    Kind::Null => Self::Null(true),
                    Kind::Bool(value) => Self::Bool(value),
                    Kind::Unknown(name) => Self::Unknown(name),
                }
            }

            fn into_kind(self) -> $crate::item::Kind<Self> {
                use $crate::item::Kind;
                match self {
                    Self::S(value) => Kind::S(value),
                    Self::N(value) => Kind::N(value),
                    Self::B(value) => Kind::B(value),
                    Self::Ss(value) => Kind::Ss(value),
                    Self::Ns(value) => Kind::Ns(value),
                    Self::Bs(value) => Kind::Bs(value),
                    Self::M(value) => Kind::M(value),
                    Self::L(value) => Kind::L(value),
                    Self::Null(_) => Kind::Null,
                    Self::Bool(value) => Kind::Bool(value),
                    Self::Unknown(name) => Kind::Unknown(name),
                }
            }
        }

        $crate::__items! { $name }
    };
}

#[macro_export]
#[doc(hidden)]
macro_rules! __from {
    ($name:ident |$value:ident| $($type:ty => $result:expr;)*) => {
        $(impl ::core::convert::From<$type> for $name {
            #[inline]
            fn from($value: $type) -> Self {
                $result
            }
        })*
    };
}

#[macro_export]
#[doc(hidden)]
macro_rules! __from_map {
    ($name:ident $([$($parameter:tt)*] $type:ty)*) => {
        $(
            /// A map.
            #[allow(clippy::disallowed_types, clippy::implicit_hasher, reason = "the caller chooses the type of a map")]
            impl<K: ::core::convert::Into<::std::string::String>, V: ::core::convert::Into<$name>, $($parameter)*>
                ::core::convert::From<$type> for $name
            {
                #[inline]
                fn from(entries: $type) -> Self {
                    Self::M(entries.into_iter().map(|(key, value)| (key.into(), value.into())).collect())
                }
            }
        )*
    };
}

#[macro_export]
#[doc(hidden)]
macro_rules! __try_from_float {
    ($name:ident $($type:ident)*) => {
        $(
            /// A number. Fails for NaN and infinity, which DynamoDB does not have.
            impl ::core::convert::TryFrom<$type> for $name {
                type Error = $crate::item::ItemError;

                #[inline]
                fn try_from(value: $type) -> ::core::result::Result<Self, Self::Error> {
                    $crate::item::$type(value).map(Self::N)
                }
            }
        )*
    };
}

/// The functions between types with serde and items.
#[cfg(feature = "serde")]
#[macro_export]
#[doc(hidden)]
macro_rules! __items {
    ($name:ident) => {
        /// Converts a structure or map to an item, by its implementation of `Serialize`. See [`myrina::item`]($crate::item).
        pub fn to_item<T: $crate::item::Serialize + ?::core::marker::Sized>(
            value: &T,
        ) -> ::core::result::Result<$crate::Map<::std::string::String, $name>, $crate::item::ItemError> {
            $crate::item::to_item(value)
        }

        /// Converts an item to a type, by its implementation of `Deserialize`. See [`myrina::item`]($crate::item).
        pub fn from_item<T: $crate::item::DeserializeOwned>(
            item: impl ::core::iter::IntoIterator<Item = (::std::string::String, $name)>,
        ) -> ::core::result::Result<T, $crate::item::ItemError> {
            $crate::item::from_item(item)
        }

        /// Converts a value of any type, as [`to_item`] does the attributes of an item.
        pub fn to_attribute_value<T: $crate::item::Serialize + ?::core::marker::Sized>(
            value: &T,
        ) -> ::core::result::Result<$name, $crate::item::ItemError> {
            $crate::item::to_attribute_value(value)
        }

        /// Converts to a value of any type, as [`from_item`] does the attributes of an item.
        pub fn from_attribute_value<T: $crate::item::DeserializeOwned>(
            value: $name,
        ) -> ::core::result::Result<T, $crate::item::ItemError> {
            $crate::item::from_attribute_value(value)
        }
    };
}

/// Without serde there are none.
#[cfg(not(feature = "serde"))]
#[macro_export]
#[doc(hidden)]
macro_rules! __items {
    ($name:ident) => {};
}
