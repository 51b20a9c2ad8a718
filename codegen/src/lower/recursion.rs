//! Which members must be behind a box, as their structures contain themselves, and which must be optional for it to end.

use crate::model::{Kind, Model};
use std::collections::{BTreeMap, BTreeSet};

/// A member, by structure and name.
pub type MemberId<'m> = (&'m str, &'m str);

/// What recursion asks of members.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Recursion<'m> {
    /// Lead back to their own structure without a list or map in between: behind a box.
    pub boxed: BTreeSet<MemberId<'m>>,
    /// Do so through required members alone: no finite value exists unless they are optional.
    pub infinitely_sized: BTreeSet<MemberId<'m>>,
}

/// Finds the circles of the model's structures.
pub fn find(model: &Model) -> Recursion<'_> {
    Recursion {
        boxed: members_in_circles(model, |_| true),
        infinitely_sized: members_in_circles(model, |required| required),
    }
}

/// The members that lead from a structure to one in the same circle, following only those that `follow` wants.
fn members_in_circles(model: &Model, follow: impl Fn(bool) -> bool) -> BTreeSet<MemberId<'_>> {
    let edges = edges(model, follow);
    let component = components(&edges);
    let mut found = BTreeSet::new();
    for (&from, members) in &edges {
        for &(member, to) in members {
            if component.get(from) == component.get(to) {
                found.insert((from, member));
            }
        }
    }
    found
}

type Edges<'m> = BTreeMap<&'m str, Vec<(&'m str, &'m str)>>;

/// From each structure its members that are structures themselves.
fn edges(model: &Model, follow: impl Fn(bool) -> bool) -> Edges<'_> {
    let structure = |name: &str| match model.shapes.get(name).map(|shape| &shape.kind) {
        Some(Kind::Structure(structure)) => Some(structure),
        _ => None,
    };
    let mut edges = Edges::new();
    for name in model.shapes.keys() {
        let Some(from) = structure(name) else { continue };
        let leads = from.members.iter().filter(|(member, reference)| {
            let required = !from.union && from.required.contains(*member);
            structure(&reference.shape).is_some() && follow(required)
        });
        edges.insert(name, leads.map(|(member, to)| (member.as_str(), to.shape.as_str())).collect());
    }
    edges
}

/// The strongly connected component of each structure, as a number (Tarjan's algorithm, without recursion as chains may be
/// long). A structure that no circle goes through is a component of its own, and has no edge to itself.
fn components<'m>(edges: &Edges<'m>) -> BTreeMap<&'m str, usize> {
    let mut state = Tarjan::default();
    for &root in edges.keys() {
        if !state.index.contains_key(root) {
            state.visit(root, edges);
        }
    }
    state.component
}

#[derive(Default)]
struct Tarjan<'m> {
    index: BTreeMap<&'m str, usize>,
    low: BTreeMap<&'m str, usize>,
    stack: Vec<&'m str>,
    component: BTreeMap<&'m str, usize>,
}

impl<'m> Tarjan<'m> {
    fn visit(&mut self, root: &'m str, edges: &Edges<'m>) {
        let mut calls = vec![(root, 0)];
        self.enter(root);
        while let Some((node, next)) = calls.last_mut() {
            let (node, child) = (*node, edges.get(*node).and_then(|members| members.get(*next)));
            *next += 1;
            match child {
                Some(&(_, to)) if !self.index.contains_key(to) => {
                    self.enter(to);
                    calls.push((to, 0));
                }
                Some(&(_, to)) if !self.component.contains_key(to) => self.lower(node, self.index[to]),
                Some(_) => {}
                None => {
                    calls.pop();
                    self.leave(node);
                    if let Some(&(parent, _)) = calls.last() {
                        self.lower(parent, self.low[node]);
                    }
                }
            }
        }
    }

    fn enter(&mut self, node: &'m str) {
        let index = self.index.len();
        self.index.insert(node, index);
        self.low.insert(node, index);
        self.stack.push(node);
    }

    fn lower(&mut self, node: &'m str, to: usize) {
        if let Some(low) = self.low.get_mut(node) {
            *low = (*low).min(to);
        }
    }

    /// Where `node` is the first of its component, the component is complete.
    fn leave(&mut self, node: &'m str) {
        if self.low[node] != self.index[node] {
            return;
        }
        while let Some(member) = self.stack.pop() {
            self.component.insert(member, self.index[node]);
            if member == node {
                break;
            }
        }
    }
}
