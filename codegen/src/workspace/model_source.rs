//! Where models are compared from: a wheel, a folder of models, or the folder of one model.

use super::{
    Workspace, change,
    import::{Catalog, Documentation, ImportSelection},
    sources,
};
use crate::{
    did_you_mean::closest,
    error::Error,
    read::{self, ModelFolder},
    report::snapshot::{Snapshot, SnapshotOptions},
};
use std::path::{Path, PathBuf};

/// Where models are compared from.
#[derive(Debug)]
pub struct ModelSource {
    label: String,
    kind: Kind,
}

#[derive(Debug)]
enum Kind {
    /// The folder of one model, of whatever service.
    One(PathBuf),
    /// A wheel or folder to import models from.
    Many { from: PathBuf, catalog: Catalog },
}

impl ModelSource {
    /// Opens a botocore wheel, a folder `botocore/data` or one above it, a folder `models`, that of one service in it, or that of one
    /// model.
    pub fn open(from: &Path) -> Result<Self, Error> {
        let shown = from.display().to_string();
        let one = |folder: PathBuf| Self { label: shown.clone(), kind: Kind::One(folder) };
        if ModelFolder::new(from, "").find(read::MODEL_FILE).is_some() {
            return Ok(one(from.to_owned()));
        }
        if let Some(newest) = read::versions(from).last() {
            return Ok(one(from.join(newest)));
        }
        let catalog = Catalog::open(from)?;
        Ok(Self { label: catalog.label(from), kind: Kind::Many { from: from.to_owned(), catalog } })
    }

    /// A name for people: `botocore 1.43.67`, or the path.
    pub fn label(&self) -> &str {
        &self.label
    }

    /// The services in it; `None` for a single model, which does not name its service.
    pub fn services(&self) -> Option<Vec<&str>> {
        match &self.kind {
            Kind::One(_) => None,
            Kind::Many { catalog, .. } => Some(catalog.services().collect()),
        }
    }

    /// The folder of the service that is called so: by that name, or by the one of its official crate. A single model has any.
    pub fn find_service(&self, name: &str) -> Result<Option<String>, Error> {
        match &self.kind {
            Kind::One(_) => Ok(Some(name.to_owned())),
            Kind::Many { catalog, .. } => catalog.named(name),
        }
    }

    /// The folder of the service that is called so, as [`Self::find_service`] finds it.
    ///
    /// # Errors
    ///
    /// If there is none, with the name that is probably meant.
    pub fn require_service(&self, name: &str) -> Result<String, Error> {
        self.find_service(name)?.ok_or_else(|| {
            let known = self.services().unwrap_or_default();
            let help = closest(name, known).map(|near| format!("; did you mean `{near}`?"));
            Error::Usage(format!("{} has no service `{name}`{}", self.label, help.unwrap_or_default()))
        })
    }

    /// The service of a single model: the name of the folder above it.
    pub fn service(&self) -> Option<String> {
        match &self.kind {
            Kind::One(folder) => {
                let folder = folder.canonicalize().ok()?;
                Some(folder.parent()?.file_name()?.to_str()?.to_owned())
            }
            Kind::Many { .. } => None,
        }
    }

    /// The operations that a service's model was pruned to when it was imported; `None` if it was not pruned.
    ///
    /// # Errors
    ///
    /// If the record of the models cannot be read.
    pub fn pruned(&self, options: &SnapshotOptions) -> Result<Option<Vec<String>>, Error> {
        let folder = match &self.kind {
            Kind::One(folder) => folder.canonicalize().ok(),
            Kind::Many { from, .. } => {
                let models = from.join(&options.service);
                let version = options.version.clone().or_else(|| read::versions(&models).pop());
                version.map(|version| models.join(version))
            }
        };
        let Some(folder) = folder else { return Ok(None) };
        let provenance = sources::provenance(Path::new(""), &folder)
            .map_err(|diagnostic| Error::input(diagnostic.into(), Path::new("")))?;
        Ok(provenance.and_then(|provenance| provenance.selection.operations))
    }

    /// Reads and lowers the model of a service.
    pub fn snapshot(&self, options: &SnapshotOptions) -> Result<Snapshot, Error> {
        match &self.kind {
            Kind::One(folder) => Snapshot::load(options, &self.label, &ModelFolder::new("", folder)),
            Kind::Many { catalog, .. } => {
                let temporary = change::temporary_folder()?;
                let selection = ImportSelection {
                    operations: options.pruned.clone(),
                    documentation: Documentation::Keep,
                };
                let version = options.version.as_deref();
                let imported =
                    change::import_pruned(temporary.path(), &options.service, version, catalog, selection);
                let snapshot = imported.and_then(|(imported, _)| {
                    let folder = ModelFolder::new(temporary.path(), imported.folder);
                    Snapshot::load(options, &self.label, &folder)
                });
                snapshot.map_err(|error| error.keeping(temporary))
            }
        }
    }
}

/// What a snapshot of a service is made from: its configuration, if the workspace has the service.
pub fn snapshot_options(workspace: Option<&Workspace>, service: &str) -> SnapshotOptions {
    let configured = |workspace: &Workspace| Some(workspace.snapshot_options(workspace.service(service)?));
    workspace.and_then(configured).unwrap_or_else(|| SnapshotOptions::new(Path::new(""), service))
}
