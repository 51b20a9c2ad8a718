//! `add`: adds a service, or more operations of one: its model, its entry in `myrina.toml`, and its generated crate.

use super::{
    Workspace,
    change::{self, Change},
    config::{self, ServiceConfig},
    import::{Catalog, Documentation, ImportSelection, Imported},
    sources::Provenance,
    update,
};
use crate::{
    diagnostic::Diagnostics,
    error::Error,
    files::Plan,
    read::ModelFolder,
    report::{
        diff::{self, Report},
        snapshot::{Snapshot, SnapshotOptions},
    },
};
use std::collections::BTreeSet;
use std::path::Path;

/// What to add.
#[derive(Clone, Debug)]
pub struct AddRequest {
    /// The service: `dynamodb`, or `cloudfront@2020-05-31` for a version that is not the newest.
    pub service: String,
    /// The operations, beside those that were added before; `None` for all.
    pub operations: Option<Vec<String>>,
    /// Whether the model's documentation is kept.
    pub documentation: Documentation,
}

/// What adding would do.
#[derive(Debug)]
pub struct AddPlan {
    /// The service, as `myrina.toml` will configure it.
    pub service: ServiceConfig,
    /// The model that is imported.
    pub imported: Imported,
    /// The number of operations that the crate will have.
    pub operations: usize,
    /// The number of types that the crate will have.
    pub types: usize,
    /// The generated files to write and to remove.
    pub files: Plan,
    /// What the model changes in what was generated before, as `update` reports it; `None` if nothing was, or nothing changes. The
    /// version of the crate in `service` is raised accordingly.
    pub report: Option<Report>,
    change: Change,
}

/// Plans to add to the workspace in `root` from a botocore wheel or folder, without writing anything.
///
/// # Errors
///
/// All that is wrong with the request, the model, or the files that would be written over.
pub fn plan(root: &Path, request: &AddRequest, from: &Path) -> Result<AddPlan, Error> {
    let (name, version) = match request.service.split_once('@') {
        Some((name, version)) => (name, Some(version)),
        None => (request.service.as_str(), None),
    };
    if name.is_empty() {
        let message = "the service has no name: give its folder in botocore/data, such as `dynamodb`; `myrina list --from BOTOCORE` shows all";
        return Err(Error::Usage(message.to_owned()));
    }
    let catalog = Catalog::open(from)?;
    let resolved = catalog.named(name)?;
    let name = resolved.as_deref().unwrap_or(name);
    let (text, changed) = config_text(root, name, version)?;
    let mut found = Diagnostics::new();
    let config = config::parse(root, &text, &mut found).ok_or_else(|| Error::input(found, root))?;
    let workspace = Workspace { root: root.to_owned(), config };
    let mut service = workspace.require_service(name)?.clone();
    let previous = previous(&workspace, &service)?;
    let report = match &previous {
        Some((folder, provenance)) => {
            compare(&workspace, &service, folder, provenance, &catalog, &catalog.label(from))?
        }
        None => None,
    };
    let (mut text, mut changed) = (text, changed);
    if let Some(level) = report.as_ref().and_then(Report::level).filter(|_| !service.module) {
        service.crate_version = update::bumped(&service, level)?;
        text = config::set_crate_version(&text, name, &service.crate_version)?;
        changed = true;
    }
    let selection = merge(request, previous.map(|(_, provenance)| provenance.selection));
    let temporary = change::temporary_folder()?;
    let version = service.version.as_deref();
    let imported = change::import_one(temporary.path(), name, version, &catalog, &selection)?;
    check_operations(&service, &selection)?;
    let generated = change::generate_from(root, &service, temporary.path(), &imported, &selection);
    let (generated, files) = match generated {
        Ok(generated) => generated,
        Err(error) => return Err(error.keeping(temporary)),
    };
    let change = Change {
        root: root.to_owned(),
        catalog,
        imports: vec![(format!("{name}@{}", imported.version), selection)],
        config: changed.then_some(text),
    };
    let (operations, types) = (generated.operations, generated.types);
    Ok(AddPlan { service, imported, operations, types, files, report, change })
}

