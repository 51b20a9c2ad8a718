//! The types of a crate by their paths, and the operations that reach each.

use crate::ir::{
    Crate, Docs, Enumeration, ErrorType, Member, Module, Operation, Path, Response, Structure, Type, TypeDef,
    Union,
};
use std::{
    cell::OnceCell,
    collections::{BTreeMap, BTreeSet},
};

/// A generated type that is neither a request nor a response.
#[derive(Clone, Copy)]
pub(crate) enum TypeNode<'a> {
    Structure(&'a Structure),
    Union(&'a Union),
    Enumeration(&'a Enumeration),
    Error(&'a ErrorType),
}

/// The types of a crate.
pub(crate) struct TypeGraph<'a> {
    pub(crate) krate: &'a Crate,
    pub(crate) types: BTreeMap<Path, TypeNode<'a>>,
    /// By type, the operations that reach it; computed on first use.
    users: OnceCell<BTreeMap<Path, BTreeSet<&'a str>>>,
}

impl<'a> TypeGraph<'a> {
    pub(crate) fn of(krate: &'a Crate) -> Self {
        let types = krate.types.iter().map(|def| {
            let node = match def {
                TypeDef::Structure(structure) => TypeNode::Structure(structure),
                TypeDef::Union(union) => TypeNode::Union(union),
                TypeDef::Enumeration(enumeration) => TypeNode::Enumeration(enumeration),
            };
            (Path { module: Module::Types, name: def.name().to_owned() }, node)
        });
        let error = |error: &'a ErrorType| (Path::error(&error.structure.name), TypeNode::Error(error));
        let types = types.chain(krate.errors.iter().map(error)).collect();
        Self { krate, types, users: OnceCell::new() }
    }

    /// The operations that reach a type, by their names in the model.
    pub(crate) fn users(&self, path: &Path) -> impl Iterator<Item = &'a str> {
        let users = self.users.get_or_init(|| {
            let mut users: BTreeMap<Path, BTreeSet<&str>> = BTreeMap::new();
            for operation in &self.krate.operations {
                let roots = input_types(operation).into_iter().chain(output_types(operation));
                for path in self.reachable(roots.collect()) {
                    users.entry(path).or_default().insert(&operation.wire_name);
                }
            }
            users
        });
        users.get(path).into_iter().flatten().copied()
    }

    /// The types at these paths, and all types in them.
    pub(crate) fn reachable(&self, mut open: Vec<Path>) -> BTreeSet<Path> {
        let mut seen = BTreeSet::new();
        while let Some(path) = open.pop() {
            if let Some(node) = self.types.get(&path)
                && seen.insert(path)
            {
                open.extend(types_in_members(node.members()));
            }
        }
        seen
    }

    /// The error type of this name.
    pub(crate) fn error(&self, name: &str) -> Option<&'a ErrorType> {
        match self.types.get(&Path::error(name)) {
            Some(TypeNode::Error(error)) => Some(error),
            _ => None,
        }
    }
}

/// The generated types in a type.
pub(crate) fn types_in(ty: &Type) -> Vec<&Path> {
    match ty {
        Type::Events(path) | Type::Named(path) => vec![path],
        Type::Boxed(inner) | Type::Nullable(inner) | Type::List(inner) => types_in(inner),
        Type::Map(key, value) => [types_in(key), types_in(value)].concat(),
        _ => Vec::new(),
    }
}

/// The types in a request.
pub(crate) fn input_types(operation: &Operation) -> Vec<Path> {
    types_in_members(&operation.request.members)
}

/// The types in a response and in the operation's errors.
pub(crate) fn output_types(operation: &Operation) -> Vec<Path> {
    let mut paths: Vec<Path> = operation.errors.iter().map(Path::error).collect();
    match &operation.response {
        Response::Own(response) => paths.extend(types_in_members(&response.members)),
        Response::Shared { target, .. } => paths.push(target.clone()),
    }
    paths
}

/// The types in members.
pub(crate) fn types_in_members(members: &[Member]) -> Vec<Path> {
    members.iter().flat_map(|member| types_in(&member.ty)).cloned().collect()
}

impl<'a> TypeNode<'a> {
    /// The kind of the type, for messages.
    pub(crate) fn kind_name(self) -> &'static str {
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

    /// The note of `#[deprecated]`.
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

    /// The members of a structure or error, the variants of a union.
    pub(crate) fn members(self) -> &'a [Member] {
        match self {
            Self::Structure(structure) => &structure.members,
            Self::Union(union) => &union.variants,
            Self::Enumeration(_) => &[],
            Self::Error(error) => &error.structure.members,
        }
    }
}
