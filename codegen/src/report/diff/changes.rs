//! What came out of a comparison.

use super::policy::{Impact, Kind, SemverLevel};

/// All that changed in one service.
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
    /// The changes, by place; places with graver changes come first.
    pub changes: Vec<Change>,
    /// What of the configuration does not fit one of the models, a sentence each.
    pub problems: Vec<String>,
}

/// One change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What it is.
    pub kind: Kind,
    /// Where it is.
    pub place: Place,
    /// What has changed, as Rust names it: `Invoke::qualifier`.
    pub item: String,
    /// Its name in the model, where it has one of its own.
    pub wire_name: Option<String>,
    /// What it was.
    pub from: Option<String>,
    /// What it is now.
    pub to: Option<String>,
    /// The operations that reach it, by their names in the model.
    pub operations: Vec<String>,
}

/// Where a change is: what is told of one place stands together.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// The service as a whole.
    Service,
    /// An operation with its request and response, by its name in the model.
    Operation(String),
    /// A type that operations share: `types::VpcConfig`.
    Type(String),
}

/// What is told of one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group<'r> {
    /// The place.
    pub place: &'r Place,
    /// The operations that reach it; none for an operation itself.
    pub operations: Vec<&'r str>,
    /// The changes, documentation aside.
    pub changes: Vec<&'r Change>,
    /// How many changes of documentation there are beside.
    pub documented: usize,
}

impl Report {
    /// What all changes together ask of the version; `None` where there are none.
    pub fn level(&self) -> Option<SemverLevel> {
        self.changes.iter().map(Change::level).max()
    }

    /// How many changes have this effect.
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

    /// Puts the changes into the order in which they are told: graver places first, and in each the graver changes; otherwise
    /// in the order in which they were found.
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
    /// What it asks of the version.
    pub fn level(&self) -> SemverLevel {
        self.kind.rule().level
    }
}

impl<'r> Group<'r> {
    fn of(changes: &'r [Change]) -> Option<Self> {
        let first = changes.first()?;
        let told = |change: &&Change| change.kind != Kind::Documentation;
        let operations = match first.place {
            Place::Type(_) => first.operations.iter().map(String::as_str).collect(),
            Place::Service | Place::Operation(_) => Vec::new(),
        };
        Some(Self {
            place: &first.place,
            operations,
            changes: changes.iter().filter(told).collect(),
            documented: changes.iter().filter(|change| !told(change)).count(),
        })
    }
}
