//! The target for the generator's input: the files of a model, overrides, the workspace file.

use super::laws;
use myrina_codegen::{
    diagnostic::Diagnostics,
    emit, generate,
    json::{self, Json},
    options::Options,
    read::ModelFolder,
    render,
    workspace::config,
};
use std::{
    fs,
    path::{Path, PathBuf},
    sync::OnceLock,
};

/// The model that the input takes one file of.
const COMPLETE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/complete");
/// Its files; all but the first may be absent.
const FILES: [&str; 5] = [
    "service-2.json",
    "paginators-1.json",
    "waiters-2.json",
    "endpoint-rule-set-1.json",
    "service-2.sdk-extras.json",
];
const OVERRIDES: &str = "overrides.json";
const CONFIG: &str = "myrina.toml";

/// The lexer: what it reads is written and reads as the same.
pub(super) fn text(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let (value, errors) = json::parse(text);
    assert!(value.is_some() || !errors.is_empty());
    for error in &errors {
        laws::sentence(&error.message.chars().take(200).collect::<String>());
        assert!(error.position.line >= 1 && error.position.column >= 1);
    }
    let Some(value) = value else { return };
    let (second, errors) = json::parse(&json::pretty(&value));
    assert!(errors.is_empty(), "{errors:?}");
    assert_eq!(second.as_ref(), Some(&value));
    _ = serde_json::Value::from(value);
}

/// A file of a model: the first line says which, and what follows takes its place.
pub(super) fn file(data: &[u8]) {
    let end = data.iter().position(|byte| *byte == b'\n').unwrap_or(0);
    let (name, content) = data.split_at(end);
    let name = std::str::from_utf8(name).unwrap_or_default();
    let content = content.get(1..).unwrap_or_default();
    let Some(name) = FILES.into_iter().chain([OVERRIDES, CONFIG]).find(|known| *known == name) else {
        return text(data);
    };
    let folder = folder();
    let path = folder.join(name);
    let before = fs::read(&path).ok();
    fs::write(&path, content).unwrap();
    if name == CONFIG {
        workspace(folder);
    } else {
        answer(folder, (name == OVERRIDES).then_some(Path::new(OVERRIDES)));
    }
    match before {
        Some(before) => fs::write(&path, before).unwrap(),
        None => fs::remove_file(&path).unwrap(),
    }
}

/// The generator answers with a crate, or with what is wrong.
fn answer(folder: &Path, overrides: Option<&Path>) {
    let mut diagnostics = Diagnostics::new();
    if let Some(made) = generate::lower(&ModelFolder::new(folder, ""), overrides, options(), &mut diagnostics)
    {
        emit::emit(&made);
    } else {
        report(&diagnostics, folder);
    }
}

fn workspace(folder: &Path) {
    let mut diagnostics = Diagnostics::new();
    if config::read(folder, &mut diagnostics).is_none() {
        report(&diagnostics, folder);
    }
}

fn report(diagnostics: &Diagnostics, folder: &Path) {
    assert!(!diagnostics.is_empty(), "nothing was made, and nothing is said to be wrong");
    assert!(!render::render(diagnostics, folder, false).trim().is_empty());
    assert!(!render::data(diagnostics, folder).is_null());
}

/// A folder of this process with a whole model in it.
fn folder() -> &'static Path {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    FOLDER.get_or_init(|| {
        let folder = std::env::temp_dir().join(format!("myrina-fuzz-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        for file in FILES {
            _ = fs::copy(Path::new(COMPLETE).join(file), folder.join(file));
        }
        folder
    })
}

/// The model's files, each as an input.
pub(super) fn seeds() -> Vec<Vec<u8>> {
    let read = |name: &str, path: PathBuf| Some([name.as_bytes(), b"\n", &*fs::read(path).ok()?].concat());
    let whole = FILES.into_iter().filter_map(|name| read(name, Path::new(COMPLETE).join(name)));
    let broken = Path::new(COMPLETE).with_file_name("broken");
    let mut folders: Vec<PathBuf> =
        fs::read_dir(broken).into_iter().flatten().filter_map(|entry| Some(entry.ok()?.path())).collect();
    folders.sort();
    let broken = folders.iter().flat_map(|folder| {
        FILES.into_iter().chain([OVERRIDES, CONFIG]).filter_map(|name| read(name, folder.join(name)))
    });
    let mut seeds: Vec<_> = whole.chain(broken).collect();
    let workspace = concat!(env!("CARGO_MANIFEST_DIR"), "/../myrina.toml");
    seeds.extend(read(CONFIG, workspace.into()));
    seeds
}

fn options() -> &'static Options {
    static OPTIONS: OnceLock<Options> = OnceLock::new();
    OPTIONS.get_or_init(|| {
        Options::new("letters", "models/letters/2020-01-01")
            .model_file(FILES[0])
            .overrides_file(OVERRIDES)
            .config_file(CONFIG)
    })
}

/// The prose that a model's tree has.
pub(super) fn prose_of(json: &Json, found: &mut Vec<Vec<u8>>) {
    match json {
        Json::Object(members) => {
            for (name, value) in members {
                match value {
                    Json::String(text) if name == "documentation" => found.push(text.clone().into_bytes()),
                    value => prose_of(value, found),
                }
            }
        }
        Json::Array(items) => items.iter().for_each(|item| prose_of(item, found)),
        _ => {}
    }
}
