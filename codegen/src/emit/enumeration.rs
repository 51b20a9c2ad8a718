//! Prints an open enum and the table of its texts.

use super::{
    source_file::{Row, SourceFile},
    tokens::{deprecated, docs, ident},
};
use crate::ir::Enumeration;
use quote::quote;

pub(super) fn enumeration(source: &mut SourceFile, enumeration: &Enumeration) {
    let (name, unknown) = (ident(&enumeration.name), ident(&enumeration.unknown));
    let docs = docs(&enumeration.docs);
    let deprecated = deprecated(enumeration.deprecated.as_ref());
    let variants = enumeration.variants.iter().map(|variant| {
        let (docs, name) = (super::tokens::docs(&variant.docs), ident(&variant.name));
        quote!(#docs #name)
    });
    source.items(quote! {
        #docs
        #deprecated
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants,)*
            /// A value that the model does not know.
            #unknown(::std::string::String),
        }
    });
    let rows = enumeration.variants.iter().map(|variant| {
        let (name, text) = (ident(&variant.name), &variant.text);
        Row { left: quote!(#name), right: quote!(#text) }
    });
    source.table("enumeration", quote!(#name unknown #unknown), rows);
}
