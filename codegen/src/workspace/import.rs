//! `import`: copies service models from a botocore installation, without their documentation unless it is asked for.

mod catalog;
mod documentation;
mod prune;

use super::{list::Listed, sources};
use crate::did_you_mean::closest;
use crate::json::{self, Json};
use crate::{error::Error, parallel, read};
pub use catalog::Catalog;
use serde_json::value::RawValue;
use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

/// The folder of the models, in that of the workspace file.
pub const MODELS: &str = "models";

/// The files of a model that are imported.
pub(super) const FILES: [&str; 6] = [
    read::MODEL_FILE,
    read::MODEL_EXTRAS_FILE,
    read::PAGINATORS_FILE,
    read::PAGINATORS_EXTRAS_FILE,
    read::WAITERS_FILE,
    read::ENDPOINT_RULES_FILE,
];

/// Which services are imported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ServiceSelector {
    /// All, in their newest versions.
    All,
    /// By name: `lambda`, or `lambda@2015-03-31` for a version that need not be the newest.
    Named(Vec<String>),
}

impl ServiceSelector {
    /// One service: `lambda`, or `lambda@2015-03-31`.
    pub(super) fn named(name: &str) -> Self {
        Self::Named(vec![name.to_owned()])
    }
}

/// Whether the models' documentation is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Documentation {
    /// It is removed.
    Strip,
    /// It is kept, and becomes the documentation of the generated code.
    Keep,
}

/// What is kept of each model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportSelection {
    /// The operations that each model is pruned to, with the shapes that they reach; `None` for the whole models.
    pub operations: Option<Vec<String>>,
    /// Whether the documentation is kept.
    pub documentation: Documentation,
}

/// One imported model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Imported {
    /// The service.
    pub service: String,
    /// The version of its model.
    pub version: String,
    /// The version of botocore that it is from, or `unknown`.
    pub botocore: String,
    /// Its folder, relative to the folder of the workspace file.
    pub folder: PathBuf,
    /// The names of the files that were written.
    pub files: Vec<String>,
}

/// Imports models into the folder `models` of `root`, and records them in its `SOURCES.toml`.
///
/// A pruned model generates the same code for its operations as the whole one, with one exception: an output that the removed
/// operations shared with a single remaining one becomes the response of that.
///
/// # Errors
///
/// All names that are unknown, and all files that cannot be read. Nothing is written then.
pub fn import(
    root: &Path,
    names: &ServiceSelector,
    catalog: &Catalog,
    selection: &ImportSelection,
) -> Result<Vec<Imported>, Error> {
    let chosen = choose(catalog, names)?;
    let mut record = sources::SourcesFile::read(root)?;
    let mut models = Vec::new();
    let mut errors = Vec::new();
    let read = parallel::map(
        &chosen,
        parallel::threads(),
        |_| 0,
        |(service, version)| model(catalog, service, version, selection),
    );
    for ((service, version), read) in chosen.into_iter().zip(read) {
        match read {
            Ok(files) => models.push(Model { service, version, files }),
            Err(error) => errors.push(error),
        }
    }
    if !errors.is_empty() {
        return Err(Error::all(errors));
    }
    let botocore = catalog.botocore_version();
    let imported: Result<Vec<Imported>, Error> =
        models.into_iter().map(|model| write(root, model, &botocore, selection, &mut record)).collect();
    record.write(root)?;
    imported
}

/// What a model says of its service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// The service id: `SFN`, `EventBridge`.
    pub id: String,
    /// The full name.
    pub title: String,
    /// The number of operations.
    pub operations: usize,
}

impl Summary {
    /// Reads the summary in the text of a model; `None` if that is no model.
    pub(super) fn of(model: &[u8]) -> Option<Self> {
        let object = |text: &str| serde_json::from_str::<BTreeMap<String, Box<RawValue>>>(text).ok();
        let model = object(std::str::from_utf8(model).ok()?)?;
        let metadata = object(model.get("metadata")?.get())?;
        let text = |key: &str| serde_json::from_str::<String>(metadata.get(key)?.get()).ok();
        let operations = model.get("operations").and_then(|operations| object(operations.get()));
        Some(Self {
            id: text("serviceId").unwrap_or_default(),
            title: text("serviceFullName").unwrap_or_default(),
            operations: operations.map_or(0, |operations| operations.len()),
        })
    }
}

/// The name of a service as the official crates have it, `aws-sdk-` aside: its service id in lower case, letters and digits only.
pub(super) fn official_name(id: &str) -> String {
    id.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase()
}

/// The name that an official crate may have, if the text can be one: with or without `aws-sdk-`.
pub(super) fn official(name: &str) -> Option<&str> {
    let name = name.strip_prefix("aws-sdk-").unwrap_or(name);
    (!name.is_empty() && official_name(name) == name).then_some(name)
}

/// Lists the services of a catalogue.
pub(super) fn summaries(catalog: &Catalog) -> Vec<Listed> {
    let names: Vec<String> = catalog.services().map(str::to_owned).collect();
    parallel::map(
        &names,
        parallel::threads(),
        |_| 0,
        |name| Listed {
            name: name.clone(),
            versions: catalog.versions(name).to_vec(),
            summary: catalog.summary(name).ok().flatten(),
            package: None,
        },
    )
}

/// Whether a name can be that of a service's or version's folder, and of nothing outside of it.
pub(crate) fn is_folder_name(name: &str) -> bool {
    name.len() <= 100
        && name.starts_with(|first: char| first.is_ascii_alphanumeric())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'))
}

