//! Prints a structure: the type and its table.

use super::{
    source_file::{Row, SourceFile},
    tokens::{PreludePaths, argument_kind, deprecated, docs, field_kind, ident},
    traits::schema,
};
use crate::ir::{Crate, Member, Structure};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

pub(super) fn structure(source: &mut SourceFile, krate: &Crate, structure: &Structure) {
    let prelude = PreludePaths::of(krate);
    source.items(definition(&prelude, structure));
    source.table("structure", head(&prelude, structure), rows(&prelude, &structure.members));
}

fn definition(prelude: &PreludePaths, structure: &Structure) -> TokenStream {
    let name = ident(&structure.name);
    let docs = docs(&structure.docs);
    let deprecated = deprecated(structure.deprecated.as_ref());
    let derive = if structure.streaming { quote!() } else { quote!(#[derive(Clone, PartialEq)]) };
    let fields = structure.members.iter().map(|member| field(prelude, member));
    quote! {
        #docs
        #deprecated
        #derive
        #[non_exhaustive]
        pub struct #name { #(#fields,)* }
    }
}

fn field(prelude: &PreludePaths, member: &Member) -> TokenStream {
    let name = ident(&member.field);
    let docs = docs(&member.docs);
    let deprecated = deprecated(member.deprecated.as_ref());
    let ty = prelude.field(member);
    quote!(#docs #deprecated pub #name: #ty)
}

fn head(prelude: &PreludePaths, structure: &Structure) -> TokenStream {
    let name = ident(&structure.name);
    let shape = &structure.wire_name;
    let arguments = structure.required().map(|member| {
        let (field, argument) = (ident(&member.field), argument_kind(prelude, &member.ty));
        quote!(#field: #argument)
    });
    quote!(#name #shape new(#(#arguments);*))
}

fn rows(prelude: &PreludePaths, members: &[Member]) -> Vec<Row> {
    let row = |(index, member): (usize, &Member)| {
        let index = Literal::usize_unsuffixed(index);
        let (lens, field) = (ident(&member.lens), ident(&member.field));
        let kind = field_kind(prelude, member);
        Row { left: quote!(#index #lens #field: #kind), right: schema(&member.schema) }
    };
    members.iter().enumerate().map(row).collect()
}
