//! Prints the module of an operation: request, response, and the implementation of `Operation`.

use super::{
    endpoint, operation_docs,
    source_file::SourceFile,
    structure,
    tokens::{docs, ident, interceptors, path},
    traits::{input_traits, operation_traits},
};
use crate::{
    ir::{Operation, Response},
    type_graph::TypeGraph,
};
use proc_macro2::TokenStream;
use quote::quote;

pub(super) fn operation(types: &TypeGraph<'_>, operation: &Operation) -> SourceFile {
    let krate = types.krate;
    let mut source = SourceFile::new();
    source.docs(operation_docs::operation_docs(types, operation));
    source.items(super::modules::sibling_imports());
    structure::structure(&mut source, krate, &operation.request);
    match &operation.response {
        Response::Own(response) => structure::structure(&mut source, krate, response),
        Response::Shared { name, docs, target, .. } => {
            let (name, target) = (ident(name), path(target));
            let docs = self::docs(docs);
            source.items(quote!(#docs pub type #name = #target;));
        }
    }
    if !operation.errors.is_empty() {
        source.items(errors(operation));
    }
    if !operation.context.is_empty() {
        source.items(endpoint::context(&operation.context));
    }
    if let Some(interceptors) = interceptors(&operation.customizations) {
        source.items(interceptors);
    }
    source.items(implementation(operation));
    source
}

fn implementation(operation: &Operation) -> TokenStream {
    let (request, response) = (ident(&operation.request.name), ident(operation.response.name()));
    let (name, method, uri) = (&operation.wire_name, &operation.method, &operation.uri);
    let (input_traits, traits) =
        (self::input_traits(&operation.input_traits), operation_traits(&operation.traits));
    let errors = (!operation.errors.is_empty()).then(|| quote!(.errors(ERRORS)));
    let context = (!operation.context.is_empty()).then(|| quote!(.context(CONTEXT)));
    let interceptors = (!operation.customizations.is_empty()).then(|| quote!(.interceptors(INTERCEPTORS)));
    quote! {
        impl myrina::codegen::Operation for #request {
            type Response = #response;

            const SCHEMA: &'static myrina::codegen::OperationSchema = &myrina::codegen::OperationSchema::new(
                &super::service::SERVICE,
                #name,
                #method,
                #uri,
                myrina::codegen::describe::structure::<#request>("") #input_traits,
                myrina::codegen::describe::structure::<#response>(""),
            ) #traits #errors #context #interceptors;
        }
    }
}

/// The errors that the operation lists.
fn errors(operation: &Operation) -> TokenStream {
    let errors = operation.errors.iter().map(|error| ident(error));
    quote!(const ERRORS: &[&myrina::codegen::ErrorSchema] = &[#(errors::#errors::ERROR),*];)
}
