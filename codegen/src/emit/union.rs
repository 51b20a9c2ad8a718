//! A union: an enum with a case for each member, and its table.

use super::{
    layout::{Row, Source},
    tokens::{Std, deprecated, description, docs, ident},
};
use crate::ir::{Crate, Union};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

pub(super) fn union(source: &mut Source, krate: &Crate, union: &Union) {
    let std = Std::of(krate);
    source.items(definition(&std, union));
    let name = ident(&union.name);
    let (shape, unknown) = (&union.wire_name, ident(&union.unknown));
    source.table("union", quote!(#name #shape unknown #unknown), rows(&std, union));
}

fn definition(std: &Std, union: &Union) -> TokenStream {
    let name = ident(&union.name);
    let docs = docs(&union.docs);
    let deprecated = deprecated(union.deprecated.as_ref());
    let cases = union.cases.iter().map(|case| {
        let docs = super::tokens::docs(&case.docs);
        let deprecated = super::tokens::deprecated(case.deprecated.as_ref());
        let (name, ty) = (ident(&case.field), std.ty(&case.ty));
        quote!(#docs #deprecated #name(#ty))
    });
    let unknown = ident(&union.unknown);
    let string = std.string();
    quote! {
        #docs
        #deprecated
        #[derive(Clone, PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#cases,)*
            /// A case that the model does not know, by its name. It cannot be sent.
            #unknown(#string),
        }
    }
}

fn rows(std: &Std, union: &Union) -> Vec<Row> {
    let row = |(index, case): (usize, &crate::ir::Member)| {
        let index = Literal::usize_unsuffixed(index);
        let (prism, name, ty) = (ident(&case.lens), ident(&case.field), std.ty(&case.ty));
        Row { left: quote!(#index #prism #name: #ty), right: description(&case.description) }
    };
    union.cases.iter().enumerate().map(row).collect()
}
