//! `myrina.toml`: which services are generated, from which models, into which folders.
//!
//! ```toml
//! [crate]                          # optional: what all generated crates have in common
//! runtime = "workspace"            # or a version, { path = "…" }, { git = "…" }; without it, the generator's own version
//! command = "cargo codegen"        # optional: what runs the generator here, for headers and messages; `myrina`
//! version = "0.1.0"                # optional: of the generated crates that have none of their own
//!
//! [[service]]
//! name = "lambda"                  # the folder in models/
//! version = "2015-03-31"           # optional: the newest
//! crate = "myrina-lambda"          # optional: myrina-<name>
//! crate_version = "0.1.0"          # optional: that of [crate]; `myrina update` raises it
//! models = "models/lambda"         # optional
//! output = "generated/lambda"      # optional
//! overrides = "models/lambda/overrides.json"  # optional: that, where it is there
//! operations = ["Invoke"]          # optional: all
//! protocol = "rest-json"           # optional: one of those that the model lists
//! ```

mod dependencies;
mod edit;
mod manifest;
mod service;
mod table;

pub use edit::{add_service, set_crate_version};
pub use manifest::{beginning, depends};

use crate::diagnostic::{Diagnostic, Diagnostics, Location};
use crate::ir::Runtime;
use crate::json::position;
use crate::options::Options;
use crate::read;
use std::path::{Path, PathBuf};
use table::{Source, Table};
use toml_edit::Document;

/// The file's name.
pub const FILE: &str = "myrina.toml";

/// The generator, as it is installed.
pub const COMMAND: &str = "myrina";

/// What the file says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// The services, in the file's order.
    pub services: Vec<ServiceConfig>,
}

/// One service that is generated. Paths are relative to the folder of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceConfig {
    /// Where the file says it.
    pub at: Location,
    /// The service's name, that of its folder in the catalogue.
    pub name: String,
    /// The version of its model; `None` for the newest.
    pub version: Option<String>,
    /// The generated package.
    pub crate_name: String,
    /// The generated package's version.
    pub crate_version: String,
    /// What people type to run the generator, for headers and messages.
    pub command: String,
    /// How the generated package names the runtime.
    pub runtime: Runtime,
    /// Other packages that the generated one depends on, each with what its manifest says of it.
    pub dependencies: Vec<(String, String)>,
    /// The folder that holds a folder for each version of the model.
    pub models: PathBuf,
    /// The folder that is generated.
    pub output: PathBuf,
    /// The overrides.
    pub overrides: Option<PathBuf>,
    /// The operations; `None` for all.
    pub operations: Option<Vec<String>>,
    /// The protocol, as the model calls it; `None` for the one of its protocols that suits best.
    pub protocol: Option<String>,
}

/// Reads `myrina.toml` in `root`. What is wrong is added to `diagnostics`; `None` where anything is.
pub fn read(root: &Path, diagnostics: &mut Diagnostics) -> Option<Config> {
    let text = read::text(root, Path::new(FILE)).map_err(|diagnostic| diagnostics.push(diagnostic)).ok()?;
    read_text(root, &text, diagnostics)
}

/// Reads the same from a text that is, or is to be, that of `myrina.toml` in `root`.
pub fn read_text(root: &Path, text: &str, diagnostics: &mut Diagnostics) -> Option<Config> {
    let mut source = Source::new(Path::new(FILE), text);
    let config = parse(root, text, &mut source);
    source.finish(diagnostics).then_some(config?)
}

fn parse(root: &Path, text: &str, source: &mut Source<'_>) -> Option<Config> {
    let document = Document::parse(text)
        .map_err(|error| {
            let at = error.span().unwrap_or_default();
            let message = format!("this is not TOML: {}", error.message().replace('\n', ", "));
            source.report(&at, message, "correct the text here or just before this place");
        })
        .ok()?;
    let mut table = Table::new(document.as_table(), 0..0);
    let common = service::common(source, &mut table);
    let services = table.tables(source, "service");
    if services.is_empty() && !table.has("service") {
        source.report(&(0..0), "no service is named", "add `[[service]]` with `name = \"lambda\"`, say");
    }
    table.finish(source);
    let mut taken = service::Taken::default();
    let services =
        services.into_iter().filter_map(|table| service::service(root, source, table, &common, &mut taken));
    Some(Config { services: services.collect() })
}

impl Config {
    /// What people type to run the generator, for messages.
    pub fn command(&self) -> &str {
        self.services.first().map_or(COMMAND, |service| &service.command)
    }
}

impl ServiceConfig {
    /// The folder of the model, relative to `root`: that of the version, or of the newest. `None` with a report where it is not there.
    pub fn model_folder(&self, root: &Path, diagnostics: &mut Diagnostics) -> Option<PathBuf> {
        let versions = read::versions(&root.join(&self.models));
        let chosen = match &self.version {
            Some(version) => versions.iter().find(|there| *there == version),
            None => versions.last(),
        };
        if let Some(version) = chosen {
            return Some(self.models.join(version));
        }
        let models = self.models.display();
        let import = format!("{} import {} --from BOTOCORE", self.command, self.name);
        let (message, help) = match &self.version {
            Some(version) if !versions.is_empty() => (
                format!("there is no version {version} in {models}"),
                format!("these are there: {}", versions.join(", ")),
            ),
            _ => (
                format!("there is no model in {models}"),
                format!("import it with `{import}`, or correct the path"),
            ),
        };
        diagnostics.push(Diagnostic {
            file: PathBuf::from(FILE),
            location: self.at.clone(),
            message,
            help: Some(help),
        });
        None
    }

    /// The bytes that the model has on the disk, in whichever form it lies there; 0 where there is none.
    pub fn model_size(&self, root: &Path) -> u64 {
        let models = root.join(&self.models);
        let newest = || read::versions(&models).pop();
        let folder = self.version.clone().or_else(newest).map(|version| models.join(version));
        let size = |name: String| Some(folder.as_ref()?.join(name).metadata().ok()?.len());
        let file = read::MODEL_FILE.to_owned();
        size(file.clone()).or_else(|| size(file + ".gz")).unwrap_or(0)
    }

    /// What is generated from the model in `folder`.
    pub fn options(&self, folder: &Path) -> Options {
        let overrides = self.overrides.clone().unwrap_or_else(|| self.models.join("overrides.json"));
        Options::new(&self.name, folder)
            .crate_name(&self.crate_name)
            .crate_version(&self.crate_version)
            .library(self.crate_name.replace('-', "_"))
            .command(&self.command)
            .runtime(self.runtime.clone())
            .dependencies(self.dependencies.clone())
            .operations(self.operations.clone())
            .protocol(self.protocol.clone())
            .overrides_file(overrides)
            .config_file(FILE)
    }
}

/// The place of a span.
fn place(text: &str, span: &std::ops::Range<usize>) -> Location {
    let position = position(text, span.start);
    Location::Text { line: position.line, column: position.column }
}

#[cfg(test)]
mod tests;
