//! Files of a model's folder, plain or compressed.

use crate::diagnostic::{Diagnostic, Diagnostics, Location};
use crate::json::{self, Json};
use crate::source::Source;
use flate2::read::GzDecoder;
use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

/// The largest file that is read, unpacked. The largest of the catalogue (Amazon EC2) has 5 MB.
const LARGEST: u64 = 1 << 28;

/// A folder below a root; paths in messages are relative to the root.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Folder<'a> {
    pub(crate) root: &'a Path,
    pub(crate) path: &'a Path,
}

impl Folder<'_> {
    /// Looks for a file, plain before compressed; its path is relative to the root.
    pub(crate) fn find(self, name: &str) -> Option<PathBuf> {
        let there = |path: &PathBuf| self.root.join(path).is_file();
        [self.path.join(name), self.path.join(format!("{name}.gz"))].into_iter().find(there)
    }

    /// Reads a JSON file that may be absent. `None` with a report where it is there and cannot be read.
    pub(crate) fn load(self, name: &str, diagnostics: &mut Diagnostics) -> Option<(Source, Json)> {
        parse(self.root, &self.find(name)?, diagnostics)
    }

    /// Reports a file that must be there, unless it is there and was reported as unreadable.
    pub(crate) fn missing(self, name: &str, diagnostics: &mut Diagnostics) {
        if self.find(name).is_none() {
            let diagnostic = Diagnostic::in_file(self.path.join(name), "this file is not there");
            diagnostics.push(diagnostic.with_help(
                "a folder models/<service>/<version> holds at least this file: import the service with \
                 `myrina import NAME --from BOTOCORE`, or correct the path",
            ));
        }
    }
}

/// The versions of a service's model: the names of the folders that hold one, oldest first.
pub(crate) fn versions(models: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(models).into_iter().flatten().filter_map(Result::ok);
    let holds_model = |name: &String| {
        let folder = Folder { root: models, path: Path::new(name) };
        folder.find(super::SERVICE).is_some()
    };
    let mut versions: Vec<String> =
        entries.filter_map(|entry| entry.file_name().into_string().ok()).filter(holds_model).collect();
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
    let (json, faults) = json::parse(text);
    for fault in faults {
        diagnostics.push(Diagnostic {
            file: path.to_owned(),
            location: Location::Text { line: fault.position.line, column: fault.position.column },
            message: fault.message,
            help: Some(fault.help.to_owned()),
        });
    }
    Some((Source::new(path.to_owned()), json?))
}

/// The text of a file, unpacked where its name ends in `.gz`; its path is relative to `root`.
pub(crate) fn text(root: &Path, path: &Path) -> Result<String, Diagnostic> {
    let bytes = bytes(&root.join(path)).map_err(|error| {
        let help = match error.kind() {
            ErrorKind::NotFound => "check the path",
            ErrorKind::PermissionDenied => "make it readable",
            ErrorKind::FileTooLarge => "a model of this size is not read",
            _ => "check that it is a file and undamaged",
        };
        Diagnostic::in_file(path, format!("this file cannot be read: {error}")).with_help(help)
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

/// The bytes of a file, unpacked where its name ends in `.gz`; refused where they are too many.
pub(crate) fn bytes(path: &Path) -> std::io::Result<Vec<u8>> {
    let file = File::open(path)?;
    if path.extension().is_some_and(|extension| extension == "gz") {
        limited(GzDecoder::new(file))
    } else {
        limited(file)
    }
}

/// All bytes of a reader; refused where they are too many.
pub(crate) fn limited(reader: impl Read) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let length = reader.take(LARGEST + 1).read_to_end(&mut bytes)?;
    if u64::try_from(length).is_ok_and(|length| length <= LARGEST) {
        Ok(bytes)
    } else {
        Err(std::io::Error::new(ErrorKind::FileTooLarge, format!("it is larger than {LARGEST} bytes")))
    }
}
