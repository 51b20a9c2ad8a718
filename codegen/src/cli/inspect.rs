//! `inspect`: shows one thing of what is generated.

use crate::{
    diagnostic::Diagnostics,
    did_you_mean::closest,
    render,
    report::diff::{Origin, Side, Wanted},
    report::inspect,
    workspace::config::{self, Config},
    workspace::import::MODELS,
};
use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

#[derive(Clone, Debug, clap::Args)]
#[group(skip)]
pub(super) struct Arguments {
    /// The service: as `myrina.toml` names it, or else as its folder in `models` is called.
    service: String,
    /// An operation or a type of it, by the name in the model or in Rust; without one, the service as a whole.
    name: Option<String>,
    /// Look into these models instead: a botocore wheel, a folder with its data, or the folder of one model.
    #[arg(long)]
    from: Option<PathBuf>,
}

impl Arguments {
    /// The models are named, so that no workspace is needed.
    pub(super) fn is_elsewhere(&self) -> bool {
        self.from.is_some()
    }
}

pub(super) fn run(root: Option<&Path>, arguments: &Arguments) -> ExitCode {
    let mut diagnostics = Diagnostics::new();
    let config = match root {
        Some(root) => config::read(root, &mut diagnostics),
        None => Some(Config { services: Vec::new() }),
    };
    let root = root.unwrap_or(Path::new(""));
    let Some(config) = config else {
        return super::report(root, &diagnostics);
    };
    let shown = side(root, &config, arguments).and_then(|side| {
        for problem in &side.problems {
            super::warn(&format!("note: {problem}\n"));
        }
        match &arguments.name {
            Some(name) => inspect::thing(&side, name),
            None => Ok(inspect::service(&side)),
        }
    });
    match shown {
        Ok(text) => {
            super::say(&text);
            ExitCode::SUCCESS
        }
        Err(message) => super::fail(&message),
    }
}

fn side(root: &Path, config: &Config, arguments: &Arguments) -> Result<Side, String> {
    let name = &arguments.service;
    let service = config.services.iter().find(|service| service.name == *name);
    let wanted = match service {
        Some(service) => Wanted::configured(root, service),
        None => Wanted::plain(root, name),
    };
    if let (Some(service), None) = (service, &arguments.from) {
        let mut found = Diagnostics::new();
        let folder = service.model_folder(root, &mut found);
        let folder = folder.ok_or_else(|| render::render(&found, root, false))?;
        return Side::load(&wanted, &folder.display().to_string(), root, &folder);
    }
    let from = arguments.from.clone().unwrap_or_else(|| root.join(MODELS));
    let origin = Origin::open(&from)?;
    let there = origin.services().unwrap_or_default();
    if origin.services().is_some() && !there.contains(name) {
        let known = config.services.iter().map(|service| &service.name).chain(there);
        let near = closest(name, known.map(String::as_str));
        let near = near.map_or_else(
            || "; import it, or name a botocore with --from".to_owned(),
            |near| format!("; did you mean `{near}`?"),
        );
        return Err(format!("neither myrina.toml nor {} has a service `{name}`{near}", from.display()));
    }
    origin.side(&wanted)
}
