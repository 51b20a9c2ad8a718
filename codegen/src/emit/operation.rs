//! The module of one operation: request, response, and what joins them.

use super::{
    layout::Source,
    page, structure,
    tokens::{calls, docs, ident, path},
};
use crate::ir::{Crate, Docs, Operation, Response};
use proc_macro2::TokenStream;
use quote::quote;

pub(super) fn operation(krate: &Crate, operation: &Operation) -> Source {
    let mut source = Source::new();
    source.docs(page::page(krate, operation));
    source.items(quote! {
        #[allow(unused_imports)]
        use super::{errors, types};
        use myrina::codegen::{Operation, OperationSchema, describe};
    });
    structure::structure(&mut source, krate, &operation.request);
    match &operation.response {
        Response::Own(response) => structure::structure(&mut source, krate, response),
        Response::Shared { name, target, .. } => {
            let (name, target) = (ident(name), path(target));
            let docs =
                docs(&Docs { lines: vec![format!("What [`{}`](self) answers.", operation.wire_name)] });
            source.items(quote!(#docs pub type #name = #target;));
        }
    }
    source.items(implementation(operation));
    source
}

fn implementation(operation: &Operation) -> TokenStream {
    let (request, response) = (ident(&operation.request.name), ident(operation.response.name()));
    let (name, method, uri) = (&operation.wire_name, &operation.method, &operation.uri);
    let (input_traits, traits) = (calls(&operation.input_traits), calls(&operation.traits));
    let list = operation.errors.iter().map(|error| ident(error));
    let errors = (!operation.errors.is_empty()).then(|| quote!(.errors(&[#(errors::#list::ERROR),*])));
    quote! {
        impl Operation for #request {
            type Response = #response;

            const SCHEMA: &'static OperationSchema = &OperationSchema::new(
                &super::service::SERVICE,
                #name,
                #method,
                #uri,
                describe::structure::<#request>("") #input_traits,
                describe::structure::<#response>(""),
            ) #traits #errors;
        }
    }
}
