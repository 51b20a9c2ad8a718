//! `remove`: takes a service out of the workspace: its generated crate, its imported model with its record, and its entry in
//! `myrina.toml`. Only what this generator wrote is deleted, and no link is followed. `leftover` finds what a service left that was taken out by hand.

use super::{
    Workspace,
    config::{self, Config, ServiceConfig},
    import::{MODELS, is_folder_name},
    sources::{self, SourcesFile},
};
use crate::{diagnostic::Diagnostic, error::Error, files::Plan};
use std::{
    collections::BTreeSet,
    fs,
    path::{Component, Path, PathBuf},
};

/// What removing a service, or a generated crate that a service left, would do.
#[derive(Debug)]
pub struct RemovePlan {
    /// The service, by its folder in the catalogue; `None` if only a crate is removed.
    pub service: Option<String>,
    /// The generated package, if `myrina.toml` has the service.
    pub package: Option<String>,
    /// The files of the generated crate.
    pub generated: Option<Plan>,
    /// The files of the model that are as they were imported, relative to the folder of the workspace file.
    pub model: Vec<PathBuf>,
    /// What stays in the folders, and why.
    pub kept: Vec<(PathBuf, Kept)>,
    root: PathBuf,
    config: Option<String>,
    sources: Option<SourcesFile>,
}

/// Why something stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// It was not generated or imported.
    Foreign,
    /// It was imported, and changed since.
    Changed,
    /// It is a symbolic link, which may lead elsewhere.
    Link,
}

/// Plans to remove a service, by its name, or a generated crate that none of `myrina.toml` has, by its folder; without deleting anything.
///
/// # Errors
///
/// If neither `myrina.toml` nor the folders have the service.
pub fn plan(workspace: &Workspace, name: &str) -> Result<RemovePlan, Error> {
    let root = &workspace.root;
    let mut record = SourcesFile::read(root)?;
    let target = target(workspace, &record, name)?;
    let generated = target.output.as_ref().map(|output| Plan::removal(&root.join(output))).transpose()?;
    let mut model = Vec::new();
    let mut changed = BTreeSet::new();
    let mut sources = None;
    if let Some(name) = &target.model {
        for (file, is_unchanged) in record.files(root, name) {
            if is_unchanged {
                model.push(file);
            } else {
                changed.insert(file);
            }
        }
        sources = record.remove(name).then_some(record);
    }
    let config = target.service.map(|service| {
        let text = fs::read_to_string(root.join(config::FILE)).map_err(Error::io(config::FILE))?;
        config::remove_service(&text, &service.name)
    });
    let mut deleted: BTreeSet<PathBuf> = model.iter().cloned().collect();
    if let (Some(output), Some(plan)) = (&target.output, &generated) {
        deleted.extend(plan.removed.iter().map(|path| output.join(path)));
    }
    let models = target.model.as_ref().map(|name| Path::new(MODELS).join(name));
    let mut kept: Vec<_> =
        target.output.into_iter().chain(models).flat_map(|folder| files(root, &folder)).collect();
    kept.retain(|(file, _)| !deleted.contains(file));
    for (file, why) in &mut kept {
        if changed.contains(file) {
            *why = Kept::Changed;
        }
    }
    Ok(RemovePlan {
        service: target.service.map(|service| service.name.clone()).or(target.model),
        package: target.service.filter(|service| !service.module).map(|service| service.crate_name.clone()),
        generated,
        model,
        kept,
        root: root.clone(),
        config: config.transpose()?,
        sources,
    })
}

/// What is to be removed.
struct Target<'w> {
    /// The service of `myrina.toml`.
    service: Option<&'w ServiceConfig>,
    /// The folder of the generated crate.
    output: Option<PathBuf>,
    /// The service whose imported model is removed.
    model: Option<String>,
}

