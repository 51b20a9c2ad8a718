//! Variables and files, of the process or made up.

use std::{collections::BTreeMap, fmt, io, sync::Arc};

/// The environment that a client takes its settings from: variables, and the files that they name.
///
/// [`process`](Self::process) is the real one, and read anew at each question; [`empty`](Self::empty) knows nothing but
/// what it is given, so that a test or a program decides by itself. Either can be added to.
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
    /// Also the variables and files of the process.
    process: bool,
    variables: BTreeMap<String, String>,
    files: BTreeMap<String, String>,
    windows: bool,
}

impl Environment {
    /// The process's variables, and the files of its machine.
    pub fn process() -> Self {
        Self::new(true)
    }

    /// No variables and no files.
    pub fn empty() -> Self {
        Self::new(false)
    }

    fn new(process: bool) -> Self {
        let windows = process && cfg!(windows);
        Self(Arc::new(Inner { process, variables: BTreeMap::new(), files: BTreeMap::new(), windows }))
    }

    /// The same with this variable, which goes before one of the process.
    #[must_use]
    pub fn with(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        Arc::make_mut(&mut self.0).variables.insert(name.into(), value.into());
        self
    }

    /// The same with a file of this path and text, which goes before one on the disk.
    #[must_use]
    pub fn with_file(mut self, path: impl Into<String>, text: impl Into<String>) -> Self {
        Arc::make_mut(&mut self.0).files.insert(path.into(), text.into());
        self
    }

    /// The same with the home folders and path separators of Windows.
    #[must_use]
    pub fn on_windows(mut self) -> Self {
        Arc::make_mut(&mut self.0).windows = true;
        self
    }

    /// The value of a variable. One that holds nothing but white space counts as unset.
    pub fn get(&self, name: &str) -> Option<String> {
        let given = self.0.variables.get(name).cloned();
        let value = given.or_else(|| {
            // What is not UTF-8 is wrong for every variable that is asked for here; the replacement shows in the message.
            let of_process = self.0.process.then(|| std::env::var_os(name)).flatten();
            of_process.map(|value| value.to_string_lossy().into_owned())
        });
        value.filter(|value| !value.trim().is_empty())
    }

    pub(super) fn is_windows(&self) -> bool {
        self.0.windows
    }

    /// The text of a file; `None` where there is no such file.
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
            Err(error) => Err(error),
        }
    }
}

impl Default for Environment {
    fn default() -> Self {
        Self::process()
    }
}

/// Names only: values may be secret.
impl fmt::Debug for Environment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Environment")
            .field("process", &self.0.process)
            .field("variables", &self.0.variables.keys())
            .field("files", &self.0.files.keys())
            .finish_non_exhaustive()
    }
}
