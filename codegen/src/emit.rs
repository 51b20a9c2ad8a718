//! From what is to be printed to the text of files: nothing is decided here.
//!
//! One module for each kind of thing, one `quote!` for each item. Items are laid out one by one by prettyplease; the tables
//! that the runtime's macros read are laid out by `layout`, a row a line.

mod dynamic;
mod endpoint;
mod enumeration;
mod error;
mod laws;
mod layout;
mod manifest;
mod operation;
mod page;
mod readme;
mod root;
mod service;
mod structure;
mod tokens;
mod union;

use crate::{
    files::Files,
    ir::{Crate, Item, Member},
    markdown::text,
};
use layout::Source;
use proc_macro2::TokenStream;
use quote::quote;
use tokens::Std;

/// The files of a crate, by their path below its folder.
pub fn emit(krate: &Crate) -> Files {
    let mut files = Files::new();
    let header = header(krate);
    files.add("Cargo.toml", format!("# {header}\n\n{}", manifest::manifest(krate)));
    files.add("README.md", format!("<!-- {header} -->\n\n{}", readme::readme(krate)));
    files.add("src/dynamic.rs", format!("// {header}\n\n{}", dynamic::dynamic(krate).finish()));
    files.add("src/lib.rs", format!("// {header}\n\n{}", root::root(krate).finish()));
    files.add("tests/lens_laws.rs", format!("// {header}\n\n{}", laws::laws(krate).finish()));
    for (name, _, source) in modules(krate) {
        let path = format!("src/{}.rs", name.trim_start_matches("r#"));
        files.add(path, format!("// {header}\n\n{}", source.finish()));
    }
    files
}

/// The same as the text of one file, to be included where a module is.
pub fn emit_module(krate: &Crate) -> String {
    let mut text = format!("// {}\n", header(krate));
    for (name, public, source) in modules(krate) {
        let visibility = if public { "pub " } else { "" };
        text.push_str(&format!("\n{visibility}mod {name} {{\n{}}}\n", source.finish()));
    }
    text
}

/// The type of a member's field, or of what a case holds, as the crate writes it.
pub(crate) fn type_text(krate: &Crate, member: &Member, case: bool) -> String {
    let std = Std::of(krate);
    layout::line(if case { std.ty(&member.ty) } else { std.field(member) })
}

/// The modules of a crate: name, whether it is public, and what is in it.
fn modules(krate: &Crate) -> Vec<(&str, bool, Source)> {
    let operations = krate
        .operations
        .iter()
        .map(|operation| (&*operation.module, true, operation::operation(krate, operation)));
    let rest = [
        ("errors", true, errors(krate)),
        ("service", false, service::service(krate)),
        ("types", true, types(krate)),
    ];
    let rules = krate.endpoint_rules.as_ref().map(|rules| ("endpoint", false, endpoint::endpoint(rules)));
    operations.chain(rest).chain(rules).collect()
}

/// The modules that every module refers to, whether it is the root of a crate that they are in or a module.
fn siblings() -> TokenStream {
    quote! {
        #[allow(unused_imports)]
        use super::{errors, types};
    }
}

/// The first line of each file: what made it, of what, and how to make it again.
fn header(krate: &Crate) -> String {
    let Crate { input, command, .. } = krate;
    format!("{} from {}: change that, and run `{command}`.", crate::files::MARK, text::path(input))
}

fn types(krate: &Crate) -> Source {
    let mut source = Source::new();
    source.docs(["The structures, unions and enums that requests and responses are made of."]);
    source.items(siblings());
    for item in &krate.types {
        match item {
            Item::Structure(item) => structure::structure(&mut source, krate, item),
            Item::Union(item) => union::union(&mut source, krate, item),
            Item::Enumeration(item) => enumeration::enumeration(&mut source, item),
        }
    }
    source
}

fn errors(krate: &Crate) -> Source {
    let mut source = Source::new();
    source.docs([
        "The errors that the service's model describes.",
        "",
        "What a call returns is a [`myrina::Error`]; the prism `IN_ERROR` of each type here tells whether it is that error,",
        "and gives its data.",
    ]);
    source.items(siblings());
    for error in &krate.errors {
        error::error(&mut source, krate, error);
    }
    source
}
