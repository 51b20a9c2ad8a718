//! The one door by which generated code enters the runtime. Not for use by hand: it may change with any version.
//!
//! A generated file spells out what a reader wants to see, the types and their documentation, and leaves what follows from
//! them to the macros here: a table with one row for each member says it all, and yields the constructor, the setters, the
//! lenses, the static description and the two functions that the protocols call.

pub mod describe {
    //! What a row of a table is made with.
    pub use crate::{
        codec::{events, structure},
        schema::{
            blob, boolean, date_time, document, double, epoch_seconds, float, http_date, integer, list, long,
            map, stream, string, timestamp,
        },
    };
}

pub mod rules {
    //! What a table of endpoint rules is made of.
    pub use crate::endpoint_rules::{
        Entries,
        Expr::{Bool, Call, Get, Let, List, Number, Object, Template, Text, Var},
        Rule::{Endpoint, Error, Tree, Url},
        RuleSet, Slot,
        functions::{
            coalesce, equals, is_set, is_valid_host_label, is_virtual_hostable_bucket, ite, not, parse_arn,
            parse_url, partition, split, substring, uri_encode,
        },
        rule_set::{boolean, string, strings},
    };
}

pub mod context {
    //! What a list of an operation's endpoint parameters is made of.
    pub use crate::schema::{
        ContextParam,
        Step::{Any, Each, Keys, Member},
        context::{flag, path, text, texts},
    };
}

pub use crate::{
    Map, codec,
    endpoint_rules::RuleSet,
    error::{Error, ErrorSchema, ModeledError, ServiceError},
    lens,
    operation::{Auth, Operation, OperationSchema, ServiceSchema},
    protocol,
    schema::{self, Schema},
};

use crate::codec::{MemberWriter, Structure, Value};
use std::fmt;

#[doc(inline)]
pub use crate::{enumeration, error, structure, union};

/// Shows a structure field by field, the sensitive ones redacted.
pub fn debug(value: &dyn Structure, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    struct Fields<'a, 'b, 'c> {
        schema: &'static Schema,
        out: &'a mut fmt::DebugStruct<'b, 'c>,
    }

    impl MemberWriter for Fields<'_, '_, '_> {
        fn member(&mut self, index: usize, value: &dyn Value) {
            let (member, name) = (&self.schema.members[index], self.schema.fields[index]);
            let name = name.strip_prefix("r#").unwrap_or(name);
            if member.sensitive && !value.is_absent() {
                self.out.field(name, &format_args!("(redacted)"));
            } else {
                self.out.field(name, &value);
            }
        }
    }

    let schema = value.schema();
    let mut out = f.debug_struct(value.type_name());
    value.write(&mut Fields { schema, out: &mut out });
    out.finish()
}

/// What a modeled error says: its message, or else its code.
pub fn display(code: &str, message: Option<&str>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match message {
        Some(message) if !message.is_empty() => write!(f, "{code}: {message}"),
        _ => f.write_str(code),
    }
}

