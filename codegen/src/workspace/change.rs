//! A change of the workspace that is planned as a whole before the first file is written: what `add` and `update` have in common.

use super::{
    config::{self, ServiceConfig},
    import::{self, Catalog, ImportSelection, Imported, MODELS, ServiceSelector},
    sources::{self, Provenance},
};
use crate::{
    diagnostic::Diagnostics,
    error::Error,
    files::Plan,
    generate::{self, Generated},
    read::{self, ModelFolder},
};
use std::{
    fs,
    path::{Path, PathBuf},
};
use tempfile::TempDir;

/// The writes of a change. Nothing but the file system can make them fail.
#[derive(Debug)]
pub(super) struct Change {
    pub(super) root: PathBuf,
    /// Where the models are from.
    pub(super) catalog: Catalog,
    /// The models to import: `lambda@2015-03-31`, and what is kept of each.
    pub(super) imports: Vec<(String, ImportSelection)>,
    /// The text of `myrina.toml`, if it changes.
    pub(super) config: Option<String>,
}

impl Change {
    /// Imports the models, writes `myrina.toml`, and then the generated files of these plans.
    pub(super) fn apply<'p>(&self, plans: impl IntoIterator<Item = &'p Plan>) -> Result<(), Error> {
        for (name, selection) in &self.imports {
            import::import(&self.root, &ServiceSelector::named(name), &self.catalog, selection)?;
        }
        if let Some(text) = &self.config {
            fs::write(self.root.join(config::FILE), text).map_err(Error::io(config::FILE))?;
        }
        for plan in plans {
            plan.apply()?;
        }
        Ok(())
    }
}

/// A folder for models that are imported to be looked at first.
pub(super) fn temporary_folder() -> Result<TempDir, Error> {
    tempfile::Builder::new().prefix("myrina-").tempdir().map_err(Error::io(std::env::temp_dir()))
}

/// Imports one model, in the version given or the newest.
pub(super) fn import_one(
    root: &Path,
    service: &str,
    version: Option<&str>,
    catalog: &Catalog,
    selection: &ImportSelection,
) -> Result<Imported, Error> {
    let version = version.map(|version| format!("@{version}")).unwrap_or_default();
    let selector = ServiceSelector::named(&format!("{service}{version}"));
    let imported = import::import(root, &selector, catalog, selection)?;
    imported.into_iter().next().ok_or_else(|| Error::Usage(format!("nothing was imported of `{service}`")))
}

/// Imports one model, pruned to those of `operations` that it still has. Returns what was kept of it, too.
pub(super) fn import_pruned(
    root: &Path,
    service: &str,
    version: Option<&str>,
    catalog: &Catalog,
    selection: ImportSelection,
) -> Result<(Imported, ImportSelection), Error> {
    let whole = ImportSelection { operations: None, documentation: selection.documentation };
    let imported = import_one(root, service, version, catalog, &whole)?;
    let Some(operations) = selection.operations else { return Ok((imported, whole)) };
    let mut found = Diagnostics::new();
    let model = read::model(&ModelFolder::new(root, &imported.folder), &mut found);
    let model = model.ok_or_else(|| Error::input(found, root))?;
    let existing = operations.into_iter().filter(|name| model.operations.contains_key(name)).collect();
    let selection = ImportSelection { operations: Some(existing), ..whole };
    Ok((import_one(root, service, version, catalog, &selection)?, selection))
}

/// Generates a service's crate from a model that was imported into a temporary folder. Returns it with the plan of its files.
pub(super) fn generate_from(
    workspace: &Path,
    service: &ServiceConfig,
    temporary: &Path,
    imported: &Imported,
    selection: &ImportSelection,
) -> Result<(Generated, Plan), Error> {
    let pruned = selection.operations.is_some();
    let mut options = service.options(&imported.folder).pruned(pruned);
    let folder = ModelFolder::new(workspace, temporary.join(&imported.folder));
    // For messages.
    options.model_file = folder.path.join(read::MODEL_FILE);
    let mut found = Diagnostics::new();
    let generated = generate::generate(&folder, service.overrides.as_deref(), &options, &mut found);
    let generated = generated.ok_or_else(|| Error::input(found, workspace))?;
    let plan = Plan::new(&workspace.join(&service.output), &generated.files)?;
    Ok((generated, plan))
}

/// Where the model of a service came from. Only a model that was imported may be replaced.
pub(super) fn provenance(
    workspace: &Path,
    service: &ServiceConfig,
    version: &str,
) -> Result<Provenance, Error> {
    let folder = service.models.join(version);
    let found = sources::provenance(workspace, &folder)
        .map_err(|diagnostic| Error::input(diagnostic.into(), workspace))?;
    // An import writes to this folder.
    let is_target = service.models == Path::new(MODELS).join(&service.name);
    found.filter(|_| is_target).ok_or_else(|| {
        Error::Usage(format!(
            "the model in {} was not imported, as {MODELS}/{} has no record of it: it is not replaced",
            folder.display(),
            sources::FILE
        ))
    })
}
