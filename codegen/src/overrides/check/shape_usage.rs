//! How shapes are used when the whole model is generated.

use crate::{
    model::{Kind, Model, Reference},
    reach::{Reached, ReferenceCounts, reach},
};
use std::collections::BTreeSet;

/// How each shape is used, without overrides.
pub(super) struct ShapeUsage<'m> {
    model: &'m Model,
    counts: ReferenceCounts<'m>,
    reached: Reached<'m>,
    /// The shapes within requests.
    inputs: BTreeSet<&'m str>,
}

impl<'m> ShapeUsage<'m> {
    pub(super) fn of(model: &'m Model) -> Self {
        let counts = ReferenceCounts::of(model);
        let operations: Vec<&str> = model.operations.keys().map(String::as_str).collect();
        let reached = reach(model, |_| false, &counts, &operations, true);
        let mut inputs = BTreeSet::new();
        let mut open: Vec<&Reference> =
            model.operations.values().filter_map(|operation| operation.input.as_ref()).collect();
        while let Some(reference) = open.pop() {
            if let Some((name, shape)) = model.shapes.get_key_value(&reference.shape)
                && inputs.insert(name.as_str())
            {
                open.extend(shape.kind.references());
            }
        }
        Self { model, counts, reached, inputs }
    }

    /// Whether it becomes a type that is not a request or response.
    pub(super) fn is_type(&self, shape: &str) -> bool {
        self.reached.types.contains(shape) || self.reached.errors.contains(shape)
    }

    /// The operation whose request or response it becomes.
    pub(super) fn operation_of(&self, shape: &str) -> Option<&'m str> {
        let is = |reference: &Option<Reference>| {
            reference.as_ref().is_some_and(|reference| reference.shape == shape)
        };
        let mut operations = self.model.operations.iter();
        let (name, _) = operations.find(|(_, operation)| {
            is(&operation.input) || is(&operation.output) && self.counts.is_single(shape)
        })?;
        Some(name)
    }

    /// The operation that has it as its input or output.
    pub(super) fn end_of(&self, shape: &str) -> Option<&'m str> {
        let mut operations = self.model.operations.iter();
        let (name, _) = operations.find(|(_, operation)| {
            operation.input.iter().chain(&operation.output).any(|reference| reference.shape == shape)
        })?;
        Some(name)
    }

    /// Whether its members become fields.
    pub(super) fn has_fields(&self, shape: &str) -> bool {
        self.is_type(shape) || self.operation_of(shape).is_some()
    }

    /// Whether it is a part of a request.
    pub(super) fn is_input(&self, shape: &str) -> bool {
        self.inputs.contains(shape)
    }

    /// What refers to it, for messages: members as `Shape.member`, lists and maps, and operations.
    pub(super) fn references_to(&self, shape: &str) -> Vec<String> {
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
