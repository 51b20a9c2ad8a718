//! Adding a service, or more operations of one: its model, its entry in `myrina.toml`, and what is generated of it.
//!
//! As with `update`, all of it is made in memory and in a folder for a while first, and written once nothing can be wrong any more
//! but the disk.

use crate::diagnostic::Diagnostics;
use crate::files::Plan;
use crate::generate::{self, Generated};
use crate::report::diff::Scratch;
use crate::workspace::config::{self, ServiceConfig};
use crate::workspace::import::{self, Extent, Imported, MODELS, Names, Prose};
use crate::workspace::sources;
use crate::{read, render};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// What is to be added.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// The service: `dynamodb`, or `cloudfront@2020-05-31` for a version that is not the newest.
    pub service: String,
    /// The operations, beside those that are there; `None` for all.
    pub operations: Option<Vec<String>>,
    /// What becomes of the model's documentation.
    pub prose: Prose,
}

/// What is to be done.
#[derive(Debug)]
pub struct Addition {
    root: PathBuf,
    from: PathBuf,
    extent: Extent,
    /// The service, as `myrina.toml` will have it.
    pub service: ServiceConfig,
    /// What is imported.
    pub imported: Imported,
    /// `myrina.toml`, where it changes.
    pub config: Option<String>,
    /// The number of operations that the crate will have.
    pub operations: usize,
    /// The number of types that the crate will have.
    pub types: usize,
    /// What is to be done to the generated crate's folder.
    pub plan: Plan,
}

/// Plans to add to the workspace in `root` from a botocore wheel or folder. Nothing is written; the error says all that is wrong.
pub fn plan(root: &Path, wanted: &Wanted, from: &Path) -> Result<Addition, String> {
    let (name, version) = match wanted.service.split_once('@') {
        Some((name, version)) => (name, Some(version)),
        None => (wanted.service.as_str(), None),
    };
    let (text, changed) = config_text(root, name, version)?;
    let mut found = Diagnostics::new();
    let config = config::read_text(root, &text, &mut found).ok_or_else(|| told(root, &found))?;
    let service = config.services.into_iter().find(|service| service.name == name);
    let service = service.ok_or_else(|| format!("{} has no service `{name}`", config::FILE))?;
    let extent = extent(wanted, earlier(root, &service)?);
    let scratch = Scratch::new().map_err(|error| format!("a folder for a while: {error}"))?;
    let imported = import_one(scratch.path(), &service, from, &extent)?;
    limited(&service, &extent)?;
    let generated =
        generate::generate_elsewhere(root, &service, scratch.path(), &imported.folder, &mut found);
    let Generated { operations, shapes, files } = generated.ok_or_else(|| told(root, &found))?;
    let plan = Plan::new(&root.join(&service.output), &files).map_err(|error| error.to_string())?;
    Ok(Addition {
        root: root.to_owned(),
        from: from.to_owned(),
        extent,
        service,
        imported,
        config: changed.then_some(text),
        operations,
        types: shapes,
        plan,
    })
}

impl Addition {
    /// Does it: the model and its record, `myrina.toml`, generated files.
    pub fn carry_out(&self) -> Result<(), String> {
        import_one(&self.root, &self.service, &self.from, &self.extent)?;
        if let Some(text) = &self.config {
            let written = std::fs::write(self.root.join(config::FILE), text);
            written.map_err(|error| format!("{}: {error}", config::FILE))?;
        }
        self.plan.carry_out().map_err(|error| error.to_string())
    }
}

fn told(root: &Path, found: &Diagnostics) -> String {
    let text = render::render(found, root, false);
    text.trim_end().strip_prefix("error: ").unwrap_or(&text).to_owned()
}

/// `myrina.toml` with an entry for the service, and whether that is new in it.
fn config_text(root: &Path, name: &str, version: Option<&str>) -> Result<(String, bool), String> {
    let file = root.join(config::FILE);
    let old = if file.exists() {
        std::fs::read_to_string(&file).map_err(|error| format!("{}: {error}", config::FILE))?
    } else {
        config::beginning(root)
    };
    let new = config::add_service(&old, name, version)?;
    let changed = new != old;
    Ok((new, changed))
}

/// What was taken of the model that is there; `None` where there is none. Only what was imported is imported again.
fn earlier(root: &Path, service: &ServiceConfig) -> Result<Option<Extent>, String> {
    let models = &service.models;
    let versions = read::versions(&root.join(models));
    let Some(version) = service.version.as_ref().or(versions.last()).filter(|own| versions.contains(own))
    else {
        return Ok(None);
    };
    let imported = *models == Path::new(MODELS).join(&service.name);
    let recorded =
        if imported { sources::recorded(&root.join(MODELS), &service.name, version)? } else { None };
    let recorded = recorded.ok_or_else(|| {
        format!(
            "the model in {} was not imported, as {MODELS}/{} has no record of it: nothing may be put in its place",
            models.join(version).display(),
            sources::FILE
        )
    })?;
    Ok(Some(recorded.extent))
}

/// What was taken before, and what is wanted.
fn extent(wanted: &Wanted, earlier: Option<Extent>) -> Extent {
    let prose = wanted.prose;
    let operations = match (&wanted.operations, earlier) {
        // All operations are wanted, or there already.
        (None, _) | (_, Some(Extent { operations: None, .. })) => None,
        (Some(wanted), None) => Some(wanted.iter().cloned().collect::<BTreeSet<_>>()),
        (Some(wanted), Some(Extent { operations: Some(earlier), .. })) => {
            Some(earlier.iter().chain(wanted).cloned().collect())
        }
    };
    Extent { operations: operations.map(|names| names.into_iter().collect()), prose }
}

fn import_one(
    root: &Path,
    service: &ServiceConfig,
    from: &Path,
    extent: &Extent,
) -> Result<Imported, String> {
    let version = service.version.as_ref().map(|version| format!("@{version}")).unwrap_or_default();
    let names = Names::Each(vec![format!("{}{version}", service.name)]);
    let imported = import::import(root, &names, from, extent).map_err(|error| error.to_string())?;
    imported.into_iter().next().ok_or_else(|| format!("nothing was imported of `{}`", service.name))
}

/// Fails where `myrina.toml` names the operations that are generated, and not all that are wanted.
fn limited(service: &ServiceConfig, extent: &Extent) -> Result<(), String> {
    let (Some(named), Some(wanted)) = (&service.operations, &extent.operations) else { return Ok(()) };
    let missing: Vec<&str> = wanted.iter().filter(|name| !named.contains(name)).map(String::as_str).collect();
    if missing.is_empty() {
        return Ok(());
    }
    Err(format!(
        "{} says which `operations` of {} are generated, and leaves out {}: add them there, or remove that line",
        config::FILE,
        service.name,
        missing.join(", ")
    ))
}
