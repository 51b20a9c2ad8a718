//! Compares two models of a service by their effect on users of the generated crate.
//!
//! Both models are lowered with the same overrides and operations, and the IRs are compared: names, types, optional members,
//! constructors, variants, and what is on the wire. A change of the model that affects none of these, such as a larger `max`, is not
//! reported. The table [`POLICY`] has the meaning of each kind of change.

mod changes;
mod members;
mod operations;
mod policy;
mod renames;
mod service;
pub(crate) mod traits;
mod types;
pub(crate) mod wire;

pub use changes::{Change, Group, Place, Report};
pub use policy::{Impact, Kind, POLICY, Rule, SemverLevel, text as policy_text};

use crate::ir::{Crate, Docs, Path};
use crate::lower::docs;
use crate::report::snapshot::Snapshot;
use crate::{type_graph::TypeGraph, type_printer::path_text};
use renames::Renames;
use std::collections::BTreeSet;

/// Compares the two models of one service.
pub fn compare(service: &str, old: &Snapshot, new: &Snapshot) -> Report {
    let mut comparison = Comparison::new(old, new);
    comparison.service(old, new);
    comparison.operations(old, new);
    comparison.types();
    let mut report = Report {
        service: service.to_owned(),
        package: new.krate.name.clone(),
        old: old.label.clone(),
        new: new.label.clone(),
        changes: comparison.changes,
        problems: new.problems.clone(),
    };
    report.sort();
    report
}

/// Two crates, and the changes between them found so far.
struct Comparison<'a> {
    old: TypeGraph<'a>,
    new: TypeGraph<'a>,
    renames: Renames,
    /// Whether documentation is compared: not if only one model has it, as one that was imported without.
    compare_documentation: bool,
    changes: Vec<Change>,
}

/// What is being compared: a place, and the operations that reach it.
#[derive(Clone, Debug)]
struct Site {
    place: Place,
    operations: BTreeSet<String>,
}

/// Something whose documentation is compared.
#[derive(Clone, Copy)]
struct Documented<'a> {
    /// Its name in the model, which is its documentation if the model has none.
    name: &'a str,
    docs: &'a Docs,
    deprecated: Option<&'a str>,
}

impl<'a> Comparison<'a> {
    fn new(old: &'a Snapshot, new: &'a Snapshot) -> Self {
        let has_documentation = |snapshot: &Snapshot| snapshot.model.documentation.is_some();
        let renames = renames::find(&old.krate, &new.krate);
        Self {
            old: TypeGraph::of(&old.krate),
            new: TypeGraph::of(&new.krate),
            renames,
            compare_documentation: has_documentation(old) == has_documentation(new),
            changes: Vec::new(),
        }
    }

    fn crates(&self) -> (&'a Crate, &'a Crate) {
        (self.old.krate, self.new.krate)
    }

    /// Records a change.
    fn push(&mut self, site: &Site, kind: Kind, item: impl Into<String>) -> &mut Change {
        self.changes.push(Change {
            kind,
            place: site.place.clone(),
            item: item.into(),
            wire_name: None,
            from: None,
            to: None,
            operations: site.operations.iter().cloned().collect(),
        });
        let last = self.changes.len() - 1;
        &mut self.changes[last]
    }

    /// Compares two values, and records a change if they differ.
    fn compare_text(&mut self, site: &Site, kind: Kind, item: &str, old: &str, new: &str) {
        if old != new {
            self.push(site, kind, item).with_values(non_empty(old), non_empty(new));
        }
    }

    /// Compares documentation and deprecation.
    fn documentation(&mut self, site: &Site, item: &str, old: Documented<'_>, new: Documented<'_>) {
        match (old.deprecated, new.deprecated) {
            (None, Some(note)) => self.push(site, Kind::Deprecated, item).to = Some(note.to_owned()),
            (Some(_), None) => drop(self.push(site, Kind::Undeprecated, item)),
            (Some(old), Some(new)) if old != new => drop(self.push(site, Kind::Documentation, item)),
            _ if self.compare_documentation && old.beyond_name() != new.beyond_name() => {
                self.push(site, Kind::Documentation, item);
            }
            _ => {}
        }
    }

    /// The site of a type, by its old and new path.
    fn site(&self, old: Option<&Path>, new: Option<&Path>) -> Site {
        let name = new.or(old).map(path_text).unwrap_or_default();
        let old = old.into_iter().flat_map(|path| self.old.users(path));
        let new = new.into_iter().flat_map(|path| self.new.users(path));
        Site { place: Place::Type(name), operations: old.chain(new).map(str::to_owned).collect() }
    }
}

impl<'a> Documented<'a> {
    /// The documentation, unless it only repeats the name.
    fn beyond_name(self) -> Option<&'a Docs> {
        (!docs::is_name(self.docs, self.name)).then_some(self.docs)
    }
}

impl Change {
    fn with_values(&mut self, from: impl Into<Option<String>>, to: impl Into<Option<String>>) -> &mut Self {
        (self.from, self.to) = (from.into(), to.into());
        self
    }

    fn with_wire_name(&mut self, name: &str) -> &mut Self {
        self.wire_name = Some(name.to_owned());
        self
    }
}

/// The text, unless it is empty.
fn non_empty(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

/// A name without `r#`.
fn without_raw_prefix(name: &str) -> &str {
    name.trim_start_matches("r#")
}
