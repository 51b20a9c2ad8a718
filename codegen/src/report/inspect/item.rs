//! Shows one operation or type.

use super::table::{members, names, section, table};
use crate::{
    ir::{Crate, EnumVariant, Member, Operation, OperationTraits, Path, Response, Structure},
    markdown,
    report::{
        diff::{
            traits::{self, Trait},
            wire,
        },
        snapshot::Snapshot,
    },
    type_graph::{self, TypeGraph, TypeNode},
    type_printer::path_text,
};

/// The operation with its request, response and errors.
pub(super) fn operation(snapshot: &Snapshot, operation: &Operation) -> String {
    let krate = &snapshot.krate;
    let module = operation.module.trim_start_matches("r#");
    let (request, response) = (&operation.request, &operation.response);
    let mut text =
        format!("operation {} of {}, from {}\n", operation.wire_name, krate.service.name, snapshot.label);
    text.push_str(&format!("  {}\n\n", markdown::summary(&operation.docs.lines)));
    let required: Vec<&str> =
        request.required().map(|member| member.field.trim_start_matches("r#")).collect();
    let facts = [
        ("call", format!("{module}::{}::new({})", request.name, required.join(", "))),
        ("request", format!("{} {}", operation.method, operation.uri)),
        ("protocol", krate.service.protocol.model_name().to_owned()),
        ("endpoint", endpoint(krate, operation)),
        ("endpoint rules", wire::context_without(&operation.context, &[]).unwrap_or_default()),
        ("authentication", authentication(krate, operation)),
        ("traits", other_traits(operation)),
        ("deprecated", operation.deprecated.clone().unwrap_or_default()),
        ("pagination", pagination(snapshot, operation)),
    ];
    let rows = facts.into_iter().filter(|(_, value)| !value.is_empty());
    let rows: Vec<_> = rows.map(|(what, value)| vec![what.to_owned(), value]).collect();
    text.push_str(&table(&rows));
    text.push_str(&section(&heading("request", request), &members(krate, &request.members, false)));
    let heading = match response {
        Response::Own(response) => heading("response", response),
        Response::Shared { name, target, .. } => format!("response {name}, which is {}", path_text(target)),
    };
    let empty = "  no members\n".to_owned();
    let members_table = Some(members(krate, response.members(), false)).filter(|table| !table.is_empty());
    text.push_str(&section(&heading, &members_table.unwrap_or(empty)));
    text.push_str(&section("errors", &errors_table(krate, operation)));
    let waiters = snapshot.model.waiters.iter().filter(|(_, waiter)| waiter.operation == operation.wire_name);
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
    let of_service = || traits::authentication(&krate.service.traits.auth);
    let schemes = traits::authentication(&operation.traits.auth).or_else(of_service);
    schemes.unwrap_or_else(|| "Signature Version 4".to_owned())
}

/// The traits without a line of their own.
fn other_traits(operation: &Operation) -> String {
    let others = OperationTraits { auth: Vec::new(), host_prefix: None, ..operation.traits.clone() };
    traits::text(&[traits::operation(&others), traits::input(&operation.input_traits)].concat())
}

fn pagination(snapshot: &Snapshot, operation: &Operation) -> String {
    let Some(paginator) = snapshot.model.paginators.get(&operation.wire_name) else { return String::new() };
    let mut parts = vec![
        format!("from {}", paginator.input_tokens.join(", ")),
        format!("to {}", paginator.output_tokens.join(", ")),
    ];
    parts.extend(
        (!paginator.result_keys.is_empty()).then(|| format!("items {}", paginator.result_keys.join(", "))),
    );
    parts.extend(paginator.limit_key.iter().map(|key| format!("at most {key}")));
    parts.extend(paginator.more_results.iter().map(|key| format!("while {key}")));
    parts.join(", ")
}

