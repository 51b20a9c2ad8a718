//! Prints the root of the crate.

use super::{
    modules::{Module, Visibility},
    source_file::SourceFile,
    tokens::ident,
};
use crate::ir::Crate;
use proc_macro2::TokenStream;
use quote::quote;

const ATTRIBUTES: &[&str] = &[
    "#![doc = include_str!(\"../README.md\")]",
    "#![forbid(unsafe_code)]",
    "// Items that the model marks as deprecated are generated too, and other generated code uses them.",
    "#![allow(deprecated)]",
];

/// The attribute that lets the compiler process deeply nested types.
pub(super) const RECURSION_LIMIT: &str = "#![recursion_limit = \"512\"]";

const RECURSION_LIMIT_WITH_REASON: &[&str] = &[
    "// To prove that a type is `Send`, the compiler visits all types in it. The types of this service are nested more deeply",
    "// than its default limit.",
    RECURSION_LIMIT,
];

pub(super) fn lib_rs(krate: &Crate, modules: &[Module<'_>]) -> SourceFile {
    let mut source = SourceFile::new();
    source.lines(ATTRIBUTES);
    if krate.needs_recursion_limit {
        source.lines(RECURSION_LIMIT_WITH_REASON);
    }
    source.items(modules.iter().map(declaration).collect());
    source
}

fn declaration(module: &Module<'_>) -> TokenStream {
    let name = ident(module.name);
    let feature = module.feature.map(|feature| quote!(#[cfg(feature = #feature)]));
    let visibility = match module.visibility {
        Visibility::Public => quote!(pub),
        Visibility::Private => quote!(),
    };
    quote! {
        #feature
        #[rustfmt::skip]
        #visibility mod #name;
    }
}
