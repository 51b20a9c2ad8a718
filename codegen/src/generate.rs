//! The whole way, for one service or for all that a workspace file names: read, lower, emit, compare.

use crate::{
    diagnostic::Diagnostics,
    emit,
    files::{Files, Plan, PlanError},
    ir::Crate,
    lower,
    model::Model,
    options::Options,
    overrides::{self, Overrides, builtin},
    parallel, read,
    workspace::config::{Config, ServiceConfig},
};
use std::{
    path::Path,
    time::{Duration, Instant},
};

/// What became of one service.
#[derive(Debug)]
pub struct Outcome {
    /// The folder in the catalogue.
    pub service: String,
    /// The number of operations.
    pub operations: usize,
    /// The number of types: requests, responses, errors and the rest.
    pub shapes: usize,
    /// What is to be done to its folder.
    pub plan: Plan,
    /// How long it took to read, lower, emit and compare.
    pub time: Duration,
}

/// Why there is no outcome.
#[derive(Debug)]
pub enum Failure {
    /// The input is wrong.
    Input(Diagnostics),
    /// The output folder cannot be read or written, or holds files that are not ours.
    Output(PlanError),
}

impl From<PlanError> for Failure {
    fn from(error: PlanError) -> Self {
        Self::Output(error)
    }
}

/// The generated files of one service, with what they were made of.
#[derive(Debug)]
pub struct Generated {
    /// The number of operations.
    pub operations: usize,
    /// The number of types: requests, responses, errors and the rest.
    pub shapes: usize,
    /// The crate's files.
    pub files: Files,
}

/// Plans all services of a workspace file, several at once. Nothing is written; every problem in any input is told, in the order
/// of the services.
pub fn plan(root: &Path, config: &Config) -> Result<Vec<Outcome>, Failure> {
    let size = |service: &ServiceConfig| service.model_size(root);
    let planned = parallel::map(&config.services, parallel::threads(), size, |service| {
        let mut found = Diagnostics::new();
        let planned = plan_service(root, service, &mut found);
        (planned, found)
    });
    let mut diagnostics = Diagnostics::new();
    let mut outcomes = Vec::new();
    for (outcome, found) in planned {
        diagnostics.extend(found);
        outcomes.push(outcome);
    }
    if !diagnostics.is_empty() {
        return Err(Failure::Input(diagnostics));
    }
    Ok(outcomes.into_iter().flatten().collect::<Result<_, _>>()?)
}

/// `None` where the input is wrong.
fn plan_service(
    root: &Path,
    service: &ServiceConfig,
    diagnostics: &mut Diagnostics,
) -> Option<Result<Outcome, PlanError>> {
    let started = Instant::now();
    let Generated { operations, shapes, files } = generate(root, service, diagnostics)?;
    let outcome = |plan| {
        let time = started.elapsed();
        Outcome { service: service.name.clone(), operations, shapes, plan, time }
    };
    Some(Plan::new(&root.join(&service.output), &files).map(outcome))
}

/// Reads, lowers and emits one service. `None` where something is wrong; `diagnostics` then say what.
pub fn generate(root: &Path, service: &ServiceConfig, diagnostics: &mut Diagnostics) -> Option<Generated> {
    let folder = service.model_folder(root, diagnostics)?;
    generate_elsewhere(root, service, root, &folder, diagnostics)
}

/// The same from a model that is not at its place yet: in `folder` below `base`.
pub(crate) fn generate_elsewhere(
    root: &Path,
    service: &ServiceConfig,
    base: &Path,
    folder: &Path,
    diagnostics: &mut Diagnostics,
) -> Option<Generated> {
    let mut options = service.options(folder);
    let folder = if base == root { folder.to_owned() } else { base.join(folder) };
    // For messages.
    options.model_file = folder.join(read::MODEL_FILE);
    let krate = lower(root, &folder, service.overrides.as_deref(), &options, diagnostics)?;
    let files = emit::emit(&krate);
    Some(Generated { operations: krate.operations.len(), shapes: types(&krate), files })
}

/// The number of types that a crate has.
fn types(krate: &Crate) -> usize {
    krate.types.len() + krate.errors.len() + 2 * krate.operations.len()
}

/// Reads and lowers the model in `folder`. Both paths are relative to `root`, and so are those in messages.
pub fn lower(
    root: &Path,
    folder: &Path,
    overrides: Option<&Path>,
    options: &Options,
    diagnostics: &mut Diagnostics,
) -> Option<Crate> {
    let mut found = Diagnostics::new();
    let model = read::model(root, folder, &mut found);
    let overrides = match overrides {
        Some(file) => overrides::read::overrides(root, file, &mut found),
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
    let overrides = builtin::below(model, overrides, options);
    let model = overrides::apply(model, &overrides);
    lower::lower(&model, &overrides, options, diagnostics)
}
