//! The property test of the crate's lenses.

use super::{
    layout::{Source, Words, line},
    root::RECURSION_LIMIT,
    tokens::ident,
};
use crate::{
    ir::{Crate, Item, Member, Response, Structure},
    names,
};
use proc_macro2::TokenStream;
use quote::{format_ident, quote};

pub(super) fn laws(krate: &Crate) -> Source {
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
    checks.extend(krate.types.iter().filter_map(|item| self::item(&quote!(#library::types), item)));
    let mut source = Source::new();
    source.docs(["The laws of every lens and prism, with random values."]);
    source.lines(&["#![allow(deprecated)]"]);
    if krate.deep {
        source.lines(&[RECURSION_LIMIT]);
    }
    source.list("myrina::testing::laws!", checks);
    source
}

fn item(module: &TokenStream, item: &Item) -> Option<Words> {
    match item {
        Item::Structure(item) => structure(module, "types_", item),
        Item::Union(union) => {
            let name = ident(&union.name);
            Some(check(
                "prism",
                &format!("types_{}", union.name),
                quote!(#module::#name),
                lenses(&union.cases),
            ))
        }
        Item::Enumeration(_) => None,
    }
}

fn structure(module: &TokenStream, prefix: &str, structure: &Structure) -> Option<Words> {
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
fn check(law: &str, test: &str, ty: TokenStream, members: Vec<String>) -> Words {
    Words {
        opening: format!("{law} {}: {} {{", names::field_name(test), line(ty)),
        words: members,
        closing: "}",
    }
}
