//! From what is to be printed to the text of files: nothing is decided here.
//!
//! One module for each kind of thing, one `quote!` for each item. Items are laid out one by one by prettyplease; the tables
//! that the runtime's macros read are laid out by [`layout`], a row a line.

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
    ir::{Crate, Item},
};
use layout::Source;

/// The files of a crate, by their path below its folder.
pub fn emit(krate: &Crate) -> Files {
    let mut files = Files::new();
    let header = header(&krate.input);
    files.add("Cargo.toml", format!("# {header}\n\n{}", manifest::manifest(krate)));
    files.add("README.md", format!("<!-- {header} -->\n\n{}", readme::readme(krate)));
    let mut source =
        |path: &str, source: Source| files.add(path, format!("// {header}\n\n{}", source.finish()));
    source("src/lib.rs", root::root(krate));
    source("src/service.rs", service::service(krate));
    source("src/types.rs", types(krate));
    source("src/errors.rs", errors(krate));
    for operation in &krate.operations {
        let module = operation.module.trim_start_matches("r#");
        source(&format!("src/{module}.rs"), operation::operation(krate, operation));
    }
    source("tests/lens_laws.rs", laws::laws(krate));
    files
}

/// The first line of each file: what made it, of what, and how to make it again.
fn header(input: &str) -> String {
    format!("{} from {input}: change that, and run `cargo codegen`.", crate::files::MARK)
}

fn types(krate: &Crate) -> Source {
    let mut source = Source::new();
    source.docs(["The structures, unions and enums that requests and responses are made of."]);
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
    for error in &krate.errors {
        error::error(&mut source, krate, error);
    }
    source
}
