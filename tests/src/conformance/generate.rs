//! Generates a module from the folder of a model.

use super::BoxError;
use myrina_codegen::{
    diagnostic::Diagnostics, emit, generate, ir::Crate, options::Options, read::ModelFolder, render,
};
use std::path::Path;

/// The generated code of one service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Module {
    /// The module's name.
    pub name: String,
    /// What is in it.
    pub text: String,
    /// The request types, by their paths below the module.
    pub requests: Vec<String>,
    /// The operations' names in the model, in the same order.
    pub operations: Vec<String>,
}

/// Generates the service whose model is in `folder`, as the module `name`. Fails with all that the generator finds wrong.
pub fn generate(folder: &Path, name: &str) -> Result<Module, BoxError> {
    generate_some(folder, name, None)
}

/// The same with these operations only, if any are named.
pub(super) fn generate_some(
    folder: &Path,
    name: &str,
    operations: Option<Vec<String>>,
) -> Result<Module, BoxError> {
    let mut diagnostics = Diagnostics::new();
    let options = options(folder, name).operations(operations);
    let krate = generate::lower(&ModelFolder::new("", folder), None, &options, &mut diagnostics);
    let krate = krate.ok_or_else(|| render::render(&diagnostics, Path::new(""), false))?;
    Ok(Module {
        name: name.to_owned(),
        text: emit::emit_module(&krate),
        requests: requests(&krate),
        operations: names(&krate),
    })
}

fn requests(krate: &Crate) -> Vec<String> {
    let operations = krate.operations.iter();
    operations.map(|operation| format!("{}::{}", operation.module, operation.request.name)).collect()
}

fn names(krate: &Crate) -> Vec<String> {
    krate.operations.iter().map(|operation| operation.wire_name.clone()).collect()
}

fn options(folder: &Path, name: &str) -> Options {
    Options::new(name, folder).input(name).overrides_file("").without_builtin()
}
