//! Imports, generates, measures and type-checks every service of a botocore release, with warnings denied.
//!
//! It works as a user would: it imports the models into a folder, names them in a `myrina.toml`, and generates crates into
//! a workspace with the lints of this one. Everything stays in the output folder, so that a second run with `--resume` does
//! only the rest.

mod arguments;
mod check;
mod digest;
mod progress;
mod report;
mod service;
mod workspace;

pub use arguments::Arguments;

use crate::BoxError;
use myrina_codegen::{parallel, workspace::config::ServiceConfig};
use progress::Progress;
use report::Report;
use service::{Maker, Outcome};
use std::{fs, process::ExitCode, time::Instant};
use workspace::Workspace;

/// Does what the arguments say. The status is a success where every service came out as it should.
pub fn run(arguments: &Arguments) -> ExitCode {
    let report = match catalogue(arguments) {
        Ok(report) => report,
        Err(problem) => {
            eprintln!("error: {problem}");
            return ExitCode::FAILURE;
        }
    };
    print!("{}", report.text());
    match write_table(arguments, &report) {
        Err(problem) => {
            eprintln!("error: {problem}");
            ExitCode::FAILURE
        }
        Ok(()) if report.failures().next().is_some() => ExitCode::FAILURE,
        Ok(()) => ExitCode::SUCCESS,
    }
}

fn catalogue(arguments: &Arguments) -> Result<Report, BoxError> {
    let threads = arguments.jobs.unwrap_or_else(parallel::threads);
    let started = Instant::now();
    let workspace = Workspace::prepare(arguments)?;
    let outcomes = generate(&workspace, arguments, threads)?;
    let generated = started.elapsed();
    let mut report = Report::new(&workspace, outcomes, generated, threads);
    if let Some(names) = &arguments.check {
        let started = Instant::now();
        let verdicts = check::check(&workspace, &report.to_check(names)?, arguments, threads)?;
        report.add_check(arguments, verdicts, started.elapsed());
    }
    Ok(report)
}

/// Makes every crate, several at once, the largest first.
fn generate(
    workspace: &Workspace,
    arguments: &Arguments,
    threads: std::num::NonZero<usize>,
) -> Result<Vec<(String, Outcome)>, BoxError> {
    let generator = workspace.generator();
    let maker = Maker::new(&generator, arguments.resume)?;
    let services = &workspace.config.services;
    let progress = Progress::new("generating", services.len());
    let size = |service: &ServiceConfig| generator.model_size(service);
    let outcomes = parallel::map(services, threads, size, |service| {
        let outcome = maker.make(service);
        progress.done(&service.name);
        (service.name.clone(), outcome)
    });
    progress.finish();
    Ok(outcomes)
}

fn write_table(arguments: &Arguments, report: &Report) -> Result<(), BoxError> {
    let Some(file) = &arguments.table else { return Ok(()) };
    let text = report.markdown(&arguments.date()?);
    fs::write(file, text).map_err(|error| format!("{}: {error}", file.display()).into())
}
