//! Reads the files of a model's folder, plain or compressed, and merges `*.sdk-extras.json` into them as botocore does.

use super::object::Object;

use crate::diagnostic::{Diagnostic, Diagnostics, Location};
use crate::json::{self, Json};
use crate::model::Pointer;
use crate::source::{MergedFile, Source};
use flate2::read::GzDecoder;
use indexmap::map::Entry;
use std::collections::BTreeSet;
use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

/// The largest file that is read, in bytes and unpacked. The largest of the catalogue (Amazon EC2) has 5 MB.
const MAX_FILE: u64 = 1 << 28;

/// The key of an extras file whose value is merged.
const MERGE: &str = "merge";

/// The folder of one model, such as `models/lambda/2015-03-31`. Its files may also end in `.gz`; only the model itself must exist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModelFolder {
    /// The folder that paths in messages are relative to, and those of overrides.
    pub root: PathBuf,
    /// The folder, relative to `root`.
    pub path: PathBuf,
}

impl ModelFolder {
    /// The folder `path`, which is relative to `root`.
    pub fn new(root: impl Into<PathBuf>, path: impl Into<PathBuf>) -> Self {
        Self { root: root.into(), path: path.into() }
    }

    /// The path of a file, plain or else compressed, relative to the root.
    pub(crate) fn find(&self, name: &str) -> Option<PathBuf> {
        let exists = |path: &PathBuf| self.root.join(path).is_file();
        [self.path.join(name), self.path.join(format!("{name}.gz"))].into_iter().find(exists)
    }

    /// Reads a JSON file. `None` if it is absent, or cannot be read, which is reported.
    pub(crate) fn load(&self, name: &str, diagnostics: &mut Diagnostics) -> Option<(Source, Json)> {
        parse(&self.root, &self.find(name)?, diagnostics)
    }

    /// Reads a JSON file and merges its extras into it. `None` if the first is absent or cannot be read.
    pub(crate) fn load_with_extras(
        &self,
        name: &str,
        extras: &str,
        diagnostics: &mut Diagnostics,
    ) -> Option<(Source, Json)> {
        let base = self.load(name, diagnostics);
        let extras = self.load_extras(extras, diagnostics);
        let (source, mut json) = base?;
        let Some((file, addition)) = extras else { return Some((source, json)) };
        let mut merged = MergedFile { file, key: MERGE, nodes: BTreeSet::new() };
        merge(&mut json, addition, &mut Vec::new(), &mut merged.nodes);
        Some((source.with_merged(merged), json))
    }

    fn load_extras(&self, name: &str, diagnostics: &mut Diagnostics) -> Option<(PathBuf, Json)> {
        let path = self.find(name)?;
        let (mut source, json) = parse(&self.root, &path, diagnostics)?;
        let mut object = Object::new(&mut source, Pointer::ROOT, json);
        let addition = object.as_mut().and_then(|object| object.required_object(&mut source, MERGE));
        if let Some(mut object) = object {
            // The version of the format.
            object.ignore(&["version"]);
            object.finish(&mut source);
        }
        source.finish(diagnostics);
        Some((path, addition?.into_json()))
    }

    /// Reports that a required file is absent, if it is.
    pub(crate) fn report_if_missing(&self, name: &str, diagnostics: &mut Diagnostics) {
        if self.find(name).is_none() {
            let diagnostic = Diagnostic::in_file(self.path.join(name), "this file does not exist");
            diagnostics.push(diagnostic.with_help(
                "a folder models/<service>/<version> contains at least this file: import the service with \
                 `myrina import NAME --from BOTOCORE`, or correct the path",
            ));
        }
    }
}

/// Merges `addition` into `base`: objects are merged, everything else is replaced. The JSON reader bounds the depth.
fn merge(base: &mut Json, addition: Json, path: &mut Vec<String>, merged: &mut BTreeSet<Vec<String>>) {
    match (base, addition) {
        (Json::Object(base), Json::Object(addition)) => {
            for (key, value) in addition {
                path.push(key.clone());
                match base.entry(key) {
                    Entry::Occupied(mut entry) => merge(entry.get_mut(), value, path, merged),
                    Entry::Vacant(entry) => {
                        entry.insert(value);
                        merged.insert(path.clone());
                    }
                }
                path.pop();
            }
        }
        (base, addition) => {
            *base = addition;
            merged.insert(path.clone());
        }
    }
}

/// The versions of a service's model: the names of the folders that contain a model, oldest first.
pub(crate) fn versions(service: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(service).into_iter().flatten().filter_map(Result::ok);
    let has_model = |name: &String| ModelFolder::new(service, name).find(super::MODEL_FILE).is_some();
    let mut versions: Vec<String> =
        entries.filter_map(|entry| entry.file_name().into_string().ok()).filter(has_model).collect();
    versions.sort_unstable();
    versions
}

/// Reads one JSON file; `path` is relative to `root`.
pub(crate) fn parse(root: &Path, path: &Path, diagnostics: &mut Diagnostics) -> Option<(Source, Json)> {
    let text = match text(root, path) {
        Ok(text) => text,
        Err(diagnostic) => {
            diagnostics.push(diagnostic);
            return None;
        }
    };
    parse_text(path, &text, diagnostics)
}

/// Parses the text of a JSON file.
pub(crate) fn parse_text(path: &Path, text: &str, diagnostics: &mut Diagnostics) -> Option<(Source, Json)> {
    let (json, errors) = json::parse(text);
    for error in errors {
        diagnostics.push(Diagnostic {
            file: path.to_owned(),
            location: Location::Text { line: error.position.line, column: error.position.column },
            message: error.message,
            help: Some(error.help.to_owned()),
        });
    }
    Some((Source::new(path.to_owned()), json?))
}

/// The text of a file, unpacked if its name ends in `.gz`. Its path is relative to `root`.
pub(crate) fn text(root: &Path, path: &Path) -> Result<String, Diagnostic> {
    let bytes = bytes(&root.join(path)).map_err(|error| {
        let help = match error.kind() {
            ErrorKind::NotFound => "check the path",
            ErrorKind::PermissionDenied => "make it readable",
            ErrorKind::FileTooLarge => "a file of this size is not read",
            _ => "check that it is a file and not damaged",
        };
        Diagnostic::in_file(path, format!("cannot read this file: {error}")).with_help(help)
    })?;
    String::from_utf8(bytes).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        let whole = String::from_utf8_lossy(error.as_bytes());
        let json::Position { line, column } = json::position(&whole, valid);
        Diagnostic {
            file: path.to_owned(),
            location: Location::Text { line, column },
            message: "these bytes are not UTF-8".to_owned(),
            help: Some("save the file as UTF-8".to_owned()),
        }
    })
}

/// The bytes of a file, unpacked if its name ends in `.gz`. An error if they are too many.
pub(crate) fn bytes(path: &Path) -> std::io::Result<Vec<u8>> {
    let file = File::open(path)?;
    if path.extension().is_some_and(|extension| extension == "gz") {
        read_limited(GzDecoder::new(file))
    } else {
        read_limited(file)
    }
}

/// All bytes of a reader. An error if they are too many.
pub(crate) fn read_limited(reader: impl Read) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let length = reader.take(MAX_FILE + 1).read_to_end(&mut bytes)?;
    if u64::try_from(length).is_ok_and(|length| length <= MAX_FILE) {
        Ok(bytes)
    } else {
        Err(std::io::Error::new(ErrorKind::FileTooLarge, format!("it is larger than {MAX_FILE} bytes")))
    }
}
