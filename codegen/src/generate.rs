//! Generates one service: reads, lowers and emits.

use crate::{
    diagnostic::Diagnostics,
    emit,
    files::Files,
    ir::Crate,
    lower,
    model::Model,
    options::Options,
    overrides::{self, Overrides, built_in},
    read::{self, ModelFolder},
};
use std::path::Path;

/// The generated files of one service, with what they were made of.
#[derive(Debug)]
pub struct Generated {
    /// The number of operations.
    pub operations: usize,
    /// The number of types: requests, responses, errors and the rest.
    pub types: usize,
    /// The crate's files.
    pub files: Files,
}

/// Generates a crate from the model in `folder` and the overrides, whose path is relative to the folder's root. `None` if anything is
/// wrong, which is then added to `diagnostics`.
pub fn generate(
    folder: &ModelFolder,
    overrides: Option<&Path>,
    options: &Options,
    diagnostics: &mut Diagnostics,
) -> Option<Generated> {
    let krate = lower(folder, overrides, options, diagnostics)?;
    let files = if options.module { emit::emit_module_folder(&krate) } else { emit::emit(&krate) };
    let types = krate.types.len() + krate.errors.len() + 2 * krate.operations.len();
    Some(Generated { operations: krate.operations.len(), types, files })
}

/// Reads and lowers the model in `folder`, as [`generate`] does.
pub fn lower(
    folder: &ModelFolder,
    overrides: Option<&Path>,
    options: &Options,
    diagnostics: &mut Diagnostics,
) -> Option<Crate> {
    let mut found = Diagnostics::new();
    let model = read::model(folder, &mut found);
    let overrides = match overrides {
        Some(file) => overrides::read_file(&folder.root, file, &mut found),
        None => Some(Overrides::default()),
    };
    let is_valid = found.is_empty();
    diagnostics.extend(found);
    let (model, overrides) = (model?, overrides?);
    let mut mismatched = Diagnostics::new();
    overrides::check(&model, &overrides, options, &mut mismatched);
    let matches = mismatched.is_empty();
    diagnostics.extend(mismatched);
    // Lowering relies on the checks of the model; the overrides were checked all the same.
    let krate = is_valid.then(|| lower_lenient(&model, &overrides, options, diagnostics)).flatten();
    krate.filter(|_| matches)
}

/// Lowers a model with the overrides that fit it; the others have no effect.
pub fn lower_lenient(
    model: &Model,
    overrides: &Overrides,
    options: &Options,
    diagnostics: &mut Diagnostics,
) -> Option<Crate> {
    let overrides = built_in::merge_under(model, overrides, options);
    let model = overrides::apply(model, &overrides);
    lower::lower(&model, &overrides, options, diagnostics)
}
