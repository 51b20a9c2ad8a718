//! `generate`: writes generated files that changed; with `--check`, only reports them.

use crate::{
    diagnostic::Diagnostics,
    error::Error,
    render,
    workspace::{
        ServicePlan, Workspace, config,
        remove::{self, Leftover},
        sources,
    },
};
use serde_json::json;
use std::{path::Path, process::ExitCode};

#[derive(Clone, Copy, Debug, clap::Args)]
#[group(skip)]
pub(super) struct Arguments {
    /// Write nothing; fail if any file would change, or a model was changed after its import.
    #[arg(long)]
    check: bool,
    /// Write nothing; show what would be done.
    #[arg(long, conflicts_with = "check")]
    dry_run: bool,
    /// Print the outcome, or the errors in the input, as JSON.
    #[arg(long)]
    json: bool,
}

impl Arguments {
    /// The options that are set in either.
    pub(super) fn or(self, other: Self) -> Self {
        Self {
            check: self.check || other.check,
            dry_run: self.dry_run || other.dry_run,
            json: self.json || other.json,
        }
    }

    /// Whether any option is set.
    pub(super) fn is_any(self) -> bool {
        self.check || self.dry_run || self.json
    }
}

pub(super) fn run(root: &Path, arguments: Arguments) -> Result<ExitCode, Error> {
    let mut diagnostics = Diagnostics::new();
    let workspace = Workspace::read(root, &mut diagnostics);
    let command = workspace.as_ref().map_or(config::COMMAND, |workspace| workspace.config.command());
    if arguments.check {
        sources::verify(root, command, &mut diagnostics);
    }
    let leftover = workspace.as_ref().map(remove::leftover).transpose();
    let leftover = leftover.map_err(|diagnostic| diagnostics.extend(diagnostic.into())).ok().flatten();
    match workspace.as_ref().map_or_else(|| Ok(Vec::new()), Workspace::plan) {
        Err(Error::Input(error)) => diagnostics.extend(error.diagnostics),
        Err(error) => return Err(error),
        Ok(plans) if diagnostics.is_empty() => {
            return finish(arguments, command, &plans, &leftover.unwrap_or_default());
        }
        Ok(_) => {}
    }
    if arguments.json {
        super::print(&format!("{}\n", json!({ "problems": render::data(&diagnostics, root) })));
        return Ok(ExitCode::FAILURE);
    }
    Err(Error::input(diagnostics, root))
}

fn finish(
    arguments: Arguments,
    command: &str,
    plans: &[ServicePlan],
    leftover: &Leftover,
) -> Result<ExitCode, Error> {
    let is_stale = plans.iter().any(|plan| !plan.files.is_empty());
    if !arguments.check && !arguments.dry_run {
        for plan in plans {
            plan.files.apply()?;
        }
    }
    if arguments.json {
        super::print(&format!("{}\n", as_json(plans, leftover)));
    } else if arguments.check && is_stale {
        super::eprint(&stale_report(command, plans));
    } else {
        super::print(&table(plans));
    }
    if !arguments.json {
        super::eprint(&leftover_report(command, leftover, arguments.check));
    }
    let fails = is_stale || !leftover.crates.is_empty();
    Ok(if arguments.check && fails { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// One line for each service.
fn table(plans: &[ServicePlan]) -> String {
    let mut text = format!(
        "{:<24} {:>10} {:>7} {:>8} {:>10} {:>8} {:>8}\n",
        "service", "operations", "types", "written", "unchanged", "removed", "seconds"
    );
    for ServicePlan { service, operations, types, files, time } in plans {
        text.push_str(&format!(
            "{service:<24} {operations:>10} {types:>7} {:>8} {:>10} {:>8} {:>8.2}\n",
            files.written.len(),
            files.unchanged,
            files.removed.len(),
            time.as_secs_f64(),
        ));
    }
    text
}

fn as_json(plans: &[ServicePlan], leftover: &Leftover) -> serde_json::Value {
    let service = |plan: &ServicePlan| {
        json!({
            "service": plan.service,
            "operations": plan.operations,
            "types": plan.types,
            "written": plan.files.written.iter().map(|(path, _)| path).collect::<Vec<_>>(),
            "unchanged": plan.files.unchanged,
            "removed": plan.files.removed,
            "seconds": plan.time.as_secs_f64(),
        })
    };
    json!({
        "services": plans.iter().map(service).collect::<Vec<_>>(),
        "leftover": { "crates": leftover.crates, "models": leftover.models },
    })
}

/// The files that are stale, and what to do.
fn stale_report(command: &str, plans: &[ServicePlan]) -> String {
    let mut text = String::from("error: these generated files are stale:\n");
    for files in plans.iter().map(|plan| &plan.files) {
        let root = files.root().display();
        for (path, _) in &files.written {
            text.push_str(&format!("  {root}/{path}\n"));
        }
        for path in &files.removed {
            text.push_str(&format!("  {root}/{path} (to be removed)\n"));
        }
    }
    text.push_str(&format!("run `{command}` to update them, and commit the result\n"));
    text
}

/// What services left that are no longer in `myrina.toml`.
fn leftover_report(command: &str, leftover: &Leftover, check: bool) -> String {
    let mut text = String::new();
    let level = if check { "error" } else { "note" };
    for folder in &leftover.crates {
        let (folder, file) = (folder.display(), config::FILE);
        text.push_str(&format!(
            "{level}: {folder} was generated for a service that {file} does not have: `{command} remove {folder}` deletes it\n",
        ));
    }
    for name in &leftover.models {
        text.push_str(&format!(
            "note: the model of {name} was imported, and {} does not have the service: `{command} add {name}` generates it, `{command} remove {name}` deletes the model\n",
            config::FILE
        ));
    }
    text
}
