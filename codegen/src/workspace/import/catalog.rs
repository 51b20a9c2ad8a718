//! The models of a botocore installation, or of the wheel that it is installed from.

use super::{Summary, is_folder_name, official, official_name};
use crate::{
    error::Error,
    parallel,
    read::{self, ModelFolder},
};
use flate2::read::GzDecoder;
use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Cursor};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use zip::ZipArchive;
use zip::result::ZipError;

/// The models of a botocore wheel or folder, and where their files are.
#[derive(Clone, Debug)]
pub struct Catalog {
    store: Store,
    /// The versions of each service, oldest first.
    versions: BTreeMap<String, Vec<String>>,
}

#[derive(Clone, Debug)]
enum Store {
    /// The folder `botocore/data`.
    Folder(PathBuf),
    /// A wheel.
    Wheel(Wheel),
}

/// An archive in memory: its clones share the bytes, and can be read at the same time.
type Wheel = ZipArchive<Cursor<Arc<[u8]>>>;

/// The folder of the models in a wheel.
const DATA: &str = "botocore/data/";

/// The version of a botocore that does not have its version in it.
const UNKNOWN: &str = "unknown";

impl Catalog {
    /// Opens a wheel, the folder `botocore/data`, or one above it.
    pub fn open(from: &Path) -> Result<Self, Error> {
        if from.is_dir() {
            return Self::folder(from);
        }
        let bytes = read::bytes(from).map_err(|error| {
            let path = from.display();
            Error::Usage(format!("{path} cannot be read: {error}; name a botocore wheel, which `pip download --no-deps botocore` gets, or a folder botocore/data"))
        })?;
        let archive = ZipArchive::new(Cursor::new(bytes.into())).map_err(|error| {
            let path = from.display();
            Error::Usage(format!("{path} is neither a folder nor a wheel ({error}); name a file botocore-….whl, or a folder botocore/data"))
        })?;
        let names = archive.file_names().filter_map(Result::ok);
        let found = names.filter_map(|name| {
            let mut steps = name.strip_prefix(DATA)?.split('/');
            let (service, version, file) = (steps.next()?, steps.next()?, steps.next()?);
            is_model(file).then(|| (service.to_owned(), version.to_owned()))
        });
        let versions = sorted(found);
        Self { store: Store::Wheel(archive), versions }.unless_empty(from)
    }

    fn folder(from: &Path) -> Result<Self, Error> {
        fs::read_dir(from).map_err(Error::io(from))?;
        for data in data_folders(from) {
            let services = folders(&data);
            let found = services.iter().flat_map(|service| {
                let versions = read::versions(&data.join(service));
                versions.into_iter().map(|version| (service.clone(), version))
            });
            let versions = sorted(found);
            if !versions.is_empty() {
                return Ok(Self { store: Store::Folder(data), versions });
            }
        }
        Self { store: Store::Folder(from.to_owned()), versions: BTreeMap::new() }.unless_empty(from)
    }

    fn unless_empty(self, from: &Path) -> Result<Self, Error> {
        if self.versions.is_empty() {
            let path = from.display();
            return Err(Error::Usage(format!(
                "there are no models in {path}; name a botocore wheel, or a folder `botocore/data` or one above it"
            )));
        }
        Ok(self)
    }

    /// The services, by name.
    pub fn services(&self) -> impl Iterator<Item = &str> {
        self.versions.keys().map(String::as_str)
    }

    /// The versions of a service, oldest first; none if there is no such service.
    pub(super) fn versions(&self, service: &str) -> &[String] {
        self.versions.get(service).map_or(&[], Vec::as_slice)
    }

    /// The folder of a service: that of this name, or the only one whose official crate has it.
    ///
    /// # Errors
    ///
    /// If a model that might have it cannot be read.
    pub(crate) fn named(&self, name: &str) -> Result<Option<String>, Error> {
        if self.versions.contains_key(name) {
            return Ok(Some(name.to_owned()));
        }
        let Some(wanted) = official(name) else { return Ok(None) };
        let services: Vec<&String> = self.versions.keys().collect();
        let is_named = parallel::map(
            &services,
            parallel::threads(),
            |_| 0,
            |service| {
                let summary = self.summary(service)?;
                Ok(summary.is_some_and(|summary| official_name(&summary.id) == wanted))
            },
        );
        let is_named = is_named.into_iter().collect::<Result<Vec<bool>, Error>>()?;
        let mut found = services.into_iter().zip(is_named).filter(|(_, named)| *named);
        let service = found.next().map(|(service, _)| service.clone());
        Ok(service.filter(|_| found.next().is_none()))
    }

    /// What the newest model of a service says of it; `None` if that is no model.
    pub(super) fn summary(&self, service: &str) -> Result<Option<Summary>, Error> {
        let Some(version) = self.versions(service).last() else { return Ok(None) };
        let model = self.file(service, version, read::MODEL_FILE)?;
        Ok(model.and_then(|model| Summary::of(&model)))
    }

