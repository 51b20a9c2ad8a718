//! Each folder of `fixtures/broken` contains a model, overrides or a workspace file with a mistake, and in `expected.txt`
//! the messages. `UPDATE=1` writes these files anew; read them before you commit them.

use myrina_codegen::{
    diagnostic::Diagnostics, error::Error, generate, options::Options, read::ModelFolder, render,
    workspace::Workspace,
};
use std::{
    fs,
    path::{Path, PathBuf},
};

#[test]
fn every_broken_model_reports_the_expected_errors() {
    let mut differing = Vec::new();
    for folder in folders() {
        let message = message(&folder);
        let file = folder.join("expected.txt");
        if std::env::var_os("UPDATE").is_some() {
            fs::write(&file, &message).unwrap();
        }
        let expected = fs::read_to_string(&file).unwrap_or_default();
        if message != expected {
            differing.push(format!("{}\n--- expected\n{expected}--- message\n{message}", folder.display()));
        }
    }
    assert!(differing.is_empty(), "{}\nUPDATE=1 writes what is told", differing.join("\n"));
}

fn folders() -> Vec<PathBuf> {
    let all = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/broken");
    let entries = fs::read_dir(all).unwrap().map(|entry| entry.unwrap().path());
    let mut folders: Vec<PathBuf> = entries.filter(|path| path.is_dir()).collect();
    folders.sort();
    assert!(!folders.is_empty());
    folders
}

/// What is reported of a folder; it must be something.
fn message(folder: &Path) -> String {
    let diagnostics = if folder.join("myrina.toml").is_file() { workspace(folder) } else { model(folder) };
    assert!(!diagnostics.is_empty(), "nothing is wrong with {}", folder.display());
    render::render(&diagnostics, folder, false)
}

fn workspace(folder: &Path) -> Diagnostics {
    let mut diagnostics = Diagnostics::new();
    if let Some(workspace) = Workspace::read(folder, &mut diagnostics)
        && let Err(Error::Input(error)) = workspace.plan()
    {
        diagnostics.extend(error.diagnostics);
    }
    diagnostics
}

fn model(folder: &Path) -> Diagnostics {
    let mut diagnostics = Diagnostics::new();
    let overrides = Some(Path::new("overrides.json")).filter(|file| folder.join(file).is_file());
    let made = generate::lower(&ModelFolder::new(folder, ""), overrides, &options(), &mut diagnostics);
    assert!(made.is_none(), "a crate was made from {}", folder.display());
    diagnostics
}

fn options() -> Options {
    Options::new("greetings", "models/greetings/2020-01-01").model_file("service-2.json").without_builtin()
}
