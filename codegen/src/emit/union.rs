//! Prints a union: an enum with a variant for each member, and its table.

use super::{
    source_file::{Row, SourceFile},
    tokens::{PreludePaths, deprecated, docs, ident},
    traits::schema,
};
use crate::{
    ir::{Crate, Member, Type, Union},
    names,
};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

pub(super) fn union(source: &mut SourceFile, krate: &Crate, union: &Union) {
    let prelude = PreludePaths::of(krate);
    source.items(definition(&prelude, union));
    let name = ident(&union.name);
    let (shape, unknown) = (&union.wire_name, ident(&union.unknown));
    source.table("union", quote!(#name #shape unknown #unknown), rows(&prelude, union));
    if union.attribute_value {
        source.call("attribute_value", quote!(#name));
    }
}

fn definition(prelude: &PreludePaths, union: &Union) -> TokenStream {
    let name = ident(&union.name);
    let docs = docs(&union.docs);
    let deprecated = deprecated(union.deprecated.as_ref());
    let variants = union.variants.iter().map(|variant| {
        let docs = super::tokens::docs(&variant.docs);
        let deprecated = super::tokens::deprecated(variant.deprecated.as_ref());
        let (name, ty) = (ident(&variant.field), prelude.ty(&variant.ty));
        quote!(#docs #deprecated #name(#ty))
    });
    let unknown = ident(&union.unknown);
    let string = prelude.string();
    quote! {
        #docs
        #deprecated
        #[derive(Clone, PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants,)*
            /// A variant that the model does not know, by its name. It cannot be sent.
            #unknown(#string),
        }
    }
}

fn rows(prelude: &PreludePaths, union: &Union) -> Vec<Row> {
    let row = |(index, variant): (usize, &Member)| {
        let index = Literal::usize_unsuffixed(index);
        let (prism, name, ty) = (ident(&variant.lens), ident(&variant.field), prelude.ty(&variant.ty));
        let (accessor, view) = (ident(&names::accessor_name(&variant.lens)), view(prelude, &variant.ty));
        Row { left: quote!(#index #prism #name #accessor #view: #ty), right: schema(&variant.schema) }
    };
    union.variants.iter().enumerate().map(row).collect()
}

/// What the accessor of a variant returns, in an `Option`, if it is no reference to the value itself.
fn view(prelude: &PreludePaths, ty: &Type) -> Option<TokenStream> {
    match ty {
        Type::Bool | Type::I32 | Type::I64 | Type::F32 | Type::F64 | Type::Timestamp => {
            let ty = prelude.ty(ty);
            Some(quote!((#ty)))
        }
        Type::String => Some(quote!((&str))),
        Type::List(element) => {
            let element = prelude.ty(element);
            Some(quote!((&[#element])))
        }
        Type::Boxed(inner) => {
            let inner = prelude.ty(inner);
            Some(quote!((&#inner)))
        }
        _ => None,
    }
}
