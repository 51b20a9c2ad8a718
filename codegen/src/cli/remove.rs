//! `remove`: takes a service out of the workspace.

use crate::{
    error::Error,
    workspace::{
        Workspace, config,
        import::MODELS,
        remove::{self, Kept, RemovePlan},
    },
};
use std::{path::Path, process::ExitCode};

#[derive(Clone, Debug, clap::Args)]
#[group(skip)]
pub(super) struct Arguments {
    /// The service, by its name in `myrina.toml`, or one that was taken out of it and left its folders; or the folder of a generated
    /// crate that no service of `myrina.toml` has.
    service: String,
    /// Delete nothing; show what would be done.
    #[arg(long)]
    dry_run: bool,
}

pub(super) fn run(root: &Path, arguments: &Arguments) -> Result<ExitCode, Error> {
    let workspace = Workspace::open(root)?;
    let plan = remove::plan(&workspace, &arguments.service)?;
    if !arguments.dry_run {
        plan.apply()?;
    }
    super::print(&summary(root, &plan, arguments.dry_run));
    Ok(ExitCode::SUCCESS)
}

/// What was removed, what stays, and what remains to be done.
fn summary(root: &Path, plan: &RemovePlan, dry_run: bool) -> String {
    let RemovePlan { service, package, generated, model, kept, .. } = plan;
    let mut text = String::new();
    let service = service.as_deref().unwrap_or_default();
    if package.is_some() {
        text.push_str(&format!("{}: no longer has {service}\n", config::FILE));
    }
    if let Some(generated) = generated {
        let output = generated.root().strip_prefix(root).unwrap_or(generated.root()).display();
        text.push_str(&format!("{output}: {} generated files removed\n", generated.removed.len()));
    }
    if !model.is_empty() {
        text.push_str(&format!("{MODELS}/{service}: {} imported files removed\n", model.len()));
    }
    for (file, why) in kept {
        let why = match why {
            Kept::Foreign => "which was not generated or imported",
            Kept::Changed => "which was changed after it was imported",
            Kept::Link => "a symbolic link, which may lead elsewhere",
        };
        text.push_str(&format!("kept: {}, {why}\n", file.display()));
    }
    if let Some(package) = package.as_ref().filter(|package| config::has_dependency(root, package)) {
        text.push_str(&format!("note: Cargo.toml depends on {package}: `cargo remove {package}`\n"));
    }
    if dry_run {
        text.push_str("nothing was removed, as this is a dry run\n");
    }
    text
}
