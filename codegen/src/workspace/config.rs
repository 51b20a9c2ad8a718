//! `myrina.toml`: the services to generate, their models, and their output folders.
//!
//! ```toml
//! [crate]                          # optional: defaults of all generated crates
//! runtime = "workspace"            # or a version, { path = "…" }, { git = "…" }; default: the version of the generator
//! command = "cargo codegen"        # optional: the command that runs the generator, for headers and messages; default: `myrina`
//! version = "0.1.0"                # optional: the version of generated crates without `crate_version`
//!
//! [[service]]
//! name = "lambda"                  # the folder in models/
//! version = "2015-03-31"           # optional: the newest by default
//! crate = "myrina-lambda"          # optional: myrina-<name> by default
//! crate_version = "0.1.0"          # optional: that of [crate]; `myrina update` bumps it
//! models = "models/lambda"         # optional
//! output = "generated/lambda"      # optional
//! overrides = "models/lambda/overrides.json"  # optional: that file, if it exists
//! operations = ["Invoke"]          # optional: all by default
//! protocol = "rest-json"           # optional: one of the model's protocols
//! module = "src/aws/lambda"        # instead of the keys `crate…`, `output` and `dependencies`: a folder in the sources of a crate that
//!                                  # depends on `myrina`, for a module `mod.rs`
//! ```

mod edit;
mod manifest;
mod service;
mod table;

pub use edit::{add_service, remove_service, set_crate_version};
pub use manifest::{has_dependency, initial_config, required_version};

use crate::diagnostic::{Diagnostics, Location};
use crate::ir::Runtime;
use crate::json::position;
use crate::options::Options;
use crate::read;
use std::path::{Path, PathBuf};
use table::{Source, Table};
use toml_edit::Document;

/// The file's name.
pub const FILE: &str = "myrina.toml";

/// The installed generator.
pub const COMMAND: &str = "myrina";

/// The content of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// The services, in the file's order.
    pub services: Vec<ServiceConfig>,
}

/// One service to generate. Paths are relative to the folder of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceConfig {
    /// The location of its entry in the file.
    pub at: Location,
    /// The service, by its folder in the catalogue.
    pub name: String,
    /// The version of its model; `None` for the newest.
    pub version: Option<String>,
    /// The generated package.
    pub crate_name: String,
    /// The generated package's version.
    pub crate_version: String,
    /// The command that runs the generator, for headers and messages.
    pub command: String,
    /// The dependency of the generated package on the runtime.
    pub runtime: Runtime,
    /// Other dependencies of the generated package: name and TOML value.
    pub dependencies: Vec<(String, String)>,
    /// The folder of the models, one folder for each version.
    pub models: PathBuf,
    /// The folder of the generated package or module.
    pub output: PathBuf,
    /// Whether a module of an existing crate is generated, and no package.
    pub module: bool,
    /// The overrides.
    pub overrides: Option<PathBuf>,
    /// The operations; `None` for all.
    pub operations: Option<Vec<String>>,
    /// The protocol, as the model calls it; `None` for the preferred one of the model.
    pub protocol: Option<String>,
}

/// Reads `myrina.toml` in `root`. `None` if anything is wrong, which is then added to `diagnostics`.
pub fn read(root: &Path, diagnostics: &mut Diagnostics) -> Option<Config> {
    let text = read::text(root, Path::new(FILE)).map_err(|diagnostic| diagnostics.push(diagnostic)).ok()?;
    parse(root, &text, diagnostics)
}

/// Parses a text that is, or will be, that of `myrina.toml` in `root`, as [`read()`] does.
pub fn parse(root: &Path, text: &str, diagnostics: &mut Diagnostics) -> Option<Config> {
    let mut source = Source::new(Path::new(FILE), text);
    let config = document(root, text, &mut source);
    source.finish(diagnostics).then_some(config?)
}

fn document(root: &Path, text: &str, source: &mut Source<'_>) -> Option<Config> {
    let document = Document::parse(text)
        .map_err(|error| {
            let at = error.span().unwrap_or_default();
            let message = format!("this is not TOML: {}", error.message().replace('\n', ", "));
            source.report(&at, message, "correct the text here or just before this place");
        })
        .ok()?;
    let mut table = Table::new(document.as_table(), 0..0);
    let defaults = service::defaults(source, &mut table);
    let services = table.tables(source, "service");
    if services.is_empty() && !table.has("service") {
        source.report(
            &(0..0),
            "there are no services",
            "add one, such as `[[service]]` with `name = \"lambda\"`",
        );
    }
    table.finish(source);
    let mut used = service::UsedNames::default();
    let services =
        services.into_iter().filter_map(|table| service::service(root, source, table, &defaults, &mut used));
    Some(Config { services: services.collect() })
}

impl Config {
    /// The command that runs the generator, for messages.
    pub fn command(&self) -> &str {
        self.services.first().map_or(COMMAND, |service| &service.command)
    }
}

impl ServiceConfig {
    /// The version of its model in the workspace in `root`: the chosen one, or the newest. `None` if there is no such model.
    pub fn model_version(&self, root: &Path) -> Option<String> {
        let mut versions = read::versions(&root.join(&self.models));
        match &self.version {
            Some(chosen) => versions.into_iter().find(|version| version == chosen),
            None => versions.pop(),
        }
    }

    /// The options to generate the service from the model in `folder`.
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
            .module(self.module)
            .overrides_file(overrides)
            .config_file(FILE)
    }
}

/// The location of a span.
fn location(text: &str, span: &std::ops::Range<usize>) -> Location {
    let position = position(text, span.start);
    Location::Text { line: position.line, column: position.column }
}

#[cfg(test)]
mod tests;
