//! One operation: what is sent where, what is answered, and all in both.

use super::table::{members, names, section, table};
use crate::ir::{Crate, Operation, OperationTraits, Response, Structure};
use crate::markdown;
use crate::report::diff::{
    context,
    traits::{self, Trait},
};
use crate::report::snapshot::Snapshot;
use crate::type_graph::TypeGraph;
use crate::type_printer::path_text;

pub(super) fn operation(side: &Snapshot, operation: &Operation) -> String {
    let krate = &side.krate;
    let module = operation.module.trim_start_matches("r#");
    let (request, response) = (&operation.request, &operation.response);
    let mut text =
        format!("operation {} of {}, from {}\n", operation.wire_name, krate.service.name, side.label);
    text.push_str(&format!("  {}\n\n", markdown::summary(&operation.docs.lines)));
    let required: Vec<&str> =
        request.required().map(|member| member.field.trim_start_matches("r#")).collect();
    let facts = [
        ("call", format!("{module}::{}::new({})", request.name, required.join(", "))),
        ("request", format!("{} {}", operation.method, operation.uri)),
        ("protocol", krate.service.protocol.model_name().to_owned()),
        ("endpoint", endpoint(krate, operation)),
        ("endpoint rules", context::beyond(&operation.context, &[]).unwrap_or_default()),
        ("authentication", authentication(krate, operation)),
        ("traits", other_traits(operation)),
        ("deprecated", operation.deprecated.clone().unwrap_or_default()),
        ("pagination", pagination(side, operation)),
    ];
    let rows = facts.into_iter().filter(|(_, value)| !value.is_empty());
    let rows: Vec<_> = rows.map(|(what, value)| vec![what.to_owned(), value]).collect();
    text.push_str(&table(&rows));
    text.push_str(&section(&heading("request", request), &members(krate, &request.members, false)));
    let heading = match response {
        Response::Own(response) => heading("response", response),
        Response::Shared { name, target, .. } => format!("response {name}, which is {}", path_text(target)),
    };
    let empty = "  no members: that it came is the answer\n".to_owned();
    let answered = Some(members(krate, response.members(), false)).filter(|table| !table.is_empty());
    text.push_str(&section(&heading, &answered.unwrap_or(empty)));
    text.push_str(&section("errors", &errors(krate, operation)));
    let waiters = side.model.waiters.iter().filter(|(_, waiter)| waiter.operation == operation.wire_name);
    text.push_str(&section("waiters", &names(waiters.map(|(name, _)| name.as_str()))));
    text
}

fn heading(what: &str, structure: &Structure) -> String {
    match structure.wire_name.as_str() {
        "" => format!("{what} {}", structure.name),
        shape => format!("{what} {} (shape {shape})", structure.name),
    }
}

fn endpoint(krate: &Crate, operation: &Operation) -> String {
    let prefix = operation.traits.host_prefix.iter().map(|prefix| Trait::HostPrefix.with_value(prefix));
    let texts = [krate.service.endpoint_prefix.clone()].into_iter().chain(prefix);
    texts.collect::<Vec<_>>().join(", ")
}

/// The authentication of the operation, or else of the service.
fn authentication(krate: &Crate, operation: &Operation) -> String {
    let auth = operation.traits.auth.or(krate.service.traits.auth);
    auth.map_or_else(|| "Signature Version 4".to_owned(), traits::authentication)
}

/// The traits that have no line of their own.
fn other_traits(operation: &Operation) -> String {
    let others = OperationTraits { auth: None, host_prefix: None, ..operation.traits.clone() };
    traits::text(&[traits::operation(&others), traits::input(&operation.input_traits)].concat())
}

fn pagination(side: &Snapshot, operation: &Operation) -> String {
    let Some(paginator) = side.model.paginators.get(&operation.wire_name) else { return String::new() };
    let mut words = vec![
        format!("from {}", paginator.input_tokens.join(", ")),
        format!("to {}", paginator.output_tokens.join(", ")),
    ];
    words.extend(
        (!paginator.result_keys.is_empty()).then(|| format!("items {}", paginator.result_keys.join(", "))),
    );
    words.extend(paginator.limit_key.iter().map(|key| format!("at most {key}")));
    words.extend(paginator.more_results.iter().map(|key| format!("while {key}")));
    words.join(", ")
}

fn errors(krate: &Crate, operation: &Operation) -> String {
    let types = TypeGraph::of(krate);
    let row = |name: &String| {
        let error = types.error(name);
        // Most codes are the names of the errors.
        let code = error.filter(|error| error.code != *name).map(|error| format!("code {}", error.code));
        let traits = error.map(|error| traits::text(&traits::error(&error.traits))).unwrap_or_default();
        let facts = code.into_iter().chain(Some(traits).filter(|traits| !traits.is_empty()));
        let summary = error.map(|error| markdown::summary(&error.structure.docs.lines)).unwrap_or_default();
        vec![name.clone(), facts.collect::<Vec<_>>().join(", "), summary]
    };
    table(&operation.errors.iter().map(row).collect::<Vec<_>>())
}
