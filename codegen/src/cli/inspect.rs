//! `inspect`: shows a service, an operation or a type as it is generated.

use crate::{
    diagnostic::Diagnostics,
    did_you_mean::did_you_mean,
    error::Error,
    report::{inspect, snapshot::Snapshot},
    workspace::{
        Workspace, config,
        import::MODELS,
        model_source::{ModelSource, snapshot_options},
    },
};
use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

#[derive(Clone, Debug, clap::Args)]
#[group(skip)]
pub(super) struct Arguments {
    /// The service, by its name in `myrina.toml` or its folder in `models`.
    service: String,
    /// An operation or a type of it, by its name in the model or in Rust; by default the service as a whole.
    name: Option<String>,
    /// Use these models instead: a botocore wheel, a folder with its data, or the folder of one model.
    #[arg(long)]
    from: Option<PathBuf>,
}

impl Arguments {
    /// Whether the models are given, so that no workspace is needed.
    pub(super) fn has_explicit_source(&self) -> bool {
        self.from.is_some()
    }
}

pub(super) fn run(root: Option<&Path>, arguments: &Arguments) -> Result<ExitCode, Error> {
    let workspace = root.map(Workspace::open).transpose()?;
    let snapshot = snapshot(workspace.as_ref(), arguments)?;
    for problem in &snapshot.problems {
        super::eprint(&format!("note: {problem}\n"));
    }
    let text = match &arguments.name {
        Some(name) => inspect::item(&snapshot, name)
            .map_err(|error| hint(workspace.as_ref(), arguments, name, error))?,
        None => inspect::service(&snapshot),
    };
    super::print(&text);
    Ok(ExitCode::SUCCESS)
}

/// The error about a name, with what to do if only some operations of the service were imported.
fn hint(workspace: Option<&Workspace>, arguments: &Arguments, name: &str, error: Error) -> Error {
    let hint = || {
        let workspace = workspace.filter(|_| arguments.from.is_none())?;
        let service = workspace.find_service(&arguments.service)?;
        let folder = workspace.model_folder(service, &mut Diagnostics::new())?;
        workspace.options(service, &folder).ok()?.add_hint(name)
    };
    match hint() {
        Some(hint) => {
            Error::Usage(format!("{} has no operation or type `{name}`: {hint}", arguments.service))
        }
        None => error,
    }
}

fn snapshot(workspace: Option<&Workspace>, arguments: &Arguments) -> Result<Snapshot, Error> {
    let name = &arguments.service;
    let configured = workspace.and_then(|workspace| Some((workspace, workspace.find_service(name)?)));
    if let (Some((workspace, service)), None) = (configured, &arguments.from) {
        let mut found = Diagnostics::new();
        let folder = workspace.model_folder(service, &mut found);
        let folder = folder.ok_or_else(|| Error::input(found, &workspace.root))?;
        let options = snapshot_options(Some(workspace), &service.name);
        return Snapshot::load(&options, &folder.path.display().to_string(), &folder);
    }
    let models = || workspace.map_or_else(|| PathBuf::from(MODELS), |workspace| workspace.root.join(MODELS));
    let from = arguments.from.clone().unwrap_or_else(models);
    let source = ModelSource::open(&from)?;
    let Some(name) = source.find_service(name)? else {
        let configured = workspace.into_iter().flat_map(|workspace| &workspace.config.services);
        let known = configured.map(|service| &*service.name).chain(source.services().unwrap_or_default());
        let otherwise = "import it, or give a botocore with --from";
        let (file, from, help) = (config::FILE, from.display(), did_you_mean(name, known, otherwise));
        return Err(Error::Usage(format!("neither {file} nor {from} has a service `{name}`; {help}")));
    };
    source.snapshot(&snapshot_options(workspace, &name))
}
