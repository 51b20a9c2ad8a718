//! What becomes of the shapes when the whole model is generated.

use crate::{
    model::{Kind, Model, Reference},
    reach::{Reached, ReferenceCounts, reach},
};
use std::collections::BTreeSet;

/// What becomes of each shape, whatever is overridden.
pub(super) struct Roles<'m> {
    model: &'m Model,
    counts: ReferenceCounts<'m>,
    reached: Reached<'m>,
    /// Those that requests are made of.
    sent: BTreeSet<&'m str>,
}

impl<'m> Roles<'m> {
    pub(super) fn of(model: &'m Model) -> Self {
        let counts = ReferenceCounts::of(model);
        let operations: Vec<&str> = model.operations.keys().map(String::as_str).collect();
        let reached = reach(model, |_| false, &counts, &operations, true);
        let mut sent = BTreeSet::new();
        let mut open: Vec<&Reference> =
            model.operations.values().filter_map(|operation| operation.input.as_ref()).collect();
        while let Some(reference) = open.pop() {
            if let Some((name, shape)) = model.shapes.get_key_value(&reference.shape)
                && sent.insert(name.as_str())
            {
                open.extend(shape.kind.references());
            }
        }
        Self { model, counts, reached, sent }
    }

    /// It becomes a type of its own, beside requests and responses.
    pub(super) fn is_type(&self, shape: &str) -> bool {
        self.reached.types.contains(shape) || self.reached.errors.contains(shape)
    }

    /// The operation whose request or response it becomes.
    pub(super) fn operation(&self, shape: &str) -> Option<&'m str> {
        let is = |reference: &Option<Reference>| {
            reference.as_ref().is_some_and(|reference| reference.shape == shape)
        };
        let mut operations = self.model.operations.iter();
        let (name, _) = operations.find(|(_, operation)| {
            is(&operation.input) || is(&operation.output) && self.counts.is_single(shape)
        })?;
        Some(name)
    }

    /// Its members become fields of something.
    pub(super) fn has_fields(&self, shape: &str) -> bool {
        self.is_type(shape) || self.operation(shape).is_some()
    }

    /// It is a part of a request.
    pub(super) fn is_sent(&self, shape: &str) -> bool {
        self.sent.contains(shape)
    }

    /// What refers to it: members, as `Shape.member`, and operations, as input or output.
    pub(super) fn referrers(&self, shape: &str) -> Vec<String> {
        let mut found = Vec::new();
        for (name, other) in &self.model.shapes {
            match &other.kind {
                Kind::Structure(structure) => found.extend(
                    (structure.members.iter())
                        .filter(|(_, reference)| reference.shape == shape)
                        .map(|(member, _)| format!("`{name}.{member}`")),
                ),
                kind if kind.references().any(|reference| reference.shape == shape) => {
                    found.push(format!("`{name}`"));
                }
                _ => {}
            }
        }
        for (name, operation) in &self.model.operations {
            let ends = operation.input.iter().chain(&operation.output);
            if ends.into_iter().any(|reference| reference.shape == shape) {
                found.push(format!("the operation `{name}`"));
            }
        }
        found
    }
}
