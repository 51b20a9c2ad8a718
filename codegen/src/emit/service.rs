//! The description of the service.

use super::{
    layout::Source,
    tokens::{calls, ident, interceptors},
};
use crate::ir::{Crate, Protocol};
use quote::{format_ident, quote};

pub(super) fn service(krate: &Crate) -> Source {
    let service = &krate.service;
    let (id, name, version) = (&service.id, &service.name, &service.api_version);
    let prefix = &service.endpoint_prefix;
    let protocol = format_ident!("{}", protocol(service.protocol));
    let traits = calls(&service.traits);
    let errors: Vec<_> = krate.errors.iter().map(|error| ident(&error.structure.name)).collect();
    let import = (!errors.is_empty()).then(|| {
        quote!(
            use super::errors;
        )
    });
    let rules = krate.endpoint_rules.as_ref().map(|_| quote!(.endpoint_rules(&super::endpoint::RULES)));
    let interceptors = interceptors(&service.customizations);
    let interceptors = interceptors.as_ref().map(|_| quote!(.interceptors(INTERCEPTORS)));
    let mut source = Source::new();
    source.docs(["The description of the service."]);
    source.items(quote! {
        #import
        use myrina::codegen::{ErrorSchema, ServiceSchema, protocol};

        /// What holds for all operations.
        pub(crate) static SERVICE: ServiceSchema =
            ServiceSchema::new(#id, #name, #version, #prefix, &protocol::#protocol) #traits .errors(ERRORS) #rules #interceptors;

        /// All errors of the service, for those that an operation's list does not have.
        const ERRORS: &[&ErrorSchema] = &[#(errors::#errors::ERROR),*];

        #interceptors
    });
    source
}

fn protocol(protocol: Protocol) -> &'static str {
    match protocol {
        Protocol::Json => "AWS_JSON",
        Protocol::RestJson => "REST_JSON",
        Protocol::RestXml => "REST_XML",
        Protocol::Cbor => "RPC_CBOR",
        Protocol::Query => "AWS_QUERY",
        Protocol::Ec2 => "EC2_QUERY",
    }
}
