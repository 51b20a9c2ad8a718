//! Taking service models over from a botocore installation: the facts, without the prose unless it is asked for.

mod catalogue;
mod prose;
mod prune;

use super::sources;
use crate::did_you_mean::closest;
use crate::json::{self, Json};
use crate::{parallel, read};
use catalogue::Catalogue;
use std::fmt;
use std::path::{Path, PathBuf};

/// The folder of the models, below the folder of the workspace file.
pub const MODELS: &str = "models";

/// The files of a model that are taken over.
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
pub enum Names {
    /// All of them, in their newest versions.
    All,
    /// These: `lambda`, or `lambda@2015-03-31` for a version that need not be the newest.
    Each(Vec<String>),
}

/// What becomes of the models' documentation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Prose {
    /// It is left out.
    Dropped,
    /// It stays, and becomes the documentation of the generated code.
    Kept,
}

/// What is taken of each model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Extent {
    /// The operations that each model is pruned to, with the shapes that they reach; `None` for the whole models.
    pub operations: Option<Vec<String>>,
    /// What becomes of the documentation.
    pub prose: Prose,
}

/// One imported model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Imported {
    /// The service.
    pub service: String,
    /// The version of its model.
    pub version: String,
    /// The version of botocore that it is from; `unknown` where nothing says it.
    pub botocore: String,
    /// Its folder, relative to the folder of the workspace file.
    pub folder: PathBuf,
    /// The names of the files that were written.
    pub files: Vec<String>,
}

/// Why nothing was imported: all reasons.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportError(Vec<String>);

impl fmt::Display for ImportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join("\n"))
    }
}

impl std::error::Error for ImportError {}

impl From<String> for ImportError {
    fn from(reason: String) -> Self {
        Self(vec![reason])
    }
}

/// Imports models into the folder `models` of `root`, and records them in its `SOURCES.toml`.
///
/// `from` is a botocore wheel, or a folder: `botocore/data` or one above it. Nothing is written where a name is unknown or a file
/// cannot be read; the error then says all that is wrong.
///
/// The code that is generated from a pruned model is that of the same operations of the whole one, but for shapes that were shared
/// with operations that were left out: an output that only one operation is left to use becomes its response.
pub fn import(
    root: &Path,
    names: &Names,
    from: &Path,
    extent: &Extent,
) -> Result<Vec<Imported>, ImportError> {
    let catalogue = Catalogue::open(from)?;
    let chosen = choose(&catalogue, names)?;
    let mut record = sources::Record::read(root)?;
    let mut models = Vec::new();
    let mut reasons = Vec::new();
    let read = parallel::map(
        &chosen,
        parallel::threads(),
        |_| 0,
        |(service, version)| model(&catalogue, service, version, extent),
    );
    for ((service, version), read) in chosen.into_iter().zip(read) {
        match read {
            Ok(files) => models.push(Model { service, version, files }),
            Err(found) => reasons.extend(found),
        }
    }
    if !reasons.is_empty() {
        return Err(ImportError(reasons));
    }
    let botocore = catalogue.botocore_version();
    let imported: Result<Vec<Imported>, String> =
        models.into_iter().map(|model| write(root, model, &botocore, extent, &mut record)).collect();
    record.write(root)?;
    Ok(imported?)
}

/// What there is to import.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listing {
    /// The version of botocore; `None` where nothing says it.
    pub botocore: Option<String>,
    /// The services, by name.
    pub services: Vec<String>,
}

/// Lists what [`import`] would find in `from`.
pub fn listing(from: &Path) -> Result<Listing, String> {
    let catalogue = Catalogue::open(from)?;
    let version = catalogue.botocore_version();
    let botocore = (version != catalogue::UNKNOWN).then_some(version);
    Ok(Listing { botocore, services: catalogue.services().map(str::to_owned).collect() })
}

/// Whether a name is that of a service's or version's folder, and of nothing that could lead elsewhere.
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

/// The services and versions that are meant.
fn choose(catalogue: &Catalogue, names: &Names) -> Result<Vec<(String, String)>, ImportError> {
    let newest = |service: &str| catalogue.versions(service).last().cloned();
    let names = match names {
        Names::All => {
            let all = catalogue.services().filter_map(|service| Some((service.to_owned(), newest(service)?)));
            return Ok(all.collect());
        }
        Names::Each(names) => names,
    };
    let mut chosen = Vec::new();
    let mut reasons = Vec::new();
    for name in names {
        let (service, version) =
            name.split_once('@').map_or((name.as_str(), None), |(name, version)| (name, Some(version)));
        let there = catalogue.versions(service);
        let found =
            version.map_or_else(|| there.last(), |version| there.iter().find(|there| *there == version));
        match found {
            Some(version) => chosen.push((service.to_owned(), version.clone())),
            None if there.is_empty() => reasons.push(unknown(catalogue, service)),
            None => reasons.push(format!(
                "there is no version `{}` of `{service}`; these are there: {}",
                version.unwrap_or_default(),
                there.join(", ")
            )),
        }
    }
    chosen.dedup();
    if reasons.is_empty() { Ok(chosen) } else { Err(ImportError(reasons)) }
}

