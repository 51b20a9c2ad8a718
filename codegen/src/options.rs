//! The options of one generated crate.

use crate::ir::Runtime;
use std::path::PathBuf;

/// The options of one generated crate: [`Options::new`] has the defaults, each of which a setter of the same name changes.
#[derive(Clone, Debug)]
pub struct Options {
    pub(crate) service: String,
    pub(crate) crate_name: String,
    pub(crate) crate_version: String,
    pub(crate) library: Option<String>,
    pub(crate) command: String,
    pub(crate) runtime: Runtime,
    pub(crate) dependencies: Vec<(String, String)>,
    pub(crate) input: String,
    pub(crate) operations: Option<Vec<String>>,
    pub(crate) pruned: bool,
    pub(crate) protocol: Option<String>,
    pub(crate) builtin: bool,
    pub(crate) module: bool,
    pub(crate) model_file: PathBuf,
    pub(crate) overrides_file: PathBuf,
    pub(crate) config_file: PathBuf,
}

impl Options {
    /// The options for a service, by its folder in botocore's data such as `lambda`, whose model is in the folder `models`.
    pub fn new(service: impl Into<String>, models: impl Into<PathBuf>) -> Self {
        let (service, models) = (service.into(), models.into());
        // The same separator everywhere.
        let steps = models.components().map(|step| step.as_os_str().to_string_lossy());
        Self {
            crate_name: format!("myrina-{}", service.replace('.', "-")),
            crate_version: "0.1.0".to_owned(),
            library: None,
            command: "myrina".to_owned(),
            runtime: Runtime::Workspace,
            dependencies: Vec::new(),
            input: steps.collect::<Vec<_>>().join("/"),
            operations: None,
            pruned: false,
            protocol: None,
            builtin: true,
            module: false,
            model_file: models.join("service-2.json"),
            overrides_file: PathBuf::from("overrides.json"),
            config_file: PathBuf::from("myrina.toml"),
            service,
        }
    }

    /// Sets whether the model was pruned to some operations when it was imported; by default it was not.
    #[must_use]
    pub fn pruned(mut self, pruned: bool) -> Self {
        self.pruned = pruned;
        self
    }

    /// What to do about an operation that the model lacks, if that was pruned to some: the service may have it.
    pub(crate) fn add_hint(&self, operation: &str) -> Option<String> {
        let Self { command, service, pruned, .. } = self;
        pruned.then(|| {
            format!(
                "only some operations were imported; if the service has this one, add it: `{command} add {service} --operations {operation} --from BOTOCORE`"
            )
        })
    }

    /// Sets the name of the package; by default `myrina-` and the service.
    #[must_use]
    pub fn crate_name(mut self, name: impl Into<String>) -> Self {
        self.crate_name = name.into();
        self
    }

    /// Sets the version of the package; by default `0.1.0`.
    #[must_use]
    pub fn crate_version(mut self, version: impl Into<String>) -> Self {
        self.crate_version = version.into();
        self
    }

    /// Sets the path by which examples name the crate; without one, there are no examples.
    #[must_use]
    pub fn library(mut self, path: impl Into<String>) -> Self {
        self.library = Some(path.into());
        self
    }

    /// Sets the command that runs the generator, for headers; by default `myrina`.
    #[must_use]
    pub fn command(mut self, command: impl Into<String>) -> Self {
        self.command = command.into();
        self
    }

    /// Sets how the manifest names the runtime; by default as a dependency of the workspace.
    #[must_use]
    pub fn runtime(mut self, runtime: Runtime) -> Self {
        self.runtime = runtime;
        self
    }

    /// Sets the other packages that the crate depends on, each with its value in the manifest.
    #[must_use]
    pub fn dependencies(mut self, dependencies: Vec<(String, String)>) -> Self {
        self.dependencies = dependencies;
        self
    }

    /// Sets the input that headers name; by default the folder of the model.
    #[must_use]
    pub fn input(mut self, input: impl Into<String>) -> Self {
        self.input = input.into();
        self
    }

    /// Sets the operations; by default all.
    #[must_use]
    pub fn operations(mut self, operations: impl Into<Option<Vec<String>>>) -> Self {
        self.operations = operations.into();
        self
    }

    /// Sets one of the protocols that the model lists; by default the first that the generator prefers.
    #[must_use]
    pub fn protocol(mut self, protocol: impl Into<Option<String>>) -> Self {
        self.protocol = protocol.into();
        self
    }

    /// Sets whether the output is a module of an existing crate, in one file `mod.rs` and without examples and tests, and not a crate of
    /// its own. The crate names the runtime as `myrina`.
    #[must_use]
    pub fn module(mut self, module: bool) -> Self {
        self.module = module;
        if module {
            self.library = None;
        }
        self
    }

    /// Leaves out the overrides that are built in.
    #[must_use]
    pub fn without_builtin(mut self) -> Self {
        self.builtin = false;
        self
    }

    /// Sets the model's file, for messages; by default `service-2.json` in the folder of the model.
    #[must_use]
    pub fn model_file(mut self, file: impl Into<PathBuf>) -> Self {
        self.model_file = file.into();
        self
    }

    /// Sets the overrides' file, for messages; by default `overrides.json`. An empty path means that there is none.
    #[must_use]
    pub fn overrides_file(mut self, file: impl Into<PathBuf>) -> Self {
        self.overrides_file = file.into();
        self
    }

    /// Sets the file that names the operations, for messages; by default `myrina.toml`.
    #[must_use]
    pub fn config_file(mut self, file: impl Into<PathBuf>) -> Self {
        self.config_file = file.into();
        self
    }
}
