//! A package around generated code, compiled by cargo.

use super::{BoxError, Module, ROOT};
use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};
use toml_edit::{DocumentMut, Item, Table, value};

/// The protocols of the runtime that are features of it.
const PROTOCOL_FEATURES: [&str; 2] = ["xml", "cbor"];

/// What the driver is on, beside the runtime.
const DEPENDENCIES: [&str; 3] = ["base64", "http", "serde_json"];

/// A package of its own with generated modules, and the driver around them.
#[derive(Debug)]
pub struct Program {
    folder: PathBuf,
    name: String,
}

impl Program {
    /// The program of that name, in its folder below `target/conformance`, which is made.
    pub fn new(name: &str) -> Result<Self, BoxError> {
        let folder = self::folder().join(name);
        fs::create_dir_all(folder.join("src"))?;
        Ok(Self { folder, name: name.replace('/', "-") })
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Writes the sources, and compiles what is not compiled yet; warnings in generated code are errors. What cargo says
    /// goes to standard error. The path is that of the executable.
    pub fn build(&self, modules: &[Module]) -> Result<PathBuf, BoxError> {
        for module in modules {
            self.write(&format!("src/{}.rs", module.name), &module.text)?;
        }
        self.write("src/lib.rs", &library(modules))?;
        self.write("src/main.rs", &self.main(modules))?;
        self.write("Cargo.toml", &self.manifest()?)?;
        self.write_lock()?;
        let target = folder().join("build");
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let status = Command::new(cargo)
            .args(["build", "--quiet", "--manifest-path"])
            .arg(self.folder.join("Cargo.toml"))
            .arg("--target-dir")
            .arg(&target)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .status()?;
        if !status.success() {
            return Err(format!("the generated code in {} does not compile", self.folder.display()).into());
        }
        Ok(target.join("debug").join(format!("{}{}", self.package(), std::env::consts::EXE_SUFFIX)))
    }

    fn package(&self) -> String {
        format!("conformance-{}", self.name)
    }

    /// The versions are those of the workspace. Cargo adds what it must, so the file is written only where those are others.
    fn write_lock(&self) -> Result<(), BoxError> {
        let lock = fs::read_to_string(Path::new(ROOT).join("Cargo.lock"))?;
        if self.write("workspace.lock", &lock)? || !self.folder.join("Cargo.lock").exists() {
            self.write("Cargo.lock", &lock)?;
        }
        Ok(())
    }

    /// Writes a file unless it is as it should be already, as cargo goes by the time of the last change; says whether it was
    /// not. The file is there as a whole or not at all, whoever else runs the same program.
    fn write(&self, path: &str, text: &str) -> Result<bool, BoxError> {
        let path = self.folder.join(path);
        if fs::read_to_string(&path).is_ok_and(|old| old == text) {
            return Ok(false);
        }
        let draft = path.with_added_extension(std::process::id().to_string());
        fs::write(&draft, text)?;
        fs::rename(&draft, &path)?;
        Ok(true)
    }

    fn main(&self, modules: &[Module]) -> String {
        let library = self.package().replace('-', "_");
        let driver = Path::new(ROOT).join("tests/src/conformance/driver.rs").display().to_string();
        let mut text = format!(
            "#![allow(deprecated)]\n\n#[path = {driver:?}]\nmod driver;\n\nuse myrina::dynamic::Operation;\n\n"
        );
        text.push_str("fn main() -> std::io::Result<()> {\n    driver::serve(&[\n");
        for Module { name, requests, .. } in modules {
            let of = |request: &String| format!("Operation::of::<{library}::{name}::{request}>()");
            let operations = requests.iter().map(of).collect::<Vec<_>>().join(", ");
            text.push_str(&format!("        ({name:?}, const {{ &[{operations}] }}),\n"));
        }
        text + "    ])\n}\n"
    }

    fn manifest(&self) -> Result<String, BoxError> {
        let workspace = read_manifest("Cargo.toml")?;
        let versions = &workspace["workspace"]["dependencies"];
        let mut document = DocumentMut::new();
        let mut package = Table::new();
        package["name"] = value(self.package());
        package["version"] = value("0.0.0");
        package["edition"] = value("2024");
        document["package"] = Item::Table(package);
        document["workspace"] = Item::Table(Table::new());
        let mut dependencies = Table::new();
        for name in DEPENDENCIES {
            dependencies[name] = versions[name].clone();
        }
        // The order of a map's entries is that of the form that a query request sends.
        let mut json = toml_edit::InlineTable::new();
        json.extend([("version", versions["serde_json"].as_str().unwrap_or("1"))]);
        json.insert("features", ["preserve_order"].into_iter().collect());
        dependencies["serde_json"] = value(json);
        let mut runtime = toml_edit::InlineTable::new();
        runtime.insert("path", Path::new(ROOT).join("runtime").display().to_string().into());
        runtime.insert("default-features", false.into());
        let features = protocol_features()?;
        runtime.insert("features", ["dynamic", "gzip", "testing"].into_iter().chain(features).collect());
        dependencies["myrina"] = value(runtime);
        document["dependencies"] = Item::Table(dependencies);
        // Nobody debugs these; they are to be compiled quickly.
        let mut profile = Table::new();
        profile["debug"] = value(false);
        document["profile"] = Item::Table(Table::new());
        document["profile"]["dev"] = Item::Table(profile);
        Ok(document.to_string())
    }
}

/// The generated modules, held to what the workspace asks of its own code.
fn library(modules: &[Module]) -> String {
    let mut text = String::from(
        "//! Generated code under test.\n\n#![deny(warnings, missing_docs)]\n#![forbid(unsafe_code)]\n",
    );
    for module in modules {
        let name = &module.name;
        text.push_str(&format!("\n/// Generated.\n#[allow(deprecated)]\npub mod {name};\n"));
    }
    text
}

/// The features of the runtime without which it has not all protocols, as far as it has them.
pub(super) fn protocol_features() -> Result<Vec<&'static str>, BoxError> {
    let runtime = read_manifest("runtime/Cargo.toml")?;
    let has = |feature: &&str| runtime.get("features").and_then(|features| features.get(feature)).is_some();
    Ok(PROTOCOL_FEATURES.into_iter().filter(has).collect())
}

fn read_manifest(path: &str) -> Result<DocumentMut, BoxError> {
    Ok(fs::read_to_string(Path::new(ROOT).join(path))?.parse()?)
}

/// Where everything is put that a run makes.
pub fn folder() -> PathBuf {
    let target =
        std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| Path::new(ROOT).join("target"), PathBuf::from);
    target.join("conformance")
}
