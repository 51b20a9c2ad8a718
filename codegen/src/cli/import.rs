//! `import`: takes service models over from botocore.

use crate::{
    diagnostic::Diagnostics,
    workspace::config,
    workspace::import::{self, Extent, Imported, Names, Prose},
};
use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

#[derive(Clone, Debug, clap::Args)]
#[group(skip)]
pub(super) struct Arguments {
    /// The services, by their folders in the catalogue: `lambda`, or `cloudfront@2020-05-31` for a version that is not the
    /// newest.
    #[arg(required_unless_present = "all")]
    names: Vec<String>,
    /// All services.
    #[arg(long, conflicts_with = "names")]
    all: bool,
    /// A botocore wheel, or a folder with its data.
    #[arg(long)]
    from: PathBuf,
    /// Only these operations, and the shapes that they reach: `--operations Query,PutItem`.
    #[arg(long, value_delimiter = ',', value_name = "NAME", conflicts_with = "all")]
    operations: Option<Vec<String>>,
    /// Keep the prose, which becomes the crates' documentation.
    #[arg(long)]
    with_docs: bool,
}

pub(super) fn run(root: &Path, arguments: &Arguments) -> ExitCode {
    let names = if arguments.all { Names::All } else { Names::Each(arguments.names.clone()) };
    let prose = if arguments.with_docs { Prose::Kept } else { Prose::Dropped };
    let extent = Extent { operations: arguments.operations.clone(), prose };
    match import::import(root, &names, &arguments.from, &extent) {
        Ok(imported) => {
            for imported in &imported {
                super::say(&format!("{}\n", line(imported)));
            }
            if let Some(note) = unnamed(root, &imported) {
                super::say(&format!("{note}\n"));
            }
            ExitCode::SUCCESS
        }
        Err(error) => super::fail(&error.to_string()),
    }
}

/// Which of them nothing is generated of yet.
fn unnamed(root: &Path, imported: &[Imported]) -> Option<String> {
    let config = config::read(root, &mut Diagnostics::new())?;
    let named = |name: &str| config.services.iter().any(|service| service.name == name);
    let unnamed: Vec<&str> =
        imported.iter().map(|imported| &*imported.service).filter(|name| !named(name)).collect();
    let add = format!("`{} add` does, too", config.command());
    (!unnamed.is_empty()).then(|| format!("{} does not name {} yet: {add}", config::FILE, unnamed.join(", ")))
}

fn line(Imported { folder, files, .. }: &Imported) -> String {
    format!("{}: {}", folder.display(), files.join(", "))
}
