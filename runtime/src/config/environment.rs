//! Environment variables and files: those of the process, or in-memory ones.

use std::{
    collections::BTreeMap,
    fmt, fs,
    io::{self, Write as _},
    sync::{Arc, Mutex, PoisonError},
};

/// The environment that a client takes its settings from: variables, and the files that they name.
///
/// [`process`](Self::process) reads the real variables and files; [`empty`](Self::empty) contains only what is added to it,
/// which suits tests. Variables and files can be added to either. A client that renews a token of `aws sso login` writes its file:
/// to the disk, or, if the file was added here, in memory, for all clones.
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
    /// What was written in memory, which all clones see.
    written: Arc<Mutex<BTreeMap<String, String>>>,
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
        let (variables, files) = Default::default();
        Self(Arc::new(Inner { process, variables, files, written: Arc::default(), windows }))
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
    pub fn read(&self, path: &str) -> io::Result<Option<String>> {
        let written = self.0.written.lock().unwrap_or_else(PoisonError::into_inner).get(path).cloned();
        if let Some(text) = written.or_else(|| self.0.files.get(path).cloned()) {
            return Ok(Some(text));
        }
        if !self.0.process {
            return Ok(None);
        }
        match fs::read_to_string(path) {
            Ok(text) => Ok(Some(text)),
            Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
                Ok(None)
            }
            // As containers make a folder when they mount a file that does not exist. Windows denies access to it.
            Err(_) if std::path::Path::new(path).is_dir() => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Replaces a file as a whole: who reads it meanwhile gets the old text or the new one. Only its owner may read it. `suffix` makes
    /// the name of a temporary file in the same folder, and is another one for each write.
    #[cfg_attr(not(any(feature = "sso", feature = "login")), expect(dead_code, reason = "used by features"))]
    pub(crate) fn replace(&self, path: &str, text: &str, suffix: &str) -> io::Result<()> {
        if !self.0.process || self.0.files.contains_key(path) {
            let mut written = self.0.written.lock().unwrap_or_else(PoisonError::into_inner);
            written.insert(path.to_owned(), text.to_owned());
            return Ok(());
        }
        let temporary = format!("{path}.{suffix}");
        let replaced = write_new(&temporary, text).and_then(|()| fs::rename(&temporary, path));
        if replaced.is_err() {
            // It may not be there; the error above is the one to report.
            fs::remove_file(&temporary).ok();
        }
        replaced
    }
}

/// Writes a file that does not exist yet and that only its owner may read.
fn write_new(path: &str, text: &str) -> io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
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

#[cfg(all(test, feature = "sso"))]
mod tests {
    use super::*;

    #[test]
    fn files_in_memory_are_replaced_in_memory_for_all_clones() {
        let environment = Environment::empty().with_file("/a", "old");
        let clone = environment.clone();
        environment.replace("/a", "new", "1").unwrap();
        environment.replace("/b", "new", "2").unwrap();
        assert_eq!(clone.read("/a").unwrap().as_deref(), Some("new"));
        assert_eq!(clone.read("/b").unwrap().as_deref(), Some("new"));
        assert_eq!(Environment::empty().read("/a").unwrap(), None);
    }

    #[test]
    fn files_on_disk_are_replaced_as_a_whole_and_no_other_file_stays() {
        let folder = std::env::temp_dir().join(format!("myrina-environment-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let path = folder.join("token.json");
        let path = path.to_str().unwrap();
        let environment = Environment::process();
        for text in ["old", "new"] {
            environment.replace(path, text, "1").unwrap();
            assert_eq!(environment.read(path).unwrap().as_deref(), Some(text));
        }
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            assert_eq!(fs::metadata(path).unwrap().permissions().mode() & 0o777, 0o600);
        }
        // A folder cannot be replaced.
        fs::create_dir_all(folder.join("folder/in it")).unwrap();
        assert!(environment.replace(folder.join("folder").to_str().unwrap(), "x", "1").is_err());
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 2);
        fs::remove_dir_all(&folder).unwrap();
    }
}
