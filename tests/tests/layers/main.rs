//! Imports inside the runtime and the generator go one way: down the table of layers in the crate's documentation.
//!
//! Each crate has a table `| layer | rooms | holds |` in the documentation of its `lib.rs`, bottom layer first. A room is a
//! module, such as `client`, or a module inside one, such as `operation::schema`; a file belongs to the room with the longest
//! matching name. A file may import its own room and rooms of lower layers; rooms of the same layer may import each other as
//! long as that makes no circle. Tests and macros for generated code are exempt.

mod imports;
mod rules;
mod table;

use std::path::{Path, PathBuf};

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace is above").to_path_buf()
}

/// Fails with one line for each import of the crate that breaks a rule.
fn check(package: &str) {
    let workspace = workspace();
    let source = workspace.join(package).join("src");
    let root = std::fs::read_to_string(source.join("lib.rs")).expect("a library");
    let table = table::Table::of_docs(&root);
    assert!(
        !table.rooms.is_empty(),
        "{package}/src/lib.rs: no table `| layer | rooms | holds |` in the crate's documentation"
    );
    let files = imports::collect(&workspace, &source);
    let errors = rules::violations(&table, &files, &format!("{package}/src/lib.rs"));
    assert!(
        errors.is_empty(),
        "{} imports or rooms break the layers of {package}:\n{}",
        errors.len(),
        errors.join("\n")
    );
}

#[test]
fn imports_of_the_runtime_go_down() {
    check("runtime");
}

#[test]
fn imports_of_the_generator_go_down() {
    check("codegen");
}
