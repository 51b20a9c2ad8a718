//! The macro for enums.

/// The conversions between an open enum and text. A row is `Variant = "text";`.
#[macro_export]
#[doc(hidden)]
macro_rules! enumeration {
    ($name:ident unknown $unknown:ident { $($variant:ident = $text:literal;)* }) => {
        impl $name {
            /// The values in the model, in its order.
            #[allow(clippy::large_stack_arrays, reason = "a constant is not on the stack; some enums have 1,400 values")]
            pub const VALUES: &'static [&'static str] = &[$($text),*];

            /// The value on the wire.
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

            #[inline]
            fn reset(&mut self) {
                *self = <Self as $crate::codec::Value>::empty();
            }
        }
    };
}
