//! A service as a whole.

use super::table::{names, section, table};
use crate::ir::{Crate, Operation, Service};
use crate::report::diff::{Side, wire};

pub(super) fn service(side: &Side) -> String {
    let Crate { service, operations, types, errors, partial, deep, .. } = &side.krate;
    let some = if *partial { "some of its " } else { "" };
    let mut text = format!("service {}: {}, from {}\n", service.name, service.title, side.label);
    let summary = service.docs.summary();
    if !summary.is_empty() {
        text.push_str(&format!("  {summary}\n"));
    }
    text.push('\n');
    let facts = [
        row("crate", &side.krate.name),
        row("protocol", &protocol(service)),
        row("API version", &service.api_version),
        row("endpoint prefix", &service.endpoint_prefix),
        row("endpoint rules", if side.model.endpoint_rules.is_some() { "there" } else { "none" }),
        row(
            "what is in it",
            &format!("{some}{} operations, {} types, {} errors", operations.len(), types.len(), errors.len()),
        ),
    ];
    text.push_str(&table(&facts));
    let call = |operation: &Operation| {
        vec![
            operation.wire_name.clone(),
            format!("{} {}", operation.method, operation.uri),
            operation.docs.summary(),
        ]
    };
    let calls: Vec<_> = operations.iter().map(call).collect();
    text.push_str(&section("operations", &table(&calls)));
    text.push_str(&section("types", &names(types.iter().map(crate::ir::Item::name))));
    text.push_str(&section("errors", &names(errors.iter().map(|error| error.structure.name.as_str()))));
    text.push_str(&section("paginators", &names(side.model.paginators.keys().map(String::as_str))));
    text.push_str(&section("waiters", &names(side.model.waiters.keys().map(String::as_str))));
    if *deep {
        text.push_str("\nIts types are nested so deep that crates which use them need `#![recursion_limit = \"512\"]`.\n");
    }
    text
}

fn row(what: &str, value: &str) -> Vec<String> {
    vec![what.to_owned(), value.to_owned()]
}

fn protocol(service: &Service) -> String {
    let traits = wire::spoken(&service.traits).into_iter().map(|(_, said)| format!(", {said}"));
    format!("{}{}", service.protocol.word(), traits.collect::<String>())
}
