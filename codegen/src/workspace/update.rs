//! Taking over a newer model, whole: import, comparison, the crate's new version, and what is generated of it.
//!
//! All of it is made in memory and in a folder for a while first; the first file of the workspace is written once nothing can be wrong
//! any more but the disk.

use crate::diagnostic::Diagnostics;
use crate::did_you_mean::closest;
use crate::files::Plan;
use crate::report::diff::{self, Report, Scratch, Side, Wanted};
use crate::workspace::config::{self, Config, ServiceConfig};
use crate::workspace::import::{self, Extent, MODELS, Names};
use crate::workspace::sources;
use crate::{generate, read, render};
use std::path::{Path, PathBuf};

/// What is to be done for all services.
#[derive(Debug)]
pub struct Updates {
    root: PathBuf,
    from: PathBuf,
    /// The services, in the order of `myrina.toml`.
    pub services: Vec<Update>,
    /// `myrina.toml` with the raised versions; `None` where it stays.
    config: Option<String>,
}

/// What is to be done for one service.
#[derive(Debug)]
pub struct Update {
    /// What its users will notice.
    pub report: Report,
    /// The crate's version.
    pub old_version: String,
    /// The crate's version afterwards.
    pub new_version: String,
    /// What is to be done to the generated crate's folder.
    pub plan: Plan,
    /// What else has to be done by hand, a sentence each.
    pub notes: Vec<String>,
    /// As `import` wants it: `lambda@2015-03-31`.
    name: String,
    extent: Extent,
}

/// Why nothing is to be done.
#[derive(Debug)]
pub struct UpdateError {
    /// What could be compared all the same: it may say what is wrong.
    pub reports: Vec<Report>,
    /// All reasons.
    pub message: String,
}

impl From<String> for UpdateError {
    fn from(message: String) -> Self {
        Self { reports: Vec::new(), message }
    }
}

/// Plans to take over the models of services from a botocore wheel or folder: those named, or all that `config` has. Nothing is written.
pub fn plan(root: &Path, config: &Config, names: &[String], from: &Path) -> Result<Updates, UpdateError> {
    let mut services = Vec::new();
    let mut failed = UpdateError { reports: Vec::new(), message: String::new() };
    let listing = import::listing(from)?;
    let label =
        listing.botocore.map_or_else(|| from.display().to_string(), |version| format!("botocore {version}"));
    for service in chosen(config, names)? {
        let mut reports = Vec::new();
        match one(root, service, from, &label, &mut reports) {
            Ok(update) => services.push(update),
            Err(message) => failed.message.push_str(&format!("{}\n", message.trim_end())),
        }
        failed.reports.extend(reports);
    }
    if !failed.message.is_empty() {
        failed.message.truncate(failed.message.trim_end().len());
        return Err(failed);
    }
    let config = raised(root, &services)?;
    Ok(Updates { root: root.to_owned(), from: from.to_owned(), services, config })
}

impl Updates {
    /// Does it: models and their record, `myrina.toml`, generated files.
    pub fn carry_out(&self) -> Result<(), String> {
        for Update { name, extent, .. } in &self.services {
            let names = Names::Each(vec![name.clone()]);
            import::import(&self.root, &names, &self.from, extent).map_err(|error| error.to_string())?;
        }
        if let Some(text) = &self.config {
            let written = std::fs::write(self.root.join(config::FILE), text);
            written.map_err(|error| format!("{}: {error}", config::FILE))?;
        }
        let generated = self.services.iter().try_for_each(|update| update.plan.carry_out());
        generated.map_err(|error| error.to_string())
    }
}

fn chosen<'c>(config: &'c Config, names: &[String]) -> Result<Vec<&'c ServiceConfig>, String> {
    let known = || config.services.iter().map(|service| service.name.as_str());
    if let Some(name) = names.iter().find(|name| !known().any(|known| known == *name)) {
        let help = closest(name, known()).map(|near| format!("; did you mean `{near}`?"));
        return Err(format!("{} names no service `{name}`{}", config::FILE, help.unwrap_or_default()));
    }
    let wanted = |service: &&ServiceConfig| names.is_empty() || names.contains(&service.name);
    Ok(config.services.iter().filter(wanted).collect())
}