struct Model {
    service: String,
    version: String,
    /// Name and text.
    files: Vec<(&'static str, String)>,
}

/// The chosen services with their versions.
fn choose(catalog: &Catalog, names: &ServiceSelector) -> Result<Vec<(String, String)>, Error> {
    let newest = |service: &str| catalog.versions(service).last().cloned();
    let names = match names {
        ServiceSelector::All => {
            let all = catalog.services().filter_map(|service| Some((service.to_owned(), newest(service)?)));
            return Ok(all.collect());
        }
        ServiceSelector::Named(names) => names,
    };
    let mut chosen = Vec::new();
    let mut errors = Vec::new();
    for name in names {
        let (service, version) =
            name.split_once('@').map_or((name.as_str(), None), |(name, version)| (name, Some(version)));
        let folder = match catalog.named(service) {
            Ok(folder) => folder,
            Err(error) => {
                errors.push(error);
                continue;
            }
        };
        let service = folder.as_deref().unwrap_or(service);
        let versions = catalog.versions(service);
        let found = version
            .map_or_else(|| versions.last(), |version| versions.iter().find(|found| *found == version));
        match found {
            Some(version) => {
                let model = (service.to_owned(), version.clone());
                if !chosen.contains(&model) {
                    chosen.push(model);
                }
            }
            None if versions.is_empty() => errors.push(Error::Usage(unknown(catalog, service))),
            None => errors.push(Error::Usage(format!(
                "there is no version `{}` of `{service}`; these exist: {}",
                version.unwrap_or_default(),
                versions.join(", ")
            ))),
        }
    }
    if errors.is_empty() { Ok(chosen) } else { Err(Error::all(errors)) }
}

/// The most services that a message names.
const MAX_NAMED: usize = 8;

fn unknown(catalog: &Catalog, service: &str) -> String {
    let near = closest(service, catalog.services()).map(str::to_owned);
    let holding: Vec<&str> = catalog
        .services()
        .filter(|name| service.len() > 2 && name.contains(service))
        .take(MAX_NAMED)
        .collect();
    let help = match (near, holding.as_slice()) {
        (Some(near), _) => format!("did you mean `{near}`?"),
        (None, []) if catalog.services().count() <= MAX_NAMED => {
            format!("these exist: {}", catalog.services().collect::<Vec<_>>().join(", "))
        }
        (None, []) => {
            format!("it has {} others, named as the folders in botocore/data", catalog.services().count())
        }
        (None, holding) => format!("these names contain it: {}", holding.join(", ")),
    };
    format!("this botocore has no service `{service}`; {help}")
}

/// Reads a model's files. Returns the texts to write.
fn model(
    catalog: &Catalog,
    service: &str,
    version: &str,
    selection: &ImportSelection,
) -> Result<Vec<(&'static str, String)>, Error> {
    let mut files = Vec::new();
    for file in FILES {
        let place = format!("{service}/{version}/{file}");
        let Some(bytes) = catalog.file(service, version, file)? else { continue };
        let text = String::from_utf8(bytes).map_err(|_| Error::Usage(format!("{place} is not UTF-8")))?;
        files.push((file, parse(&place, &text)?));
    }
    let retained = match &selection.operations {
        Some(operations) => Some(prune::Retained::find(&files, operations, &format!("{service}/{version}"))?),
        None => None,
    };
    for (file, json) in &mut files {
        if let Some(retained) = &retained {
            retained.prune(file, json);
        }
        documentation::remove_examples(file, json);
        if selection.documentation == Documentation::Strip {
            documentation::strip(file, json);
        }
    }
    Ok(files.into_iter().map(|(file, json)| (file, json::pretty(&json))).collect())
}

fn parse(place: &str, text: &str) -> Result<Json, Error> {
    let (json, errors) = json::parse(text);
    let usage = |error: json::SyntaxError| {
        let json::Position { line, column } = error.position;
        Error::Usage(format!("{place}:{line}:{column}: {}", error.message))
    };
    if !errors.is_empty() {
        return Err(Error::all(errors.into_iter().map(usage).collect()));
    }
    json.ok_or_else(|| Error::Usage(format!("{place} is empty")))
}

/// Writes a model's files, removes those of an earlier import that the model no longer has, and records them.
fn write(
    root: &Path,
    model: Model,
    botocore: &str,
    selection: &ImportSelection,
    record: &mut sources::SourcesFile,
) -> Result<Imported, Error> {
    let Model { service, version, files } = model;
    if !is_folder_name(&service) || !is_folder_name(&version) {
        return Err(Error::Usage(format!("`{service}/{version}` cannot be a folder of models")));
    }
    let folder = Path::new(MODELS).join(&service).join(&version);
    let target = root.join(&folder);
    std::fs::create_dir_all(&target).map_err(Error::io(&folder))?;
    for file in FILES {
        for stale in [file.to_owned(), format!("{file}.gz")] {
            let is_kept = files.iter().any(|(name, _)| *name == stale);
            let path = target.join(&stale);
            if !is_kept && path.is_file() {
                std::fs::remove_file(&path).map_err(Error::io(folder.join(&stale)))?;
            }
        }
    }
    for (file, text) in &files {
        std::fs::write(target.join(file), text).map_err(Error::io(folder.join(file)))?;
    }
    record.insert(&service, &version, botocore, selection, &files);
    let files = files.into_iter().map(|(name, _)| name.to_owned()).collect();
    Ok(Imported { service, version, botocore: botocore.to_owned(), folder, files })
}

#[cfg(test)]
mod tests;
