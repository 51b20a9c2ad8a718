//! The root of the crate.

use super::{layout::Source, tokens::ident};
use crate::ir::Crate;
use quote::quote;

pub(super) fn root(krate: &Crate) -> Source {
    let mut source = Source::new();
    let modules = krate.operations.iter().map(|operation| ident(&operation.module));
    source.items(quote! {
        #![doc = include_str!("../README.md")]
        #![forbid(unsafe_code)]
        // What the model marks as deprecated is still generated, and used by what is generated beside it.
        #![allow(deprecated)]

        #(#[rustfmt::skip] pub mod #modules;)*

        #[cfg(feature = "dynamic")]
        #[rustfmt::skip]
        pub mod dynamic;
        #[rustfmt::skip]
        pub mod errors;
        #[rustfmt::skip]
        mod service;
        #[rustfmt::skip]
        pub mod types;
    });
    source
}
