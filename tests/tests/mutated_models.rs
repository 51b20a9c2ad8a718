//! The generator returns a crate or errors for any mutation of a model. It never panics.

use myrina_codegen::{
    diagnostic::Diagnostics,
    emit, generate,
    json::{self, Json},
    options::Options,
    read::ModelFolder,
    render,
};
use std::{
    fs,
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
};

const FILES: [&str; 4] =
    ["service-2.json", "paginators-1.json", "waiters-2.json", "endpoint-rule-set-1.json"];

/// What is put in the place of each node.
const REPLACEMENTS: [&str; 9] = [
    "null",
    "true",
    "-1.5",
    "18446744073709551615",
    "\"Letter\"",
    "\"{`!\\u0000\\u2028\"",
    "[]",
    "[[{}]]",
    "{\"Letter\": {\"shape\": \"Letter\"}}",
];

#[test]
fn the_unchanged_model_generates() {
    let mut diagnostics = Diagnostics::new();
    let made = generate::lower(&ModelFolder::new("", complete_model()), None, &options(), &mut diagnostics);
    assert!(made.is_some(), "{}", render::render(&diagnostics, Path::new(""), false));
}

#[test]
fn mutated_models_generate_or_report_errors_without_panicking() {
    let folder = copy();
    let mut panics = Vec::new();
    for file in FILES {
        let text = fs::read_to_string(complete_model().join(file)).unwrap();
        let document = json::parse(&text).0.unwrap();
        for node in 0..count(&document) {
            for replacement in std::iter::once(None).chain(REPLACEMENTS.map(Some)) {
                let mut changed = document.clone();
                change(&mut changed, node, replacement);
                fs::write(folder.join(file), json::pretty(&changed)).unwrap();
                if catch_unwind(AssertUnwindSafe(|| answer(&folder))).is_err() {
                    panics.push(format!("{file}, node {node}: {replacement:?}\n{}", json::pretty(&changed)));
                }
            }
        }
        fs::write(folder.join(file), text).unwrap();
    }
    assert!(panics.is_empty(), "{} panics, the first of them with {}", panics.len(), panics[0]);
}

fn answer(folder: &Path) {
    let mut diagnostics = Diagnostics::new();
    if let Some(made) = generate::lower(&ModelFolder::new(folder, ""), None, &options(), &mut diagnostics) {
        emit::emit(&made);
    } else {
        assert!(!diagnostics.is_empty(), "no crate, and nothing is said to be wrong");
        render::render(&diagnostics, folder, false);
    }
}

fn complete_model() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/complete")
}

fn copy() -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("mutated-models");
    fs::create_dir_all(&folder).unwrap();
    for file in FILES {
        fs::copy(complete_model().join(file), folder.join(file)).unwrap();
    }
    folder
}

/// The number of nodes below the root.
fn count(json: &Json) -> usize {
    children(json).map(|child| 1 + count(child)).sum()
}

fn children(json: &Json) -> Box<dyn Iterator<Item = &Json> + '_> {
    match json {
        Json::Object(members) => Box::new(members.values()),
        Json::Array(items) => Box::new(items.iter()),
        _ => Box::new(std::iter::empty()),
    }
}

/// Replaces, or takes away, the node with a number, counted from the root in the order of the text.
fn change(json: &mut Json, mut node: usize, replacement: Option<&str>) {
    let sizes: Vec<usize> = children(json).map(|child| 1 + count(child)).collect();
    for (index, size) in sizes.into_iter().enumerate() {
        if node < size {
            match (node.checked_sub(1), json) {
                (Some(node), Json::Object(members)) => change(&mut members[index], node, replacement),
                (Some(node), Json::Array(items)) => change(&mut items[index], node, replacement),
                (None, json) => replace(json, index, replacement),
                _ => {}
            }
            return;
        }
        node -= size;
    }
}

fn replace(json: &mut Json, index: usize, replacement: Option<&str>) {
    let replacement = replacement.map(|text| json::parse(text).0.unwrap());
    match (json, replacement) {
        (Json::Object(members), Some(value)) => members[index] = value,
        (Json::Array(items), Some(value)) => items[index] = value,
        (Json::Object(members), None) => {
            members.shift_remove_index(index);
        }
        (Json::Array(items), None) => {
            items.remove(index);
        }
        _ => {}
    }
}

fn options() -> Options {
    Options::new("letters", "models/letters/2020-01-01")
        .library("myrina_letters")
        .model_file("service-2.json")
        .without_builtin()
}
