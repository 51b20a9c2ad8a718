//! Removes documentation where the format has it, but never a member or shape that is called `documentation`.

use crate::json::Json;
use crate::read;
use indexmap::IndexMap;

type Members = IndexMap<String, Json>;

/// Removes the examples of calls, which are not generated.
pub(super) fn remove_examples(file: &str, json: &mut Json) {
    if let Some(document) = members(json).filter(|_| file == read::MODEL_FILE) {
        document.shift_remove("examples");
    }
}

/// Removes the documentation from one file of a model.
pub(super) fn strip(file: &str, json: &mut Json) {
    match file {
        read::MODEL_FILE => service(json),
        read::MODEL_EXTRAS_FILE => at(json, "merge", service),
        read::WAITERS_FILE => each(json, "waiters", |waiter| remove(waiter, "description")),
        read::ENDPOINT_RULES_FILE => {
            each(json, "parameters", documentation);
            rules(json);
        }
        _ => {}
    }
}

fn service(document: &mut Json) {
    documentation(document);
    each(document, "clientContextParams", documentation);
    each(document, "operations", |operation| {
        documentation(operation);
        at(operation, "input", documentation);
        at(operation, "output", documentation);
        each(operation, "errors", documentation);
    });
    each(document, "shapes", |shape| {
        documentation(shape);
        for part in ["member", "key", "value"] {
            at(shape, part, documentation);
        }
        each(shape, "members", documentation);
    });
}

/// Rules hold rules; the reader bounded the depth.
fn rules(tree: &mut Json) {
    each(tree, "rules", |rule| {
        documentation(rule);
        rules(rule);
    });
}

fn documentation(json: &mut Json) {
    remove(json, "documentation");
}

fn remove(json: &mut Json, key: &str) {
    if let Some(members) = members(json) {
        members.shift_remove(key);
    }
}

fn members(json: &mut Json) -> Option<&mut Members> {
    match json {
        Json::Object(members) => Some(members),
        _ => None,
    }
}

fn at(json: &mut Json, key: &str, change: impl FnOnce(&mut Json)) {
    if let Some(value) = members(json).and_then(|members| members.get_mut(key)) {
        change(value);
    }
}

/// Changes each member of the object, or element of the list, at a key.
fn each(json: &mut Json, key: &str, mut change: impl FnMut(&mut Json)) {
    at(json, key, |value| match value {
        Json::Object(members) => members.values_mut().for_each(&mut change),
        Json::Array(items) => items.iter_mut().for_each(&mut change),
        _ => {}
    });
}
