//! The files beside the model: paginators and waiters.

use super::object::Object;
use crate::json::Json;
use crate::model::{Acceptor, Paginator, Pointer, Waiter};
use crate::source::Source;
use indexmap::IndexMap;

/// Reads `paginators-1.json`.
pub(super) fn paginators(source: &mut Source, json: Json) -> IndexMap<String, Paginator> {
    let Some(mut document) = Object::new(source, Pointer::ROOT, json) else { return IndexMap::new() };
    // The version of the format.
    document.ignore(&["version"]);
    let entries = document.entries(source, "pagination");
    let paginators =
        entries.filter_map(|(at, name, json)| Some((name, paginator(source, at, json)?))).collect();
    document.finish(source);
    paginators
}

fn paginator(source: &mut Source, at: Pointer, json: Json) -> Option<Paginator> {
    let mut object = Object::new(source, at, json)?;
    let paginator = Paginator {
        at: object.at.clone(),
        input_tokens: object.string_or_strings(source, "input_token"),
        output_tokens: object.string_or_strings(source, "output_token"),
        result_keys: object.string_or_strings(source, "result_key"),
        limit_key: object.optional(source, "limit_key"),
        more_results: object.optional(source, "more_results"),
        non_aggregate_keys: object.strings(source, "non_aggregate_keys"),
    };
    object.finish(source);
    Some(paginator)
}

/// Reads `waiters-2.json`.
pub(super) fn waiters(source: &mut Source, json: Json) -> IndexMap<String, Waiter> {
    let Some(mut document) = Object::new(source, Pointer::ROOT, json) else { return IndexMap::new() };
    // The version of the format.
    document.ignore(&["version"]);
    let waiters = document.required_object(source, "waiters").into_iter().flat_map(Object::into_entries);
    let waiters = waiters.filter_map(|(at, name, json)| Some((name, waiter(source, at, json)?))).collect();
    document.finish(source);
    waiters
}

fn waiter(source: &mut Source, at: Pointer, json: Json) -> Option<Waiter> {
    let mut object = Object::new(source, at, json)?;
    let elements = object.elements(source, "acceptors");
    let waiter = Waiter {
        at: object.at.clone(),
        operation: object.required(source, "operation").unwrap_or_default(),
        delay: object.required(source, "delay").unwrap_or_default(),
        max_attempts: object.required(source, "maxAttempts").unwrap_or_default(),
        description: object.optional(source, "description"),
        acceptors: elements.filter_map(|(at, json)| acceptor(source, at, json)).collect(),
    };
    object.finish(source);
    Some(waiter)
}

fn acceptor(source: &mut Source, at: Pointer, json: Json) -> Option<Acceptor> {
    let mut object = Object::new(source, at, json)?;
    let acceptor = Acceptor {
        at: object.at.clone(),
        matcher: object.required(source, "matcher").unwrap_or_default(),
        argument: object.optional(source, "argument"),
        expected: object.required(source, "expected").unwrap_or_default(),
        state: object.required(source, "state").unwrap_or_default(),
    };
    object.finish(source);
    Some(acceptor)
}