/// Plans one service; what was found to have changed is put into `reports`, also where the rest fails.
fn one(
    root: &Path,
    service: &ServiceConfig,
    from: &Path,
    label: &str,
    reports: &mut Vec<Report>,
) -> Result<Update, String> {
    let told = |found: &Diagnostics| render::render(found, root, false);
    let mut found = Diagnostics::new();
    let old_folder = service.model_folder(root, &mut found).ok_or_else(|| told(&found))?;
    let recorded = recorded(root, service, &old_folder)?;
    let wanted = Wanted { pruned: recorded.extent.operations.clone(), ..Wanted::configured(root, service) };
    let scratch = Scratch::new().map_err(|error| format!("a folder for a while: {error}"))?;
    let (new_folder, extent) = scratch.import(&wanted, from, recorded.extent.prose)?;
    let old = Side::load(&wanted, &format!("botocore {}", recorded.botocore), root, &old_folder)?;
    let new = Side::load(&wanted, label, scratch.path(), &new_folder)?;
    let report = diff::compare(&service.name, &old, &new);
    reports.push(report.clone());
    let new_version = match report.verdict() {
        Some(verdict) => diff::raise(&service.crate_version, verdict).ok_or_else(|| {
            format!("the version {} of {} cannot be raised", service.crate_version, service.crate_name)
        })?,
        None => service.crate_version.clone(),
    };
    let raised = ServiceConfig { crate_version: new_version.clone(), ..service.clone() };
    let generated = generate::generate_elsewhere(root, &raised, scratch.path(), &new_folder, &mut found);
    let files = generated.ok_or_else(|| told(&found))?.files;
    let plan = Plan::new(&root.join(&service.output), &files).map_err(|error| error.to_string())?;
    let version = new_folder.file_name().unwrap_or_default().to_string_lossy();
    Ok(Update {
        report,
        old_version: service.crate_version.clone(),
        notes: requirement(root, &service.crate_name, &new_version).into_iter().collect(),
        new_version,
        plan,
        name: format!("{}@{version}", service.name),
        extent,
    })
}

/// What is recorded of the model that is there; only what was imported is imported again.
fn recorded(root: &Path, service: &ServiceConfig, folder: &Path) -> Result<sources::Recorded, String> {
    let version = folder.file_name().unwrap_or_default().to_string_lossy();
    let place = Path::new(MODELS).join(&service.name).join(&*version);
    let found =
        if place == folder { sources::recorded(&root.join(MODELS), &service.name, &version)? } else { None };
    found.ok_or_else(|| {
        format!(
            "the model in {} was not imported, as {MODELS}/{} has no record of it: nothing may be put in its place",
            folder.display(),
            sources::FILE
        )
    })
}

/// `myrina.toml` with the versions that rose; `None` where none did.
fn raised(root: &Path, services: &[Update]) -> Result<Option<String>, String> {
    let rose = |update: &&Update| update.new_version != update.old_version;
    let mut text = None;
    for update in services.iter().filter(rose) {
        let before = match text {
            Some(text) => text,
            None => read::text(root, Path::new(config::FILE)).map_err(|diagnostic| diagnostic.message)?,
        };
        text = Some(config::set_crate_version(&before, &update.report.service, &update.new_version)?);
    }
    Ok(text)
}

/// What the workspace's own manifest must require, if it requires a version of the crate that is none any more.
fn requirement(root: &Path, package: &str, version: &str) -> Option<String> {
    let text = std::fs::read_to_string(root.join("Cargo.toml")).ok()?;
    let manifest: toml_edit::DocumentMut = text.parse().ok()?;
    let tables = [
        manifest.get("workspace").and_then(|workspace| workspace.get("dependencies")),
        manifest.get("dependencies"),
    ];
    let required = tables.into_iter().flatten().find_map(|table| {
        let dependency = table.get(package)?;
        dependency.as_str().or_else(|| dependency.get("version")?.as_str()).map(str::to_owned)
    })?;
    (!diff::compatible(&required, version))
        .then(|| format!("Cargo.toml requires {package} {required}: write {version} there"))
}
