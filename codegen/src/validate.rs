//! Checks what a model says about itself, whatever is generated from it.

mod bindings;
mod cycles;
mod endpoint_rules;
mod enum_values;
mod names;
mod nesting;
mod paginators_and_waiters;
mod references;

pub(crate) use endpoint_rules::endpoint_rules;
pub(crate) use paginators_and_waiters::{paginators, waiters};

use crate::model::{Kind, Model, Structure};
use crate::source::Source;
use std::collections::BTreeSet;

/// Checks the model's own file. The shapes in `unreadable` were reported already; what follows from that is not.
pub(crate) fn service(model: &Model, unreadable: &BTreeSet<String>, source: &mut Source) {
    enum_values::check(model, source);
    names::check(model, source);
    references::check(model, unreadable, source);
    bindings::check(model, source);
    cycles::check(model, source);
    nesting::check(model, source);
    endpoint_rules::operations(model, source);
}

/// The structure with a name. `None` if there is no such shape, or it is not a structure.
fn structure<'m>(model: &'m Model, shape: &str) -> Option<&'m Structure> {
    match &model.shapes.get(shape)?.kind {
        Kind::Structure(structure) => Some(structure),
        _ => None,
    }
}
