//! The whole way, for one service or for all that a workspace file names: read, lower, emit, compare.

use crate::{
    config::{Config, ServiceConfig},
    diagnostic::Diagnostics,
    emit,
    files::{Files, Plan, PlanError},
    ir::Crate,
    lower::{self, Options},
    overrides::Overrides,
    read,
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

/// Plans all services of a workspace file. Nothing is written; every problem in any input is told.
pub fn plan(root: &Path, config: &Config) -> Result<Vec<Outcome>, Failure> {
    let mut diagnostics = Diagnostics::new();
    let mut generated = Vec::new();
    for service in &config.services {
        let started = Instant::now();
        let made = generate(root, service, &mut diagnostics);
        generated.extend(made.map(|made| (service, made, started.elapsed())));
    }
    if !diagnostics.is_empty() {
        return Err(Failure::Input(diagnostics));
    }
    let compare = |(service, (krate, files), time): (&ServiceConfig, (Crate, Files), Duration)| {
        let started = Instant::now();
        let plan = Plan::new(&root.join(&service.output), &files)?;
        let time = time + started.elapsed();
        let (operations, shapes) = (krate.operations.len(), types(&krate));
        Ok(Outcome { service: service.name.clone(), operations, shapes, plan, time })
    };
    generated.into_iter().map(compare).collect()
}

/// The number of types that a crate has.
fn types(krate: &Crate) -> usize {
    krate.types.len() + krate.errors.len() + 2 * krate.operations.len()
}

/// Reads, lowers and emits one service.
fn generate(root: &Path, service: &ServiceConfig, diagnostics: &mut Diagnostics) -> Option<(Crate, Files)> {
    let folder = service.model_folder(root, diagnostics)?;
    let options = service.options(&folder);
    let krate = lower(root, &folder, service.overrides.as_deref(), &options, diagnostics)?;
    let files = emit::emit(&krate);
    Some((krate, files))
}

/// Reads and lowers the model in `folder`; both paths are relative to `root`, and so are those in messages.
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
        Some(file) => read::overrides(root, file, &mut found),
        None => Some(Overrides::default()),
    };
    let sound = found.is_empty();
    diagnostics.extend(found);
    let (model, overrides) = (model?, overrides?);
    if !sound {
        // Lowering relies on what reading checked; the overrides can be judged all the same.
        lower::check_overrides(&model, &overrides, options, diagnostics);
        return None;
    }
    lower::lower(&model, &overrides, options, diagnostics)
}
