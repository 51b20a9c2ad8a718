//! The property test of the crate's lenses.

use super::{
    layout::Source,
    tokens::{ident, path},
};
use crate::ir::{Crate, Item, Member, Module, Path, Response, Structure};
use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

pub(super) fn laws(krate: &Crate) -> Source {
    let library = format_ident!("{}", krate.name.replace('-', "_"));
    let mut source = Source::new();
    source.docs(["The laws of every lens and prism, with random values."]);
    source.items(quote! {
        #![allow(deprecated)]

        #[allow(unused_imports)]
        use #library::{errors, types};
        use myrina::testing::{lens_laws, place_laws, prism_laws};
    });
    let operations = krate.operations.iter().map(|operation| {
        let module = ident(&operation.module);
        let request = check(&quote!(#library::#module), &operation.request);
        let response = match &operation.response {
            Response::Own(response) => check(&quote!(#library::#module), response),
            Response::Shared { .. } => quote!(),
        };
        quote!(#request #response)
    });
    source.items(test("requests_and_responses", operations));
    let errors = krate.errors.iter().map(|error| check(&quote!(errors), &error.structure));
    source.items(test("errors_", errors));
    source.items(test("types_", krate.types.iter().map(item)));
    source
}

fn test(name: &str, checks: impl Iterator<Item = TokenStream>) -> TokenStream {
    let name = format_ident!("{}", name);
    quote! {
        #[test]
        fn #name() {
            #(#checks)*
        }
    }
}

fn item(item: &Item) -> TokenStream {
    match item {
        Item::Structure(structure) => check(&quote!(types), structure),
        Item::Union(union) => {
            let name = path(&Path { module: Module::Types, name: union.name.clone() });
            let prisms = rows(&union.cases);
            quote!(prism_laws!(#name { #(#prisms)* });)
        }
        Item::Enumeration(_) => quote!(),
    }
}

fn check(module: &TokenStream, structure: &Structure) -> TokenStream {
    let name = ident(&structure.name);
    if structure.members.is_empty() {
        return quote!();
    }
    if structure.streaming {
        let lenses = structure.members.iter().map(|member| {
            let (lens, field) = (ident(&member.lens), ident(&member.field));
            quote!(#lens #field)
        });
        return quote!(place_laws!(#module::#name { #(#lenses),* }););
    }
    let lenses = rows(&structure.members);
    quote!(lens_laws!(#module::#name { #(#lenses)* });)
}

fn rows(members: &[Member]) -> impl Iterator<Item = TokenStream> {
    members.iter().enumerate().map(|(index, member)| {
        let (index, lens) = (Literal::usize_unsuffixed(index), ident(&member.lens));
        quote!(#index #lens)
    })
}
