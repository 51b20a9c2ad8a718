//! What a newer model changes for those who use what is generated from it.
//!
//! Two models are lowered as for generating, with the same overrides and operations, and what comes out is compared: names, types,
//! what may be absent, constructors, variants, and what is on the wire. A change of the model that leaves all this alone, such as a
//! longer `max`, is none. What each kind of change means stands in one table, [`POLICY`].

mod changes;
pub(crate) mod context;
mod members;
mod operations;
mod policy;
mod renames;
mod root;
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

/// Two crates, and what was found to differ between them so far.
struct Comparison<'a> {
    old: TypeGraph<'a>,
    new: TypeGraph<'a>,
    renames: Renames,
    /// Both models have prose, or neither has: otherwise all of it would be new, or gone.
    prose: bool,
    changes: Vec<Change>,
}

/// The place that is being compared.
#[derive(Clone, Debug)]
struct Spot {
    place: Place,
    operations: BTreeSet<String>,
}

/// One thing whose words are compared.
#[derive(Clone, Copy)]
struct Words<'a> {
    /// Its name in the model, which is said of it where nothing else is.
    name: &'a str,
    docs: &'a Docs,
    deprecated: Option<&'a str>,
}

impl<'a> Comparison<'a> {
    fn new(old: &'a Snapshot, new: &'a Snapshot) -> Self {
        let prose = |side: &Snapshot| side.model.documentation.is_some();
        let renames = renames::find(&old.krate, &new.krate);
        Self {
            old: TypeGraph::of(&old.krate),
            new: TypeGraph::of(&new.krate),
            renames,
            prose: prose(old) == prose(new),
            changes: Vec::new(),
        }
    }

    fn crates(&self) -> (&'a Crate, &'a Crate) {
        (self.old.krate, self.new.krate)
    }

    /// Notes a change at a spot.
    fn push(&mut self, spot: &Spot, kind: Kind, item: impl Into<String>) -> &mut Change {
        self.changes.push(Change {
            kind,
            place: spot.place.clone(),
            item: item.into(),
            wire_name: None,
            from: None,
            to: None,
            operations: spot.operations.iter().cloned().collect(),
        });
        // What was just pushed is there.
        let last = self.changes.len() - 1;
        &mut self.changes[last]
    }

    /// Compares two values that are shown as they are; notes a change where they differ.
    fn text(&mut self, spot: &Spot, kind: Kind, item: &str, old: &str, new: &str) {
        if old != new {
            self.push(spot, kind, item).from_to(shown(old), shown(new));
        }
    }

    /// Compares what is said of a thing.
    fn words(&mut self, spot: &Spot, item: &str, old: Words<'_>, new: Words<'_>) {
        match (old.deprecated, new.deprecated) {
            (None, Some(note)) => self.push(spot, Kind::Deprecated, item).to = Some(note.to_owned()),
            (Some(_), None) => drop(self.push(spot, Kind::Undeprecated, item)),
            (Some(old), Some(new)) if old != new => drop(self.push(spot, Kind::Documentation, item)),
            _ if self.prose && old.said() != new.said() => drop(self.push(spot, Kind::Documentation, item)),
            _ => {}
        }
    }

    /// The spot of a type, by its names on both sides.
    fn spot(&self, old: Option<&Path>, new: Option<&Path>) -> Spot {
        let name = new.or(old).map(path_text).unwrap_or_default();
        let old = old.into_iter().flat_map(|path| self.old.users(path));
        let new = new.into_iter().flat_map(|path| self.new.users(path));
        Spot { place: Place::Type(name), operations: old.chain(new).map(str::to_owned).collect() }
    }
}

impl<'a> Words<'a> {
    /// What is said beyond the name.
    fn said(self) -> Option<&'a Docs> {
        (!docs::is_name(self.docs, self.name)).then_some(self.docs)
    }
}

impl Change {
    fn from_to(&mut self, from: impl Into<Option<String>>, to: impl Into<Option<String>>) -> &mut Self {
        (self.from, self.to) = (from.into(), to.into());
        self
    }

    fn with_wire_name(&mut self, name: &str) -> &mut Self {
        self.wire_name = Some(name.to_owned());
        self
    }
}

/// Nothing where there is nothing to show.
fn shown(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

/// A name without the mark of raw identifiers.
fn plain(name: &str) -> &str {
    name.trim_start_matches("r#")
}
