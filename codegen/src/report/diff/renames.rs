//! Finds types and operations that were renamed.
//!
//! A removed type and an added one are the same if their members, or an enum's values, are the same for users and on the wire. Types
//! contain each other, so pairs depend on pairs: all possible pairs are assumed at first, then those that depend on a missing pair are
//! removed until nothing changes.

use crate::did_you_mean::closest;
use crate::ir::{Crate, Member, MemberSchema, Operation, Path, ShapeRef, Type};
use crate::type_graph::{TypeGraph, TypeNode};
use std::collections::{BTreeMap, BTreeSet};

/// Old and new names.
#[derive(Debug, Default)]
pub(super) struct Renames {
    pub(super) types: BTreeMap<Path, Path>,
    /// By the names in the model.
    pub(super) operations: BTreeMap<String, String>,
}

type Pairs = BTreeSet<(Path, Path)>;

/// Finds what was renamed between two crates.
pub(super) fn find(old: &Crate, new: &Crate) -> Renames {
    let types = types(&TypeGraph::of(old).types, &TypeGraph::of(new).types);
    let renames = Renames { types, operations: BTreeMap::new() };
    let operations = operations(old, new, &renames);
    Renames { operations, ..renames }
}

impl Renames {
    /// Whether an old type has the same path as the new one, or was renamed to it.
    pub(super) fn maps_to(&self, old: &Path, new: &Path) -> bool {
        self.types.get(old).map_or(old == new, |renamed| renamed == new)
    }

    /// Whether two types are the same, apart from renamed types in them.
    pub(super) fn same_type(&self, old: &Type, new: &Type) -> bool {
        same_type(old, new, &|old, new| self.maps_to(old, new))
    }
}

fn types(old: &BTreeMap<Path, TypeNode<'_>>, new: &BTreeMap<Path, TypeNode<'_>>) -> BTreeMap<Path, Path> {
    let gone: Vec<_> = old.iter().filter(|(path, _)| !new.contains_key(path)).collect();
    let come: Vec<_> = new.iter().filter(|(path, _)| !old.contains_key(path)).collect();
    let may_be_renamed = |one: &Path, other: &Path| {
        one == other || !new.contains_key(one) && !old.contains_key(other) && one.module == other.module
    };
    let mut pairs = Pairs::new();
    for (old_path, old_node) in &gone {
        let same = come.iter().filter(|(_, new_node)| same_node(**old_node, **new_node, &may_be_renamed));
        pairs.extend(same.map(|(new_path, _)| ((*old_path).clone(), (*new_path).clone())));
    }
    remove_unfounded(&mut pairs, old, new);
    let mut chosen = choose(&pairs, old);
    remove_unfounded(&mut chosen, old, new);
    chosen.into_iter().collect()
}

/// Removes the pairs that depend on missing pairs, until nothing changes.
fn remove_unfounded(
    pairs: &mut Pairs,
    old: &BTreeMap<Path, TypeNode<'_>>,
    new: &BTreeMap<Path, TypeNode<'_>>,
) {
    loop {
        let kept = pairs.clone();
        let holds = |one: &Path, other: &Path| one == other || kept.contains(&(one.clone(), other.clone()));
        pairs.retain(|(one, other)| match (old.get(one), new.get(other)) {
            (Some(one), Some(other)) => same_node(*one, *other, &holds),
            _ => false,
        });
        if pairs.len() == kept.len() {
            return;
        }
    }
}

/// Chooses at most one pair for each type: the one with the most similar names. A type with a single member or value must also have a
/// similar name, because many types look like it.
fn choose(pairs: &Pairs, old: &BTreeMap<Path, TypeNode<'_>>) -> Pairs {
    let mut used = BTreeSet::new();
    let mut chosen = Pairs::new();
    let names: BTreeSet<&Path> = pairs.iter().map(|(one, _)| one).collect();
    for near in [true, false] {
        for one in &names {
            if chosen.iter().any(|(old, _)| old == *one) {
                continue;
            }
            let free: Vec<&Path> = pairs
                .iter()
                .filter(|(old, new)| old == *one && !used.contains(new))
                .map(|(_, new)| new)
                .collect();
            let closest = closest(&one.name, free.iter().map(|path| path.name.as_str()));
            let is_distinctive = old.get(*one).is_some_and(|node| size(*node) > 1);
            let other = match closest {
                Some(name) => free.iter().find(|path| path.name == name),
                None if !near && is_distinctive => free.first(),
                None => None,
            };
            if let Some(other) = other {
                used.insert((*other).clone());
                chosen.insert(((*one).clone(), (*other).clone()));
            }
        }
    }
    chosen
}

