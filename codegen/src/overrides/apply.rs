//! Changes a model before it is lowered: removes what overrides ignore, and makes unions of the structures that they name.

use crate::{
    model::{Kind, Model},
    overrides::{IgnoreOverride, Overrides},
};
use indexmap::IndexMap;
use std::borrow::Cow;

/// The model without what is ignored and with the unions, borrowed if nothing changes.
pub(crate) fn apply<'m>(model: &'m Model, overrides: &Overrides) -> Cow<'m, Model> {
    let mut remaining = Cow::Borrowed(model);
    for (name, _) in overrides.operations.iter().filter(|(_, over)| over.ignore) {
        let remaining = remaining.to_mut();
        remaining.operations.shift_remove(name);
        remaining.paginators.shift_remove(name);
        remaining.waiters.retain(|_, waiter| waiter.operation != *name);
    }
    for (name, over) in &overrides.shapes {
        if over.ignore {
            shape(remaining.to_mut(), name);
        }
        if over.union == Some(true) {
            union(remaining.to_mut(), name);
        }
        for (member, _) in over.members.iter().filter(|(_, over)| over.ignore) {
            self::member(remaining.to_mut(), name, member);
        }
    }
    let ignored = |group: &IndexMap<String, IgnoreOverride>| {
        group.iter().filter(|(_, over)| over.ignore).map(|(name, _)| name.clone()).collect::<Vec<_>>()
    };
    for name in ignored(&overrides.paginators) {
        remaining.to_mut().paginators.shift_remove(&name);
    }
    for name in ignored(&overrides.waiters) {
        remaining.to_mut().waiters.shift_remove(&name);
    }
    remaining
}

/// The model without what the overrides leave out.
pub fn without_ignored(model: Model, overrides: &Overrides) -> Model {
    match apply(&model, overrides) {
        Cow::Owned(left) => left,
        Cow::Borrowed(_) => model,
    }
}

/// Removes an error, from the lists of operations too.
fn shape(model: &mut Model, name: &str) {
    model.shapes.shift_remove(name);
    for operation in model.operations.values_mut() {
        operation.errors.retain(|error| error.shape != name);
    }
}

fn union(model: &mut Model, shape: &str) {
    if let Some(Kind::Structure(structure)) = model.shapes.get_mut(shape).map(|shape| &mut shape.kind) {
        structure.union = true;
    }
}

fn member(model: &mut Model, shape: &str, name: &str) {
    if let Some(Kind::Structure(structure)) = model.shapes.get_mut(shape).map(|shape| &mut shape.kind) {
        structure.members.shift_remove(name);
        structure.required.retain(|required| required != name);
        if structure.payload.as_deref() == Some(name) {
            structure.payload = None;
        }
    }
}
