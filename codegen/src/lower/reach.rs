//! Which operations are generated, and so which shapes.

use super::Options;
use crate::{
    diagnostic::{Diagnostic, Diagnostics},
    did_you_mean::did_you_mean,
    model::{Kind, Model, Reference},
    overrides::Overrides,
};
use std::collections::{BTreeMap, BTreeSet};

/// The shapes that become types, by where they go.
#[derive(Debug, Default)]
pub(crate) struct Reached<'m> {
    /// Structures, unions and enums.
    pub types: BTreeSet<&'m str>,
    /// Error shapes.
    pub errors: BTreeSet<&'m str>,
}

/// How often each shape is referred to in the whole model, whatever is generated of it.
#[derive(Debug, Default)]
pub(crate) struct Usage<'m>(BTreeMap<&'m str, usize>);

impl Usage<'_> {
    /// The only reference to the shape is that of one operation.
    pub(crate) fn single(&self, shape: &str) -> bool {
        self.0.get(shape).copied() == Some(1)
    }
}

/// The operations to generate: the named ones, or all.
pub(crate) fn select<'m>(
    model: &'m Model,
    overrides: &Overrides,
    options: &Options,
    diagnostics: &mut Diagnostics,
) -> Vec<&'m str> {
    let Some(wanted) = &options.operations else {
        return model.operations.keys().map(String::as_str).collect();
    };
    let mut selected = Vec::new();
    for name in wanted {
        match model.operations.get_key_value(name.as_str()) {
            Some((name, _)) => selected.push(name.as_str()),
            None if overrides.operations.get(name).is_some_and(|over| over.ignore) => {
                let message = format!("the operation {name:?} is left out");
                let file = options.overrides_file.display();
                let help = format!("remove it here, or its \"ignore\" in {file}");
                diagnostics.push(Diagnostic::in_file(&options.config_file, message).with_help(help));
            }
            None => diagnostics.push(unknown_operation(model, options, name)),
        }
    }
    selected
}

fn unknown_operation(model: &Model, options: &Options, name: &str) -> Diagnostic {
    let message = format!("the service {} has no operation {name:?}", options.service);
    let otherwise = format!("name operations of {}", options.model_file.display());
    let help = did_you_mean(name, model.operations.keys().map(String::as_str), otherwise);
    Diagnostic::in_file(&options.config_file, message).with_help(help)
}

/// How often each shape is referred to.
pub(crate) fn usage(model: &Model) -> Usage<'_> {
    let mut usage = BTreeMap::new();
    let roots =
        model.operations.values().flat_map(|operation| operation.input.iter().chain(&operation.output));
    let parts = model.shapes.values().flat_map(|shape| references(&shape.kind));
    for reference in roots.chain(parts) {
        *usage.entry(reference.shape.as_str()).or_default() += 1;
    }
    Usage(usage)
}

/// What a shape refers to.
pub(crate) fn references(kind: &Kind) -> Box<dyn Iterator<Item = &Reference> + '_> {
    match kind {
        Kind::List(element) => Box::new(std::iter::once(element.as_ref())),
        Kind::Map(key, value) => Box::new([key.as_ref(), value.as_ref()].into_iter()),
        Kind::Structure(structure) => Box::new(structure.members.values()),
        _ => Box::new(std::iter::empty()),
    }
}

/// Everything that the operations lead to; with `all`, the errors that no operation lists too, as services send them.
pub(crate) fn reach<'m>(
    model: &'m Model,
    overrides: &Overrides,
    usage: &Usage<'m>,
    operations: &[&str],
    all: bool,
) -> Reached<'m> {
    let replaced = |name: &str| overrides.shapes.get(name).is_some_and(|over| over.replace.is_some());
    // What is replaced leads nowhere: that it was seen keeps it from being followed.
    let seen = model.shapes.keys().map(String::as_str).filter(|name| replaced(name)).collect();
    let mut walk = Walk { model, usage, seen, open: Vec::new(), reached: Reached::default() };
    for operation in operations.iter().filter_map(|name| model.operations.get(*name)) {
        operation.errors.iter().for_each(|error| walk.reach(&error.shape));
        operation.input.iter().for_each(|input| walk.members(&input.shape));
        operation.output.iter().for_each(|output| walk.output(&output.shape));
    }
    if all {
        let errors = model.shapes.iter().filter(|(_, shape)| is_error(&shape.kind));
        errors.for_each(|(name, _)| walk.reach(name));
    }
    walk.finish()
}

struct Walk<'w, 'm> {
    model: &'m Model,
    usage: &'w Usage<'m>,
    seen: BTreeSet<&'m str>,
    open: Vec<&'m str>,
    reached: Reached<'m>,
}

impl<'m> Walk<'_, 'm> {
    fn reach(&mut self, shape: &str) {
        if let Some((name, _)) = self.model.shapes.get_key_value(shape)
            && self.seen.insert(name)
        {
            self.open.push(name);
        }
    }

    /// Of an input, only the members: the structure itself becomes the request.
    fn members(&mut self, shape: &str) {
        let Some(shape) = self.model.shapes.get(shape) else { return };
        references(&shape.kind).for_each(|reference| self.reach(&reference.shape));
    }

    /// Of an output that nothing else uses likewise; others are types.
    fn output(&mut self, shape: &str) {
        if self.usage.single(shape) { self.members(shape) } else { self.reach(shape) }
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
