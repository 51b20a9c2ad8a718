//! What a model must hold to by itself, whatever is generated from it.

mod bindings;
mod companions;
mod cycles;
mod endpoint_rules;
mod names;
mod nesting;
mod references;
mod words;

pub(crate) use companions::{paginators, waiters};
pub(crate) use endpoint_rules::endpoint_rules;

use crate::model::{Kind, Model, Structure};
use crate::source::Source;
use std::collections::BTreeSet;

/// Checks the model's own file. Nothing that follows from a shape in `broken`, which was reported, is reported again.
pub(crate) fn service(model: &Model, broken: &BTreeSet<String>, source: &mut Source) {
    words::check(model, source);
    names::check(model, source);
    references::check(model, broken, source);
    bindings::check(model, source);
    cycles::check(model, source);
    nesting::check(model, source);
    endpoint_rules::operations(model, source);
}

/// The structure of a name, where it is one.
fn structure<'m>(model: &'m Model, shape: &str) -> Option<&'m Structure> {
    match &model.shapes.get(shape)?.kind {
        Kind::Structure(structure) => Some(structure),
        _ => None,
    }
}