/// Finds what a name stands for: the folder of a crate that a service left, a service of `myrina.toml`, or one that left its folders.
fn target<'w>(workspace: &'w Workspace, record: &SourcesFile, name: &str) -> Result<Target<'w>, Error> {
    let Workspace { root, config } = workspace;
    let mut crates = generated_folders(config, root);
    let folder: PathBuf = Path::new(name).components().filter(|step| *step != Component::CurDir).collect();
    if crates.contains(&folder) {
        return Ok(Target { service: None, output: Some(folder), model: None });
    }
    if workspace.service(name).is_none() {
        crates.retain(|folder| folder.file_name().is_some_and(|own| own == name));
        if let [_, _, ..] = crates.as_slice() {
            let folders = crates.iter().map(|folder| folder.display().to_string()).collect::<Vec<_>>();
            let message = format!(
                "several services left a crate `{name}`: give the folder of one, {}",
                folders.join(" or ")
            );
            return Err(Error::Usage(message));
        }
        if !crates.is_empty() || record.has(name) {
            let model = is_removable(config, name).then(|| name.to_owned());
            return Ok(Target { service: None, output: crates.pop(), model });
        }
    }
    let service = workspace.require_service(name)?;
    let is_own = service.models == Path::new(MODELS).join(&service.name);
    let model = (is_own && is_removable(config, &service.name)).then(|| service.name.clone());
    Ok(Target { service: Some(service), output: Some(service.output.clone()), model })
}

/// Whether the imported model of a service is of no other.
fn is_removable(config: &Config, name: &str) -> bool {
    let models = Path::new(MODELS).join(name);
    is_folder_name(name) && !config.services.iter().any(|other| other.name != name && other.models == models)
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
        if let (Some(sources), Some(service)) = (&self.sources, &self.service) {
            remove_empty(&self.root.join(MODELS).join(service));
            sources.write(&self.root)?;
        }
        Ok(())
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
///
/// # Errors
///
/// If the record of the models cannot be read.
pub fn leftover(workspace: &Workspace) -> Result<Leftover, Diagnostic> {
    let config = &workspace.config;
    let crates = generated_folders(config, &workspace.root);
    let models = sources::services(&workspace.root)?;
    let is_used = |name: &str| {
        let folder = Path::new(MODELS).join(name);
        config.services.iter().any(|service| service.name == name || service.models == folder)
    };
    Ok(Leftover { crates, models: models.into_iter().filter(|name| !is_used(name)).collect() })
}

/// The folders beside those of the services, and in `generated`, that hold a generated crate and belong to no service.
fn generated_folders(config: &Config, root: &Path) -> Vec<PathBuf> {
    let outputs: BTreeSet<&Path> = config.services.iter().map(|service| service.output.as_path()).collect();
    let inside = |folder: &Path| {
        folder.components().all(|step| matches!(step, Component::Normal(_))) && !folder.as_os_str().is_empty()
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

/// The files in a folder, relative to `root`, with links, which are not followed, and the folders in which cargo builds.
fn files(root: &Path, folder: &Path) -> Vec<(PathBuf, Kept)> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(path) = open.pop() {
        let Ok(data) = root.join(&path).symlink_metadata() else { continue };
        if data.is_symlink() {
            found.push((path, Kept::Link));
        } else if data.is_dir() && !path.ends_with("target") {
            let entries = fs::read_dir(root.join(&path)).into_iter().flatten().flatten();
            open.extend(entries.map(|entry| path.join(entry.file_name())));
        } else {
            found.push((path, Kept::Foreign));
        }
    }
    found.sort_by(|(one, _), (other, _)| one.cmp(other));
    found
}

/// Removes the empty folders in a folder, and the folder itself if it becomes empty.
fn remove_empty(folder: &Path) {
    if !folder.symlink_metadata().is_ok_and(|data| data.is_dir()) {
        return;
    }
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        remove_empty(&entry.path());
    }
    // Fails if anything is left in it, which stays.
    fs::remove_dir(folder).ok();
}