    /// The bytes of a model's file, decompressed; `None` if the model has no such file.
    pub(super) fn file(&self, service: &str, version: &str, file: &str) -> Result<Option<Vec<u8>>, Error> {
        self.bytes(service, version, file)
            .map_err(|error| Error::Usage(format!("{service}/{version}/{file} cannot be read: {error}")))
    }

    fn bytes(&self, service: &str, version: &str, file: &str) -> io::Result<Option<Vec<u8>>> {
        match &self.store {
            Store::Folder(data) => {
                let folder = ModelFolder::new(data, Path::new(service).join(version));
                folder.find(file).map(|path| read::bytes(&data.join(path))).transpose()
            }
            Store::Wheel(archive) => {
                let plain = format!("{DATA}{service}/{version}/{file}");
                if let Some(bytes) = entry(archive, &plain)? {
                    Ok(Some(bytes))
                } else {
                    let packed = entry(archive, &format!("{plain}.gz"))?;
                    packed.map(|bytes| read::read_limited(GzDecoder::new(bytes.as_slice()))).transpose()
                }
            }
        }
    }

    /// A name for people: `botocore 1.43.67`, or the path.
    pub fn label(&self, from: &Path) -> String {
        match self.botocore_version() {
            version if version == UNKNOWN => from.display().to_string(),
            version => format!("botocore {version}"),
        }
    }

    /// The version of botocore, or `unknown`.
    pub(super) fn botocore_version(&self) -> String {
        let found = match &self.store {
            Store::Folder(data) => installed_version(data),
            Store::Wheel(archive) => {
                let metadata = archive
                    .file_names()
                    .filter_map(Result::ok)
                    .find(|name| name.starts_with("botocore-") && name.ends_with(".dist-info/METADATA"))
                    .map(std::borrow::Cow::into_owned);
                let text = metadata.and_then(|name| entry(archive, &name).ok().flatten());
                text.and_then(|text| metadata_version(&String::from_utf8_lossy(&text)))
            }
        };
        found.unwrap_or_else(|| UNKNOWN.to_owned())
    }
}

fn entry(archive: &Wheel, name: &str) -> io::Result<Option<Vec<u8>>> {
    match archive.clone().by_name(name) {
        Ok(file) => read::read_limited(file).map(Some),
        Err(ZipError::FileNotFound) => Ok(None),
        Err(error) => Err(io::Error::other(error)),
    }
}

/// Whether a file is a service's model, plain or compressed.
fn is_model(file: &str) -> bool {
    file.strip_suffix(".gz").unwrap_or(file) == read::MODEL_FILE
}

fn sorted(found: impl Iterator<Item = (String, String)>) -> BTreeMap<String, Vec<String>> {
    let mut versions: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (service, version) in
        found.filter(|(service, version)| is_folder_name(service) && is_folder_name(version))
    {
        versions.entry(service).or_default().push(version);
    }
    for versions in versions.values_mut() {
        versions.sort_unstable();
        versions.dedup();
    }
    versions
}

/// Where `botocore/data` may be in a folder: the folder itself, the package, the folder of the package, a virtual environment.
fn data_folders(from: &Path) -> Vec<PathBuf> {
    let mut places = vec![from.to_owned(), from.join("data"), from.join("botocore").join("data")];
    let libraries = folders(&from.join("lib")).into_iter().map(|python| from.join("lib").join(python));
    let libraries = libraries.chain([from.join("Lib")]);
    places.extend(libraries.map(|library| library.join("site-packages").join("botocore").join("data")));
    places
}

fn folders(of: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(of).into_iter().flatten().filter_map(Result::ok);
    let folders = entries.filter(|entry| entry.path().is_dir());
    let mut names: Vec<String> = folders.filter_map(|entry| entry.file_name().into_string().ok()).collect();
    names.sort_unstable();
    names
}

/// The version in the package around `data`, or in its `dist-info`.
fn installed_version(data: &Path) -> Option<String> {
    let package = data.parent()?;
    let text = |path: PathBuf| std::fs::read_to_string(path).ok();
    let own = text(package.join("__init__.py")).and_then(|text| {
        let line = text.lines().find_map(|line| line.strip_prefix("__version__"))?;
        let quoted = line.split(['\'', '"']).nth(1)?;
        Some(quoted.to_owned())
    });
    own.or_else(|| {
        let beside = package.parent()?;
        let record = folders(beside)
            .into_iter()
            .find(|name| name.starts_with("botocore-") && name.ends_with(".dist-info"))?;
        metadata_version(&text(beside.join(record).join("METADATA"))?)
    })
}

fn metadata_version(metadata: &str) -> Option<String> {
    metadata.lines().find_map(|line| line.strip_prefix("Version:")).map(|version| version.trim().to_owned())
}
