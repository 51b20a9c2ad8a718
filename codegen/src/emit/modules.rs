//! The modules of a crate as data: the list of files and `lib.rs` follow from it.

use super::{
    dynamic, endpoint, enumeration, error, operation, service, source_file::SourceFile, structure, union,
};
use crate::{
    ir::{Crate, TypeDef},
    names::{DYNAMIC_MODULE, ENDPOINT_MODULE, ERRORS_MODULE, SERVICE_MODULE, TYPES_MODULE},
    type_graph::TypeGraph,
};
use proc_macro2::TokenStream;
use quote::quote;

/// One module of a crate.
pub(super) struct Module<'c> {
    pub(super) name: &'c str,
    pub(super) visibility: Visibility,
    /// The feature of the crate without which the module is left out.
    pub(super) feature: Option<&'static str>,
    pub(super) source: SourceFile,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Visibility {
    Public,
    Private,
}

/// The modules, in the order of their declarations.
pub(super) fn modules(krate: &Crate) -> Vec<Module<'_>> {
    let types = TypeGraph::of(krate);
    let module = |name, visibility, source| Module { name, visibility, feature: None, source };
    let operations = krate.operations.iter().map(|operation| {
        module(&*operation.module, Visibility::Public, operation::operation(&types, operation))
    });
    let rules = krate.endpoint_rules.as_ref().map(endpoint::endpoint);
    let endpoint = rules.map(|source| module(ENDPOINT_MODULE, Visibility::Private, source));
    let dynamic = Module {
        feature: Some("dynamic"),
        ..module(DYNAMIC_MODULE, Visibility::Public, dynamic::dynamic(krate))
    };
    let rest = [
        module(ERRORS_MODULE, Visibility::Public, errors_module(krate)),
        module(SERVICE_MODULE, Visibility::Private, service::service(krate)),
        module(TYPES_MODULE, Visibility::Public, types_module(krate)),
    ];
    operations.chain([dynamic]).chain(endpoint).chain(rest).collect()
}

/// The import of the modules that the code of every module refers to, in a crate or in a module of a user's crate.
pub(super) fn sibling_imports() -> TokenStream {
    quote! {
        #[allow(unused_imports)]
        use super::{errors, types};
    }
}

fn types_module(krate: &Crate) -> SourceFile {
    let mut source = SourceFile::new();
    source.docs(["The structures, unions and enums in requests and responses."]);
    source.items(sibling_imports());
    for def in &krate.types {
        match def {
            TypeDef::Structure(structure) => structure::structure(&mut source, krate, structure),
            TypeDef::Union(union) => union::union(&mut source, krate, union),
            TypeDef::Enumeration(enumeration) => enumeration::enumeration(&mut source, enumeration),
        }
    }
    source
}

fn errors_module(krate: &Crate) -> SourceFile {
    let mut source = SourceFile::new();
    source.docs([
        "The errors that the service's model describes.",
        "",
        "A call returns a [`myrina::Error`]. The prism `IN_ERROR` of each type here matches that error and returns its data.",
    ]);
    source.items(sibling_imports());
    for error in &krate.errors {
        error::error(&mut source, krate, error);
    }
    source
}
