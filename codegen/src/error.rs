//! The error of all commands of the generator.

use crate::{diagnostic::Diagnostics, files::PlanError, render};
use std::{
    fmt, io,
    path::{Path, PathBuf},
};
use tempfile::TempDir;

/// Why a command failed.
#[derive(Debug)]
pub enum Error {
    /// Input files have errors.
    Input(InputError),
    /// Generated files cannot be written.
    Output(PlanError),
    /// Another file cannot be read or written.
    Io(PathBuf, io::Error),
    /// The arguments ask for something that does not exist or is not possible: what, and what to do.
    Usage(String),
    /// Several errors, each to be reported.
    Several(Vec<Self>),
}

/// Errors in input files.
#[derive(Debug)]
pub struct InputError {
    /// The errors.
    pub diagnostics: Diagnostics,
    /// The folder that the paths of the files are relative to.
    pub root: PathBuf,
    /// The temporary folder that has the files, kept until the error was reported with an excerpt of them.
    temp: Option<TempDir>,
}

impl Error {
    /// Errors in files whose paths are relative to `root`.
    pub fn input(diagnostics: Diagnostics, root: &Path) -> Self {
        Self::Input(InputError { diagnostics, root: root.to_owned(), temp: None })
    }

    /// A file that cannot be read or written.
    pub(crate) fn io(path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        |error| Self::Io(path, error)
    }

    /// All of these errors; the error itself if it is the only one.
    pub(crate) fn all(mut errors: Vec<Self>) -> Self {
        if errors.len() == 1 { errors.remove(0) } else { Self::Several(errors) }
    }

    /// Keeps a temporary folder whose files have the errors.
    pub(crate) fn keeping(mut self, folder: TempDir) -> Self {
        if let Self::Input(error) = &mut self {
            error.temp = Some(folder);
        }
        self
    }

    /// The error as text for a terminal: `error: …`, and for errors in files the lines that have them.
    pub fn render(&self, color: bool) -> String {
        match self {
            Self::Input(InputError { diagnostics, root, .. }) => render::render(diagnostics, root, color),
            Self::Several(errors) => errors.iter().map(|error| error.render(color)).collect(),
            _ => format!("error: {self}\n"),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Input(_) => f.write_str(self.render(false).trim_end()),
            Self::Several(errors) => {
                let lines: Vec<String> = errors.iter().map(Self::to_string).collect();
                f.write_str(&lines.join("\n"))
            }
            Self::Output(error) => error.fmt(f),
            Self::Io(path, error) => write!(f, "{}: {error}", path.display()),
            Self::Usage(message) => f.write_str(message),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Output(error) => Some(error),
            Self::Io(_, error) => Some(error),
            Self::Input(_) | Self::Usage(_) | Self::Several(_) => None,
        }
    }
}

impl From<PlanError> for Error {
    fn from(error: PlanError) -> Self {
        Self::Output(error)
    }
}
