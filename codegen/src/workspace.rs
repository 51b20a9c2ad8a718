//! The workspace around the generated crates: its configuration, its models, and the commands that change them.

pub mod add;
mod change;
pub mod config;
pub mod import;
pub mod list;
pub mod model_source;
pub mod remove;
pub mod sources;
pub mod update;

use crate::{
    diagnostic::{Diagnostic, Diagnostics},
    did_you_mean::closest,
    error::Error,
    files::Plan,
    generate::{self, Generated},
    options::Options,
    parallel,
    read::{self, ModelFolder},
    report::snapshot::SnapshotOptions,
};
use config::{Config, ServiceConfig};
use import::Summary;
use std::{
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

/// A folder with a workspace file, `myrina.toml`.
#[derive(Clone, Debug)]
pub struct Workspace {
    /// The folder.
    pub root: PathBuf,
    /// The content of the file.
    pub config: Config,
}

/// What generating one service would do.
#[derive(Debug)]
pub struct ServicePlan {
    /// The service, by its folder in the catalogue.
    pub service: String,
    /// The number of operations.
    pub operations: usize,
    /// The number of types: requests, responses, errors and the rest.
    pub types: usize,
    /// The files to write and to remove.
    pub files: Plan,
    /// How long it took to read, lower, emit and compare.
    pub time: Duration,
}

impl Workspace {
    /// Reads the workspace file in `root`.
    ///
    /// # Errors
    ///
    /// All that is wrong with the file.
    pub fn open(root: &Path) -> Result<Self, Error> {
        let mut diagnostics = Diagnostics::new();
        Self::read(root, &mut diagnostics).ok_or_else(|| Error::input(diagnostics, root))
    }

    /// Reads the workspace file in `root`. `None` if anything is wrong, which is then added to `diagnostics`.
    pub fn read(root: &Path, diagnostics: &mut Diagnostics) -> Option<Self> {
        Some(Self { root: root.to_owned(), config: config::read(root, diagnostics)? })
    }

    /// The configuration of a service.
    pub fn service(&self, name: &str) -> Option<&ServiceConfig> {
        self.config.services.iter().find(|service| service.name == name)
    }

    /// The service that is called so, by its name in the workspace file or by that of its official crate: `stepfunctions` for `sfn`.
    pub fn find_service(&self, name: &str) -> Option<&ServiceConfig> {
        self.service(name).or_else(|| {
            let wanted = import::official(name)?;
            let is_wanted = |service: &&ServiceConfig| {
                self.summary(service).is_some_and(|summary| import::official_name(&summary.id) == wanted)
            };
            let mut found = self.config.services.iter().filter(is_wanted);
            let service = found.next()?;
            found.next().is_none().then_some(service)
        })
    }

    /// The service that is called so, as [`Self::find_service`] finds it.
    ///
    /// # Errors
    ///
    /// If there is none, with the name that is probably meant.
    pub fn require_service(&self, name: &str) -> Result<&ServiceConfig, Error> {
        self.find_service(name).ok_or_else(|| {
            let known = self.config.services.iter().map(|service| service.name.as_str());
            let help = closest(name, known).map(|near| format!("; did you mean `{near}`?"));
            Error::Usage(format!("{} has no service `{name}`{}", config::FILE, help.unwrap_or_default()))
        })
    }

    /// What the model of a service says of it; `None` if it cannot be read.
    pub fn summary(&self, service: &ServiceConfig) -> Option<Summary> {
        Summary::of(&read::bytes(&self.model_file(service)?).ok()?)
    }

    /// The file of a service's model, compressed or not; `None` if there is none.
    fn model_file(&self, service: &ServiceConfig) -> Option<PathBuf> {
        let folder = ModelFolder::new(&self.root, service.models.join(service.model_version(&self.root)?));
        Some(self.root.join(folder.find(read::MODEL_FILE)?))
    }

    /// The folder of a service's model: that of its version, or of the newest. `None` with a report if it does not exist.
    pub fn model_folder(
        &self,
        service: &ServiceConfig,
        diagnostics: &mut Diagnostics,
    ) -> Option<ModelFolder> {
        if let Some(version) = service.model_version(&self.root) {
            return Some(ModelFolder::new(&self.root, service.models.join(version)));
        }
        let versions = read::versions(&self.root.join(&service.models));
        let models = service.models.display();
        let import = format!("{} import {} --from BOTOCORE", service.command, service.name);
        let (message, help) = match &service.version {
            Some(version) if !versions.is_empty() => (
                format!("there is no version {version} in {models}"),
                format!("these exist: {}", versions.join(", ")),
            ),
            _ => (
                format!("there is no model in {models}"),
                format!("import it with `{import}`, or correct the path"),
            ),
        };
        diagnostics.push(Diagnostic {
            file: PathBuf::from(config::FILE),
            location: service.at.clone(),
            message,
            help: Some(help),
        });
        None
    }

    /// The size of a service's model in bytes, compressed or not; 0 if there is none.
    pub fn model_size(&self, service: &ServiceConfig) -> u64 {
        let size = || Some(self.model_file(service)?.metadata().ok()?.len());
        size().unwrap_or(0)
    }

    /// Plans all services, several at once, without writing anything.
    ///
    /// # Errors
    ///
    /// All that is wrong with any input, in the order of the services.
    pub fn plan(&self) -> Result<Vec<ServicePlan>, Error> {
        let size = |service: &ServiceConfig| self.model_size(service);
        let planned = parallel::map(&self.config.services, parallel::threads(), size, |service| {
            let mut found = Diagnostics::new();
            let started = Instant::now();
            let planned = self.generate(service, &mut found).map(|generated| {
                let Generated { operations, types, files } = generated;
                let files = Plan::new(&self.root.join(&service.output), &files)?;
                let (service, time) = (service.name.clone(), started.elapsed());
                Ok(ServicePlan { service, operations, types, files, time })
            });
            (planned, found)
        });
        let mut diagnostics = Diagnostics::new();
        let mut plans = Vec::new();
        for (plan, found) in planned {
            diagnostics.extend(found);
            plans.extend(plan);
        }
        if !diagnostics.is_empty() {
            return Err(Error::input(diagnostics, &self.root));
        }
        plans.into_iter().collect()
    }

    /// Generates the crate of one service. `None` if anything is wrong, which is then added to `diagnostics`.
    pub fn generate(&self, service: &ServiceConfig, diagnostics: &mut Diagnostics) -> Option<Generated> {
        let folder = self.model_folder(service, diagnostics)?;
        let options =
            self.options(service, &folder).map_err(|diagnostic| diagnostics.push(diagnostic)).ok()?;
        generate::generate(&folder, service.overrides.as_deref(), &options, diagnostics)
    }

    /// The options to generate a service from the model in `folder`.
    ///
    /// # Errors
    ///
    /// If the record of the models cannot be read.
    pub(crate) fn options(
        &self,
        service: &ServiceConfig,
        folder: &ModelFolder,
    ) -> Result<Options, Diagnostic> {
        let provenance = sources::provenance(&self.root, &folder.path)?;
        let pruned = provenance.is_some_and(|provenance| provenance.selection.operations.is_some());
        Ok(service.options(&folder.path).pruned(pruned))
    }

    /// What a snapshot of a configured service is made from.
    fn snapshot_options(&self, service: &ServiceConfig) -> SnapshotOptions {
        SnapshotOptions {
            version: service.version.clone(),
            overrides: service.overrides.clone(),
            operations: service.operations.clone(),
            protocol: service.protocol.clone(),
            package: service.crate_name.clone(),
            config_file: PathBuf::from(config::FILE),
            ..SnapshotOptions::new(&self.root, &service.name)
        }
    }
}
