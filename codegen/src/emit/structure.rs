//! A structure: the type, and its table.

use super::{
    layout::{Row, Source},
    tokens::{Std, deprecated, description, docs, ident},
};
use crate::ir::{Crate, Member, Structure};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

pub(super) fn structure(source: &mut Source, krate: &Crate, structure: &Structure) {
    let std = Std::of(krate);
    source.items(definition(&std, structure));
    source.table("structure", head(&std, structure), rows(&std, &structure.members));
}

fn definition(std: &Std, structure: &Structure) -> TokenStream {
    let name = ident(&structure.name);
    let docs = docs(&structure.docs);
    let deprecated = deprecated(structure.deprecated.as_ref());
    let derive = if structure.streaming { quote!() } else { quote!(#[derive(Clone, PartialEq)]) };
    let fields = structure.members.iter().map(|member| field(std, member));
    quote! {
        #docs
        #deprecated
        #derive
        #[non_exhaustive]
        pub struct #name { #(#fields,)* }
    }
}

fn field(std: &Std, member: &Member) -> TokenStream {
    let name = ident(&member.field);
    let docs = docs(&member.docs);
    let deprecated = deprecated(member.deprecated.as_ref());
    let ty = std.field(member);
    quote!(#docs #deprecated pub #name: #ty)
}

fn head(std: &Std, structure: &Structure) -> TokenStream {
    let name = ident(&structure.name);
    let shape = &structure.wire_name;
    let arguments = structure.required().map(|member| {
        let (field, argument) = (ident(&member.field), std.argument(&member.ty));
        quote!(#field: #argument)
    });
    quote!(#name #shape new(#(#arguments);*))
}

fn rows(std: &Std, members: &[Member]) -> Vec<Row> {
    let row = |(index, member): (usize, &Member)| {
        let index = Literal::usize_unsuffixed(index);
        let (lens, field) = (ident(&member.lens), ident(&member.field));
        let kind = std.kind(member);
        Row { left: quote!(#index #lens #field: #kind), right: description(&member.description) }
    };
    members.iter().enumerate().map(row).collect()
}
