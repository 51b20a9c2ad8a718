//! A checksum of many files.

use crate::BoxError;
use sha2::{Digest as _, Sha256};
use std::{fs, path::Path};

/// Adds up named contents in the order in which they come. What is added is reported apart by its length, so that no two sequences
/// have the same sum by the way they are cut.
#[derive(Clone, Debug, Default)]
pub(super) struct Digest(Sha256);

impl Digest {
    pub(super) fn add(&mut self, name: &str, content: &[u8]) {
        for part in [name.as_bytes(), content] {
            self.0.update((part.len() as u64).to_le_bytes());
            self.0.update(part);
        }
    }

    /// The sum, in hexadecimal.
    pub(super) fn finish(self) -> String {
        self.0.finalize().iter().fold(String::with_capacity(64), |text, byte| text + &format!("{byte:02x}"))
    }
}

/// The sum of all files in a folder, by their paths below it with forward slashes; that of none where there is no folder.
pub(super) fn of_folder(folder: &Path) -> Result<String, BoxError> {
    let mut files = Vec::new();
    let mut open = vec![String::new()];
    while let Some(path) = open.pop() {
        let full = folder.join(&path);
        if !full.is_dir() {
            continue;
        }
        for entry in fs::read_dir(full)? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let below = if path.is_empty() { name } else { format!("{path}/{name}") };
            if entry.file_type()?.is_dir() { &mut open } else { &mut files }.push(below);
        }
    }
    files.sort();
    let mut digest = Digest::default();
    for file in &files {
        digest.add(file, &fs::read(folder.join(file))?);
    }
    Ok(digest.finish())
}
