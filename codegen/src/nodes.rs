//! The types of a crate by their paths, and which operations reach each.

use crate::ir::{
    Crate, Docs, Enumeration, ErrorType, Item, Member, Module, Operation, Path, Response, Structure, Type,
    Union,
};
use std::collections::{BTreeMap, BTreeSet};

/// A generated type that is neither request nor response.
#[derive(Clone, Copy)]
pub(crate) enum Node<'a> {
    Structure(&'a Structure),
    Union(&'a Union),
    Enumeration(&'a Enumeration),
    Error(&'a ErrorType),
}

/// The types of a crate.
pub(crate) struct Nodes<'a> {
    pub(crate) krate: &'a Crate,
    pub(crate) types: BTreeMap<Path, Node<'a>>,
    /// By type, the operations that reach it.
    users: BTreeMap<Path, BTreeSet<&'a str>>,
}

impl<'a> Nodes<'a> {
    pub(crate) fn of(krate: &'a Crate) -> Self {
        let types = types(krate);
        let mut users: BTreeMap<Path, BTreeSet<&str>> = BTreeMap::new();
        for operation in &krate.operations {
            for path in reached(operation, &types) {
                users.entry(path).or_default().insert(&operation.wire_name);
            }
        }
        Self { krate, types, users }
    }

    /// The operations that reach a type, by their names in the model.
    pub(crate) fn users(&self, path: &Path) -> impl Iterator<Item = &'a str> {
        self.users.get(path).into_iter().flatten().copied()
    }
}

/// The types of a crate by their paths.
pub(crate) fn types(krate: &Crate) -> BTreeMap<Path, Node<'_>> {
    let items = krate.types.iter().map(|item| {
        let node = match item {
            Item::Structure(structure) => Node::Structure(structure),
            Item::Union(union) => Node::Union(union),
            Item::Enumeration(enumeration) => Node::Enumeration(enumeration),
        };
        (Path { module: Module::Types, name: item.name().to_owned() }, node)
    });
    let errors = krate.errors.iter().map(|error| (error_path(&error.structure.name), Node::Error(error)));
    items.chain(errors).collect()
}

/// The path of an error type.
pub(crate) fn error_path(name: &str) -> Path {
    Path { module: Module::Errors, name: name.to_owned() }
}

/// As Rust writes it: `types::VpcConfig`.
pub(crate) fn path(path: &Path) -> String {
    match path.module {
        Module::Types => format!("types::{}", path.name),
        Module::Errors => format!("errors::{}", path.name),
        Module::Foreign => path.name.clone(),
    }
}

/// The generated types in a type.
pub(crate) fn named(ty: &Type) -> Vec<&Path> {
    match ty {
        Type::Events(path) | Type::Named(path) => vec![path],
        Type::Boxed(inner) | Type::Nullable(inner) | Type::List(inner) => named(inner),
        Type::Map(key, value) => [named(key), named(value)].concat(),
        _ => Vec::new(),
    }
}

/// All that an operation leads to.
fn reached(operation: &Operation, types: &BTreeMap<Path, Node<'_>>) -> BTreeSet<Path> {
    let roots = sent(operation).into_iter().chain(answered(operation));
    reach(roots.collect(), types)
}

/// The types that a request names.
pub(crate) fn sent(operation: &Operation) -> Vec<Path> {
    in_members(&operation.request.members)
}

/// The types that a response or one of an operation's errors names.
pub(crate) fn answered(operation: &Operation) -> Vec<Path> {
    let mut paths: Vec<Path> = operation.errors.iter().map(|error| error_path(error)).collect();
    match &operation.response {
        Response::Own(response) => paths.extend(in_members(&response.members)),
        Response::Shared { target, .. } => paths.push(target.clone()),
    }
    paths
}

/// The types that members name.
pub(crate) fn in_members(members: &[Member]) -> Vec<Path> {
    members.iter().flat_map(|member| named(&member.ty)).cloned().collect()
}

/// These types and all that they lead to.
pub(crate) fn reach(mut open: Vec<Path>, types: &BTreeMap<Path, Node<'_>>) -> BTreeSet<Path> {
    let mut seen = BTreeSet::new();
    while let Some(path) = open.pop() {
        if let Some(node) = types.get(&path)
            && seen.insert(path)
        {
            open.extend(in_members(node.members()));
        }
    }
    seen
}

impl<'a> Node<'a> {
    /// What it is, in a word.
    pub(crate) fn what(self) -> &'static str {
        match self {
            Self::Structure(_) => "structure",
            Self::Union(_) => "union",
            Self::Enumeration(_) => "enum",
            Self::Error(_) => "error",
        }
    }

    /// The documentation.
    pub(crate) fn docs(self) -> &'a Docs {
        match self {
            Self::Structure(structure) => &structure.docs,
            Self::Union(union) => &union.docs,
            Self::Enumeration(enumeration) => &enumeration.docs,
            Self::Error(error) => &error.structure.docs,
        }
    }

    /// The note of what is deprecated.
    pub(crate) fn deprecated(self) -> Option<&'a str> {
        let note = match self {
            Self::Structure(structure) => &structure.deprecated,
            Self::Union(union) => &union.deprecated,
            Self::Enumeration(enumeration) => &enumeration.deprecated,
            Self::Error(error) => &error.structure.deprecated,
        };
        note.as_deref()
    }

    /// The name in the model.
    pub(crate) fn wire_name(self) -> &'a str {
        match self {
            Self::Structure(structure) => &structure.wire_name,
            Self::Union(union) => &union.wire_name,
            Self::Enumeration(enumeration) => &enumeration.wire_name,
            Self::Error(error) => &error.structure.wire_name,
        }
    }

    /// The members of a structure or error, the cases of a union.
    pub(crate) fn members(self) -> &'a [Member] {
        match self {
            Self::Structure(structure) => &structure.members,
            Self::Union(union) => &union.cases,
            Self::Enumeration(_) => &[],
            Self::Error(error) => &error.structure.members,
        }
    }
}
