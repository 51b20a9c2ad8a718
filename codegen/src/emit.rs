//! Prints a [`Crate`] as the text of files. Nothing is decided here.
//!
//! There is one module for each kind of item and one `quote!` for each item. prettyplease formats items; `source_file` and
//! `nested` print the tables that the runtime's macros read, one row per line.

mod dynamic;
mod endpoint;
mod enumeration;
mod error;
mod example;
mod lens_tests;
mod lib_rs;
mod manifest;
mod modules;
mod nested;
mod operation;
mod operation_docs;
mod readme;
mod service;
mod source_file;
mod structure;
mod tokens;
mod traits;
mod union;

use crate::{
    files::{self, Files},
    ir::Crate,
    markdown::escape,
};
use modules::Visibility;

/// Prints a crate: its files, by their path in the crate's folder.
pub fn emit(krate: &Crate) -> Files {
    let mut files = Files::new();
    let header = header(krate);
    let modules = modules::modules(krate);
    files.add("Cargo.toml", format!("# {header}\n\n{}", manifest::manifest(krate)));
    files.add("README.md", format!("<!-- {header} -->\n\n{}", readme::readme(krate)));
    files.add("src/lib.rs", format!("// {header}\n\n{}", lib_rs::lib_rs(krate, &modules).finish()));
    files.add("tests/lens_laws.rs", format!("// {header}\n\n{}", lens_tests::lens_tests(krate).finish()));
    for module in modules {
        let path = format!("src/{}.rs", module.name.trim_start_matches("r#"));
        files.add(path, format!("// {header}\n\n{}", module.source.finish()));
    }
    files
}

/// Prints the same modules as the text of one file, for a module of a user's crate. Modules that need a feature are left out.
pub fn emit_module(krate: &Crate) -> String {
    let mut text = format!("// {}\n", header(krate));
    for feature in &krate.runtime_features {
        text.push_str(&format!("\n::myrina::needs_{feature}!();\n"));
    }
    text + &nested_modules(krate)
}

/// Prints the modules one after the other.
fn nested_modules(krate: &Crate) -> String {
    let mut text = String::new();
    for module in modules::modules(krate).into_iter().filter(|module| module.feature.is_none()) {
        let visibility = match module.visibility {
            Visibility::Public => "pub ",
            Visibility::Private => "",
        };
        let (name, source) = (module.name, module.source.finish());
        text.push_str(&format!("\n{visibility}mod {name} {{\n{source}}}\n"));
    }
    text
}

/// Prints the same modules as the only file of a folder in a crate's sources. The manifest of that crate has the features, which may
/// depend on its own.
pub fn emit_module_folder(krate: &Crate) -> Files {
    let mut files = Files::new();
    files.add("mod.rs", format!("// {}\n{}", header(krate), nested_modules(krate)));
    files
}

/// The first line of each file: the generator, its input, and the command that runs it again.
fn header(krate: &Crate) -> String {
    let Crate { input, command, .. } = krate;
    format!(
        "{} from {}: change that, and run `{command}`.",
        files::GENERATED_MARKER,
        escape::path_in_comment(input)
    )
}
