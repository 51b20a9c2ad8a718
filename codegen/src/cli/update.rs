//! `update`: imports newer models, and bumps the versions of the crates accordingly.

use super::diff::{Format, FormatArguments, format_reports};
use crate::{
    error::Error,
    report::diff::Report,
    workspace::{
        Workspace,
        update::{self, ServiceUpdate, UpdatePlan},
    },
};
use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

#[derive(Clone, Debug, clap::Args)]
#[group(skip)]
#[command(after_long_help = crate::report::diff::policy_text())]
pub(super) struct Arguments {
    /// The services, by their names in `myrina.toml`; by default all.
    names: Vec<String>,
    /// A botocore wheel, or a folder with its data.
    #[arg(long)]
    from: PathBuf,
    /// Write nothing; show what would be done.
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    format: FormatArguments,
}

pub(super) fn run(root: &Path, arguments: &Arguments) -> Result<ExitCode, Error> {
    let format = arguments.format.get();
    let workspace = Workspace::open(root)?;
    let plan = match update::plan(&workspace, &arguments.names, &arguments.from) {
        Ok(plan) => plan,
        Err(error) => {
            super::print(&format_reports(&error.reports, &[], format));
            super::report(&error.error);
            super::eprint("nothing was written\n");
            return Ok(ExitCode::FAILURE);
        }
    };
    let reports: Vec<Report> = plan.services.iter().map(|update| update.report.clone()).collect();
    super::print(&format_reports(&reports, &[], format));
    if !arguments.dry_run {
        plan.apply()?;
    }
    if format != Format::Json {
        super::print(&summary(&plan, arguments.dry_run));
    }
    Ok(ExitCode::SUCCESS)
}

/// One line for each service, and what remains to be done.
fn summary(plan: &UpdatePlan, dry_run: bool) -> String {
    let mut text = String::from("\n");
    for update in &plan.services {
        text.push_str(&line(update, dry_run));
    }
    for note in plan.services.iter().flat_map(|update| &update.notes) {
        text.push_str(&format!("note: {note}\n"));
    }
    if dry_run {
        text.push_str("nothing was written\n");
    }
    text
}

fn line(update: &ServiceUpdate, dry_run: bool) -> String {
    let ServiceUpdate { report, old_version, new_version, files, .. } = update;
    let version = match report.level() {
        Some(level) => format!("{old_version} → {new_version} ({level})"),
        None => format!("{old_version} (no change)"),
    };
    let would = if dry_run { "would be " } else { "" };
    let (written, removed) = (files.written.len(), files.removed.len());
    format!(
        "{} {version}: {written} files {would}written, {removed} removed, {} unchanged\n",
        report.package, files.unchanged
    )
}