fn size(node: TypeNode<'_>) -> usize {
    match node {
        TypeNode::Enumeration(enumeration) => enumeration.variants.len(),
        other => other.members().len(),
    }
}

/// Whether two types have the same content. Types without content are never the same.
fn same_node(old: TypeNode<'_>, new: TypeNode<'_>, pair: &dyn Fn(&Path, &Path) -> bool) -> bool {
    let values = |node: TypeNode<'_>| match node {
        TypeNode::Enumeration(enumeration) => {
            enumeration.variants.iter().map(|variant| (variant.name.clone(), variant.text.clone())).collect()
        }
        _ => Vec::new(),
    };
    size(old) > 0
        && old.kind_name() == new.kind_name()
        && values(old) == values(new)
        && same_members(old.members(), new.members(), pair)
}

fn same_members(old: &[Member], new: &[Member], pair: &dyn Fn(&Path, &Path) -> bool) -> bool {
    old.len() == new.len() && old.iter().zip(new).all(|(old, new)| same_member(old, new, pair))
}

fn same_member(old: &Member, new: &Member, pair: &dyn Fn(&Path, &Path) -> bool) -> bool {
    old.field == new.field
        && old.required == new.required
        && same_type(&old.ty, &new.ty, pair)
        && same_schema(&old.schema, &new.schema, pair)
}

fn same_type(old: &Type, new: &Type, pair: &dyn Fn(&Path, &Path) -> bool) -> bool {
    match (old, new) {
        (Type::Events(old), Type::Events(new)) | (Type::Named(old), Type::Named(new)) => pair(old, new),
        (Type::Boxed(old), Type::Boxed(new))
        | (Type::Nullable(old), Type::Nullable(new))
        | (Type::List(old), Type::List(new)) => same_type(old, new, pair),
        (Type::Map(old_key, old_value), Type::Map(new_key, new_value)) => {
            same_type(old_key, new_key, pair) && same_type(old_value, new_value, pair)
        }
        _ => old == new,
    }
}

fn same_schema(old: &MemberSchema, new: &MemberSchema, pair: &dyn Fn(&Path, &Path) -> bool) -> bool {
    let same_shape = match (&old.shape, &new.shape) {
        (ShapeRef::Structure(old), ShapeRef::Structure(new))
        | (ShapeRef::Events(old), ShapeRef::Events(new)) => pair(old, new),
        (ShapeRef::List(old), ShapeRef::List(new)) => same_schema(old, new, pair),
        (ShapeRef::Map(old_key, old_value), ShapeRef::Map(new_key, new_value)) => {
            same_schema(old_key, new_key, pair) && same_schema(old_value, new_value, pair)
        }
        (old, new) => old == new,
    };
    same_shape && (&old.name, &old.binding, &old.traits) == (&new.name, &new.binding, &new.traits)
}

/// Pairs removed and added operations with the same method and path. If all operations share one path, request and response must also be
/// the same, and the name similar.
fn operations(old: &Crate, new: &Crate, renames: &Renames) -> BTreeMap<String, String> {
    let is_in = |krate: &Crate, name: &str| krate.operations.iter().any(|other| other.wire_name == name);
    let gone = old.operations.iter().filter(|operation| !is_in(new, &operation.wire_name));
    let mut come: Vec<&Operation> =
        new.operations.iter().filter(|operation| !is_in(old, &operation.wire_name)).collect();
    let pair = |old: &Path, new: &Path| renames.maps_to(old, new);
    let same = |old: &Operation, new: &Operation| {
        let (sent, answered) = (&old.request.members, old.response.members());
        (old.method == new.method && old.uri == new.uri)
            && (old.uri.len() > 1
                || sent.len() + answered.len() > 0
                    && same_members(sent, &new.request.members, &pair)
                    && same_members(answered, new.response.members(), &pair)
                    && closest(&old.wire_name, [new.wire_name.as_str()]).is_some())
    };
    let mut found = BTreeMap::new();
    for operation in gone {
        if let Some(at) = come.iter().position(|other| same(operation, other)) {
            found.insert(operation.wire_name.clone(), come.swap_remove(at).wire_name.clone());
        }
    }
    found
}
