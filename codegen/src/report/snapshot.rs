//! One version of a service, read and lowered, to be shown or compared with another.

use crate::{
    diagnostic::{Diagnostic, Diagnostics, Location},
    error::Error,
    generate,
    ir::Crate,
    model::Model,
    options::Options,
    overrides::{self, Overrides},
    read::{self, ModelFolder},
};
use std::path::{Path, PathBuf};

/// One version of a service.
#[derive(Clone, Debug)]
pub struct Snapshot {
    /// What the model came from, for people: `botocore 1.43.67`.
    pub label: String,
    /// The model, without what the overrides ignore.
    pub model: Model,
    /// What would be generated from it.
    pub krate: Crate,
    /// Parts of the configuration that do not fit the model, a sentence each.
    pub problems: Vec<String>,
}

/// What a [`Snapshot`] is made from, beside the model. Both sides of a comparison share it.
#[derive(Clone, Debug)]
pub struct SnapshotOptions {
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
    /// The protocol, as the model calls it; `None` for the preferred one of the model.
    pub protocol: Option<String>,
    /// The operations that one side's model was pruned to when it was imported, so that the other side is pruned, too; `None` for
    /// whole models.
    pub pruned: Option<Vec<String>>,
    /// The generated package.
    pub package: String,
    /// The file that names the operations, for messages.
    pub config_file: PathBuf,
}

impl SnapshotOptions {
    /// A service without any configuration: all of its operations, and no overrides.
    pub fn new(root: &Path, service: &str) -> Self {
        Self {
            root: root.to_owned(),
            service: service.to_owned(),
            version: None,
            overrides: None,
            operations: None,
            protocol: None,
            pruned: None,
            package: format!("myrina-{}", service.replace('.', "-")),
            config_file: PathBuf::new(),
        }
    }

    fn options(&self, folder: &Path) -> Options {
        Options::new(&self.service, folder)
            .crate_name(&self.package)
            .crate_version("0.0.0")
            // The same on both sides of a comparison.
            .input("")
            .operations(self.operations.clone())
            .protocol(self.protocol.clone())
            .overrides_file(self.overrides.clone().unwrap_or_default())
            .config_file(&self.config_file)
    }
}

impl Snapshot {
    /// Reads and lowers the model in `folder`. The error has all that is wrong with it. Overrides and
    /// operations that do not fit the model are no errors, but listed in `problems`.
    pub fn load(options: &SnapshotOptions, label: &str, folder: &ModelFolder) -> Result<Self, Error> {
        let mut found = Diagnostics::new();
        let model = read::model(folder, &mut found);
        let model = checked(model, &mut found, &folder.root)?;
        let overrides = match &options.overrides {
            Some(file) => overrides::read_file(&options.root, file, &mut found),
            None => Some(Overrides::default()),
        };
        let overrides = checked(overrides, &mut found, &options.root)?;
        let mut lowering = options.options(&folder.path);
        let mut mismatched = Diagnostics::new();
        overrides::check(&model, &overrides, &lowering, &mut mismatched);
        let mut problems: Vec<String> = mismatched.iter().map(sentence).collect();
        let model = overrides::without_ignored(model, &overrides);
        if let Some(operations) = &mut lowering.operations {
            operations.retain(|name| {
                let exists = model.operations.contains_key(name);
                if !exists {
                    problems.push(format!(
                        "{}: {label} has no operation `{name}`",
                        options.config_file.display()
                    ));
                }
                exists
            });
        }
        let krate = generate::lower_lenient(&model, &overrides, &lowering, &mut found);
        let krate = checked(krate, &mut found, &folder.root)?;
        Ok(Self { label: label.to_owned(), model, krate, problems })
    }
}

/// The value, unless errors were found.
fn checked<T>(value: Option<T>, found: &mut Diagnostics, root: &Path) -> Result<T, Error> {
    value.filter(|_| found.is_empty()).ok_or_else(|| Error::input(std::mem::take(found), root))
}

fn sentence(diagnostic: &Diagnostic) -> String {
    let location = match &diagnostic.location {
        Location::Node(node) => format!(" {node}"),
        _ => String::new(),
    };
    let help = diagnostic.help.as_ref().map(|help| format!("; {help}")).unwrap_or_default();
    format!("{}{location}: {}{help}", diagnostic.file.display(), diagnostic.message)
}
