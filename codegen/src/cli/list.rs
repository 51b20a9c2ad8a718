//! `list`: shows the services of the workspace or of a catalogue.

use crate::{
    error::Error,
    workspace::{
        Workspace,
        list::{self, Listed},
    },
};
use serde_json::json;
use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

#[derive(Clone, Debug, clap::Args)]
#[group(skip)]
pub(super) struct Arguments {
    /// Only services whose folder, service id or title contains this, case aside; `*` stands for any text.
    pattern: Option<String>,
    /// List the services of a botocore wheel, or of a folder with its data, instead of those of `myrina.toml`.
    #[arg(long)]
    from: Option<PathBuf>,
    /// Print the list as JSON.
    #[arg(long)]
    json: bool,
}

impl Arguments {
    /// Whether the models are given, so that no workspace is needed.
    pub(super) fn has_explicit_source(&self) -> bool {
        self.from.is_some()
    }
}

pub(super) fn run(root: Option<&Path>, arguments: &Arguments) -> Result<ExitCode, Error> {
    let all = match (&arguments.from, root) {
        (Some(from), _) => list::catalogue(from)?,
        (None, root) => list::workspace(&Workspace::open(root.unwrap_or(Path::new(".")))?),
    };
    let pattern = arguments.pattern.as_deref().unwrap_or_default();
    let found: Vec<&Listed> = all.iter().filter(|service| service.matches(pattern)).collect();
    if found.is_empty() {
        let from = arguments.from.as_ref();
        let place = from.map_or_else(|| "myrina.toml".to_owned(), |from| from.display().to_string());
        let help = if from.is_some() { "" } else { "; `--from BOTOCORE` searches all that can be added" };
        let message = format!("none of the {} services of {place} contains `{pattern}`{help}", all.len());
        return Err(Error::Usage(message));
    }
    super::print(&if arguments.json { as_json(&found) } else { table(&found) });
    Ok(ExitCode::SUCCESS)
}

fn as_json(services: &[&Listed]) -> String {
    let service = |listed: &&Listed| {
        let summary = listed.summary.as_ref();
        let package = listed.package.as_ref();
        json!({
            "service": listed.name,
            "versions": listed.versions,
            "id": summary.map(|summary| &summary.id),
            "title": summary.map(|summary| &summary.title),
            "operations": summary.map(|summary| summary.operations),
            "crate": package.map(|(name, _)| name),
            "crate_version": package.map(|(_, version)| version),
        })
    };
    format!("{:#}\n", json!({ "services": services.iter().map(service).collect::<Vec<_>>() }))
}

/// One line for each service.
fn table(services: &[&Listed]) -> String {
    let width = services.iter().map(|service| service.name.len()).max().unwrap_or(0).max("service".len());
    let mut text = format!("{:<width$} {:>10}  {:<24} title\n", "service", "operations", "versions");
    for Listed { name, versions, summary, package } in services {
        let unreadable = ("?".to_owned(), "its model cannot be read");
        let (operations, title) = summary
            .as_ref()
            .map_or(unreadable, |summary| (summary.operations.to_string(), summary.title.as_str()));
        let package =
            package.as_ref().map(|(name, version)| format!(" ({name} {version})")).unwrap_or_default();
        let versions = versions.join(", ");
        text.push_str(&format!("{name:<width$} {operations:>10}  {versions:<24} {title}{package}\n"));
    }
    text
}
