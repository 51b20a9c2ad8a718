//! Reports names of the model that become the same name in Rust, with the override that resolves it.

use crate::{
    diagnostic::{Diagnostic, Diagnostics},
    ir::{Crate, Member, Structure, TypeDef},
    model::Pointer,
    options::Options,
    overrides::Overrides,
};
use std::collections::BTreeMap;

pub(super) fn check(krate: &Crate, overrides: &Overrides, options: &Options, diagnostics: &mut Diagnostics) {
    let mut checker = NameChecker { overrides, options, diagnostics };
    checker.group(
        "operations",
        krate.operations.iter().map(|operation| (&*operation.module, &*operation.wire_name)),
    );
    checker.group("shapes", krate.types.iter().map(|def| (def.name(), def.wire_name())));
    let errors = krate.errors.iter().map(|error| &error.structure);
    checker.group("shapes", errors.clone().map(|error| (&*error.name, &*error.wire_name)));
    krate.operations.iter().for_each(|operation| checker.structure(&operation.request));
    errors.for_each(|error| checker.structure(error));
    for def in &krate.types {
        match def {
            TypeDef::Structure(structure) => checker.structure(structure),
            TypeDef::Union(union) => {
                checker.members(&union.wire_name, &union.variants);
                checker.variants(&union.wire_name, &union.variants);
            }
            TypeDef::Enumeration(_) => {}
        }
    }
}

struct NameChecker<'a> {
    overrides: &'a Overrides,
    options: &'a Options,
    diagnostics: &'a mut Diagnostics,
}

impl NameChecker<'_> {
    fn structure(&mut self, structure: &Structure) {
        self.members(&structure.wire_name, &structure.members);
    }

    fn members(&mut self, shape: &str, members: &[Member]) {
        let at = Pointer::ROOT.key("shapes").key(shape).key("members");
        let names = members.iter().map(|member| (&*member.lens, &*member.wire_name));
        self.clashes(&at, names);
    }

    /// Variants with the same name, and prisms that a variant of their name would hide.
    fn variants(&mut self, shape: &str, variants: &[Member]) {
        let at = Pointer::ROOT.key("shapes").key(shape).key("members");
        // Variants whose prisms have the same name were reported.
        let has_unique_prism =
            |variant: &&Member| variants.iter().filter(|other| other.lens == variant.lens).count() == 1;
        let unique = variants.iter().filter(has_unique_prism);
        let names = unique.map(|variant| (&*variant.field, &*variant.wire_name));
        let prisms = variants.iter().filter(|variant| variant.lens != variant.field);
        let hidden = prisms.filter(|prism| variants.iter().any(|variant| variant.field == prism.lens));
        self.clashes(&at, names.chain(hidden.map(|prism| (&*prism.lens, &*prism.wire_name))));
    }

    fn group<'n>(&mut self, group: &str, names: impl Iterator<Item = (&'n str, &'n str)>) {
        self.clashes(&Pointer::ROOT.key(group), names);
    }

    /// Reports each pair of a Rust name and a model name whose Rust name occurred before.
    fn clashes<'n>(&mut self, at: &Pointer, names: impl Iterator<Item = (&'n str, &'n str)>) {
        let mut seen = BTreeMap::new();
        for (rust, wire) in names {
            if let Some(first) = seen.insert(rust, wire) {
                let message = format!("{first:?} and {wire:?} would both be called `{rust}`");
                let clash = self.clash(&at.key(first), &at.key(wire), message);
                // The structure of a request can also be a type.
                if !self.diagnostics.iter().any(|reported| *reported == clash) {
                    self.diagnostics.push(clash);
                }
            }
        }
    }
}

impl NameChecker<'_> {
    /// The diagnostic: at the override that renames one of the two, or else in the model.
    fn clash(&self, first: &Pointer, second: &Pointer, message: String) -> Diagnostic {
        let file = &self.options.overrides_file;
        if let Some(place) = [second, first].into_iter().find(|place| self.is_renamed(place)) {
            let help = "choose another name, or rename the other, too";
            return Diagnostic::at(file, &place.key("rename"), message).with_help(help);
        }
        // A `build.rs` may have no overrides.
        let place = if file.as_os_str().is_empty() {
            "a file of overrides".to_owned()
        } else {
            file.display().to_string()
        };
        let help = format!("rename one of them in {place}: \"rename\" at {second}");
        Diagnostic::at(&self.options.model_file, second, message).with_help(help)
    }

    fn is_renamed(&self, place: &Pointer) -> bool {
        let Overrides { operations, shapes, .. } = self.overrides;
        let steps: Vec<String> = place.steps().collect();
        let steps: Vec<&str> = steps.iter().map(String::as_str).collect();
        let rename = match *steps.as_slice() {
            ["operations", operation] => operations.get(operation).and_then(|over| over.rename.as_ref()),
            ["shapes", shape] => shapes.get(shape).and_then(|over| over.rename.as_ref()),
            ["shapes", shape, "members", member] => {
                let over = shapes.get(shape).and_then(|over| over.members.get(member));
                over.and_then(|over| over.rename.as_ref())
            }
            _ => None,
        };
        rename.is_some()
    }
}
