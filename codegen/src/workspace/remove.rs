//! `remove`: takes a service out of the workspace: its generated crate, its imported model with its record, and its entry in
//! `myrina.toml`. Only what this generator wrote is deleted. `leftover` finds what a service left that was taken out by hand.

use super::{
    Workspace,
    config::{self, Config},
    import::{MODELS, is_folder_name},
    sources::{self, SourcesFile},
};
use crate::{did_you_mean::closest, error::Error, files::Plan};
use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

/// What removing a service would do.
#[derive(Debug)]
pub struct RemovePlan {
    /// The service, by its folder in the catalogue.
    pub service: String,
    /// The generated package, if `myrina.toml` has the service.
    pub package: Option<String>,
    /// The files of the generated crate.
    pub generated: Option<Plan>,
    /// The files of the model that are as they were imported, relative to the folder of the workspace file.
    pub model: Vec<PathBuf>,
    /// The files that stay in the folders, because they were not generated or imported, or were changed since.
    pub kept: Vec<PathBuf>,
    root: PathBuf,
    config: Option<String>,
    sources: Option<SourcesFile>,
}

/// Plans to remove a service, without deleting anything.
///
/// # Errors
///
/// If neither `myrina.toml` nor the folders have the service.
pub fn plan(workspace: &Workspace, name: &str) -> Result<RemovePlan, Error> {
    let root = &workspace.root;
    let service = workspace.service(name);
    let output = match service {
        Some(service) => Some(service.output.clone()),
        None => leftover_crate(&workspace.config, root, name),
    };
    let generated = output.as_ref().map(|output| Plan::removal(&root.join(output))).transpose()?;
    let models = Path::new(MODELS).join(name);
    let is_imported = is_folder_name(name)
        && service.is_none_or(|service| service.models == models)
        && !workspace.config.services.iter().any(|other| other.name != name && other.models == models);
    let mut record = SourcesFile::read(root)?;
    let mut model = Vec::new();
    let mut sources = None;
    if is_imported {
        model = record.unchanged_files(root, name);
        sources = record.remove(name).then_some(record);
    }
    if service.is_none() && generated.is_none() && sources.is_none() {
        let known = workspace.config.services.iter().map(|service| service.name.as_str());
        let help = closest(name, known).map(|near| format!("; did you mean `{near}`?"));
        let message = format!("{} has no service `{name}`{}", config::FILE, help.unwrap_or_default());
        return Err(Error::Usage(message));
    }
    let config = match service {
        Some(_) => {
            let text = fs::read_to_string(root.join(config::FILE)).map_err(Error::io(config::FILE))?;
            Some(config::remove_service(&text, name)?)
        }
        None => None,
    };
    let mut deleted: BTreeSet<PathBuf> = model.iter().cloned().collect();
    if let (Some(output), Some(plan)) = (&output, &generated) {
        deleted.extend(plan.removed.iter().map(|path| output.join(path)));
    }
    let folders = output.into_iter().chain(is_imported.then_some(models));
    let kept = folders.flat_map(|folder| files(root, &folder)).filter(|file| !deleted.contains(file));
    Ok(RemovePlan {
        service: name.to_owned(),
        package: service.map(|service| service.crate_name.clone()),
        generated,
        model,
        kept: kept.collect(),
        root: root.clone(),
        config,
        sources,
    })
}

impl RemovePlan {
    /// Deletes the files, then the folders that are empty, and takes the service out of `myrina.toml` and the record.
    pub fn apply(&self) -> Result<(), Error> {
        // The entry goes first: what is left if a deletion fails is found again, as a leftover.
        if let Some(text) = &self.config {
            fs::write(self.root.join(config::FILE), text).map_err(Error::io(config::FILE))?;
        }
        if let Some(plan) = &self.generated {
            plan.apply()?;
            remove_empty(plan.root());
        }
        for file in &self.model {
            fs::remove_file(self.root.join(file)).map_err(Error::io(file))?;
        }
        if is_folder_name(&self.service) {
            remove_empty(&self.root.join(MODELS).join(&self.service));
        }
        match &self.sources {
            Some(sources) => sources.write(&self.root),
            None => Ok(()),
        }
    }
}

/// What services left that are no longer in `myrina.toml`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Leftover {
    /// The folders of generated crates.
    pub crates: Vec<PathBuf>,
    /// The services with an imported model. These may have been imported to be added later.
    pub models: Vec<String>,
}

/// Finds generated crates beside those of `myrina.toml`, and imported models, that no service of it has.
pub fn leftover(workspace: &Workspace) -> Leftover {
    let config = &workspace.config;
    let crates = generated_folders(config, &workspace.root);
    let models = sources::services(&workspace.root);
    let is_used = |name: &str| {
        let folder = Path::new(MODELS).join(name);
        config.services.iter().any(|service| service.name == name || service.models == folder)
    };
    Leftover { crates, models: models.into_iter().filter(|name| !is_used(name)).collect() }
}

/// The folder of a generated crate that `myrina.toml` does not have, by the service's name.
fn leftover_crate(config: &Config, root: &Path, name: &str) -> Option<PathBuf> {
    generated_folders(config, root)
        .into_iter()
        .find(|folder| folder.file_name().is_some_and(|own| own == name))
}

/// The folders beside those of the services, and in `generated`, that hold a generated crate and belong to no service.
fn generated_folders(config: &Config, root: &Path) -> Vec<PathBuf> {
    let outputs: BTreeSet<&Path> = config.services.iter().map(|service| service.output.as_path()).collect();
    let inside = |folder: &Path| {
        folder.components().all(|step| matches!(step, std::path::Component::Normal(_)))
            && !folder.as_os_str().is_empty()
    };
    let parents: BTreeSet<&Path> = outputs
        .iter()
        .filter_map(|output| output.parent())
        .filter(|parent| inside(parent))
        .chain([Path::new("generated")])
        .collect();
    let mut found = Vec::new();
    for parent in parents {
        for entry in fs::read_dir(root.join(parent)).into_iter().flatten().flatten() {
            let folder = parent.join(entry.file_name());
            let is_own = entry.file_type().is_ok_and(|kind| kind.is_dir());
            if is_own && !outputs.contains(folder.as_path()) && Plan::holds_crate(&entry.path()) {
                found.push(folder);
            }
        }
    }
    found.sort();
    found
}

/// All files in a folder, relative to `root`.
fn files(root: &Path, folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(root.join(&folder)).into_iter().flatten().flatten() {
            let path = folder.join(entry.file_name());
            if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                open.push(path);
            } else {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// Removes the empty folders in a folder, and the folder itself if it becomes empty.
fn remove_empty(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            remove_empty(&entry.path());
        }
    }
    // Fails if anything is left in it, which stays.
    fs::remove_dir(folder).ok();
}
