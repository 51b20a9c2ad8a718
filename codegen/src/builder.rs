//! The generator for a `build.rs`: generates a module of your crate instead of a crate.

use crate::{
    diagnostic::Diagnostics, emit, error::Error, generate, options::Options, read::ModelFolder,
    workspace::import,
};
use std::{
    fmt, fs,
    path::{Path, PathBuf},
};

/// Generates a module with some operations of a service when a crate is built.
///
/// ```no_run
/// // build.rs
/// fn main() -> Result<(), myrina_codegen::builder::BuildError> {
///     myrina_codegen::builder::Builder::new("lambda", "models/lambda/2015-03-31")
///         .overrides("models/lambda/overrides.json")
///         .operations(["Invoke"])
///         .build()
/// }
/// ```
///
/// and in the crate, which depends on `myrina`:
///
/// ```ignore
/// #[allow(deprecated)]
/// pub mod lambda {
///     include!(concat!(env!("OUT_DIR"), "/lambda.rs"));
/// }
/// ```
#[derive(Clone, Debug)]
pub struct Builder {
    service: String,
    model: PathBuf,
    overrides: Option<PathBuf>,
    operations: Option<Vec<String>>,
    protocol: Option<String>,
    output: Option<PathBuf>,
    builtin: bool,
}

impl Builder {
    /// A builder for a service, by its folder in botocore/data, whose model is in the folder `model`.
    pub fn new(service: impl Into<String>, model: impl Into<PathBuf>) -> Self {
        Self {
            service: service.into(),
            model: model.into(),
            overrides: None,
            operations: None,
            protocol: None,
            output: None,
            builtin: true,
        }
    }

    /// Sets the file of the overrides; by default there are none.
    #[must_use]
    pub fn overrides(mut self, file: impl Into<PathBuf>) -> Self {
        self.overrides = Some(file.into());
        self
    }

    /// Sets the operations to generate, with the types that they reach; by default all.
    #[must_use]
    pub fn operations<S: Into<String>>(mut self, names: impl IntoIterator<Item = S>) -> Self {
        self.operations = Some(names.into_iter().map(Into::into).collect());
        self
    }

    /// Sets the protocol, one of those that the model lists, such as `query`; by default the preferred one.
    #[must_use]
    pub fn protocol(mut self, name: impl Into<String>) -> Self {
        self.protocol = Some(name.into());
        self
    }

    /// Sets the file to write; by default `$OUT_DIR/<service>.rs`.
    #[must_use]
    pub fn output(mut self, file: impl Into<PathBuf>) -> Self {
        self.output = Some(file.into());
        self
    }

    /// Leaves out the built-in overrides, which correct the models of some services.
    #[must_use]
    pub fn without_builtin(mut self) -> Self {
        self.builtin = false;
        self
    }

    /// Generates the module.
    ///
    /// # Errors
    ///
    /// All that is wrong with the model or the overrides; cargo shows it.
    pub fn build(&self) -> Result<(), BuildError> {
        self.try_build().map_err(BuildError)
    }

    fn try_build(&self) -> Result<(), Error> {
        if !import::is_folder_name(&self.service) {
            let shown = self.service.escape_debug();
            let message = format!("`{shown}` cannot be the name of a service, such as `lambda` or `acm-pca`");
            return Err(Error::Usage(message));
        }
        println!("cargo::rerun-if-changed={}", self.model.display());
        if let Some(overrides) = &self.overrides {
            println!("cargo::rerun-if-changed={}", overrides.display());
        }
        let mut found = Diagnostics::new();
        let folder = ModelFolder::new("", &self.model);
        let krate = generate::lower(&folder, self.overrides.as_deref(), &self.options(), &mut found);
        let krate = krate.ok_or_else(|| Error::input(found, Path::new("")))?;
        let output = self.output_file()?;
        fs::write(&output, emit::emit_module(&krate)).map_err(Error::io(output))
    }

    fn output_file(&self) -> Result<PathBuf, Error> {
        if let Some(output) = &self.output {
            return Ok(output.clone());
        }
        let folder = std::env::var_os("OUT_DIR").ok_or_else(|| {
            let message = "OUT_DIR is not set: call this from a build.rs, or choose a file with `output`";
            Error::Usage(message.to_owned())
        })?;
        Ok(Path::new(&folder).join(format!("{}.rs", self.service)))
    }

    fn options(&self) -> Options {
        let options = Options::new(&self.service, &self.model)
            .crate_name(&self.service)
            .command("cargo build")
            .input(self.model.display().to_string())
            .operations(self.operations.clone())
            .protocol(self.protocol.clone())
            .overrides_file(self.overrides.clone().unwrap_or_default())
            .config_file("build.rs");
        if self.builtin { options } else { options.without_builtin() }
    }
}

/// Why nothing was generated, for `main` of a `build.rs` to return.
pub struct BuildError(Error);

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The same text as `Display`, because cargo prints this of an error that `main` returns.
impl fmt::Debug for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\n{}", self.0)
    }
}

impl std::error::Error for BuildError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.0)
    }
}
