//! `add`: adds a service, or more operations of one, from botocore's models to the generated crate.

use super::diff::{Format, format_reports};
use crate::{
    error::Error,
    report::diff::Report,
    workspace::{
        add::{self, AddPlan, AddRequest},
        config,
        import::Documentation,
    },
};
use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

#[derive(Clone, Debug, clap::Args)]
#[group(skip)]
pub(super) struct Arguments {
    /// The service, by its folder in botocore/data: `dynamodb`, or `cloudfront@2020-05-31` for a version that is not the newest.
    service: String,
    /// A botocore wheel, or a folder with its data.
    #[arg(long)]
    from: PathBuf,
    /// Only these operations and the types that they reach, beside those that were added before: `--operations Query,PutItem`.
    #[arg(long, value_delimiter = ',', value_name = "NAME")]
    operations: Option<Vec<String>>,
    #[command(flatten)]
    docs: super::Docs,
}

pub(super) fn run(root: &Path, arguments: Arguments) -> Result<ExitCode, Error> {
    let Arguments { service, from, operations, docs } = arguments;
    let documentation = docs.or(Documentation::Keep);
    let request = AddRequest { service, operations, documentation };
    let is_new = !root.join(config::FILE).exists();
    let plan = add::plan(root, &request, &from)?;
    if let Some(report) = &plan.report {
        super::print(&format_reports(std::slice::from_ref(report), &[], Format::Terminal));
        super::print("\n");
    }
    plan.apply()?;
    super::print(&summary(root, &plan, is_new));
    Ok(ExitCode::SUCCESS)
}

/// The files that were written, and what remains to be done.
fn summary(root: &Path, plan: &AddPlan, is_new: bool) -> String {
    let AddPlan { service, imported, files, operations, types, .. } = plan;
    let botocore = match &*imported.botocore {
        "unknown" => "a botocore of unknown version".to_owned(),
        version => format!("botocore {version}"),
    };
    let mut text = format!("{}: from {botocore}\n", imported.folder.display());
    if plan.changes_config() {
        let file = config::FILE;
        if let Some(level) = plan.report.as_ref().and_then(Report::level) {
            let (package, version) = (&service.crate_name, &service.crate_version);
            text.push_str(&format!(
                "{file}: {package} is now {version} ({level}), because its model is newer\n"
            ));
        } else {
            let created = if is_new { "created, with" } else { "now has" };
            text.push_str(&format!("{file}: {created} {}\n", service.name));
        }
    }
    let plural = if *operations == 1 { "operation" } else { "operations" };
    let output = service.output.display();
    let (written, removed, unchanged) = (files.written.len(), files.removed.len(), files.unchanged);
    text.push_str(&format!(
        "{output}: {operations} {plural}, {types} types; {written} files written, {removed} removed, {unchanged} unchanged\n",
    ));
    if !service.module && !config::has_dependency(root, &service.crate_name) {
        text.push_str(&format!("to use it: cargo add --path {output}\n"));
    }
    if !config::has_dependency(root, "myrina") {
        text.push_str("the client is in the package `myrina`, which is not yet a dependency in Cargo.toml\n");
    }
    text
}
