//! Prints the property test of the crate's lenses.

use super::{
    lib_rs::RECURSION_LIMIT,
    source_file::{Entry, SourceFile},
    tokens::ident,
};
use crate::{
    ir::{Crate, Member, Response, Structure, TypeDef},
    names,
    type_printer::one_line,
};
use proc_macro2::TokenStream;
use quote::{format_ident, quote};

pub(super) fn lens_tests(krate: &Crate) -> SourceFile {
    let library = format_ident!("{}", krate.library.as_deref().unwrap_or("crate"));
    let mut checks = Vec::new();
    for operation in &krate.operations {
        let module = ident(&operation.module);
        checks.extend(structure(&quote!(#library::#module), "", &operation.request));
        if let Response::Own(response) = &operation.response {
            checks.extend(structure(&quote!(#library::#module), "", response));
        }
    }
    for error in &krate.errors {
        checks.extend(structure(&quote!(#library::errors), "errors_", &error.structure));
    }
    checks.extend(krate.types.iter().filter_map(|def| type_def(&quote!(#library::types), def)));
    let mut source = SourceFile::new();
    source.docs(["Tests the laws of every lens and prism with random values."]);
    source.lines(&["#![allow(deprecated)]"]);
    if krate.needs_recursion_limit {
        source.lines(&[RECURSION_LIMIT]);
    }
    source.list("myrina::testing::laws!", checks);
    source
}

fn type_def(module: &TokenStream, def: &TypeDef) -> Option<Entry> {
    match def {
        TypeDef::Structure(item) => structure(module, "types_", item),
        TypeDef::Union(union) => {
            let name = ident(&union.name);
            Some(check(
                "prism",
                &format!("types_{}", union.name),
                quote!(#module::#name),
                lenses(&union.variants),
            ))
        }
        TypeDef::Enumeration(_) => None,
    }
}

fn structure(module: &TokenStream, prefix: &str, structure: &Structure) -> Option<Entry> {
    if structure.members.is_empty() {
        return None;
    }
    let name = ident(&structure.name);
    let test = format!("{prefix}{}", structure.name);
    let field = |member: &Member| format!("{}:{}", member.lens, member.field);
    let (law, members) = if structure.streaming {
        ("place", structure.members.iter().map(field).collect())
    } else {
        ("lens", lenses(&structure.members))
    };
    Some(check(law, &test, quote!(#module::#name), members))
}

fn lenses(members: &[Member]) -> Vec<String> {
    members.iter().map(|member| member.lens.clone()).collect()
}

/// One test: which laws, its name, the type, and the type's lenses.
fn check(law: &str, test: &str, ty: TokenStream, members: Vec<String>) -> Entry {
    Entry {
        opening: format!("{law} {}: {} {{", names::field_name(test), one_line(ty)),
        words: members,
        closing: "}",
    }
}
