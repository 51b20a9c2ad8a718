//! One side of a comparison: a model, read and lowered.

use crate::diagnostic::{Diagnostic, Diagnostics, Location};
use crate::generate;
use crate::ir::Crate;
use crate::model::Model;
use crate::options::Options;
use crate::overrides::{self, Overrides};
use crate::workspace::config::ServiceConfig;
use crate::{read, render};
use std::path::{Path, PathBuf};

/// One side of a comparison.
#[derive(Clone, Debug)]
pub struct Side {
    /// What the model came from.
    pub label: String,
    /// The model.
    pub model: Model,
    /// What would be generated from it.
    pub krate: Crate,
    /// What of the configuration does not fit the model, a sentence each.
    pub problems: Vec<String>,
}

/// What is the same on both sides.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// The folder that the configuration's paths are relative to.
    pub root: PathBuf,
    /// The service, by its folder in the catalogue.
    pub service: String,
    /// The version of the model; `None` for the newest.
    pub version: Option<String>,
    /// The overrides, relative to the root.
    pub overrides: Option<PathBuf>,
    /// The operations; `None` for all.
    pub operations: Option<Vec<String>>,
    /// The protocol, as the model calls it; `None` for the one that suits best.
    pub protocol: Option<String>,
    /// The operations that one side's model was pruned to when it was imported, and so both are; `None` for whole models.
    pub pruned: Option<Vec<String>>,
    /// The generated package.
    pub package: String,
}

impl Wanted {
    /// A service that the workspace file names.
    pub fn configured(root: &Path, config: &ServiceConfig) -> Self {
        Self {
            root: root.to_owned(),
            service: config.name.clone(),
            version: config.version.clone(),
            overrides: config.overrides.clone(),
            operations: config.operations.clone(),
            protocol: config.protocol.clone(),
            pruned: None,
            package: config.crate_name.clone(),
        }
    }

    /// A service that it does not name: all of its operations, and nothing overridden.
    pub fn plain(root: &Path, service: &str) -> Self {
        Self {
            root: root.to_owned(),
            service: service.to_owned(),
            version: None,
            overrides: None,
            operations: None,
            protocol: None,
            pruned: None,
            package: format!("myrina-{}", service.replace('.', "-")),
        }
    }

    fn options(&self, folder: &Path) -> Options {
        Options::new(&self.service, folder)
            .crate_name(&self.package)
            // Headers would otherwise differ between two folders.
            .input("")
            .operations(self.operations.clone())
            .protocol(self.protocol.clone())
            .overrides_file(self.overrides.clone().unwrap_or_default())
    }
}

impl Side {
    /// Reads and lowers the model in `folder`, which is relative to `base`. The error tells all that is wrong with it. Overrides and
    /// operations that the model has no place for are no error, but told in `problems`.
    pub fn load(wanted: &Wanted, label: &str, base: &Path, folder: &Path) -> Result<Self, String> {
        let mut found = Diagnostics::new();
        let model = read::model(base, folder, &mut found);
        let model = sound(model, &found, base)?;
        let overrides = match &wanted.overrides {
            Some(file) => overrides::read::overrides(&wanted.root, file, &mut found),
            None => Some(Overrides::default()),
        };
        let overrides = sound(overrides, &found, &wanted.root)?;
        let mut options = wanted.options(folder);
        let mut mismatched = Diagnostics::new();
        overrides::check(&model, &overrides, &options, &mut mismatched);
        let mut problems: Vec<String> = mismatched.iter().map(sentence).collect();
        let model = overrides::without_ignored(model, &overrides);
        if let Some(operations) = &mut options.operations {
            operations.retain(|name| {
                let there = model.operations.contains_key(name);
                if !there {
                    problems.push(format!(
                        "{}: {label} has no operation `{name}`",
                        crate::workspace::config::FILE
                    ));
                }
                there
            });
        }
        let krate = generate::lower_lenient(&model, &overrides, &options, &mut found);
        let krate = sound(krate, &found, base)?;
        Ok(Self { label: label.to_owned(), model, krate, problems })
    }
}

/// The value, unless something was found to be wrong.
fn sound<T>(value: Option<T>, found: &Diagnostics, root: &Path) -> Result<T, String> {
    value.filter(|_| found.is_empty()).ok_or_else(|| render::render(found, root, false))
}

fn sentence(diagnostic: &Diagnostic) -> String {
    let location = match &diagnostic.location {
        Location::Node(node) => format!(" {node}"),
        _ => String::new(),
    };
    let help = diagnostic.help.as_ref().map(|help| format!("; {help}")).unwrap_or_default();
    format!("{}{location}: {}{help}", diagnostic.file.display(), diagnostic.message)
}