/// A structure's constructor, setters, lenses and description.
///
/// `index LENS field: kind Type = description;` where `kind` is `required` (the type as it is), `optional` (in an
/// `Option`), `list` (an optional `Vec` of these) or `map` (an optional `Map` of these).
#[macro_export]
#[doc(hidden)]
macro_rules! structure {
    (
        $name:ident $shape:literal new($($argument:ident: $kind:ident $type:ty $(, $value:ty)?);*) {
            $($index:literal $lens:ident $field:ident: $mark:ident $inner:ty $(, $inner_value:ty)? = $member:expr;)*
        }
    ) => {
        impl $name {
            #[doc = concat!("A `", stringify!($name), "` with what it must have; the rest is unset.")]
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
                static SCHEMA: $crate::schema::Schema = $crate::schema::Schema {
                    name: $shape,
                    members: &[$($member),*],
                    fields: &[$(::core::stringify!($field)),*],
                    union: false,
                };
                &SCHEMA
            }

            #[inline]
            fn type_name(&self) -> &'static str {
                ::core::stringify!($name)
            }

            #[inline]
            #[allow(unused_variables)]
            fn write(&self, out: &mut dyn $crate::codec::MemberWriter) {
                // Most members of most values are absent: to see that here costs less than to hand them over.
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

/// The type that an optional member of such a kind has inside its `Option`.
#[macro_export]
#[doc(hidden)]
macro_rules! __whole {
    (optional $type:ty) => { $type };
    (list $type:ty) => { ::std::vec::Vec<$type> };
    (map $key:ty, $value:ty) => { $crate::Map<$key, $value> };
}

/// What a constructor or setter takes for it.
#[macro_export]
#[doc(hidden)]
macro_rules! __argument {
    (list $type:ty) => { impl ::core::iter::IntoIterator<Item = impl ::core::convert::Into<$type>> };
    (map $key:ty, $value:ty) => {
        impl ::core::iter::IntoIterator<Item = (impl ::core::convert::Into<$key>, impl ::core::convert::Into<$value>)>
    };
    ($mark:ident $type:ty) => { impl ::core::convert::Into<$type> };
}

/// And how it becomes the member's type.
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

/// `Default`, where nothing is required.
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

/// A union's prisms and description: `index PRISM Case: Type = description;`.
#[macro_export]
#[doc(hidden)]
macro_rules! union {
    ($name:ident $shape:literal unknown $unknown:ident {
        $($index:literal $prism:ident $case:ident: $type:ty = $member:expr;)*
    }) => {
        impl $name {
            $(
                #[doc = ::core::concat!("The prism of [`", ::core::stringify!($case), "`](Self::", ::core::stringify!($case), ").")]
                pub const $prism: $crate::lens::Variant<Self, $type> = $crate::lens::Variant::new(
                    |whole| match whole {
                        Self::$case(value) => ::core::option::Option::Some(value),
                        #[allow(unreachable_patterns)]
                        _ => ::core::option::Option::None,
                    },
                    |whole| match whole {
                        Self::$case(value) => ::core::option::Option::Some(value),
                        #[allow(unreachable_patterns)]
                        _ => ::core::option::Option::None,
                    },
                    Self::$case,
                );
            )*
        }

        impl $crate::codec::Structure for $name {
            #[inline]
            fn schema(&self) -> &'static $crate::schema::Schema {
                <Self as $crate::codec::Structure>::schema_of()
            }

            #[inline]
            fn schema_of() -> &'static $crate::schema::Schema {
                #[allow(unused_imports)]
                use $crate::codegen::describe::*;
                static SCHEMA: $crate::schema::Schema = $crate::schema::Schema {
                    name: $shape,
                    members: &[$($member),*],
                    fields: &[$(::core::stringify!($case)),*],
                    union: true,
                };
                &SCHEMA
            }

            #[inline]
            fn type_name(&self) -> &'static str {
                ::core::stringify!($name)
            }

            #[inline]
            #[allow(unused_variables)]
            fn write(&self, out: &mut dyn $crate::codec::MemberWriter) {
                match self {
                    $(Self::$case(value) => out.member($index, value),)*
                    Self::$unknown(_) => {}
                }
            }

            #[inline]
            fn member_mut(&mut self, index: usize) -> ::core::option::Option<&mut dyn $crate::codec::Value> {
                match index {
                    $($index => {
                        if !::core::matches!(self, Self::$case(_)) {
                            *self = Self::$case($crate::codec::Value::empty());
                        }
                        match self {
                            Self::$case(value) => ::core::option::Option::Some(value),
                            #[allow(unreachable_patterns)]
                            _ => ::core::option::Option::None,
                        }
                    })*
                    _ => ::core::option::Option::None,
                }
            }

            #[inline]
            fn unknown(&mut self, tag: &str) {
                *self = Self::$unknown(::std::string::ToString::to_string(tag));
            }

            #[inline]
            fn empty() -> Self {
                Self::$unknown(::std::string::String::new())
            }
        }

        impl ::core::fmt::Debug for $name {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                match self {
                    Self::$unknown(tag) => f.debug_tuple(::core::stringify!($unknown)).field(tag).finish(),
                    #[allow(unreachable_patterns)]
                    _ => $crate::codegen::debug(self, f),
                }
            }
        }
    };
}

