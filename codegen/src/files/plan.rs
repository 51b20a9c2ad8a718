//! A plan of what writing files would do to a folder.

use super::{Files, GENERATED_MARKER};
use std::{
    fmt, fs, io,
    path::{Path, PathBuf},
};

/// The writes and removals that give a folder exactly these generated files. Other files in it are kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    root: PathBuf,
    /// The files to write: new ones, and those whose text differs.
    pub written: Vec<(String, String)>,
    /// How many files stay as they are.
    pub unchanged: usize,
    /// The generated files to remove.
    pub removed: Vec<String>,
}

/// Why a plan cannot be made or applied.
#[derive(Debug)]
pub enum PlanError {
    /// A file that was not generated would be overwritten.
    NotGenerated(PathBuf),
    /// The path of a file has a symbolic link, which may lead out of the folder.
    Link(PathBuf),
    /// A file cannot be read or written.
    Io(PathBuf, io::Error),
}

impl Plan {
    /// Compares `files` with the folder `root`, which need not exist.
    pub fn new(root: &Path, files: &Files) -> Result<Self, PlanError> {
        let mut plan = Self { root: root.to_owned(), ..Self::default() };
        for (path, text) in files.iter() {
            let full = root.join(path);
            no_link(root, Path::new(path))?;
            match fs::read(&full) {
                Ok(old) if old == text.as_bytes() => plan.unchanged += 1,
                Ok(old) if !is_generated(&old) => return Err(PlanError::NotGenerated(full)),
                Ok(_) => plan.written.push((path.to_owned(), text.to_owned())),
                Err(error) if error.kind() == io::ErrorKind::NotFound => {
                    plan.written.push((path.to_owned(), text.to_owned()));
                }
                Err(error) => return Err(PlanError::Io(full, error)),
            }
        }
        plan.removed = orphans(root, files)?;
        Ok(plan)
    }

    /// A plan that removes every generated file from the folder `root`. Other files in it are kept.
    pub fn removal(root: &Path) -> Result<Self, PlanError> {
        no_link(root, Path::new(""))?;
        Ok(Self { root: root.to_owned(), removed: orphans(root, &Files::new())?, ..Self::default() })
    }

    /// Whether a folder holds a generated crate.
    pub fn holds_crate(root: &Path) -> bool {
        is_generated_file(&root.join("Cargo.toml")).unwrap_or(false)
    }

    /// The folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Whether there is nothing to do.
    pub fn is_empty(&self) -> bool {
        self.written.is_empty() && self.removed.is_empty()
    }

    /// Writes and removes the files. Every new text is on the disk before the first old one is replaced, so that a full disk or a
    /// missing permission leaves everything as it was.
    pub fn apply(&self) -> Result<(), PlanError> {
        let stage = |path: &str| self.root.join(format!("{path}.new"));
        let staged = self.written.iter().try_for_each(|(path, text)| write(&stage(path), text));
        if let Err(error) = staged {
            for (path, _) in &self.written {
                // Best effort: the first error is reported.
                fs::remove_file(stage(path)).ok();
            }
            return Err(error);
        }
        for (path, _) in &self.written {
            let target = self.root.join(path);
            fs::rename(stage(path), &target).map_err(|error| PlanError::Io(target, error))?;
        }
        for path in &self.removed {
            let target = self.root.join(path);
            fs::remove_file(&target).map_err(|error| PlanError::Io(target, error))?;
        }
        Ok(())
    }
}

/// Fails if the root, or anything between it and the file, is a symbolic link.
pub(crate) fn no_link(root: &Path, path: &Path) -> Result<(), PlanError> {
    let way: Vec<PathBuf> = path.ancestors().map(|part| root.join(part)).collect();
    let is_link = |part: &&PathBuf| part.as_path().symlink_metadata().is_ok_and(|data| data.is_symlink());
    // A trailing separator would follow the link.
    let own = root.components().collect::<PathBuf>();
    match way.iter().rev().chain([&own]).find(is_link) {
        Some(link) => Err(PlanError::Link(link.clone())),
        None => Ok(()),
    }
}

fn write(path: &Path, text: &str) -> Result<(), PlanError> {
    let in_place = |error| PlanError::Io(path.to_owned(), error);
    path.parent().map_or(Ok(()), fs::create_dir_all).map_err(in_place)?;
    fs::write(path, text).map_err(in_place)
}

/// Whether the text starts as that of a generated file.
fn is_generated(text: &[u8]) -> bool {
    let first = text.split(|byte| *byte == b'\n').next().unwrap_or_default();
    String::from_utf8_lossy(first).contains(GENERATED_MARKER)
}

/// The generated files in `root` that are not among `files`. Symbolic links and `target` folders are skipped.
fn orphans(root: &Path, files: &Files) -> Result<Vec<String>, PlanError> {
    let mut found = Vec::new();
    let mut open = vec![String::new()];
    while let Some(folder) = open.pop() {
        let full = root.join(&folder);
        let entries = match fs::read_dir(&full) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            Err(error) => return Err(PlanError::Io(full, error)),
        };
        for entry in entries {
            let entry = entry.map_err(|error| PlanError::Io(full.clone(), error))?;
            let kind = entry.file_type().map_err(|error| PlanError::Io(entry.path(), error))?;
            let Some(name) = entry.file_name().to_str().map(str::to_owned) else { continue };
            let path = if folder.is_empty() { name.clone() } else { format!("{folder}/{name}") };
            if kind.is_dir() && name != "target" {
                open.push(path);
            } else if kind.is_file() && files.get(&path).is_none() && is_generated_file(&entry.path())? {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

fn is_generated_file(path: &Path) -> Result<bool, PlanError> {
    use io::Read as _;
    let mut start = Vec::new();
    let file = fs::File::open(path).map_err(|error| PlanError::Io(path.to_owned(), error))?;
    file.take(400).read_to_end(&mut start).map_err(|error| PlanError::Io(path.to_owned(), error))?;
    Ok(is_generated(&start))
}

impl fmt::Display for PlanError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotGenerated(path) => write!(
                f,
                "{} was not generated and would be overwritten: move it, or choose another output folder",
                path.display()
            ),
            Self::Link(path) => write!(
                f,
                "{} is a symbolic link, which may lead elsewhere: replace it by a folder, or choose another output folder",
                path.display()
            ),
            Self::Io(path, error) => write!(f, "{}: {error}", path.display()),
        }
    }
}

impl std::error::Error for PlanError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::NotGenerated(_) | Self::Link(_) => None,
            Self::Io(_, error) => Some(error),
        }
    }
}
