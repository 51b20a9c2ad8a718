//! A service as a whole.

use super::table::{names, section, table};
use crate::ir::{Crate, Operation, Service};
use crate::markdown;
use crate::report::{diff::traits, snapshot::Snapshot};

pub(super) fn service(side: &Snapshot) -> String {
    let Crate { service, operations, types, errors, partial, needs_recursion_limit, .. } = &side.krate;
    let some = if *partial { "some of its " } else { "" };
    let mut text = format!("service {}: {}, from {}\n", service.name, service.title, side.label);
    let summary = markdown::summary(&service.docs.lines);
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
            markdown::summary(&operation.docs.lines),
        ]
    };
    let calls: Vec<_> = operations.iter().map(call).collect();
    text.push_str(&section("operations", &table(&calls)));
    text.push_str(&section("types", &names(types.iter().map(crate::ir::TypeDef::name))));
    text.push_str(&section("errors", &names(errors.iter().map(|error| error.structure.name.as_str()))));
    text.push_str(&section("paginators", &names(side.model.paginators.keys().map(String::as_str))));
    text.push_str(&section("waiters", &names(side.model.waiters.keys().map(String::as_str))));
    if *needs_recursion_limit {
        text.push_str("\nIts types are nested so deep that crates which use them need `#![recursion_limit = \"512\"]`.\n");
    }
    text
}

fn row(what: &str, value: &str) -> Vec<String> {
    vec![what.to_owned(), value.to_owned()]
}

fn protocol(service: &Service) -> String {
    let traits = Some(traits::text(&traits::service(&service.traits))).filter(|traits| !traits.is_empty());
    let texts = [service.protocol.model_name().to_owned()].into_iter().chain(traits);
    texts.collect::<Vec<_>>().join(", ")
}