/// An open enum's conversions from and to text: `Variant = "text";`.
#[macro_export]
#[doc(hidden)]
macro_rules! enumeration {
    ($name:ident unknown $unknown:ident { $($variant:ident = $text:literal;)* }) => {
        impl $name {
            /// Every value that the model knows, in its order.
            #[allow(clippy::large_stack_arrays, reason = "a constant is not on the stack; some enums have 1,400 values")]
            pub const VALUES: &'static [&'static str] = &[$($text),*];

            /// The value as it is on the wire.
            #[inline]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $text,)*
                    Self::$unknown(text) => text,
                }
            }
        }

        impl ::core::convert::From<&str> for $name {
            #[inline]
            fn from(text: &str) -> Self {
                match text {
                    $($text => Self::$variant,)*
                    _ => Self::$unknown(::std::string::ToString::to_string(text)),
                }
            }
        }

        impl ::core::convert::From<::std::string::String> for $name {
            #[inline]
            fn from(text: ::std::string::String) -> Self {
                Self::from(text.as_str())
            }
        }

        impl ::core::convert::AsRef<str> for $name {
            #[inline]
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl ::core::fmt::Display for $name {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl $crate::codec::Value for $name {
            #[inline]
            fn write(&self, at: &'static $crate::schema::Member, out: &mut dyn $crate::codec::Writer) {
                out.string(at, self.as_str());
            }

            #[inline]
            fn read(
                &mut self,
                at: &'static $crate::schema::Member,
                from: &mut dyn $crate::codec::Reader,
            ) -> ::core::result::Result<(), $crate::codec::CodecError> {
                *self = Self::from(&*from.string(at)?);
                ::core::result::Result::Ok(())
            }

            #[inline]
            fn empty() -> Self {
                Self::$unknown(::std::string::String::new())
            }
        }
    };
}

/// What makes a structure an error: its code and status, and which field is the message.
#[macro_export]
#[doc(hidden)]
macro_rules! error {
    ($name:ident $code:literal $(.$trait:ident($($value:literal)?))* $(, message $message:ident)?) => {
        impl $name {
            #[doc(hidden)]
            pub const ERROR: &'static $crate::error::ErrorSchema =
                &$crate::error::ErrorSchema::new::<Self>($code)$(.$trait($($value)?))*;

            /// The prism of this error in what a call returns.
            pub const IN_ERROR: $crate::lens::Variant<$crate::Error, Self> = $crate::lens::Variant::new(
                $crate::Error::modeled::<Self>,
                $crate::Error::modeled_mut::<Self>,
                |error| $crate::Error::from($crate::error::ServiceError::of(error)),
            );
        }

        impl $crate::error::ModeledError for $name {
            #[inline]
            fn error_schema(&self) -> &'static $crate::error::ErrorSchema {
                Self::ERROR
            }
        }

        impl ::core::fmt::Display for $name {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                let message = $crate::__message!(self $($message)?);
                $crate::codegen::display($code, message, f)
            }
        }

        impl ::std::error::Error for $name {}
    };
}

#[macro_export]
#[doc(hidden)]
macro_rules! __message {
    ($self:ident) => {
        ::core::option::Option::None
    };
    ($self:ident $message:ident) => {
        $crate::codegen::Message::message(&$self.$message)
    };
}

/// The message of an error, which the model may or may not require.
pub trait Message {
    /// The text.
    fn message(&self) -> Option<&str>;
}

impl Message for String {
    fn message(&self) -> Option<&str> {
        Some(self)
    }
}

impl Message for Option<String> {
    fn message(&self) -> Option<&str> {
        self.as_deref()
    }
}
