//! What writing would do to a folder, and doing it.

use super::{Files, MARK};
use std::{
    fmt, fs, io,
    path::{Path, PathBuf},
};

/// What is to be done to a folder so that it holds just these files, beside whatever is not ours.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    root: PathBuf,
    /// To be written: new, or with another text.
    pub written: Vec<(String, String)>,
    /// The same already.
    pub unchanged: usize,
    /// To be removed: ours, and no longer wanted.
    pub removed: Vec<String>,
}

/// Why a plan cannot be made or carried out.
#[derive(Debug)]
pub enum PlanError {
    /// A file is in the way that was not generated.
    NotOurs(PathBuf),
    /// A link stands where a folder or file is wanted; what is behind it is not ours.
    Link(PathBuf),
    /// The file system says no.
    Io(PathBuf, io::Error),
}

impl Plan {
    /// Compares `files` with what is below `root`, which need not be there.
    pub fn new(root: &Path, files: &Files) -> Result<Self, PlanError> {
        let mut plan = Self { root: root.to_owned(), ..Self::default() };
        for (path, text) in files.iter() {
            let full = root.join(path);
            no_link(root, Path::new(path))?;
            match fs::read(&full) {
                Ok(old) if old == text.as_bytes() => plan.unchanged += 1,
                Ok(old) if !is_ours(&old) => return Err(PlanError::NotOurs(full)),
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

    /// The folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Whether there is nothing to do.
    pub fn is_empty(&self) -> bool {
        self.written.is_empty() && self.removed.is_empty()
    }

    /// Does it. Every new text is on the disk before the first old one is replaced, so that a full disk or a folder without
    /// permission leaves everything as it was.
    pub fn carry_out(&self) -> Result<(), PlanError> {
        let stage = |path: &str| self.root.join(format!("{path}.new"));
        let staged = self.written.iter().try_for_each(|(path, text)| write(&stage(path), text));
        if let Err(error) = staged {
            for (path, _) in &self.written {
                // Best effort: the error that is told is the one that led here.
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

/// Fails where the root, or anything on the way from it to a file, is a link.
fn no_link(root: &Path, path: &Path) -> Result<(), PlanError> {
    let way: Vec<PathBuf> = path.ancestors().map(|part| root.join(part)).collect();
    let is_link = |part: &&PathBuf| part.as_path().symlink_metadata().is_ok_and(|data| data.is_symlink());
    // A trailing separator would look behind the link.
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

/// Whether the first line is that of a generated file.
fn is_ours(text: &[u8]) -> bool {
    let first = text.split(|byte| *byte == b'\n').next().unwrap_or_default();
    String::from_utf8_lossy(first).contains(MARK)
}

/// The generated files below `root` that are not among `files`. Links are not followed, and `target` folders not looked
/// into.
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
            } else if kind.is_file() && files.get(&path).is_none() && begins_ours(&entry.path())? {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

fn begins_ours(path: &Path) -> Result<bool, PlanError> {
    use io::Read as _;
    let mut start = Vec::new();
    let file = fs::File::open(path).map_err(|error| PlanError::Io(path.to_owned(), error))?;
    file.take(400).read_to_end(&mut start).map_err(|error| PlanError::Io(path.to_owned(), error))?;
    Ok(is_ours(&start))
}

impl fmt::Display for PlanError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotOurs(path) => write!(
                f,
                "{} is in the way and was not generated: move it, or choose another output folder",
                path.display()
            ),
            Self::Link(path) => write!(
                f,
                "{} is a link, and what is behind it may not be ours: put a folder there, or choose another output",
                path.display()
            ),
            Self::Io(path, error) => write!(f, "{}: {error}", path.display()),
        }
    }
}

impl std::error::Error for PlanError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::NotOurs(_) | Self::Link(_) => None,
            Self::Io(_, error) => Some(error),
        }
    }
}
