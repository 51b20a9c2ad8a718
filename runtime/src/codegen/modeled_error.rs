//! The macro for error structures.

/// The schema, prism and message of an error structure.
#[macro_export]
#[doc(hidden)]
macro_rules! error {
    ($name:ident $code:literal $(.$trait:ident($($value:literal)?))* $(, message $message:ident)?) => {
        impl $name {
            #[doc(hidden)]
            pub const ERROR: &'static $crate::error::ErrorSchema =
                &$crate::error::ErrorSchema::new::<Self>($code)$(.$trait($($value)?))*;

            /// The prism of this error in the error of a call.
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
