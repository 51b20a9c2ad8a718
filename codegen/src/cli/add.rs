//! `add`: a service, or more operations of one, from botocore's models to the generated crate.

use crate::{
    workspace::add::{self, Addition, Wanted},
    workspace::config,
    workspace::import::Prose,
};
use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

#[derive(Clone, Debug, clap::Args)]
#[group(skip)]
pub(super) struct Arguments {
    /// The service, by its folder in the catalogue: `dynamodb`, or `cloudfront@2020-05-31` for a version that is not the newest.
    service: String,
    /// A botocore wheel, or a folder with its data.
    #[arg(long)]
    from: PathBuf,
    /// Only these operations, and the types that they reach, beside those that were added before: `--operations Query,PutItem`.
    #[arg(long, value_delimiter = ',', value_name = "NAME")]
    operations: Option<Vec<String>>,
    /// Leave out the prose, which would become the crate's documentation.
    #[arg(long)]
    without_docs: bool,
}

pub(super) fn run(root: &Path, arguments: &Arguments) -> ExitCode {
    let Arguments { service, from, operations, without_docs } = arguments.clone();
    let prose = if without_docs { Prose::Dropped } else { Prose::Kept };
    let wanted = Wanted { service, operations, prose };
    let new = !root.join(config::FILE).exists();
    let added = add::plan(root, &wanted, &from).and_then(|added| added.carry_out().map(|()| added));
    match added {
        Ok(added) => {
            super::say(&summary(root, &added, new));
            ExitCode::SUCCESS
        }
        Err(message) => super::fail(&message),
    }
}

/// What was written, and what remains to be done.
fn summary(root: &Path, added: &Addition, new: bool) -> String {
    let Addition { service, imported, plan, operations, types, .. } = added;
    let botocore = match &*imported.botocore {
        "unknown" => "a botocore of unknown version".to_owned(),
        version => format!("botocore {version}"),
    };
    let mut text = format!("{}: from {botocore}\n", imported.folder.display());
    if added.config.is_some() {
        let made = if new { "made; it names" } else { "names" };
        text.push_str(&format!("{}: {made} {} now\n", config::FILE, service.name));
    }
    let plural = if *operations == 1 { "operation" } else { "operations" };
    let output = service.output.display();
    let (written, removed, unchanged) = (plan.written.len(), plan.removed.len(), plan.unchanged);
    text.push_str(&format!(
        "{output}: {operations} {plural}, {types} types; {written} files written, {removed} removed, {unchanged} unchanged\n",
    ));
    if !config::depends(root, &service.crate_name) {
        text.push_str(&format!("to use it: cargo add --path {output}\n"));
    }
    if !config::depends(root, "myrina") {
        text.push_str("the client is in the package `myrina`, which Cargo.toml does not name yet\n");
    }
    text
}
