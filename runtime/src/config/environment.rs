//! Environment variables and files: those of the process, or in-memory ones.

use std::{collections::BTreeMap, fmt, io, sync::Arc};

/// The environment that a client takes its settings from: variables, and the files that they name.
///
/// [`process`](Self::process) reads the real variables and files; [`empty`](Self::empty) contains only what is added to it,
/// which suits tests. Variables and files can be added to either.
///
/// ```
/// use myrina::config::Environment;
///
/// let environment = Environment::empty().with("AWS_REGION", "eu-west-1").with("AWS_PROFILE", " ");
/// assert_eq!(environment.get("AWS_REGION").as_deref(), Some("eu-west-1"));
/// assert_eq!(environment.get("AWS_PROFILE"), None);
/// ```
#[derive(Clone)]
pub struct Environment(Arc<Inner>);

#[derive(Clone)]
struct Inner {
    /// Whether to fall back to the variables and files of the process.
    process: bool,
    variables: BTreeMap<String, String>,
    files: BTreeMap<String, String>,
    windows: bool,
}

impl Environment {
    /// Creates an environment with the variables of the process and the files of its machine.
    pub fn process() -> Self {
        Self::new(true)
    }

    /// Creates an environment without variables or files.
    pub fn empty() -> Self {
        Self::new(false)
    }

    fn new(process: bool) -> Self {
        let windows = process && cfg!(windows);
        Self(Arc::new(Inner { process, variables: BTreeMap::new(), files: BTreeMap::new(), windows }))
    }

    /// Adds a variable, which takes precedence over that of the process.
    #[must_use]
    pub fn with(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        Arc::make_mut(&mut self.0).variables.insert(name.into(), value.into());
        self
    }

    /// Adds a file with this path and text, which takes precedence over one on disk.
    #[must_use]
    pub fn with_file(mut self, path: impl Into<String>, text: impl Into<String>) -> Self {
        Arc::make_mut(&mut self.0).files.insert(path.into(), text.into());
        self
    }

    /// Uses the home folders and path separators of Windows.
    #[must_use]
    pub fn on_windows(mut self) -> Self {
        Arc::make_mut(&mut self.0).windows = true;
        self
    }

    /// Returns the value of a variable. A blank one counts as unset.
    pub fn get(&self, name: &str) -> Option<String> {
        self.get_with_blank(name).filter(|value| !value.trim().is_empty())
    }

    /// Returns the value of a variable, even a blank one.
    pub(crate) fn get_with_blank(&self, name: &str) -> Option<String> {
        let added = self.0.variables.get(name).cloned();
        added.or_else(|| {
            // No setting accepts a value that is not UTF-8; the replacement character appears in the error message.
            let value = self.0.process.then(|| std::env::var_os(name)).flatten();
            value.map(|value| value.to_string_lossy().into_owned())
        })
    }

    pub(super) fn is_windows(&self) -> bool {
        self.0.windows
    }

    /// Reads a file; `None` if it does not exist, or if a folder is in its place.
    pub(crate) fn read(&self, path: &str) -> io::Result<Option<String>> {
        if let Some(text) = self.0.files.get(path) {
            return Ok(Some(text.clone()));
        }
        if !self.0.process {
            return Ok(None);
        }
        match std::fs::read_to_string(path) {
            Ok(text) => Ok(Some(text)),
            Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
                Ok(None)
            }
            // As containers make a folder when they mount a file that does not exist. Windows denies access to it.
            Err(_) if std::path::Path::new(path).is_dir() => Ok(None),
            Err(error) => Err(error),
        }
    }
}

impl Default for Environment {
    fn default() -> Self {
        Self::process()
    }
}

/// Shows names only, since values may be secret.
impl fmt::Debug for Environment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Environment")
            .field("process", &self.0.process)
            .field("variables", &self.0.variables.keys())
            .field("files", &self.0.files.keys())
            .finish_non_exhaustive()
    }
}
