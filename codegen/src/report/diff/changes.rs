//! The result of a comparison.

use super::policy::{Impact, Kind, SemverLevel};

/// All changes of one service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// The service.
    pub service: String,
    /// The generated package.
    pub package: String,
    /// What the old model came from.
    pub old: String,
    /// What the new model came from.
    pub new: String,
    /// The changes by place, places with the most severe changes first.
    pub changes: Vec<Change>,
    /// Parts of the configuration that do not fit the new model, a sentence each.
    pub problems: Vec<String>,
}

/// One change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The kind of change.
    pub kind: Kind,
    /// Where it is.
    pub place: Place,
    /// What has changed, as Rust names it: `Invoke::qualifier`.
    pub item: String,
    /// Its name in the model, if it has one.
    pub wire_name: Option<String>,
    /// The old form.
    pub from: Option<String>,
    /// The new form.
    pub to: Option<String>,
    /// The operations that reach it, by their names in the model.
    pub operations: Vec<String>,
}

/// Where a change is. Changes of one place are reported together.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// The service as a whole.
    Service,
    /// An operation with its request and response, by its name in the model.
    Operation(String),
    /// A type that operations share: `types::VpcConfig`.
    Type(String),
}

/// The changes of one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group<'r> {
    /// The place.
    pub place: &'r Place,
    /// The operations that reach it; none for an operation itself.
    pub operations: Vec<&'r str>,
    /// The changes, documentation aside.
    pub changes: Vec<&'r Change>,
    /// The number of changes of documentation.
    pub documented: usize,
}

impl Report {
    /// The most severe level of the changes; `None` if there are none.
    pub fn level(&self) -> Option<SemverLevel> {
        self.changes.iter().map(Change::level).max()
    }

    /// The number of changes with this impact.
    pub fn count(&self, impact: Impact) -> usize {
        self.changes.iter().filter(|change| change.kind.rule().impact == impact).count()
    }

    /// The changes by place, in their order.
    pub fn groups(&self) -> Vec<Group<'_>> {
        let places = self.changes.chunk_by(|one, other| one.place == other.place);
        places.filter_map(Group::of).collect()
    }

    /// The kinds that occur, documentation aside.
    pub fn kinds(&self) -> Vec<Kind> {
        let mut kinds: Vec<Kind> = self.changes.iter().map(|change| change.kind).collect();
        kinds.sort_unstable();
        kinds.dedup();
        kinds.retain(|kind| *kind != Kind::Documentation);
        kinds
    }

    /// Sorts the changes: by the most severe change of their place, by place, by kind, and then in the order in which they were found.
    pub(super) fn sort(&mut self) {
        let mut most_severe = std::collections::BTreeMap::new();
        for change in &self.changes {
            let most = most_severe.entry(change.place.clone()).or_insert(change.kind);
            *most = change.kind.min(*most);
        }
        let level = |place: &Place| most_severe.get(place).map(|kind| kind.rule().level);
        self.changes.sort_by(|one, other| {
            level(&other.place)
                .cmp(&level(&one.place))
                .then_with(|| one.place.cmp(&other.place))
                .then_with(|| one.kind.cmp(&other.kind))
        });
    }
}

impl Change {
    /// The part of the version that it bumps.
    pub fn level(&self) -> SemverLevel {
        self.kind.rule().level
    }
}

impl<'r> Group<'r> {
    fn of(changes: &'r [Change]) -> Option<Self> {
        let first = changes.first()?;
        let is_reported = |change: &&Change| change.kind != Kind::Documentation;
        let operations = match first.place {
            Place::Type(_) => first.operations.iter().map(String::as_str).collect(),
            Place::Service | Place::Operation(_) => Vec::new(),
        };
        Some(Self {
            place: &first.place,
            operations,
            changes: changes.iter().filter(is_reported).collect(),
            documented: changes.iter().filter(|change| !is_reported(change)).count(),
        })
    }
}
