//! `update`: takes over newer models, and raises the versions of the crates by what that changes.

use super::diff::{Format, told};
use crate::{
    diagnostic::Diagnostics,
    report::diff::Report,
    workspace::config,
    workspace::update::{self, Update, Updates},
};
use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

#[derive(Clone, Debug, clap::Args)]
#[group(skip)]
#[command(after_long_help = crate::report::diff::policy_text())]
pub(super) struct Arguments {
    /// The services, by their names in `myrina.toml`; without any, all.
    names: Vec<String>,
    /// A botocore wheel, or a folder with its data.
    #[arg(long)]
    from: PathBuf,
    /// Write nothing; show what would be done.
    #[arg(long)]
    dry_run: bool,
    /// How the changes are told; with `json`, they are all that is printed.
    #[arg(long, value_enum, default_value_t = Format::Terminal)]
    format: Format,
}

pub(super) fn run(root: &Path, arguments: &Arguments) -> ExitCode {
    let mut diagnostics = Diagnostics::new();
    let Some(config) = config::read(root, &mut diagnostics) else {
        return super::report(root, &diagnostics);
    };
    let updates = match update::plan(root, &config, &arguments.names, &arguments.from) {
        Ok(updates) => updates,
        Err(error) => {
            super::say(&told(&error.reports, &[], arguments.format));
            return super::fail(&format!("{}\nnothing was written", error.message));
        }
    };
    let reports: Vec<Report> = updates.services.iter().map(|update| update.report.clone()).collect();
    super::say(&told(&reports, &[], arguments.format));
    if !arguments.dry_run
        && let Err(message) = updates.carry_out()
    {
        return super::fail(&message);
    }
    if arguments.format != Format::Json {
        super::say(&summary(&updates, arguments.dry_run));
    }
    ExitCode::SUCCESS
}

/// One line for each service, and what remains to be done.
fn summary(updates: &Updates, dry_run: bool) -> String {
    let mut text = String::from("\n");
    for update in &updates.services {
        text.push_str(&line(update, dry_run));
    }
    for note in updates.services.iter().flat_map(|update| &update.notes) {
        text.push_str(&format!("note: {note}\n"));
    }
    if dry_run {
        text.push_str("nothing was written\n");
    }
    text
}

fn line(update: &Update, dry_run: bool) -> String {
    let Update { report, old_version, new_version, plan, .. } = update;
    let version = match report.verdict() {
        Some(verdict) => format!("{old_version} → {new_version} ({verdict})"),
        None => format!("{old_version} (no change)"),
    };
    let would = if dry_run { "would be " } else { "" };
    let (written, removed) = (plan.written.len(), plan.removed.len());
    format!(
        "{} {version}: {written} files {would}written, {removed} removed, {} unchanged\n",
        report.package, plan.unchanged
    )
}
