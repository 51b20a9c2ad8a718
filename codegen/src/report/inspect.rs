//! Shows what is generated as text: a service, an operation or a type.

mod item;
mod table;

use crate::{
    did_you_mean::closest,
    error::Error,
    ir::{Crate, Operation, Path, Response, Service, TypeDef},
    markdown,
    model::Kind,
    report::{diff::traits, snapshot::Snapshot},
    type_graph::TypeGraph,
    type_printer::path_text,
};
use table::{names, section, table};

/// Shows a service: its facts, operations, types and errors.
pub fn service(snapshot: &Snapshot) -> String {
    let Crate { service, operations, types, errors, partial, needs_recursion_limit, .. } = &snapshot.krate;
    let some = if *partial { "some of its " } else { "" };
    let mut text = format!("service {}: {}, from {}\n", service.name, service.title, snapshot.label);
    let summary = markdown::summary(&service.docs.lines);
    if !summary.is_empty() {
        text.push_str(&format!("  {summary}\n"));
    }
    text.push('\n');
    let facts = [
        row("crate", &snapshot.krate.name),
        row("protocol", &protocol(service)),
        row("API version", &service.api_version),
        row("endpoint prefix", &service.endpoint_prefix),
        row("endpoint rules", if snapshot.model.endpoint_rules.is_some() { "yes" } else { "none" }),
        row(
            "content",
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
    text.push_str(&section("types", &names(types.iter().map(TypeDef::name))));
    text.push_str(&section("errors", &names(errors.iter().map(|error| error.structure.name.as_str()))));
    text.push_str(&section("paginators", &names(snapshot.model.paginators.keys().map(String::as_str))));
    text.push_str(&section("waiters", &names(snapshot.model.waiters.keys().map(String::as_str))));
    if *needs_recursion_limit {
        text.push_str("\nThe types are nested so deeply that crates that use them need `#![recursion_limit = \"512\"]`.\n");
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

/// Shows an operation or a type, by its name in the model or in Rust; for a request's or response's shape, the operation.
///
/// # Errors
///
/// If there is none of that name. The message names similar ones.
pub fn item(snapshot: &Snapshot, name: &str) -> Result<String, Error> {
    let graph = TypeGraph::of(&snapshot.krate);
    if let Some(operation) = snapshot.krate.operations.iter().find(|operation| is_operation(operation, name))
    {
        return Ok(item::operation(snapshot, operation));
    }
    let is_type = |path: &Path| {
        let wire_name = graph.types.get(path).map(|node| node.wire_name());
        path.name == name || path_text(path) == name || wire_name == Some(name)
    };
    if let Some(path) = graph.types.keys().find(|path| is_type(path)) {
        return Ok(item::shape(snapshot, &graph, path));
    }
    if let Some(operation) = snapshot.krate.operations.iter().find(|operation| has_shape(operation, name)) {
        return Ok(item::operation(snapshot, operation));
    }
    let message = untyped(snapshot, name).unwrap_or_else(|| unknown(&snapshot.krate, &graph, name));
    Err(Error::Usage(message))
}

/// Whether the shape is that of the request, or of the response unless it is shared.
fn has_shape(operation: &Operation, shape: &str) -> bool {
    let response = match &operation.response {
        Response::Own(response) => Some(&response.wire_name),
        Response::Shared { .. } => None,
    };
    operation.request.wire_name == shape || response.is_some_and(|response| response == shape)
}

/// Why a shape of the model is not a type.
fn untyped(snapshot: &Snapshot, name: &str) -> Option<String> {
    let service = &snapshot.krate.service.name;
    Some(match &snapshot.model.shapes.get(name)?.kind {
        Kind::Structure(structure) if structure.document => {
            format!("the shape `{name}` of {service} is any JSON: `myrina::Document`")
        }
        Kind::Structure(_) => {
            format!("the shape `{name}` of {service} is not generated: no generated operation reaches it")
        }
        Kind::List(element) => {
            format!("the shape `{name}` of {service} is a list of `{}`, a `Vec`: inspect that", element.shape)
        }
        Kind::Map(key, value) => format!(
            "the shape `{name}` of {service} is a map from `{}` to `{}`, a `myrina::Map`: inspect these",
            key.shape, value.shape
        ),
        kind => format!("the shape `{name}` of {service} has no type of its own, but is {}", simple(kind)),
    })
}

/// The Rust type of a simple shape.
fn simple(kind: &Kind) -> &'static str {
    match kind {
        Kind::Boolean => "`bool`",
        Kind::Integer => "`i32`",
        Kind::Long => "`i64`",
        Kind::Float => "`f32`",
        Kind::Double => "`f64`",
        Kind::Blob => "`myrina::Bytes`, or `myrina::ByteStream` if it is streamed",
        Kind::Timestamp => "`myrina::Timestamp`",
        _ => "`String`",
    }
}

/// Whether the name is that of the operation, of its module, or of its request or response.
fn is_operation(operation: &Operation, name: &str) -> bool {
    let module = operation.module.trim_start_matches("r#");
    let own = [&*operation.wire_name, module, &*operation.request.name, operation.response.name()];
    let path = name.strip_prefix(module).and_then(|name| name.strip_prefix("::"));
    own.contains(&name) || path.is_some_and(|name| own.contains(&name))
}

fn unknown(krate: &Crate, graph: &TypeGraph<'_>, name: &str) -> String {
    let operations = krate.operations.iter().map(|operation| operation.wire_name.as_str());
    let types = graph.types.keys().map(|path| path.name.as_str());
    let known: Vec<&str> = operations.chain(types).collect();
    let containing = || {
        let lower = name.to_lowercase();
        let containing: Vec<&str> =
            known.iter().filter(|known| known.to_lowercase().contains(&lower)).take(8).copied().collect();
        (name.len() > 2 && !containing.is_empty())
            .then(|| format!("; these names contain it: {}", containing.join(", ")))
    };
    let near = closest(name, known.iter().copied()).map(|near| format!("; did you mean `{near}`?"));
    let partial = if krate.partial { ", among those that myrina.toml generates," } else { "" };
    format!(
        "{} has no operation or type{partial} `{name}`{}",
        krate.service.name,
        near.or_else(containing).unwrap_or_default()
    )
}