impl AddPlan {
    /// Writes the model with its record, `myrina.toml`, and the generated files.
    pub fn apply(&self) -> Result<(), Error> {
        self.change.apply([&self.files])
    }

    /// Whether `myrina.toml` changes.
    pub fn changes_config(&self) -> bool {
        self.change.config.is_some()
    }
}

/// The text of `myrina.toml` with an entry for the service, and whether that is new.
fn config_text(root: &Path, name: &str, version: Option<&str>) -> Result<(String, bool), Error> {
    let file = root.join(config::FILE);
    let old = if file.exists() {
        std::fs::read_to_string(&file).map_err(Error::io(config::FILE))?
    } else {
        config::initial_config(root)
    };
    let new = config::add_service(&old, name, version)?;
    let changed = new != old;
    Ok((new, changed))
}

/// The model that exists, and where it came from; `None` if there is none.
fn previous(
    workspace: &Workspace,
    service: &ServiceConfig,
) -> Result<Option<(ModelFolder, Provenance)>, Error> {
    let Some(version) = service.model_version(&workspace.root) else { return Ok(None) };
    let provenance = change::provenance(&workspace.root, service, &version)?;
    Ok(Some((ModelFolder::new(&workspace.root, service.models.join(version)), provenance)))
}

/// What the newer model changes in the operations that were there before; `None` if nothing.
fn compare(
    workspace: &Workspace,
    service: &ServiceConfig,
    folder: &ModelFolder,
    provenance: &Provenance,
    catalog: &Catalog,
    label: &str,
) -> Result<Option<Report>, Error> {
    let temporary = change::temporary_folder()?;
    let version = service.version.as_deref();
    let (imported, _) = change::import_pruned(
        temporary.path(),
        &service.name,
        version,
        catalog,
        provenance.selection.clone(),
    )?;
    let options = SnapshotOptions {
        pruned: provenance.selection.operations.clone(),
        ..workspace.snapshot_options(service)
    };
    let compared = || {
        let old = Snapshot::load(&options, &format!("botocore {}", provenance.botocore), folder)?;
        let new = Snapshot::load(&options, label, &ModelFolder::new(temporary.path(), &imported.folder))?;
        Ok(diff::compare(&service.name, &old, &new))
    };
    let report = match compared() {
        Ok(report) => report,
        Err(error) => return Err(Error::keeping(error, temporary)),
    };
    Ok(report.level().is_some().then_some(report))
}

/// The operations that were added before, and those of the request.
fn merge(request: &AddRequest, previous: Option<ImportSelection>) -> ImportSelection {
    let operations = match (&request.operations, previous) {
        // All operations are requested, or were added before.
        (None, _) | (_, Some(ImportSelection { operations: None, .. })) => None,
        (Some(requested), None) => Some(requested.iter().cloned().collect::<BTreeSet<_>>()),
        (Some(requested), Some(ImportSelection { operations: Some(previous), .. })) => {
            Some(previous.iter().chain(requested).cloned().collect())
        }
    };
    ImportSelection {
        operations: operations.map(|names| names.into_iter().collect()),
        documentation: request.documentation,
    }
}

/// Fails if `myrina.toml` lists the operations of the service, and not all of those that are requested.
fn check_operations(service: &ServiceConfig, selection: &ImportSelection) -> Result<(), Error> {
    let (Some(listed), Some(requested)) = (&service.operations, &selection.operations) else {
        return Ok(());
    };
    let missing: Vec<&str> =
        requested.iter().filter(|name| !listed.contains(name)).map(String::as_str).collect();
    if missing.is_empty() {
        return Ok(());
    }
    Err(Error::Usage(format!(
        "`operations` of {} in {} leaves out {}: add them there, or remove that line",
        service.name,
        config::FILE,
        missing.join(", ")
    )))
}