fn errors_table(krate: &Crate, operation: &Operation) -> String {
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

/// The type with its members or variants, and its users.
pub(super) fn shape(snapshot: &Snapshot, graph: &TypeGraph<'_>, path: &Path) -> String {
    let Some(node) = graph.types.get(path).copied() else { return String::new() };
    let krate = &snapshot.krate;
    let mut text = format!(
        "{} {} (shape {}) of {}, from {}\n",
        node.kind_name(),
        path_text(path),
        node.wire_name(),
        krate.service.name,
        snapshot.label
    );
    text.push_str(&format!("  {}\n\n", markdown::summary(&node.docs().lines)));
    let facts = [
        ("deprecated", node.deprecated().unwrap_or_default().to_owned()),
        ("direction", direction(krate, graph, path)),
        ("error", error_facts(node)),
        ("has", derives(node)),
        ("recursion", recursion(graph, node, path)),
    ];
    let rows = facts.into_iter().filter(|(_, value)| !value.is_empty());
    let rows: Vec<_> = rows.map(|(what, value)| vec![what.to_owned(), value]).collect();
    text.push_str(&table(&rows));
    let (heading, body) = match node {
        TypeNode::Structure(_) | TypeNode::Error(_) => ("members", members(krate, node.members(), false)),
        TypeNode::Union(union) => {
            let unknown = format!("  {} for unknown variants\n", union.unknown);
            ("cases", members(krate, &union.variants, true) + &unknown)
        }
        TypeNode::Enumeration(enumeration) => {
            let row = |variant: &EnumVariant| {
                vec![
                    variant.name.clone(),
                    format!("{:?}", variant.text),
                    markdown::summary(&variant.docs.lines),
                ]
            };
            let unknown = vec![enumeration.unknown.clone(), "unknown values".to_owned()];
            let rows: Vec<_> = enumeration.variants.iter().map(row).chain([unknown]).collect();
            ("variants", table(&rows))
        }
    };
    text.push_str(&section(heading, &body));
    let holders = holders(krate, graph, path);
    text.push_str(&section("held by", &names(holders.iter().map(String::as_str))));
    text.push_str(&section("operations that reach it", &names(graph.users(path))));
    text
}

/// Whether the type is in requests, in responses, or in both.
fn direction(krate: &Crate, graph: &TypeGraph<'_>, path: &Path) -> String {
    let reaches = |of: fn(&Operation) -> Vec<Path>| {
        let roots = krate.operations.iter().flat_map(of).collect();
        graph.reachable(roots).contains(path)
    };
    match (reaches(type_graph::input_types), reaches(type_graph::output_types)) {
        (true, true) => "in requests and responses",
        (true, false) => "in requests",
        (false, true) => "in responses",
        (false, false) => "in neither: no operation lists it",
    }
    .to_owned()
}

fn error_facts(node: TypeNode<'_>) -> String {
    let TypeNode::Error(error) = node else { return String::new() };
    let traits = Some(traits::text(&traits::error(&error.traits))).filter(|traits| !traits.is_empty());
    let message = error.message.as_ref().map(|field| format!("message in `{field}`"));
    let texts = [format!("code {}", error.code)].into_iter().chain(traits).chain(message);
    texts.collect::<Vec<_>>().join(", ")
}

/// The constructor and the derived traits.
fn derives(node: TypeNode<'_>) -> String {
    let structure = match node {
        TypeNode::Structure(structure) => structure,
        TypeNode::Error(error) => &error.structure,
        TypeNode::Union(_) => return "Clone, PartialEq".to_owned(),
        TypeNode::Enumeration(_) => return "Clone, Eq, Ord, Hash, Display, From<&str>".to_owned(),
    };
    let required: Vec<&str> =
        structure.required().map(|member| member.field.trim_start_matches("r#")).collect();
    let mut parts = vec![format!("new({})", required.join(", "))];
    parts.extend(required.is_empty().then(|| "Default".to_owned()));
    parts.extend((!structure.streaming).then(|| "Clone, PartialEq".to_owned()));
    parts.join(", ")
}

/// The members through which a value can contain another one of its type.
fn recursion(graph: &TypeGraph<'_>, node: TypeNode<'_>, path: &Path) -> String {
    let reaches_itself = |member: &&Member| {
        let roots = type_graph::types_in(&member.ty).into_iter().cloned().collect();
        graph.reachable(roots).contains(path)
    };
    let through: Vec<&str> = node
        .members()
        .iter()
        .filter(reaches_itself)
        .map(|member| member.field.trim_start_matches("r#"))
        .collect();
    if through.is_empty() {
        String::new()
    } else {
        format!("contains itself, through {}", through.join(", "))
    }
}

/// The members and responses that have the type.
fn holders(krate: &Crate, graph: &TypeGraph<'_>, path: &Path) -> Vec<String> {
    let mut holders = Vec::new();
    let mut add = |owner: &str, members: &[Member]| {
        let found = members.iter().filter(|member| type_graph::types_in(&member.ty).contains(&path));
        holders.extend(found.map(|member| format!("{owner}::{}", member.field.trim_start_matches("r#"))));
    };
    for (owner, node) in &graph.types {
        add(&owner.name, node.members());
    }
    for operation in &krate.operations {
        add(&operation.request.name, &operation.request.members);
        if let Response::Own(response) = &operation.response {
            add(&response.name, &response.members);
        }
    }
    let responses = krate.operations.iter().filter(|operation| match &operation.response {
        Response::Shared { target, .. } => target == path,
        Response::Own(_) => false,
    });
    holders.extend(responses.map(|operation| operation.response.name().to_owned()));
    holders
}
