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
        let file = path();
        if !root.join(&file).exists() {
            return Ok(Self { preface: PREFACE.to_owned(), document: DocumentMut::new() });
        }
        let text = std::fs::read_to_string(root.join(&file)).map_err(Error::io(&file))?;
        let document: Result<DocumentMut, _> = text.parse();
        document
            .map(|document| {
                // Without an entry the comment would end up behind the first one.
                let preface =
                    if document.is_empty() { format!("{}\n\n", text.trim_end()) } else { String::new() };
                let document = if document.is_empty() { DocumentMut::new() } else { document };
                Self { preface, document }
            })
            .map_err(|error: toml_edit::TomlError| Error::Usage(format!("{}: {error}", file.display())))
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

    /// The files of a service's models that are as they were imported, relative to `root`.
    pub(super) fn unchanged_files(&self, root: &Path, service: &str) -> Vec<PathBuf> {
        let versions = self.document.get(service).and_then(Item::as_table_like);
        let mut found = Vec::new();
        for (version, entry) in versions.iter().flat_map(|versions| versions.iter()) {
            let Some(sums) = entry.get("sha256").and_then(Item::as_table_like) else { continue };
            if !is_folder_name(service) || !is_folder_name(version) {
                continue;
            }
            for file in FILES {
                let path = Path::new(MODELS).join(service).join(version).join(file);
                let recorded = sums.get(file).and_then(Item::as_str);
                let is_same =
                    std::fs::read(root.join(&path)).is_ok_and(|bytes| recorded == Some(&*sum(&bytes)));
                if is_same {
                    found.push(path);
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

/// The services that the file in `root` has a record of; none if it cannot be read, which [`verify`] reports.
pub(super) fn services(root: &Path) -> Vec<String> {
    let text = std::fs::read_to_string(root.join(path())).unwrap_or_default();
    let document = Document::parse(text.as_str()).ok();
    document.map(|document| document.iter().map(|(name, _)| name.to_owned()).collect()).unwrap_or_default()
}

/// The provenance of one model, as the file in the folder `models` records it; `None` if there is no record.
pub fn provenance(models: &Path, service: &str, version: &str) -> Result<Option<Provenance>, Error> {
    let file = models.join(FILE);
    if !file.exists() {
        return Ok(None);
    }
    let text = std::fs::read_to_string(&file).map_err(Error::io(&file))?;
    let document = Document::parse(text.as_str())
        .map_err(|error| Error::Usage(format!("{}: {error}", file.display())))?;
    let Some(entry) = document.get(service).and_then(|versions| versions.get(version)) else {
        return Ok(None);
    };
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
    if !root.join(&file).exists() {
        return;
    }
    let text = match read::text(root, &file) {
        Ok(text) => text,
        Err(diagnostic) => return diagnostics.push(diagnostic),
    };
    let mut check = Check { root, command, file, text: &text, diagnostics };
    match Document::parse(text.as_str()) {
        Ok(document) => check.services(document.as_table()),
        Err(error) => {
            let message = format!("this is not TOML: {}", error.message().replace('\n', ", "));
            check.report(
                &error.span().unwrap_or_default(),
                message,
                "correct the text here or just before this place",
            );
        }
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
        let position = position(self.text, at.start);
        self.diagnostics.push(Diagnostic {
            file: self.file.clone(),
            location: Location::Text { line: position.line, column: position.column },
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
