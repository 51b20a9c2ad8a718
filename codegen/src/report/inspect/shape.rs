//! One type: what it is, what is in it, and who uses it.

use super::table::{members, names, section, table};
use crate::ir::{Crate, Member, Path};
use crate::markdown;
use crate::report::{diff::traits, snapshot::Snapshot};
use crate::type_graph::{self, TypeGraph, TypeNode};
use crate::type_printer::path_text;

pub(super) fn shape(side: &Snapshot, nodes: &TypeGraph<'_>, path: &Path) -> String {
    let Some(node) = nodes.types.get(path).copied() else { return String::new() };
    let krate = &side.krate;
    let mut text = format!(
        "{} {} (shape {}) of {}, from {}\n",
        node.kind_name(),
        path_text(path),
        node.wire_name(),
        krate.service.name,
        side.label
    );
    text.push_str(&format!("  {}\n\n", markdown::summary(&node.docs().lines)));
    let facts = [
        ("deprecated", node.deprecated().unwrap_or_default().to_owned()),
        ("direction", direction(krate, nodes, path)),
        ("error", error(node)),
        ("has", derives(node)),
        ("recursion", recursion(nodes, node, path)),
    ];
    let rows = facts.into_iter().filter(|(_, value)| !value.is_empty());
    let rows: Vec<_> = rows.map(|(what, value)| vec![what.to_owned(), value]).collect();
    text.push_str(&table(&rows));
    let (heading, body) = match node {
        TypeNode::Structure(_) | TypeNode::Error(_) => ("members", members(krate, node.members(), false)),
        TypeNode::Union(union) => {
            let unknown = format!("  {} for what the model does not know\n", union.unknown);
            ("cases", members(krate, &union.variants, true) + &unknown)
        }
        TypeNode::Enumeration(enumeration) => {
            let row = |variant: &crate::ir::EnumVariant| {
                vec![
                    variant.name.clone(),
                    format!("{:?}", variant.text),
                    markdown::summary(&variant.docs.lines),
                ]
            };
            let unknown = vec![enumeration.unknown.clone(), "what the model does not know".to_owned()];
            let rows: Vec<_> = enumeration.variants.iter().map(row).chain([unknown]).collect();
            ("variants", table(&rows))
        }
    };
    text.push_str(&section(heading, &body));
    let holders = holders(krate, nodes, path);
    text.push_str(&section("held by", &names(holders.iter().map(String::as_str))));
    text.push_str(&section("operations that reach it", &names(nodes.users(path))));
    text
}

/// Whether it is sent, answered, or both.
fn direction(krate: &Crate, nodes: &TypeGraph<'_>, path: &Path) -> String {
    let reaches = |of: fn(&crate::ir::Operation) -> Vec<Path>| {
        let roots = krate.operations.iter().flat_map(of).collect();
        nodes.reachable(roots).contains(path)
    };
    match (reaches(type_graph::input_types), reaches(type_graph::output_types)) {
        (true, true) => "in requests and responses",
        (true, false) => "in requests",
        (false, true) => "in responses",
        (false, false) => "in none: no operation lists it",
    }
    .to_owned()
}

fn error(node: TypeNode<'_>) -> String {
    let TypeNode::Error(error) = node else { return String::new() };
    let traits = Some(traits::text(&traits::error(&error.traits))).filter(|traits| !traits.is_empty());
    let message = error.message.as_ref().map(|field| format!("message in `{field}`"));
    let texts = [format!("code {}", error.code)].into_iter().chain(traits).chain(message);
    texts.collect::<Vec<_>>().join(", ")
}

/// What it can do beside.
fn derives(node: TypeNode<'_>) -> String {
    let structure = match node {
        TypeNode::Structure(structure) => structure,
        TypeNode::Error(error) => &error.structure,
        TypeNode::Union(_) => return "Clone, PartialEq".to_owned(),
        TypeNode::Enumeration(_) => return "Clone, Eq, Ord, Hash, Display, From<&str>".to_owned(),
    };
    let required: Vec<&str> =
        structure.required().map(|member| member.field.trim_start_matches("r#")).collect();
    let mut words = vec![format!("new({})", required.join(", "))];
    words.extend(required.is_empty().then(|| "Default".to_owned()));
    words.extend((!structure.streaming).then(|| "Clone, PartialEq".to_owned()));
    words.join(", ")
}

/// The members by which a value can hold another of its type.
fn recursion(nodes: &TypeGraph<'_>, node: TypeNode<'_>, path: &Path) -> String {
    let leads = |member: &&Member| {
        let roots = type_graph::types_in(&member.ty).into_iter().cloned().collect();
        nodes.reachable(roots).contains(path)
    };
    let through: Vec<&str> =
        node.members().iter().filter(leads).map(|member| member.field.trim_start_matches("r#")).collect();
    if through.is_empty() { String::new() } else { format!("holds itself, through {}", through.join(", ")) }
}

/// The members that name it, and the operations that list it.
fn holders(krate: &Crate, nodes: &TypeGraph<'_>, path: &Path) -> Vec<String> {
    let mut holders = Vec::new();
    let mut look = |owner: &str, members: &[Member]| {
        let naming = members.iter().filter(|member| type_graph::types_in(&member.ty).contains(&path));
        holders.extend(naming.map(|member| format!("{owner}::{}", member.field.trim_start_matches("r#"))));
    };
    for (owner, node) in &nodes.types {
        look(&owner.name, node.members());
    }
    for operation in &krate.operations {
        look(&operation.request.name, &operation.request.members);
        if let crate::ir::Response::Own(response) = &operation.response {
            look(&response.name, &response.members);
        }
    }
    let answering = krate.operations.iter().filter(|operation| match &operation.response {
        crate::ir::Response::Shared { target, .. } => target == path,
        crate::ir::Response::Own(_) => false,
    });
    holders.extend(answering.map(|operation| operation.response.name().to_owned()));
    holders
}
