//! One type: what it is, what is in it, and who uses it.

use super::table::{members, names, section, table};
use crate::ir::{Crate, Member, Path};
use crate::nodes::{self, Node, Nodes};
use crate::report::diff::{Side, wire};

pub(super) fn shape(side: &Side, nodes: &Nodes<'_>, path: &Path) -> String {
    let Some(node) = nodes.types.get(path).copied() else { return String::new() };
    let krate = &side.krate;
    let mut text = format!(
        "{} {} (shape {}) of {}, from {}\n",
        node.what(),
        nodes::path(path),
        node.wire_name(),
        krate.service.name,
        side.label
    );
    text.push_str(&format!("  {}\n\n", node.docs().summary()));
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
        Node::Structure(_) | Node::Error(_) => ("members", members(krate, node.members(), false)),
        Node::Union(union) => {
            let unknown = format!("  {} for what the model does not know\n", union.unknown);
            ("cases", members(krate, &union.cases, true) + &unknown)
        }
        Node::Enumeration(enumeration) => {
            let row = |variant: &crate::ir::Variant| {
                vec![variant.name.clone(), format!("{:?}", variant.text), variant.docs.summary()]
            };
            let unknown = vec![enumeration.unknown.clone(), "what the model does not know".to_owned()];
            let rows: Vec<_> = enumeration.variants.iter().map(row).chain([unknown]).collect();
            ("variants", table(&rows))
        }
    };
    text.push_str(&section(heading, &body));
    let holders = holders(krate, path);
    text.push_str(&section("held by", &names(holders.iter().map(String::as_str))));
    text.push_str(&section("operations that reach it", &names(nodes.users(path))));
    text
}

/// Whether it is sent, answered, or both.
fn direction(krate: &Crate, nodes: &Nodes<'_>, path: &Path) -> String {
    let reaches = |of: fn(&crate::ir::Operation) -> Vec<Path>| {
        let roots = krate.operations.iter().flat_map(of).collect();
        nodes::reach(roots, &nodes.types).contains(path)
    };
    match (reaches(nodes::sent), reaches(nodes::answered)) {
        (true, true) => "in requests and responses",
        (true, false) => "in requests",
        (false, true) => "in responses",
        (false, false) => "in none: no operation lists it",
    }
    .to_owned()
}

fn error(node: Node<'_>) -> String {
    let Node::Error(error) = node else { return String::new() };
    let traits = wire::spoken(&error.traits).into_iter().map(|(_, said)| format!(", {said}"));
    let message = error.message.as_ref().map(|field| format!(", message in `{field}`"));
    format!("code {}{}{}", error.code, traits.collect::<String>(), message.unwrap_or_default())
}

/// What it can do beside.
fn derives(node: Node<'_>) -> String {
    let structure = match node {
        Node::Structure(structure) => structure,
        Node::Error(error) => &error.structure,
        Node::Union(_) => return "Clone, PartialEq".to_owned(),
        Node::Enumeration(_) => return "Clone, Eq, Ord, Hash, Display, From<&str>".to_owned(),
    };
    let required: Vec<&str> =
        structure.required().map(|member| member.field.trim_start_matches("r#")).collect();
    let mut words = vec![format!("new({})", required.join(", "))];
    words.extend(required.is_empty().then(|| "Default".to_owned()));
    words.extend((!structure.streaming).then(|| "Clone, PartialEq".to_owned()));
    words.join(", ")
}

/// The members by which a value can hold another of its type.
fn recursion(nodes: &Nodes<'_>, node: Node<'_>, path: &Path) -> String {
    let leads = |member: &&Member| {
        let roots = nodes::named(&member.ty).into_iter().cloned().collect();
        nodes::reach(roots, &nodes.types).contains(path)
    };
    let through: Vec<&str> =
        node.members().iter().filter(leads).map(|member| member.field.trim_start_matches("r#")).collect();
    if through.is_empty() { String::new() } else { format!("holds itself, through {}", through.join(", ")) }
}

/// The members that name it, and the operations that list it.
fn holders(krate: &Crate, path: &Path) -> Vec<String> {
    let mut holders = Vec::new();
    let mut look = |owner: &str, members: &[Member]| {
        let naming = members.iter().filter(|member| nodes::named(&member.ty).contains(&path));
        holders.extend(naming.map(|member| format!("{owner}::{}", member.field.trim_start_matches("r#"))));
    };
    for (owner, node) in nodes::types(krate) {
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
