//! One operation: what is sent where, what is answered, and all in both.

use super::table::{members, names, section, table};
use crate::ir::{Call, Crate, Operation, Response, Structure};
use crate::nodes;
use crate::report::diff::{Side, context, wire};

pub(super) fn operation(side: &Side, operation: &Operation) -> String {
    let krate = &side.krate;
    let module = operation.module.trim_start_matches("r#");
    let (request, response) = (&operation.request, &operation.response);
    let mut text =
        format!("operation {} of {}, from {}\n", operation.wire_name, krate.service.name, side.label);
    text.push_str(&format!("  {}\n\n", operation.docs.summary()));
    let required: Vec<&str> =
        request.required().map(|member| member.field.trim_start_matches("r#")).collect();
    let facts = [
        ("call", format!("{module}::{}::new({})", request.name, required.join(", "))),
        ("request", format!("{} {}", operation.method, operation.uri)),
        ("protocol", krate.service.protocol.word().to_owned()),
        ("endpoint", endpoint(krate, operation)),
        ("endpoint rules", context::beyond(&operation.context, &[]).unwrap_or_default()),
        ("authentication", authentication(krate, operation)),
        ("traits", traits(operation)),
        ("deprecated", operation.deprecated.clone().unwrap_or_default()),
        ("pagination", pagination(side, operation)),
    ];
    let rows = facts.into_iter().filter(|(_, value)| !value.is_empty());
    let rows: Vec<_> = rows.map(|(what, value)| vec![what.to_owned(), value]).collect();
    text.push_str(&table(&rows));
    text.push_str(&section(&heading("request", request), &members(krate, &request.members, false)));
    let heading = match response {
        Response::Own(response) => heading("response", response),
        Response::Shared { name, target, .. } => format!("response {name}, which is {}", nodes::path(target)),
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
    let prefix = said(&operation.traits, "host_prefix").map(|prefix| format!(", {prefix}"));
    format!("{}{}", krate.service.endpoint_prefix, prefix.unwrap_or_default())
}

/// What the operation says, or else the service.
fn authentication(krate: &Crate, operation: &Operation) -> String {
    let own = said(&operation.traits, "auth");
    own.or_else(|| said(&krate.service.traits, "auth")).unwrap_or_else(|| "Signature Version 4".to_owned())
}

fn traits(operation: &Operation) -> String {
    let told = |(method, said): (&str, String)| (!matches!(method, "auth" | "host_prefix")).then_some(said);
    let all = wire::spoken(&operation.traits).into_iter();
    let all = all.chain(wire::spoken(&operation.input_traits));
    all.filter_map(told).collect::<Vec<_>>().join(", ")
}

/// One call of a list in words.
fn said(calls: &[Call], method: &str) -> Option<String> {
    wire::spoken(calls).into_iter().find(|(name, _)| *name == method).map(|(_, said)| said)
}

fn pagination(side: &Side, operation: &Operation) -> String {
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
    let row = |name: &String| {
        let found = krate.errors.iter().find(|error| error.structure.name == *name);
        let traits = found.map(|error| wire::spoken(&error.traits)).unwrap_or_default();
        let traits = traits.into_iter().map(|(_, said)| said).collect::<Vec<_>>().join(", ");
        let summary = found.map(|error| error.structure.docs.summary()).unwrap_or_default();
        // Most codes are the names of the errors.
        let code = found.filter(|error| error.code != *name).map(|error| format!("code {}", error.code));
        let said = code.into_iter().chain(Some(traits).filter(|traits| !traits.is_empty()));
        vec![name.clone(), said.collect::<Vec<_>>().join(", "), summary]
    };
    table(&operation.errors.iter().map(row).collect::<Vec<_>>())
}