/// How many services a message names.
const FEW: usize = 8;

fn unknown(catalogue: &Catalogue, service: &str) -> String {
    let near = closest(service, catalogue.services()).map(str::to_owned);
    let holding: Vec<&str> =
        catalogue.services().filter(|name| service.len() > 2 && name.contains(service)).take(FEW).collect();
    let help = match (near, holding.as_slice()) {
        (Some(near), _) => format!("did you mean `{near}`?"),
        (None, []) if catalogue.services().count() <= FEW => {
            format!("these are there: {}", catalogue.services().collect::<Vec<_>>().join(", "))
        }
        (None, []) => {
            format!("it has {} others, named as the folders in botocore/data", catalogue.services().count())
        }
        (None, holding) => format!("these have it in their name: {}", holding.join(", ")),
    };
    format!("this botocore has no service `{service}`; {help}")
}

/// Reads a model's files, as they are to be written.
fn model(
    catalogue: &Catalogue,
    service: &str,
    version: &str,
    extent: &Extent,
) -> Result<Vec<(&'static str, String)>, Vec<String>> {
    let mut files = Vec::new();
    for file in FILES {
        let place = format!("{service}/{version}/{file}");
        let bytes = catalogue
            .file(service, version, file)
            .map_err(|error| vec![format!("{place} cannot be read: {error}")])?;
        let Some(bytes) = bytes else { continue };
        let text = String::from_utf8(bytes).map_err(|_| vec![format!("{place} is not UTF-8")])?;
        files.push((file, parse(&place, &text).map_err(|reason| vec![reason])?));
    }
    let kept = extent.operations.as_ref().map(|wanted| prune::Kept::find(&files, wanted)).transpose();
    let kept = kept.map_err(|reasons| {
        reasons.into_iter().map(|reason| format!("{service}/{version}: {reason}")).collect::<Vec<_>>()
    })?;
    for (file, json) in &mut files {
        if let Some(kept) = &kept {
            kept.prune(file, json);
        }
        prose::drop_examples(file, json);
        if extent.prose == Prose::Dropped {
            prose::drop(file, json);
        }
    }
    Ok(files.into_iter().map(|(file, json)| (file, json::pretty(&json))).collect())
}

fn parse(place: &str, text: &str) -> Result<Json, String> {
    let (json, errors) = json::parse(text);
    let describe = |error: &json::SyntaxError| {
        format!("{place}:{}:{}: {}", error.position.line, error.position.column, error.message)
    };
    if !errors.is_empty() {
        return Err(errors.iter().map(describe).collect::<Vec<_>>().join("\n"));
    }
    json.ok_or_else(|| format!("{place} is empty"))
}

/// Writes a model's files, removes those of an earlier import that are no longer there, and records them.
fn write(
    root: &Path,
    model: Model,
    botocore: &str,
    extent: &Extent,
    record: &mut sources::Record,
) -> Result<Imported, String> {
    let Model { service, version, files } = model;
    if !is_folder_name(&service) || !is_folder_name(&version) {
        return Err(format!("`{service}/{version}` cannot be a folder of models"));
    }
    let folder = Path::new(MODELS).join(&service).join(&version);
    let target = root.join(&folder);
    let failed =
        |path: &Path, error: &std::io::Error| format!("{} cannot be written: {error}", path.display());
    std::fs::create_dir_all(&target).map_err(|error| failed(&folder, &error))?;
    for file in FILES {
        for stale in [file.to_owned(), format!("{file}.gz")] {
            let kept = files.iter().any(|(name, _)| *name == stale);
            let path = target.join(&stale);
            if !kept && path.is_file() {
                std::fs::remove_file(&path).map_err(|error| failed(&folder.join(&stale), &error))?;
            }
        }
    }
    for (file, text) in &files {
        std::fs::write(target.join(file), text).map_err(|error| failed(&folder.join(file), &error))?;
    }
    record.put(&service, &version, botocore, extent, &files);
    let files = files.into_iter().map(|(name, _)| name.to_owned()).collect();
    Ok(Imported { service, version, botocore: botocore.to_owned(), folder, files })
}

#[cfg(test)]
mod tests;
