//! Where models are compared from: a wheel, the folder of a catalogue, or the folder of one model.

use super::side::{Side, Wanted};
use crate::diagnostic::Diagnostics;
use crate::workspace::import::{self, Extent, Names, Prose};
use crate::workspace::sources;
use crate::{read, render};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::{env, fs, io, process};

/// Where models come from.
#[derive(Debug)]
pub struct Origin {
    label: String,
    kind: Kind,
}

#[derive(Debug)]
enum Kind {
    /// A folder that holds one model, whatever service it is of.
    One(PathBuf),
    /// What models can be imported from, and the services in it.
    Many { from: PathBuf, services: Vec<String> },
}

impl Origin {
    /// Opens a botocore wheel, a folder `botocore/data` or one above it, a folder `models`, that of one service in it, or that of one
    /// model. The error says what is missing.
    pub fn open(from: &Path) -> Result<Self, String> {
        let shown = from.display().to_string();
        let one = |folder: PathBuf| Self { label: shown.clone(), kind: Kind::One(folder) };
        if from.is_dir() && holds_model(from) {
            return Ok(one(from.to_owned()));
        }
        if let Some(newest) = read::versions(from).last() {
            return Ok(one(from.join(newest)));
        }
        let listing = import::listing(from)?;
        let label = listing.botocore.map_or(shown, |version| format!("botocore {version}"));
        Ok(Self { label, kind: Kind::Many { from: from.to_owned(), services: listing.services } })
    }

    /// What it is, for people.
    pub fn label(&self) -> &str {
        &self.label
    }

    /// The services in it; `None` where there is one model, which does not say whose it is.
    pub fn services(&self) -> Option<&[String]> {
        match &self.kind {
            Kind::One(_) => None,
            Kind::Many { services, .. } => Some(services),
        }
    }

    /// The service of a single model, as the folder above it is called.
    pub fn service(&self) -> Option<String> {
        match &self.kind {
            Kind::One(folder) => {
                let folder = folder.canonicalize().ok()?;
                Some(folder.parent()?.file_name()?.to_str()?.to_owned())
            }
            Kind::Many { .. } => None,
        }
    }

    /// The operations that a service's model was pruned to when it was imported; `None` where it was not.
    pub fn pruned(&self, wanted: &Wanted) -> Option<Vec<String>> {
        let folder = match &self.kind {
            Kind::One(folder) => folder.canonicalize().ok()?,
            Kind::Many { from, .. } => {
                let models = from.join(&wanted.service);
                models.join(wanted.version.clone().or_else(|| read::versions(&models).pop())?)
            }
        };
        let (version, service) = (folder.file_name()?.to_str()?, folder.parent()?);
        let recorded = sources::recorded(service.parent()?, service.file_name()?.to_str()?, version);
        recorded.ok()??.extent.operations
    }

    /// Reads and lowers what is wanted.
    pub fn side(&self, wanted: &Wanted) -> Result<Side, String> {
        match &self.kind {
            Kind::One(folder) => Side::load(wanted, &self.label, Path::new(""), folder),
            Kind::Many { from, .. } => {
                let scratch = Scratch::new().map_err(|error| format!("a folder for a while: {error}"))?;
                let (folder, _) = scratch.import(wanted, from, Prose::Kept)?;
                Side::load(wanted, &self.label, scratch.path(), &folder)
            }
        }
    }
}

fn holds_model(folder: &Path) -> bool {
    [read::MODEL_FILE.to_owned(), format!("{}.gz", read::MODEL_FILE)]
        .iter()
        .any(|file| folder.join(file).is_file())
}

/// A folder that goes away with the value.
#[derive(Debug)]
pub struct Scratch(PathBuf);

impl Scratch {
    /// Makes one among the system's temporary files.
    pub fn new() -> io::Result<Self> {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        loop {
            let number = NEXT.fetch_add(1, Ordering::Relaxed);
            let path = env::temp_dir().join(format!("myrina-{}-{number}", process::id()));
            match fs::create_dir(&path) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                made => return made.map(|()| Self(path)),
            }
        }
    }

    /// Its path.
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// Imports one model into it, pruned as is wanted, but for operations that it does not have; its folder, relative to this one,
    /// and what was taken of it.
    pub fn import(&self, wanted: &Wanted, from: &Path, prose: Prose) -> Result<(PathBuf, Extent), String> {
        let whole = Extent { operations: None, prose };
        let folder = self.take(wanted, from, &whole)?;
        let Some(pruned) = &wanted.pruned else { return Ok((folder, whole)) };
        let mut found = Diagnostics::new();
        let model = read::model(&self.0, &folder, &mut found);
        let model = model.ok_or_else(|| render::render(&found, &self.0, false))?;
        let there = pruned.iter().filter(|name| model.operations.contains_key(*name));
        let extent = Extent { operations: Some(there.cloned().collect()), prose };
        Ok((self.take(wanted, from, &extent)?, extent))
    }

    fn take(&self, wanted: &Wanted, from: &Path, extent: &Extent) -> Result<PathBuf, String> {
        let version = wanted.version.as_ref().map(|version| format!("@{version}")).unwrap_or_default();
        let names = Names::Each(vec![format!("{}{version}", wanted.service)]);
        let imported =
            import::import(self.path(), &names, from, extent).map_err(|error| error.to_string())?;
        let folder = imported.into_iter().next().map(|imported| imported.folder);
        folder.ok_or_else(|| format!("nothing was imported of `{}`", wanted.service))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // Best effort: what stays is a temporary file.
        fs::remove_dir_all(&self.0).ok();
    }
}
