//! The shapes that operations lead to.

use crate::model::{Kind, Model};
use std::collections::{BTreeMap, BTreeSet};

/// The shapes that become types.
#[derive(Debug, Default)]
pub(crate) struct Reached<'m> {
    /// Structures, unions and enums.
    pub types: BTreeSet<&'m str>,
    /// Error shapes.
    pub errors: BTreeSet<&'m str>,
}

/// The number of references to each shape in the whole model, whichever operations are generated.
#[derive(Debug, Default)]
pub(crate) struct ReferenceCounts<'m>(BTreeMap<&'m str, usize>);

impl<'m> ReferenceCounts<'m> {
    pub(crate) fn of(model: &'m Model) -> Self {
        let mut counts = BTreeMap::new();
        let roots =
            model.operations.values().flat_map(|operation| operation.input.iter().chain(&operation.output));
        let parts = model.shapes.values().flat_map(|shape| shape.kind.references());
        for reference in roots.chain(parts) {
            *counts.entry(reference.shape.as_str()).or_default() += 1;
        }
        Self(counts)
    }

    /// Whether there is exactly one reference to the shape.
    pub(crate) fn is_single(&self, shape: &str) -> bool {
        self.0.get(shape).copied() == Some(1)
    }
}

/// Everything that the operations lead to. With `all`, also the errors that no operation lists, because services send them.
/// Nothing that only leads on from a replaced shape is reached.
pub(crate) fn reach<'m>(
    model: &'m Model,
    is_replaced: impl Fn(&str) -> bool,
    counts: &ReferenceCounts<'m>,
    operations: &[&str],
    all: bool,
) -> Reached<'m> {
    // Replaced shapes count as seen, so that they are not followed.
    let seen = model.shapes.keys().map(String::as_str).filter(|name| is_replaced(name)).collect();
    let mut traversal = Traversal { model, counts, seen, open: Vec::new(), reached: Reached::default() };
    for operation in operations.iter().filter_map(|name| model.operations.get(*name)) {
        operation.errors.iter().for_each(|error| traversal.reach(&error.shape));
        operation.input.iter().for_each(|input| traversal.members(&input.shape));
        operation.output.iter().for_each(|output| traversal.output(&output.shape));
    }
    if all {
        let errors = model.shapes.iter().filter(|(_, shape)| is_error(&shape.kind));
        errors.for_each(|(name, _)| traversal.reach(name));
    }
    traversal.finish()
}

struct Traversal<'w, 'm> {
    model: &'m Model,
    counts: &'w ReferenceCounts<'m>,
    seen: BTreeSet<&'m str>,
    open: Vec<&'m str>,
    reached: Reached<'m>,
}

impl<'m> Traversal<'_, 'm> {
    fn reach(&mut self, shape: &str) {
        if let Some((name, _)) = self.model.shapes.get_key_value(shape)
            && self.seen.insert(name)
        {
            self.open.push(name);
        }
    }

    /// Reaches the members of an input: the structure itself becomes the request.
    fn members(&mut self, shape: &str) {
        let Some(shape) = self.model.shapes.get(shape) else { return };
        shape.kind.references().for_each(|reference| self.reach(&reference.shape));
    }

    /// Reaches the members of an output if nothing else refers to it, or else the output itself.
    fn output(&mut self, shape: &str) {
        if self.counts.is_single(shape) { self.members(shape) } else { self.reach(shape) }
    }

    fn finish(mut self) -> Reached<'m> {
        while let Some(name) = self.open.pop() {
            self.members(name);
            let Some(shape) = self.model.shapes.get(name) else { continue };
            match &shape.kind {
                kind if is_error(kind) => drop(self.reached.errors.insert(name)),
                Kind::Structure(structure) if !structure.document => drop(self.reached.types.insert(name)),
                Kind::String if !shape.traits.values.is_empty() => drop(self.reached.types.insert(name)),
                _ => {}
            }
        }
        self.reached
    }
}

fn is_error(kind: &Kind) -> bool {
    matches!(kind, Kind::Structure(structure) if structure.exception)
}
