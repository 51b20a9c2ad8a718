//! Finds the members that must be boxed because their structures contain themselves, and those that must be optional so that a
//! finite value exists.

use crate::{
    graph::Graph,
    model::{Kind, Model, Shape, Structure},
};
use std::collections::BTreeSet;

/// A member, by structure and name.
pub type MemberId<'m> = (&'m str, &'m str);

/// The members of recursive structures.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Recursion<'m> {
    /// Members that lead back to their own structure without a list or map in between.
    pub boxed: BTreeSet<MemberId<'m>>,
    /// Members that do so through required members alone: no finite value exists unless they are optional.
    pub infinitely_sized: BTreeSet<MemberId<'m>>,
}

/// Finds the members of recursive structures.
pub fn find(model: &Model) -> Recursion<'_> {
    let is_required = |structure: &Structure, member: &str| {
        !structure.union && structure.required.iter().any(|required| required == member)
    };
    Recursion {
        boxed: members_on_cycles(model, |_, _| true),
        infinitely_sized: members_on_cycles(model, is_required),
    }
}

/// The members on cycles of structures, along those members that `follow` accepts.
fn members_on_cycles<'m>(
    model: &'m Model,
    follow: impl Fn(&Structure, &str) -> bool,
) -> BTreeSet<MemberId<'m>> {
    let structure = |shape: &'m Shape| match &shape.kind {
        Kind::Structure(structure) => Some(structure),
        _ => None,
    };
    let edges = |shape: &'m Shape| {
        let members =
            structure(shape).into_iter().flat_map(|from| from.members.iter().map(move |m| (from, m)));
        let followed = members.filter(|(from, (member, reference))| {
            model.shapes.get(&reference.shape).and_then(structure).is_some() && follow(from, member)
        });
        followed.map(|(_, (member, reference))| (member.as_str(), reference.shape.as_str()))
    };
    let component = Graph::of(model, |shape| edges(shape).map(|(_, target)| target)).component_of_each();
    let component_of = |shape: &str| component.get(model.shapes.get_index_of(shape)?);
    let mut found = BTreeSet::new();
    for (name, shape) in &model.shapes {
        let on_cycle = edges(shape).filter(|(_, target)| component_of(target) == component_of(name));
        found.extend(on_cycle.map(|(member, _)| (name.as_str(), member)));
    }
    found
}
