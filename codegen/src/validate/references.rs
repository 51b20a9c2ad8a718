//! Checks that references name existing shapes of the right kind.

use super::structure;
use crate::model::{Kind, Model, Pointer, Reference, Structure};
use crate::source::Source;
use std::collections::BTreeSet;

pub(super) fn check(model: &Model, unreadable: &BTreeSet<String>, source: &mut Source) {
    let check = Check { model, unreadable };
    for operation in model.operations.values() {
        if let Some(input) = &operation.input {
            check.structure(source, input, "the input of an operation");
        }
        if let Some(output) = &operation.output {
            check.structure(source, output, "the output of an operation");
        }
        for reference in &operation.errors {
            check.structure(source, reference, "an error");
        }
    }
    for shape in model.shapes.values() {
        for reference in shape.kind.references() {
            check.exists(source, reference);
        }
        match &shape.kind {
            Kind::Map(key, _) => check.key(source, key),
            Kind::Structure(structure) => members(source, &shape.at, structure),
            _ => {}
        }
    }
}

struct Check<'m> {
    model: &'m Model,
    unreadable: &'m BTreeSet<String>,
}

impl Check<'_> {
    /// Whether the shape exists. Its absence is reported.
    fn exists(&self, source: &mut Source, reference: &Reference) -> bool {
        let exists = self.model.shapes.contains_key(&reference.shape);
        if !exists {
            let names = self.model.shapes.keys().map(String::as_str);
            let help = source.did_you_mean(
                &reference.shape,
                names,
                "add this shape to `shapes`, or name one of those",
            );
            let message = format!("there is no shape `{}`", reference.shape);
            source.report(&reference.at.key("shape"), message, help);
        }
        exists
    }

    /// Whether the shape is known well enough to say what it is not.
    fn is_known(&self, source: &mut Source, reference: &Reference) -> bool {
        self.exists(source, reference) && !self.unreadable.contains(&reference.shape)
    }

    fn structure(&self, source: &mut Source, reference: &Reference, role: &str) {
        if self.is_known(source, reference) && structure(self.model, &reference.shape).is_none() {
            source.report(
                &reference.at.key("shape"),
                format!("`{}` is not a structure, and {role} must be one", reference.shape),
                "name a structure, or make one with this shape as its member",
            );
        }
    }

    /// Its existence is checked with every reference.
    fn key(&self, source: &mut Source, reference: &Reference) {
        let Some(shape) = self.model.shapes.get(&reference.shape) else { return };
        if !matches!(shape.kind, Kind::String) && !self.unreadable.contains(&reference.shape) {
            source.report(
                &reference.at.key("shape"),
                format!("`{}` is not a string, and the key of a map must be one", reference.shape),
                "name a shape of type `string`",
            );
        }
    }
}

fn members(source: &mut Source, at: &Pointer, structure: &Structure) {
    let names = || structure.members.keys().map(String::as_str);
    for (index, name) in structure.required.iter().enumerate() {
        if !structure.members.contains_key(name) {
            let help = source.did_you_mean(name, names(), "add the member, or remove its name here");
            let message = format!("`required` names `{name}`, which is not a member of this structure");
            source.report(&at.key("required").index(index), message, help);
        }
    }
    if let Some(name) = &structure.payload
        && !structure.members.contains_key(name)
    {
        let help = source.did_you_mean(name, names(), "name a member, or remove `payload`");
        let message = format!("`payload` names `{name}`, which is not a member of this structure");
        source.report(&at.key("payload"), message, help);
    }
}
