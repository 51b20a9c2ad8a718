//! What a module that was generated in a build script needs of this crate. A generated crate has it in its manifest.

/// Defines a macro that fails to compile if this crate lacks a feature.
macro_rules! needs {
    ($name:ident $feature:literal) => {
        #[cfg(feature = $feature)]
        #[macro_export]
        #[doc(hidden)]
        macro_rules! $name {
            () => {};
        }

        #[cfg(not(feature = $feature))]
        #[macro_export]
        #[doc(hidden)]
        macro_rules! $name {
            () => {
                compile_error!(concat!(
                    "this service needs the feature `",
                    $feature,
                    "` of the package `myrina`: `cargo add myrina --features ",
                    $feature,
                    "`"
                ));
            };
        }
    };
}

needs!(needs_cbor "cbor");
needs!(needs_gzip "gzip");
needs!(needs_md5 "md5");
needs!(needs_xml "xml");
