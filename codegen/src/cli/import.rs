//! `import`: imports service models from botocore.

use crate::{
    diagnostic::Diagnostics,
    error::Error,
    workspace::{
        config,
        import::{self, Catalog, Documentation, ImportSelection, Imported, ServiceSelector},
    },
};
use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

#[derive(Clone, Debug, clap::Args)]
#[group(skip)]
pub(super) struct Arguments {
    /// The services, by their folders in botocore/data: `lambda`, or `cloudfront@2020-05-31` for a version that is not the newest.
    #[arg(required_unless_present = "all")]
    names: Vec<String>,
    /// All services.
    #[arg(long, conflicts_with = "names")]
    all: bool,
    /// A botocore wheel, or a folder with its data.
    #[arg(long)]
    from: PathBuf,
    /// Only these operations and the shapes that they reach: `--operations Query,PutItem`.
    #[arg(long, value_delimiter = ',', value_name = "NAME", conflicts_with = "all")]
    operations: Option<Vec<String>>,
    #[command(flatten)]
    docs: super::Docs,
}

pub(super) fn run(root: &Path, arguments: Arguments) -> Result<ExitCode, Error> {
    let Arguments { names, all, from, operations, docs } = arguments;
    let selector = if all { ServiceSelector::All } else { ServiceSelector::Named(names) };
    let documentation = docs.or(Documentation::Strip);
    let several =
        matches!(&selector, ServiceSelector::Named(names) if names.len() > 1) && operations.is_some();
    let selection = ImportSelection { operations, documentation };
    let imported = match import::import(root, &selector, &Catalog::open(&from)?, &selection) {
        Err(error) if several => {
            super::report(&error);
            super::eprint(super::COMMA);
            return Ok(ExitCode::FAILURE);
        }
        imported => imported?,
    };
    for Imported { folder, files, .. } in &imported {
        super::print(&format!("{}: {}\n", folder.display(), files.join(", ")));
    }
    if let Some(note) = unconfigured(root, &imported) {
        super::print(&format!("{note}\n"));
    }
    Ok(ExitCode::SUCCESS)
}

/// A note on the imported services that are not in `myrina.toml`.
fn unconfigured(root: &Path, imported: &[Imported]) -> Option<String> {
    let config = config::read(root, &mut Diagnostics::new())?;
    let is_known = |name: &str| config.services.iter().any(|service| service.name == name);
    let missing: Vec<&str> =
        imported.iter().map(|imported| &*imported.service).filter(|name| !is_known(name)).collect();
    (!missing.is_empty()).then(|| {
        let (missing, command) = (missing.join(", "), config.command());
        format!(
            "note: {} does not have {missing} yet: `{command} add` imports and adds a service",
            config::FILE
        )
    })
}
