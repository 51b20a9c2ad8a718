//! The output folder: a workspace with the imported models and the generated crates.

use super::Arguments;
use crate::{BoxError, conformance};
use myrina_codegen::{
    diagnostic::Diagnostics,
    render,
    workspace::config::{self, Config},
    workspace::import::{self, Catalog, Documentation, ImportSelection, Imported, ServiceSelector},
};
use std::{
    fs,
    path::{Path, PathBuf},
};
use toml_edit::{Array, ArrayOfTables, DocumentMut, InlineTable, Item, Table, value};

/// What is generated, and where.
pub(super) struct Workspace {
    /// The folder.
    pub(super) root: PathBuf,
    /// The services.
    pub(super) config: Config,
    /// The version of botocore that the models are from.
    pub(super) botocore: String,
    /// The models kept their prose.
    pub(super) with_docs: bool,
}

/// The folder of the generated crates.
const CRATES: &str = "crates";

impl Workspace {
    /// Imports the models, and writes what says the generator and cargo of them.
    pub(super) fn prepare(arguments: &Arguments) -> Result<Self, BoxError> {
        let root = match &arguments.out {
            Some(out) => out.clone(),
            None => conformance::folder().with_file_name("catalogue"),
        };
        fs::create_dir_all(root.join(import::MODELS))
            .map_err(|error| format!("{}: {error}", root.display()))?;
        let root = root.canonicalize()?;
        let names = match arguments.services.as_slice() {
            [] => ServiceSelector::All,
            names => ServiceSelector::Named(names.to_vec()),
        };
        let documentation = if arguments.with_docs { Documentation::Keep } else { Documentation::Strip };
        let selection = ImportSelection { operations: None, documentation };
        let imported = import::import(&root, &names, &Catalog::open(&arguments.from)?, &selection)?;
        let botocore = imported.first().map(|model| model.botocore.clone()).unwrap_or_default();
        fs::write(root.join(config::FILE), config_file(&imported))?;
        let config = read_config(&root)?;
        fs::write(root.join("Cargo.toml"), manifest(&config)?)?;
        // What is locked for this workspace is all that is there; cargo adds the generated crates.
        fs::copy(Path::new(conformance::ROOT).join("Cargo.lock"), root.join("Cargo.lock"))?;
        Ok(Self { root, config, botocore, with_docs: arguments.with_docs })
    }

    /// The workspace as the generator sees it.
    pub(super) fn generator(&self) -> myrina_codegen::workspace::Workspace {
        let (root, config) = (self.root.clone(), self.config.clone());
        myrina_codegen::workspace::Workspace { root, config }
    }

    /// The service whose crate has this manifest.
    pub(super) fn service(&self, manifest: &Path) -> Option<String> {
        let folder = manifest.parent()?.strip_prefix(&self.root).ok()?;
        let service = self.config.services.iter().find(|service| service.output == folder)?;
        Some(service.name.clone())
    }

    /// The packages of some services, as cargo is reported of them.
    pub(super) fn packages(&self, services: &[String]) -> Vec<String> {
        let wanted = self.config.services.iter().filter(|service| services.contains(&service.name));
        wanted.map(|service| format!("--package={}", service.crate_name)).collect()
    }
}

#[cfg(test)]
impl Workspace {
    /// One in the folder `/out`, with these services, none of which is there.
    pub(super) fn example(services: &[&str]) -> Self {
        use myrina_codegen::{diagnostic::Location, ir::Runtime};
        let service = |name: &&str| myrina_codegen::workspace::config::ServiceConfig {
            at: Location::File,
            name: (*name).to_owned(),
            version: None,
            crate_name: format!("myrina-{name}"),
            crate_version: "0.1.0".to_owned(),
            command: "myrina".into(),
            runtime: Runtime::Workspace,
            dependencies: Vec::new(),
            models: Path::new(import::MODELS).join(name),
            output: Path::new(CRATES).join(name),
            module: false,
            overrides: None,
            operations: None,
            protocol: None,
        };
        let config = Config { services: services.iter().map(service).collect() };
        Self { root: PathBuf::from("/out"), config, botocore: "0.0.0".to_owned(), with_docs: false }
    }
}

/// `myrina.toml`, as a user would write it.
fn config_file(imported: &[Imported]) -> String {
    let mut document = DocumentMut::new();
    document["crate"] = Item::Table(Table::new());
    document["crate"]["runtime"] = value("workspace");
    let mut services = ArrayOfTables::new();
    for model in imported {
        let mut service = Table::new();
        service["name"] = value(&model.service);
        service["version"] = value(&model.version);
        service["output"] = value(format!("{CRATES}/{}", model.service));
        services.push(service);
    }
    document["service"] = Item::ArrayOfTables(services);
    document.to_string()
}

fn read_config(root: &Path) -> Result<Config, BoxError> {
    let mut diagnostics = Diagnostics::new();
    let config = config::read(root, &mut diagnostics);
    config.ok_or_else(|| render::render(&diagnostics, root, false).into())
}

/// The workspace's manifest: held to the lints of this one, and every warning an error.
fn manifest(config: &Config) -> Result<String, BoxError> {
    let ours: DocumentMut = fs::read_to_string(Path::new(conformance::ROOT).join("Cargo.toml"))?.parse()?;
    let ours = ours.get("workspace").and_then(Item::as_table).ok_or("Cargo.toml has no workspace")?;
    let taken =
        |key: &str| ours.get(key).cloned().ok_or_else(|| format!("Cargo.toml has no workspace.{key}"));
    let mut workspace = Table::new();
    workspace["resolver"] = taken("resolver")?;
    let members = config.services.iter().map(|service| service.output.display().to_string());
    workspace["members"] = value(members.collect::<Array>());
    workspace["package"] = taken("package")?;
    workspace["lints"] = taken("lints")?;
    workspace["lints"]["rust"]["warnings"] = value("deny");
    let mut runtime = InlineTable::new();
    let folder = Path::new(conformance::ROOT).join("runtime").canonicalize()?;
    runtime.insert("path", folder.display().to_string().into());
    let mut dependencies = Table::new();
    dependencies["myrina"] = value(runtime);
    workspace["dependencies"] = Item::Table(dependencies);
    let mut document = DocumentMut::new();
    document["workspace"] = Item::Table(workspace);
    let mut profile = Table::new();
    // Each crate is checked once: what helps with a second time would only cost time, and gigabytes.
    profile["incremental"] = value(false);
    document["profile"] = Item::Table(Table::new());
    document["profile"]["dev"] = Item::Table(profile);
    Ok(document.to_string())
}
