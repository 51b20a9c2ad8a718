//! `update`: replaces models by newer ones: import, comparison, the crate's new version, and its generated files.

use super::{
    Workspace,
    change::{self, Change},
    config::{self, ServiceConfig},
    import::{Catalog, ImportSelection},
};
use crate::{
    diagnostic::Diagnostics,
    error::Error,
    files::Plan,
    read::ModelFolder,
    report::{
        diff::{self, Report, SemverLevel},
        snapshot::{Snapshot, SnapshotOptions},
        version::bump,
    },
};
use std::path::Path;

/// What updating would do.
#[derive(Debug)]
pub struct UpdatePlan {
    /// The services, in the order of `myrina.toml`.
    pub services: Vec<ServiceUpdate>,
    change: Change,
}

/// What updating one service would do.
#[derive(Debug)]
pub struct ServiceUpdate {
    /// How the update affects users.
    pub report: Report,
    /// The crate's version.
    pub old_version: String,
    /// The crate's version after the update.
    pub new_version: String,
    /// The generated files to write and to remove.
    pub files: Plan,
    /// What else must be done by hand, a sentence each.
    pub notes: Vec<String>,
    /// The version of the model.
    model_version: String,
    selection: ImportSelection,
}

/// Why nothing is updated.
#[derive(Debug)]
pub struct UpdateError {
    /// The comparisons that could be made nonetheless: they may show the reason.
    pub reports: Vec<Report>,
    /// The errors.
    pub error: Error,
}

impl From<Error> for UpdateError {
    fn from(error: Error) -> Self {
        Self { reports: Vec::new(), error }
    }
}

/// Plans to update services from a botocore wheel or folder, without writing anything: those named, or all of the workspace.
///
/// # Errors
///
/// All that is wrong with any of the services.
pub fn plan(workspace: &Workspace, names: &[String], from: &Path) -> Result<UpdatePlan, UpdateError> {
    let (mut services, mut reports, mut errors) = (Vec::new(), Vec::new(), Vec::new());
    let catalog = Catalog::open(from)?;
    let label = catalog.label(from);
    for service in chosen(workspace, names)? {
        match plan_service(workspace, service, &catalog, &label, &mut reports) {
            Ok(update) => services.push(update),
            Err(error) => errors.push(error),
        }
    }
    if !errors.is_empty() {
        return Err(UpdateError { reports, error: Error::all(errors) });
    }
    let imports = services.iter().map(|update| {
        (format!("{}@{}", update.report.service, update.model_version), update.selection.clone())
    });
    let change = Change {
        root: workspace.root.clone(),
        imports: imports.collect(),
        config: bumped_config(&workspace.root, &services)?,
        catalog,
    };
    Ok(UpdatePlan { services, change })
}

impl UpdatePlan {
    /// Writes models with their record, `myrina.toml`, and the generated files.
    pub fn apply(&self) -> Result<(), Error> {
        self.change.apply(self.services.iter().map(|update| &update.files))
    }
}

fn chosen<'w>(workspace: &'w Workspace, names: &[String]) -> Result<Vec<&'w ServiceConfig>, Error> {
    let wanted = names.iter().map(|name| Ok(&workspace.require_service(name)?.name));
    let wanted = wanted.collect::<Result<Vec<&String>, Error>>()?;
    let chosen = |service: &&ServiceConfig| wanted.is_empty() || wanted.contains(&&service.name);
    Ok(workspace.config.services.iter().filter(chosen).collect())
}

/// Plans one service. Its comparison is added to `reports`, even if the rest fails.
fn plan_service(
    workspace: &Workspace,
    service: &ServiceConfig,
    catalog: &Catalog,
    label: &str,
    reports: &mut Vec<Report>,
) -> Result<ServiceUpdate, Error> {
    let root = &workspace.root;
    let mut found = Diagnostics::new();
    let old_folder = workspace.model_folder(service, &mut found).ok_or_else(|| Error::input(found, root))?;
    let old_version = old_folder.path.file_name().unwrap_or_default().to_string_lossy();
    let provenance = change::provenance(root, service, &old_version)?;
    let options = SnapshotOptions {
        pruned: provenance.selection.operations.clone(),
        ..workspace.snapshot_options(service)
    };
    let temporary = change::temporary_folder()?;
    let version = service.version.as_deref();
    let (imported, selection) =
        change::import_pruned(temporary.path(), &service.name, version, catalog, provenance.selection)?;
    let mut planned = || {
        let old = Snapshot::load(&options, &format!("botocore {}", provenance.botocore), &old_folder)?;
        let new = Snapshot::load(&options, label, &ModelFolder::new(temporary.path(), &imported.folder))?;
        let report = diff::compare(&service.name, &old, &new);
        reports.push(report.clone());
        let new_version = match report.level() {
            // A module has the version of the crate that it is in.
            Some(level) if !service.module => bumped(service, level)?,
            _ => service.crate_version.clone(),
        };
        let newer = ServiceConfig { crate_version: new_version.clone(), ..service.clone() };
        let (_, files) = change::generate_from(root, &newer, temporary.path(), &imported, &selection)?;
        Ok((report, new_version, files))
    };
    let (report, new_version, files) = match planned() {
        Ok(planned) => planned,
        Err(error) => return Err(Error::keeping(error, temporary)),
    };
    Ok(ServiceUpdate {
        report,
        old_version: service.crate_version.clone(),
        notes: outdated_requirement(root, &service.crate_name, &new_version).into_iter().collect(),
        new_version,
        files,
        model_version: imported.version,
        selection,
    })
}

/// The version of a service's crate after a change of this level.
pub(super) fn bumped(service: &ServiceConfig, level: SemverLevel) -> Result<String, Error> {
    let ServiceConfig { crate_name, crate_version, .. } = service;
    bump(crate_version, level)
        .ok_or_else(|| Error::Usage(format!("the version {crate_version} of {crate_name} cannot be bumped")))
}

/// The text of `myrina.toml` with the bumped versions; `None` if no version changes.
fn bumped_config(root: &Path, services: &[ServiceUpdate]) -> Result<Option<String>, Error> {
    let is_bumped = |update: &&ServiceUpdate| update.new_version != update.old_version;
    let mut text = None;
    for update in services.iter().filter(is_bumped) {
        let before = match text {
            Some(text) => text,
            None => std::fs::read_to_string(root.join(config::FILE)).map_err(Error::io(config::FILE))?,
        };
        text = Some(config::set_crate_version(&before, &update.report.service, &update.new_version)?);
    }
    Ok(text)
}

/// A note if the workspace's `Cargo.toml` requires another version of the crate.
fn outdated_requirement(root: &Path, package: &str, version: &str) -> Option<String> {
    let required = config::required_version(root, package)?;
    let outdated = !semver::VersionReq::parse(&required).ok()?.matches(&version.parse().ok()?);
    outdated.then(|| format!("Cargo.toml requires {package} {required}: change it to {version}"))
}
