//! The root of the crate.

use super::{layout::Source, tokens::ident};
use crate::ir::Crate;
use quote::quote;

const ATTRIBUTES: &[&str] = &[
    "#![doc = include_str!(\"../README.md\")]",
    "#![forbid(unsafe_code)]",
    "// What the model marks as deprecated is generated too, and used by what is generated beside it.",
    "#![allow(deprecated)]",
];

/// What lets the compiler follow deep types.
pub(super) const RECURSION_LIMIT: &str = "#![recursion_limit = \"512\"]";

const DEEP: &[&str] = &[
    "// The compiler walks through all that a type holds, such as to prove that it is `Send`. The types of this service",
    "// hold one another deeper than it would go.",
    RECURSION_LIMIT,
];

pub(super) fn root(krate: &Crate) -> Source {
    let mut source = Source::new();
    let modules = krate.operations.iter().map(|operation| ident(&operation.module));
    source.lines(ATTRIBUTES);
    if krate.deep {
        source.lines(DEEP);
    }
    let rules = krate.endpoint_rules.as_ref().map(|_| {
        quote! {
            #[rustfmt::skip]
            mod endpoint;
        }
    });
    source.items(quote! {
        #(#[rustfmt::skip] pub mod #modules;)*

        #[cfg(feature = "dynamic")]
        #[rustfmt::skip]
        pub mod dynamic;
        #rules
        #[rustfmt::skip]
        pub mod errors;
        #[rustfmt::skip]
        mod service;
        #[rustfmt::skip]
        pub mod types;
    });
    source
}
