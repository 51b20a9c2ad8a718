//! `generate`: writes what is stale, or with `--check` only tells of it.

use crate::{
    diagnostic::Diagnostics,
    generate::{self, Failure, Outcome},
    render,
    workspace::config::{self, Config},
    workspace::sources,
};
use serde_json::json;
use std::{path::Path, process::ExitCode};

#[derive(Clone, Copy, Debug, clap::Args)]
#[group(skip)]
pub(super) struct Arguments {
    /// Write nothing; fail where anything would be written, or a model is not as it was imported.
    #[arg(long)]
    check: bool,
    /// Write nothing; show what would be done.
    #[arg(long, conflicts_with = "check")]
    dry_run: bool,
    /// Print the outcome, or what is wrong with the input, as JSON.
    #[arg(long)]
    json: bool,
}

impl Arguments {
    /// What either says.
    pub(super) fn or(self, other: Self) -> Self {
        Self {
            check: self.check || other.check,
            dry_run: self.dry_run || other.dry_run,
            json: self.json || other.json,
        }
    }

    /// Whether anything was said.
    pub(super) fn is_any(self) -> bool {
        self.check || self.dry_run || self.json
    }
}

pub(super) fn run(root: &Path, arguments: Arguments) -> ExitCode {
    let mut diagnostics = Diagnostics::new();
    let config = config::read(root, &mut diagnostics);
    let command = config.as_ref().map_or(config::COMMAND, Config::command);
    if arguments.check {
        sources::verify(root, command, &mut diagnostics);
    }
    let planned = match &config {
        Some(config) => generate::plan(root, config),
        None => Ok(Vec::new()),
    };
    match planned {
        Err(Failure::Input(found)) => diagnostics.extend(found),
        Err(Failure::Output(error)) => return super::fail(&error.to_string()),
        Ok(outcomes) if diagnostics.is_empty() => return finish(arguments, command, &outcomes),
        Ok(_) => {}
    }
    if arguments.json {
        super::say(&format!("{}\n", json!({ "problems": render::data(&diagnostics, root) })));
        return ExitCode::FAILURE;
    }
    super::report(root, &diagnostics)
}

fn finish(arguments: Arguments, command: &str, outcomes: &[Outcome]) -> ExitCode {
    let stale = outcomes.iter().any(|outcome| !outcome.plan.is_empty());
    if !arguments.check && !arguments.dry_run {
        for outcome in outcomes {
            if let Err(error) = outcome.plan.carry_out() {
                return super::fail(&error.to_string());
            }
        }
    }
    if arguments.json {
        super::say(&format!("{}\n", as_json(outcomes)));
    } else if arguments.check && stale {
        super::warn(&staleness(command, outcomes));
    } else {
        super::say(&table(outcomes));
    }
    if arguments.check && stale { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

/// One line a service.
fn table(outcomes: &[Outcome]) -> String {
    let mut text = format!(
        "{:<24} {:>10} {:>7} {:>8} {:>10} {:>8} {:>8}\n",
        "service", "operations", "types", "written", "unchanged", "removed", "seconds"
    );
    for outcome in outcomes {
        let Outcome { service, operations, shapes, plan, time } = outcome;
        text.push_str(&format!(
            "{service:<24} {operations:>10} {shapes:>7} {:>8} {:>10} {:>8} {:>8.2}\n",
            plan.written.len(),
            plan.unchanged,
            plan.removed.len(),
            time.as_secs_f64(),
        ));
    }
    text
}

fn as_json(outcomes: &[Outcome]) -> serde_json::Value {
    let service = |outcome: &Outcome| {
        json!({
            "service": outcome.service,
            "operations": outcome.operations,
            "types": outcome.shapes,
            "written": outcome.plan.written.iter().map(|(path, _)| path).collect::<Vec<_>>(),
            "unchanged": outcome.plan.unchanged,
            "removed": outcome.plan.removed,
            "seconds": outcome.time.as_secs_f64(),
        })
    };
    json!({ "services": outcomes.iter().map(service).collect::<Vec<_>>() })
}

/// The files that are not what they should be, and the remedy.
fn staleness(command: &str, outcomes: &[Outcome]) -> String {
    let mut text = String::from("error: these generated files are stale:\n");
    for outcome in outcomes {
        let root = outcome.plan.root().display();
        for (path, _) in &outcome.plan.written {
            text.push_str(&format!("  {root}/{path}\n"));
        }
        for path in &outcome.plan.removed {
            text.push_str(&format!("  {root}/{path} (no longer wanted)\n"));
        }
    }
    text.push_str(&format!("run `{command}` to renew them, and commit the result\n"));
    text
}
