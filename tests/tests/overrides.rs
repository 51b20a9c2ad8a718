//! Each folder of `fixtures/overrides` contains overrides of the one model there, and in `expected.txt` the result: the
//! difference in the generated code, or the messages. `UPDATE=1` writes these files anew; read them before you commit them.

use myrina_codegen::{
    diagnostic::Diagnostics,
    emit, generate,
    ir::Crate,
    options::Options,
    overrides::{self, SCHEMA},
    read::{self, ModelFolder},
    render,
};
use serde_json::{Value, json};
use similar::{ChangeTag, TextDiff};
use std::{
    fs,
    path::{Path, PathBuf},
};

#[test]
fn every_override_changes_the_output_or_reports_why_not() {
    let plain = emit::emit_module(&lower("model", None).unwrap());
    let mut differing = Vec::new();
    let folders = folders();
    assert!(folders.len() > 20);
    for name in folders {
        let outcome = match lower("model", Some(&name)) {
            Ok(krate) => changes(&plain, &emit::emit_module(&krate)),
            Err(message) => message,
        };
        assert!(!outcome.is_empty(), "{name} changes nothing, and nothing is told");
        let file = root().join(&name).join("expected.txt");
        if std::env::var_os("UPDATE").is_some() {
            fs::write(&file, &outcome).unwrap();
        }
        let expected = fs::read_to_string(&file).unwrap_or_default();
        if outcome != expected {
            differing.push(format!("{name}\n--- expected\n{expected}--- came\n{outcome}"));
        }
    }
    assert!(differing.is_empty(), "{}\nUPDATE=1 writes what came", differing.join("\n"));
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/overrides")
}

/// The folders with overrides.
fn folders() -> Vec<String> {
    let entries = fs::read_dir(root()).unwrap().map(|entry| entry.unwrap());
    let folders = entries.filter(|entry| entry.file_type().unwrap().is_dir());
    let names = folders.map(|entry| entry.file_name().into_string().unwrap());
    let mut names: Vec<String> = names.filter(|name| name != "model").collect();
    names.sort();
    names
}

/// The model in one folder, with the overrides in another; or else what is reported.
fn lower(model: &str, overrides: Option<&str>) -> Result<Crate, String> {
    let mut diagnostics = Diagnostics::new();
    let overrides = overrides.map(|name| Path::new(name).join("overrides.json"));
    let options = options(overrides.as_deref().unwrap_or(Path::new("")));
    let krate =
        generate::lower(&ModelFolder::new(root(), model), overrides.as_deref(), &options, &mut diagnostics);
    krate.ok_or_else(|| render::render(&diagnostics, &root(), false))
}

fn options(overrides: &Path) -> Options {
    Options::new("greetings", "models/greetings/2020-01-01")
        .model_file("model/service-2.json")
        .overrides_file(overrides)
}

/// The lines that went and those that came.
fn changes(before: &str, after: &str) -> String {
    let diff = TextDiff::from_lines(before, after);
    let changed = diff.iter_all_changes().filter(|change| change.tag() != ChangeTag::Equal);
    changed.flat_map(|change| [change.tag().to_string(), change.value().to_owned()]).collect()
}

/// What the generated code has no trace of yet.
#[test]
fn paginators_and_waiters_can_be_ignored() {
    let mut diagnostics = Diagnostics::new();
    let model = read::model(&ModelFolder::new(root(), "model"), &mut diagnostics).unwrap();
    assert_eq!((model.paginators.len(), model.waiters.len()), (1, 1));
    let ignored = json!({ "ignore": true });
    let text = json!({ "paginators": { "ListGreetings": ignored }, "waiters": { "Greeted": ignored } });
    assert_eq!(message(&text), "");
    let overrides =
        overrides::read_file(&folder(&text), Path::new("overrides.json"), &mut diagnostics).unwrap();
    let left = overrides::without_ignored(model, &overrides);
    assert!(left.paginators.is_empty() && left.waiters.is_empty() && diagnostics.is_empty());
}

/// A service's crate need not have all that its overrides are about: the same file serves however many operations are generated.
#[test]
fn overrides_of_operations_that_are_not_generated_are_allowed() {
    let folder = folder(&json!({
        "operations": { "Greet": { "rename": "Hail" } },
        "shapes": { "Card": { "rename": "PostCard", "members": { "Text": { "required": false } } } },
    }));
    let file = Path::new("overrides.json");
    let limited = options(file).operations(vec!["Leave".to_owned()]);
    let mut diagnostics = Diagnostics::new();
    let model = root().join("model");
    let krate = generate::lower(&ModelFolder::new(&folder, &model), Some(file), &limited, &mut diagnostics);
    assert!(krate.is_some_and(|krate| krate.types.is_empty()), "{diagnostics:?}");
}

/// The schema for editors knows the keys that the generator knows.
#[test]
fn the_json_schema_lists_the_keys_that_are_read() {
    let schema: Value = serde_json::from_str(SCHEMA).unwrap();
    let keys = |object: &Value| -> Vec<String> {
        let mut keys: Vec<String> = object["properties"].as_object().unwrap().keys().cloned().collect();
        keys.sort();
        keys
    };
    let odd = json!({ "kxqzw": 1 });
    assert_eq!(keys(&schema), known(&odd));
    let places = [
        ("operation", json!({ "operations": { "Leave": odd } })),
        ("shape", json!({ "shapes": { "Card": odd } })),
        ("member", json!({ "shapes": { "Card": { "members": { "Text": odd } } } })),
        ("value", json!({ "shapes": { "Tone": { "values": { "WARM": odd } } } })),
        ("paginator", json!({ "paginators": { "ListGreetings": odd } })),
        ("waiter", json!({ "waiters": { "Greeted": odd } })),
    ];
    let defined: Vec<&String> = schema["$defs"].as_object().unwrap().keys().collect();
    assert_eq!(defined.len(), places.len());
    for (name, document) in places {
        assert_eq!(keys(&schema["$defs"][name]), known(&document), "{name}");
    }
    let types = schema["$defs"]["member"]["properties"]["type"]["enum"].as_array().unwrap();
    let message = message(&json!({ "shapes": { "Card": { "members": { "Text": { "type": "kxqzw" } } } } }));
    let types: Vec<String> = types.iter().map(|name| name.as_str().unwrap().to_owned()).collect();
    assert_eq!(types, listed(&message));
}

/// The keys that are named where an unknown one is.
fn known(document: &Value) -> Vec<String> {
    let mut keys = listed(&message(document));
    keys.sort();
    keys
}

fn message(document: &Value) -> String {
    let folder = folder(document);
    let mut diagnostics = Diagnostics::new();
    let options = options(Path::new("overrides.json"));
    let model = read::model(&ModelFolder::new(root(), "model"), &mut diagnostics).unwrap();
    let overrides = overrides::read_file(&folder, Path::new("overrides.json"), &mut diagnostics).unwrap();
    overrides::check(&model, &overrides, &options, &mut diagnostics);
    render::render(&diagnostics, &folder, false)
}

/// A folder with a file of overrides.
fn folder(document: &Value) -> PathBuf {
    use std::sync::atomic::{AtomicU32, Ordering};
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("overrides-{number}"));
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("overrides.json"), document.to_string()).unwrap();
    folder
}

/// The words between back-quotes after `expected one of`.
fn listed(message: &str) -> Vec<String> {
    let (_, list) = message.split_once("expected one of ").unwrap_or_else(|| panic!("{message}"));
    list.lines().next().unwrap().split('`').skip(1).step_by(2).map(str::to_owned).collect()
}
