//! `models/SOURCES.toml`: where each model came from, and the checksum of each of its files.
//!
//! ```toml
//! [lambda."2015-03-31"]
//! origin = "botocore"
//! botocore = "1.43.67"
//! licence = "Apache-2.0"
//! documentation = false
//! operations = ["Invoke"]       # only if the model was pruned
//!
//! [lambda."2015-03-31".sha256]
//! "service-2.json" = "…"
//! ```

use super::import::{Documentation, FILES, ImportSelection, MODELS, is_folder_name};
use crate::diagnostic::{Diagnostic, Diagnostics, Location};
use crate::error::Error;
use crate::files;
use crate::json::position;
use crate::read;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::ops::Range;
use std::path::{Path, PathBuf};
use toml_edit::{Array, Document, DocumentMut, Item, Table, TableLike, value};

/// The file's name, in the folder of the models.
pub const FILE: &str = "SOURCES.toml";

/// The comment above the first entry of a new file.
const PREFACE: &str = "# Where the models in this folder came from. `myrina import` writes this; `myrina --check` compares the sums.\n\n";

/// The license of botocore's models.
const LICENSE: &str = "Apache-2.0";

/// The file, to be edited: other entries and comments are kept.
#[derive(Debug)]
pub(super) struct SourcesFile {
    /// The comment at the start of a new file.
    preface: String,
    document: DocumentMut,
}

impl SourcesFile {
    /// Reads the file, if it exists.
    pub(super) fn read(root: &Path) -> Result<Self, Error> {
        let document = document(root, &path()).map_err(|diagnostic| Error::input(diagnostic.into(), root))?;
        let Some(document) = document else {
            return Ok(Self { preface: PREFACE.to_owned(), document: DocumentMut::new() });
        };
        // Without an entry the comment would end up behind the first one.
        let preface =
            if document.is_empty() { format!("{}\n\n", document.raw().trim_end()) } else { String::new() };
        let document = if document.is_empty() { DocumentMut::new() } else { document.into_mut() };
        Ok(Self { preface, document })
    }

