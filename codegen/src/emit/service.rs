//! Prints the schema of the service.

use super::{
    source_file::SourceFile,
    tokens::{ident, interceptors},
    traits::service_traits,
};
use crate::ir::Crate;
use quote::quote;

pub(super) fn service(krate: &Crate) -> SourceFile {
    let service = &krate.service;
    let (id, name, version) = (&service.id, &service.name, &service.api_version);
    let prefix = &service.endpoint_prefix;
    let protocol = ident(service.protocol.info().runtime_static);
    let traits = service_traits(&service.traits);
    let errors: Vec<_> = krate.errors.iter().map(|error| ident(&error.structure.name)).collect();
    let import = (!errors.is_empty()).then(|| {
        quote!(
            use super::errors;
        )
    });
    let rules = krate.endpoint_rules.as_ref().map(|_| quote!(.endpoint_rules(&super::endpoint::RULES)));
    let list = interceptors(&service.customizations);
    let interceptors = list.as_ref().map(|_| quote!(.interceptors(INTERCEPTORS)));
    let mut source = SourceFile::new();
    source.docs(["The schema of the service."]);
    source.items(quote! {
        #import
        use myrina::codegen::{ErrorSchema, ServiceSchema, protocol};

        /// The schema of the service, which all operations share.
        pub(crate) static SERVICE: ServiceSchema =
            ServiceSchema::new(#id, #name, #version, #prefix, &protocol::#protocol) #traits .errors(ERRORS) #rules #interceptors;

        /// All errors of the service, which also sends errors that an operation does not list.
        const ERRORS: &[&ErrorSchema] = &[#(errors::#errors::ERROR),*];

        #list
    });
    source
}
