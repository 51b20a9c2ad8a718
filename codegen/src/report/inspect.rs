//! One thing of what is generated, readable: a service, an operation, a type.

mod operation;
mod overview;
mod shape;
mod table;

use crate::did_you_mean::closest;
use crate::error::Error;
use crate::ir::{Crate, Operation, Path, Response};
use crate::model::Kind;
use crate::report::snapshot::Snapshot;
use crate::type_graph::TypeGraph;
use crate::type_printer::path_text;

/// Shows the service as a whole.
pub fn service(side: &Snapshot) -> String {
    overview::service(side)
}

/// Shows an operation or a type, by its name in the model or in Rust; for a request's or response's shape, the operation.
///
/// # Errors
///
/// If there is none of that name. The message names similar ones.
pub fn item(side: &Snapshot, name: &str) -> Result<String, Error> {
    let nodes = TypeGraph::of(&side.krate);
    if let Some(operation) = side.krate.operations.iter().find(|operation| is_operation(operation, name)) {
        return Ok(operation::operation(side, operation));
    }
    let is_type = |path: &Path| {
        let wire_name = nodes.types.get(path).map(|node| node.wire_name());
        path.name == name || path_text(path) == name || wire_name == Some(name)
    };
    if let Some(path) = nodes.types.keys().find(|path| is_type(path)) {
        return Ok(shape::shape(side, &nodes, path));
    }
    match side.krate.operations.iter().find(|operation| has_shape(operation, name)) {
        Some(operation) => Ok(operation::operation(side, operation)),
        None => {
            let message = untyped(side, name).unwrap_or_else(|| unknown(&side.krate, &nodes, name));
            Err(Error::Usage(message))
        }
    }
}

/// Whether its request, or a response of its own, is made of the shape.
fn has_shape(operation: &Operation, shape: &str) -> bool {
    let response = match &operation.response {
        Response::Own(response) => Some(&response.wire_name),
        Response::Shared { .. } => None,
    };
    operation.request.wire_name == shape || response.is_some_and(|response| response == shape)
}

/// Why a shape that the model has is no type.
fn untyped(side: &Snapshot, name: &str) -> Option<String> {
    let service = &side.krate.service.name;
    Some(match &side.model.shapes.get(name)?.kind {
        Kind::Structure(structure) if structure.document => {
            format!("the shape `{name}` of {service} is any JSON: `myrina::Document`")
        }
        Kind::Structure(_) => {
            format!(
                "the shape `{name}` of {service} becomes no type: no operation that is generated leads to it"
            )
        }
        Kind::List(element) => {
            format!("the shape `{name}` of {service} is a list of `{}`, a `Vec`: look at that", element.shape)
        }
        Kind::Map(key, value) => format!(
            "the shape `{name}` of {service} is a map from `{}` to `{}`, a `myrina::Map`: look at these",
            key.shape, value.shape
        ),
        kind => format!("the shape `{name}` of {service} is no type of its own, but {}", simple(kind)),
    })
}

/// The type of what is no structure, list or map.
fn simple(kind: &Kind) -> &'static str {
    match kind {
        Kind::Boolean => "`bool`",
        Kind::Integer => "`i32`",
        Kind::Long => "`i64`",
        Kind::Float => "`f32`",
        Kind::Double => "`f64`",
        Kind::Blob => "`myrina::Bytes`, or `myrina::ByteStream` where it is streamed",
        Kind::Timestamp => "`myrina::Timestamp`",
        _ => "`String`",
    }
}

/// By its name, its module, or one of its two types.
fn is_operation(operation: &Operation, name: &str) -> bool {
    let module = operation.module.trim_start_matches("r#");
    let own = [&*operation.wire_name, module, &*operation.request.name, operation.response.name()];
    let path = name.strip_prefix(module).and_then(|name| name.strip_prefix("::"));
    own.contains(&name) || path.is_some_and(|name| own.contains(&name))
}

fn unknown(krate: &Crate, nodes: &TypeGraph<'_>, name: &str) -> String {
    let operations = krate.operations.iter().map(|operation| operation.wire_name.as_str());
    let types = nodes.types.keys().map(|path| path.name.as_str());
    let known: Vec<&str> = operations.chain(types).collect();
    let holding = || {
        let lower = name.to_lowercase();
        let holding: Vec<&str> =
            known.iter().filter(|known| known.to_lowercase().contains(&lower)).take(8).copied().collect();
        (name.len() > 2 && !holding.is_empty())
            .then(|| format!("; these have it in their name: {}", holding.join(", ")))
    };
    let near = closest(name, known.iter().copied()).map(|near| format!("; did you mean `{near}`?"));
    let partial = if krate.partial { ", of what myrina.toml has generated," } else { "" };
    format!(
        "{} has no operation or type{partial} `{name}`{}",
        krate.service.name,
        near.or_else(holding).unwrap_or_default()
    )
}
