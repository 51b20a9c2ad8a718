//! Where models are compared from: a wheel, a folder of models, or the folder of one model.

use super::{
    Workspace, change,
    import::{self, Documentation, ImportSelection},
    sources,
};
use crate::{
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
    /// A wheel or folder to import models from, and the services in it.
    Many { from: PathBuf, services: Vec<String> },
}

impl ModelSource {
    /// Opens a botocore wheel, a folder `botocore/data` or one above it, a folder `models`, that of one service in it, or that of one
    /// model.
    pub fn open(from: &Path) -> Result<Self, Error> {
        let shown = from.display().to_string();
        let one = |folder: PathBuf| Self { label: shown.clone(), kind: Kind::One(folder) };
        if from.is_dir() && holds_model(from) {
            return Ok(one(from.to_owned()));
        }
        if let Some(newest) = read::versions(from).last() {
            return Ok(one(from.join(newest)));
        }
        let index = import::index(from)?;
        let label = index.label(from);
        Ok(Self { label, kind: Kind::Many { from: from.to_owned(), services: index.services } })
    }

    /// A name for people: `botocore 1.43.67`, or the path.
    pub fn label(&self) -> &str {
        &self.label
    }

    /// The services in it; `None` for a single model, which does not name its service.
    pub fn services(&self) -> Option<&[String]> {
        match &self.kind {
            Kind::One(_) => None,
            Kind::Many { services, .. } => Some(services),
        }
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
    pub fn pruned(&self, options: &SnapshotOptions) -> Option<Vec<String>> {
        let folder = match &self.kind {
            Kind::One(folder) => folder.canonicalize().ok()?,
            Kind::Many { from, .. } => {
                let models = from.join(&options.service);
                models.join(options.version.clone().or_else(|| read::versions(&models).pop())?)
            }
        };
        let (version, service) = (folder.file_name()?.to_str()?, folder.parent()?);
        let provenance = sources::provenance(service.parent()?, service.file_name()?.to_str()?, version);
        provenance.ok()??.selection.operations
    }

    /// Reads and lowers the model of a service.
    pub fn snapshot(&self, options: &SnapshotOptions) -> Result<Snapshot, Error> {
        match &self.kind {
            Kind::One(folder) => Snapshot::load(options, &self.label, &ModelFolder::new("", folder)),
            Kind::Many { from, .. } => {
                let temporary = change::temporary_folder()?;
                let selection = ImportSelection {
                    operations: options.pruned.clone(),
                    documentation: Documentation::Keep,
                };
                let version = options.version.as_deref();
                let imported =
                    change::import_pruned(temporary.path(), &options.service, version, from, selection);
                let snapshot = imported.and_then(|(imported, _)| {
                    let folder = ModelFolder::new(temporary.path(), imported.folder);
                    Snapshot::load(options, &self.label, &folder)
                });
                snapshot.map_err(|error| error.keeping(temporary))
            }
        }
    }
}

fn holds_model(folder: &Path) -> bool {
    [read::MODEL_FILE.to_owned(), format!("{}.gz", read::MODEL_FILE)]
        .iter()
        .any(|file| folder.join(file).is_file())
}

/// What a snapshot of a service is made from: its configuration, if the workspace has the service.
pub fn snapshot_options(workspace: Option<&Workspace>, service: &str) -> SnapshotOptions {
    let configured = |workspace: &Workspace| Some(workspace.snapshot_options(workspace.service(service)?));
    workspace.and_then(configured).unwrap_or_else(|| SnapshotOptions::new(Path::new(""), service))
}
