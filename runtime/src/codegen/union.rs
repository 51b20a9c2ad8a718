//! The macro for unions.

/// The prisms, accessors and schema of a union. A row is `index PRISM Case accessor(View): Type = member;`, where `View` is what the
/// accessor returns in an `Option` if that is not `&Type`: `&str` or `bool`.
#[macro_export]
#[doc(hidden)]
macro_rules! union {
    ($name:ident $shape:literal unknown $unknown:ident {
        $($index:literal $prism:ident $case:ident $($accessor:ident $(($($view:tt)+))?)?: $type:ty = $member:expr;)*
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

                $($crate::__accessor!($accessor ($($($view)+)?) $case $type);)?
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
                static SCHEMA: $crate::schema::Schema =
                    $crate::schema::Schema::union($shape, &[$($member),*], &[$(::core::stringify!($case)),*]);
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

            #[inline]
            fn reset(&mut self) {
                *self = <Self as $crate::codec::Structure>::empty();
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

/// The function that returns the value of a variant.
#[macro_export]
#[doc(hidden)]
macro_rules! __accessor {
    ($accessor:ident () $case:ident $type:ty) => {
        $crate::__accessor!($accessor (&$type) $case $type);
    };
    ($accessor:ident (&$view:ty) $case:ident $type:ty) => {
        #[doc = ::core::concat!("The value, if this is [`", ::core::stringify!($case), "`](Self::", ::core::stringify!($case), ").")]
        #[inline]
        pub fn $accessor(&self) -> ::core::option::Option<&$view> {
            match self {
                Self::$case(value) => ::core::option::Option::Some(value),
                #[allow(unreachable_patterns)]
                _ => ::core::option::Option::None,
            }
        }
    };
    ($accessor:ident ($view:ty) $case:ident $type:ty) => {
        #[doc = ::core::concat!("The value, if this is [`", ::core::stringify!($case), "`](Self::", ::core::stringify!($case), ").")]
        #[inline]
        pub fn $accessor(&self) -> ::core::option::Option<$view> {
            match self {
                Self::$case(value) => ::core::option::Option::Some(*value),
                #[allow(unreachable_patterns)]
                _ => ::core::option::Option::None,
            }
        }
    };
}
