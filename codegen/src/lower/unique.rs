//! Names that are the same once they are Rust's: reported, with the override that tells them apart.

use super::Options;
use crate::{
    diagnostic::{Diagnostic, Diagnostics},
    ir::{Crate, Item, Member, Structure},
    model::Pointer,
};
use std::collections::BTreeMap;

pub(super) fn check(krate: &Crate, options: &Options, diagnostics: &mut Diagnostics) {
    let mut check = Check { options, diagnostics };
    check.group(
        "operations",
        krate.operations.iter().map(|operation| (&*operation.module, &*operation.wire_name)),
    );
    check.group("shapes", krate.types.iter().map(|item| (item.name(), wire_name(item))));
    let errors = krate.errors.iter().map(|error| &error.structure);
    check.group("shapes", errors.clone().map(|error| (&*error.name, &*error.wire_name)));
    krate.operations.iter().for_each(|operation| check.structure(&operation.request));
    errors.for_each(|error| check.structure(error));
    for item in &krate.types {
        match item {
            Item::Structure(structure) => check.structure(structure),
            Item::Union(union) => {
                check.members(&union.wire_name, &union.cases);
                check.cases(&union.wire_name, &union.cases);
            }
            Item::Enumeration(_) => {}
        }
    }
}

struct Check<'a> {
    options: &'a Options,
    diagnostics: &'a mut Diagnostics,
}

impl Check<'_> {
    fn structure(&mut self, structure: &Structure) {
        self.members(&structure.wire_name, &structure.members);
    }

    fn members(&mut self, shape: &str, members: &[Member]) {
        let at = Pointer::ROOT.key("shapes").key(shape).key("members");
        let names = members.iter().map(|member| (&*member.lens, &*member.wire_name));
        self.clashes(&at, names);
    }

    /// Cases among themselves, and prisms that would be hidden by a case of their name.
    fn cases(&mut self, shape: &str, cases: &[Member]) {
        let at = Pointer::ROOT.key("shapes").key(shape).key("members");
        // Those whose prisms have one name were reported.
        let alone = |case: &&Member| cases.iter().filter(|other| other.lens == case.lens).count() == 1;
        let names = cases.iter().filter(alone).map(|case| (&*case.field, &*case.wire_name));
        let prisms = cases.iter().filter(|case| case.lens != case.field);
        let hidden = prisms.filter(|prism| cases.iter().any(|case| case.field == prism.lens));
        self.clashes(&at, names.chain(hidden.map(|prism| (&*prism.lens, &*prism.wire_name))));
    }

    fn group<'n>(&mut self, group: &str, names: impl Iterator<Item = (&'n str, &'n str)>) {
        self.clashes(&Pointer::ROOT.key(group), names);
    }

    /// Of each pair of Rust name and model name, those whose Rust name was there before.
    fn clashes<'n>(&mut self, at: &Pointer, names: impl Iterator<Item = (&'n str, &'n str)>) {
        let mut taken = BTreeMap::new();
        for (rust, wire) in names {
            if let Some(first) = taken.insert(rust, wire) {
                let problem = format!("{first:?} and {wire:?} would both be called `{rust}`");
                let place = at.key(wire);
                let remedy = format!(
                    "rename one of them in {}: \"rename\" at {place}",
                    self.options.overrides_file.display()
                );
                let clash = Diagnostic::at(&self.options.model_file, &place, problem).remedy(remedy);
                // A request's structure may be a type of its own, too.
                if !self.diagnostics.iter().any(|told| *told == clash) {
                    self.diagnostics.push(clash);
                }
            }
        }
    }
}

fn wire_name(item: &Item) -> &str {
    match item {
        Item::Structure(structure) => &structure.wire_name,
        Item::Union(union) => &union.wire_name,
        Item::Enumeration(enumeration) => &enumeration.wire_name,
    }
}