    /// Adds the entry of one model, or replaces it.
    pub(super) fn insert(
        &mut self,
        service: &str,
        version: &str,
        botocore: &str,
        selection: &ImportSelection,
        files: &[(&'static str, String)],
    ) {
        let mut sums = Table::new();
        for (file, text) in files {
            sums.insert(file, value(sum(text.as_bytes())));
        }
        let mut entry = Table::new();
        entry.insert("origin", value("botocore"));
        entry.insert("botocore", value(botocore));
        entry.insert("licence", value(LICENSE));
        entry.insert("documentation", value(selection.documentation == Documentation::Keep));
        if let Some(operations) = &selection.operations {
            let sorted: BTreeSet<&String> = operations.iter().collect();
            entry.insert("operations", value(sorted.into_iter().collect::<Array>()));
        }
        entry.insert("sha256", Item::Table(sums));
        let services = self.document.as_table_mut();
        let versions = services.entry(service).or_insert_with(|| {
            let mut versions = Table::new();
            versions.set_implicit(true);
            Item::Table(versions)
        });
        if versions.as_table_like().is_none() {
            *versions = Item::Table(Table::new());
        }
        if let Some(versions) = versions.as_table_like_mut() {
            if let Some(old) = versions.get(version).and_then(Item::as_table) {
                // The comment above it, which may be the file's preface.
                *entry.decor_mut() = old.decor().clone();
            }
            versions.insert(version, Item::Table(entry));
        }
    }

    /// Whether there is an entry of a service.
    pub(super) fn has(&self, service: &str) -> bool {
        self.document.contains_key(service)
    }

    /// The imported files of a service's models that exist, relative to `root`, and whether each is as it was imported. Files behind a
    /// symbolic link are not among them.
    pub(super) fn files(&self, root: &Path, service: &str) -> Vec<(PathBuf, bool)> {
        let versions = self.document.get(service).and_then(Item::as_table_like);
        let mut found = Vec::new();
        for (version, entry) in versions.iter().flat_map(|versions| versions.iter()) {
            let Some(sums) = entry.get("sha256").and_then(Item::as_table_like) else { continue };
            if !is_folder_name(service) || !is_folder_name(version) {
                continue;
            }
            for file in FILES {
                let Some(recorded) = sums.get(file).and_then(Item::as_str) else { continue };
                let path = Path::new(service).join(version).join(file);
                if files::no_link(&root.join(MODELS), &path).is_err() {
                    continue;
                }
                let path = Path::new(MODELS).join(path);
                if let Ok(bytes) = std::fs::read(root.join(&path)) {
                    found.push((path, sum(&bytes) == recorded));
                }
            }
        }
        found
    }

    /// Removes the entries of a service. Returns whether there were any. A comment at the start of the file stays.
    pub(super) fn remove(&mut self, service: &str) -> bool {
        let Some(removed) = self.document.remove(service) else { return false };
        let prefix = removed.as_table().into_iter().flat_map(Table::iter).find_map(|(_, entry)| {
            let prefix = entry.as_table()?.decor().prefix()?.as_str()?;
            Some(prefix.get(..=prefix.find("\n\n")?)?.to_owned()).filter(|text| text.starts_with('#'))
        });
        if let Some(prefix) = prefix {
            self.preface = format!("{prefix}\n");
        }
        true
    }

    /// Writes the file.
    pub(super) fn write(&self, root: &Path) -> Result<(), Error> {
        let file = path();
        let document = self.document.to_string();
        let document = if self.preface.is_empty() { &document } else { document.trim_start_matches('\n') };
        std::fs::write(root.join(&file), format!("{}{document}", self.preface)).map_err(Error::io(&file))
    }
}

/// Where a model came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Provenance {
    /// The version of botocore.
    pub botocore: String,
    /// What was kept of the model.
    pub selection: ImportSelection,
}

/// The services that the file in `root` has a record of.
pub(super) fn services(root: &Path) -> Result<Vec<String>, Diagnostic> {
    let document = document(root, &path())?;
    Ok(document.iter().flat_map(|document| document.iter()).map(|(name, _)| name.to_owned()).collect())
}

/// Reads a file with records; its path is relative to `root`. `None` if it does not exist.
fn document(root: &Path, file: &Path) -> Result<Option<Document<String>>, Diagnostic> {
    if !root.join(file).exists() {
        return Ok(None);
    }
    let text = read::text(root, file)?;
    Document::parse(text.clone()).map(Some).map_err(|error| Diagnostic {
        file: file.to_owned(),
        location: location(&text, &error.span().unwrap_or_default()),
        message: format!("this is not TOML: {}", error.message().replace('\n', ", ")),
        help: Some("correct the text here or just before this place".to_owned()),
    })
}

/// The provenance of the model in `folder`, which is relative to `root`: `models/lambda/2015-03-31` is recorded as `[lambda."2015-03-31"]`
/// in `models/SOURCES.toml`. `None` if there is no record.
pub fn provenance(root: &Path, folder: &Path) -> Result<Option<Provenance>, Diagnostic> {
    let mut way = folder.ancestors();
    let mut step = || way.next()?.file_name()?.to_str();
    let (Some(version), Some(service)) = (step(), step()) else { return Ok(None) };
    let document = document(root, &way.next().unwrap_or(Path::new("")).join(FILE))?;
    let entry = document.as_ref().and_then(|document| document.get(service)?.get(version));
    let Some(entry) = entry else { return Ok(None) };
    let kept = entry.get("documentation").and_then(Item::as_bool) == Some(true);
    let operations = entry.get("operations").and_then(Item::as_array);
    let names = |list: &Array| list.iter().filter_map(|name| Some(name.as_str()?.to_owned())).collect();
    Ok(Some(Provenance {
        botocore: entry.get("botocore").and_then(Item::as_str).unwrap_or_default().to_owned(),
        selection: ImportSelection {
            operations: operations.map(names),
            documentation: if kept { Documentation::Keep } else { Documentation::Strip },
        },
    }))
}

/// Compares each recorded file of the models in `root` with its checksum. Files that differ, are missing or are not recorded are added
/// to `diagnostics`. Models without a record, such as hand-written ones, are not checked.
///
/// `command` runs the generator, for help.
pub fn verify(root: &Path, command: &str, diagnostics: &mut Diagnostics) {
    let file = path();
    match document(root, &file) {
        Ok(Some(document)) => {
            let mut check = Check { root, command, file, text: document.raw(), diagnostics };
            check.services(document.as_table());
        }
        Ok(None) => {}
        Err(diagnostic) => diagnostics.push(diagnostic),
    }
}

fn path() -> PathBuf {
    Path::new(MODELS).join(FILE)
}

fn sum(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(64);
    for byte in Sha256::digest(bytes) {
        // Writing to a string does not fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

fn location(text: &str, span: &Range<usize>) -> Location {
    let position = position(text, span.start);
    Location::Text { line: position.line, column: position.column }
}

struct Check<'a> {
    root: &'a Path,
    command: &'a str,
    file: PathBuf,
    text: &'a str,
    diagnostics: &'a mut Diagnostics,
}

impl Check<'_> {
    fn services(&mut self, services: &Table) {
        for (service, versions) in services {
            let Some(versions) = self.table(service, versions) else { continue };
            for (version, entry) in versions.iter() {
                let Some(entry) = self.table(version, entry) else { continue };
                if is_folder_name(service) && is_folder_name(version) {
                    self.model(service, version, entry);
                } else {
                    let at = entry.get("origin").and_then(Item::span).unwrap_or_default();
                    let help = "the names are those of the folders in models/";
                    self.report(&at, format!("`{service}/{version}` cannot be a folder of models"), help);
                }
            }
        }
    }

    fn table<'t>(&mut self, name: &str, item: &'t Item) -> Option<&'t dyn TableLike> {
        let table = item.as_table_like();
        if table.is_none() {
            let help = "an entry begins with a line `[<service>.\"<version>\"]`";
            self.report(&item.span().unwrap_or_default(), format!("`{name}` is not a table"), help);
        }
        table
    }

    fn model(&mut self, service: &str, version: &str, entry: &dyn TableLike) {
        let folder = Path::new(MODELS).join(service).join(version);
        let sums = entry.get("sha256").and_then(Item::as_table_like);
        let restore = restore(self.command, service, version, entry);
        let recorded = |file: &str| sums.and_then(|sums| sums.get(file));
        for file in FILES {
            let path = folder.join(file);
            let bytes = std::fs::read(self.root.join(&path));
            match (recorded(file), bytes) {
                (Some(item), Ok(bytes)) if item.as_str() == Some(sum(&bytes).as_str()) => {}
                (Some(_), Ok(bytes)) => self.report_changed(&path, service, &restore, &bytes),
                (Some(_), Err(_)) => {
                    self.report_file(&path, "this file was imported and no longer exists", restore.clone());
                }
                (None, Ok(_)) => {
                    let help = format!("remove it, or {restore}");
                    self.report_file(&path, "this file was not imported with the others in its folder", help);
                }
                (None, Err(_)) => {}
            }
        }
    }

    fn report_changed(&mut self, path: &Path, service: &str, restore: &str, bytes: &[u8]) {
        let help = format!(
            "{restore}; corrections belong in models/{service}/overrides.json. If the change is intended, record it in {}: sha256 = {:?}",
            self.file.display(),
            sum(bytes),
        );
        self.report_file(path, "this file was changed after it was imported", help);
    }

    fn report_file(&mut self, path: &Path, message: &str, help: String) {
        self.diagnostics.push(Diagnostic::in_file(path, message).with_help(help));
    }

    fn report(&mut self, at: &Range<usize>, message: impl Into<String>, help: &str) {
        self.diagnostics.push(Diagnostic {
            file: self.file.clone(),
            location: location(self.text, at),
            message: message.into(),
            help: Some(help.to_owned()),
        });
    }
}

/// The command that imports the files of an entry again.
fn restore(command: &str, service: &str, version: &str, entry: &dyn TableLike) -> String {
    let operations = entry.get("operations").and_then(Item::as_array);
    let operations =
        operations.map(|names| names.iter().filter_map(|name| name.as_str()).collect::<Vec<_>>());
    let pruned = operations.map(|names| format!(" --operations {}", names.join(","))).unwrap_or_default();
    let documented = entry.get("documentation").and_then(Item::as_bool).unwrap_or_default();
    let documented = if documented { " --with-docs" } else { "" };
    format!("import it again with `{command} import {service}@{version}{pruned}{documented} --from BOTOCORE`")
}
