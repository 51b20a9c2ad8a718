//! The macro for structures.

/// The constructor, setters, lenses and schema of a structure.
///
/// A row is `index LENS field: kind Type = member;`, where `kind` is `required` (the type as it is), `optional` (in an
/// `Option`), `list` (an optional `Vec`) or `map` (an optional `Map`).
#[macro_export]
#[doc(hidden)]
macro_rules! structure {
    (
        $name:ident $shape:literal new($($argument:ident: $kind:ident $type:ty $(, $value:ty)?);*) {
            $($index:literal $lens:ident $field:ident: $mark:ident $inner:ty $(, $inner_value:ty)? = $member:expr;)*
        }
    ) => {
        impl $name {
            #[doc = concat!("A `", stringify!($name), "` with its required members; all others are unset.")]
            #[inline]
            pub fn new($($argument: $crate::__argument!($kind $type $(, $value)?)),*) -> Self {
                #[allow(unused_mut)]
                let mut new = <Self as $crate::codec::Structure>::empty();
                $(new.$argument = $crate::__convert!($kind $argument);)*
                new
            }
            $($crate::__member!($lens $field $mark $inner $(, $inner_value)?);)*
        }

        $crate::__default!($name $($argument)*);

        impl $crate::codec::Structure for $name {
            #[inline]
            fn schema(&self) -> &'static $crate::schema::Schema {
                <Self as $crate::codec::Structure>::schema_of()
            }

            #[inline]
            fn schema_of() -> &'static $crate::schema::Schema {
                #[allow(unused_imports)]
                use $crate::codegen::describe::*;
                static SCHEMA: $crate::schema::Schema =
                    $crate::schema::Schema::structure($shape, &[$($member),*], &[$(::core::stringify!($field)),*]);
                &SCHEMA
            }

            #[inline]
            fn type_name(&self) -> &'static str {
                ::core::stringify!($name)
            }

            #[inline]
            #[allow(unused_variables)]
            fn write(&self, out: &mut dyn $crate::codec::MemberWriter) {
                // Most members of most values are absent: skipping them here is cheaper than a dynamic call for each.
                let all = out.wants_absent();
                $(if all || !$crate::codec::Value::is_absent(&self.$field) {
                    out.member($index, &self.$field);
                })*
            }

            #[inline]
            fn member_mut(&mut self, index: usize) -> ::core::option::Option<&mut dyn $crate::codec::Value> {
                match index {
                    $($index => ::core::option::Option::Some(&mut self.$field),)*
                    _ => ::core::option::Option::None,
                }
            }

            #[inline]
            fn empty() -> Self {
                Self { $($field: $crate::codec::Value::empty()),* }
            }

            #[inline]
            fn reset(&mut self) {
                *self = <Self as $crate::codec::Structure>::empty();
            }
        }

        impl ::core::fmt::Debug for $name {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                $crate::codegen::debug(self, f)
            }
        }
    };
}

/// The lens and the setter of one field.
#[macro_export]
#[doc(hidden)]
macro_rules! __member {
    ($lens:ident $field:ident required $type:ty) => {
        $crate::__lens!($lens $field $type);
    };
    ($lens:ident $field:ident $mark:ident $type:ty $(, $value:ty)?) => {
        $crate::__lens!($lens $field ::core::option::Option<$crate::__whole!($mark $type $(, $value)?)>);

        #[doc = ::core::concat!("Sets [`", ::core::stringify!($field), "`](field@Self::", ::core::stringify!($field), ").")]
        #[inline]
        pub fn $field(mut self, value: $crate::__argument!($mark $type $(, $value)?)) -> Self {
            self.$field = ::core::option::Option::Some($crate::__convert!($mark value));
            self
        }
    };
}

#[macro_export]
#[doc(hidden)]
macro_rules! __lens {
    ($lens:ident $field:ident $type:ty) => {
        #[doc = ::core::concat!("The lens of [`", ::core::stringify!($field), "`](field@Self::", ::core::stringify!($field), ").")]
        pub const $lens: $crate::lens::Field<Self, $type> =
            $crate::lens::Field::new(|whole| &whole.$field, |whole| &mut whole.$field);
    };
}

/// The type inside the `Option` of an optional member of this kind.
#[macro_export]
#[doc(hidden)]
macro_rules! __whole {
    (optional $type:ty) => { $type };
    (list $type:ty) => { ::std::vec::Vec<$type> };
    (map $key:ty, $value:ty) => { $crate::Map<$key, $value> };
}

/// The type that a constructor or setter takes.
#[macro_export]
#[doc(hidden)]
macro_rules! __argument {
    (list $type:ty) => { impl ::core::iter::IntoIterator<Item = impl ::core::convert::Into<$type>> };
    (map $key:ty, $value:ty) => {
        impl ::core::iter::IntoIterator<Item = (impl ::core::convert::Into<$key>, impl ::core::convert::Into<$value>)>
    };
    ($mark:ident $type:ty) => { impl ::core::convert::Into<$type> };
}

/// Converts the argument of a constructor or setter to the member's type.
#[macro_export]
#[doc(hidden)]
macro_rules! __convert {
    (list $value:ident) => {
        ::core::iter::Iterator::collect(::core::iter::Iterator::map(
            ::core::iter::IntoIterator::into_iter($value),
            ::core::convert::Into::into,
        ))
    };
    (map $value:ident) => {
        ::core::iter::Iterator::collect(::core::iter::Iterator::map(
            ::core::iter::IntoIterator::into_iter($value),
            |(key, value)| (::core::convert::Into::into(key), ::core::convert::Into::into(value)),
        ))
    };
    ($mark:ident $value:ident) => {
        ::core::convert::Into::into($value)
    };
}

/// `Default`, if no member is required.
#[macro_export]
#[doc(hidden)]
macro_rules! __default {
    ($name:ident) => {
        impl ::core::default::Default for $name {
            #[inline]
            fn default() -> Self {
                Self::new()
            }
        }
    };
    ($name:ident $($argument:ident)+) => {};
}
