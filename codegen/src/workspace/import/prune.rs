//! Prunes a model to some operations, the shapes that they reach, and their paginators and waiters.

use crate::did_you_mean::did_you_mean;
use crate::error::Error;
use crate::json::Json;
use crate::read;
use indexmap::IndexMap;
use std::collections::{BTreeMap, BTreeSet};

/// What one model keeps.
#[derive(Debug)]
pub(super) struct Retained {
    operations: BTreeSet<String>,
    shapes: BTreeSet<String>,
}

impl Retained {
    /// Finds what the operations reach in a model's files. The error has all operations that do not exist.
    pub(super) fn find(
        files: &[(&'static str, Json)],
        selected: &[String],
        model: &str,
    ) -> Result<Self, Error> {
        let documents: Vec<&Json> = files.iter().filter_map(|(file, json)| service(file, json)).collect();
        let operations = entries(&documents, "operations");
        let missing = selected.iter().filter(|name| !operations.contains_key(name.as_str()));
        let unknown = |name: &String| unknown(model, name, operations.keys().copied());
        let missing: Vec<Error> = missing.map(unknown).collect();
        if !missing.is_empty() {
            return Err(Error::all(missing));
        }
        let shapes = entries(&documents, "shapes");
        let roots = selected.iter().filter_map(|name| operations.get(name.as_str()));
        Ok(Self { operations: selected.iter().cloned().collect(), shapes: reach(roots, &shapes) })
    }

    /// Removes everything else from one file.
    pub(super) fn prune(&self, file: &str, json: &mut Json) {
        let document = match file {
            read::MODEL_EXTRAS_FILE | read::PAGINATORS_EXTRAS_FILE => get_mut(json, MERGE),
            _ => Some(json),
        };
        let Some(document) = document else { return };
        let kept = |operation: &str| self.operations.contains(operation);
        match file {
            read::MODEL_FILE | read::MODEL_EXTRAS_FILE => {
                retain(document, "operations", |name, _| kept(name));
                retain(document, "shapes", |name, _| self.shapes.contains(name));
            }
            read::PAGINATORS_FILE | read::PAGINATORS_EXTRAS_FILE => {
                retain(document, "pagination", |name, _| kept(name));
            }
            read::WAITERS_FILE => {
                retain(document, "waiters", |_, waiter| text(waiter, "operation").is_some_and(kept));
            }
            _ => {}
        }
    }
}

/// The service's document in a file, or what the file merges into it.
fn service<'j>(file: &str, json: &'j Json) -> Option<&'j Json> {
    match file {
        read::MODEL_FILE => Some(json),
        read::MODEL_EXTRAS_FILE => get(json, MERGE),
        _ => None,
    }
}

/// The key of the merged document in an extras file.
const MERGE: &str = "merge";

/// Operations or shapes by name, with their entries in each document.
type Entries<'j> = BTreeMap<&'j str, Vec<&'j Json>>;

fn entries<'j>(documents: &[&'j Json], key: &str) -> Entries<'j> {
    let mut entries = Entries::new();
    for (name, entry) in documents.iter().filter_map(|document| object(get(document, key)?)).flatten() {
        entries.entry(name).or_default().push(entry);
    }
    entries
}

fn reach<'j>(operations: impl Iterator<Item = &'j Vec<&'j Json>>, shapes: &Entries<'j>) -> BTreeSet<String> {
    let mut reached = BTreeSet::new();
    let mut open: Vec<&str> = operations.flatten().flat_map(|operation| references(operation)).collect();
    while let Some(name) = open.pop() {
        if reached.insert(name.to_owned()) {
            let shape = shapes.get(name).into_iter().flatten();
            open.extend(shape.flat_map(|shape| references(shape)));
        }
    }
    reached
}

/// The shapes that an operation or a shape refers to.
fn references(json: &Json) -> impl Iterator<Item = &str> {
    let single = ["input", "output", "member", "key", "value"].into_iter().filter_map(|key| get(json, key));
    let errors = match get(json, "errors") {
        Some(Json::Array(errors)) => errors.as_slice(),
        _ => &[],
    };
    let members = get(json, "members").and_then(object).into_iter().flat_map(IndexMap::values);
    single.chain(errors).chain(members).filter_map(|reference| text(reference, "shape"))
}

fn unknown<'n>(model: &str, name: &str, operations: impl Iterator<Item = &'n str>) -> Error {
    let operations: Vec<&str> = operations.collect();
    let otherwise =
        format!("it has {} others, such as `{}`", operations.len(), operations.first().unwrap_or(&""));
    let help = did_you_mean(name, operations.iter().copied(), otherwise);
    Error::Usage(format!("{model}: there is no operation `{name}`; {help}"))
}

fn object(json: &Json) -> Option<&IndexMap<String, Json>> {
    match json {
        Json::Object(members) => Some(members),
        _ => None,
    }
}

fn get<'j>(json: &'j Json, key: &str) -> Option<&'j Json> {
    object(json)?.get(key)
}

fn text<'j>(json: &'j Json, key: &str) -> Option<&'j str> {
    match get(json, key)? {
        Json::String(text) => Some(text),
        _ => None,
    }
}

fn get_mut<'j>(json: &'j mut Json, key: &str) -> Option<&'j mut Json> {
    match json {
        Json::Object(members) => members.get_mut(key),
        _ => None,
    }
}

fn retain(document: &mut Json, key: &str, keep: impl Fn(&str, &Json) -> bool) {
    if let Some(Json::Object(entries)) = get_mut(document, key) {
        entries.retain(|name, entry| keep(name, entry));
    }
}
