//! A report as blocks of lines, for every format that people read.

use super::policy::{Effect, Kind, Verdict};
use super::report::{Change, Group, Place, Report};
use std::collections::BTreeMap;

/// How many operations are named where a type is used by more.
const NAMED: usize = 3;

/// A heading and what stands below it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Block {
    /// Plain words, before the code.
    pub(super) title: String,
    /// A name of code, or nothing.
    pub(super) code: String,
    /// What follows the code.
    pub(super) rest: String,
    pub(super) lines: Vec<Line>,
}

/// One line: `member removed: Invoke::qualifier: Option<String>`.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) verdict: Verdict,
    /// The change in words.
    pub(super) what: &'static str,
    /// What has changed: names of code.
    pub(super) items: Vec<String>,
    /// The path of the last of them, which need not be written.
    path: Option<String>,
    /// From what to what: code.
    pub(super) detail: Option<String>,
    /// What follows.
    pub(super) rest: String,
}

/// The blocks: what is gone, then places with graver changes before others, what is new before what is of no consequence.
pub(super) fn blocks(report: &Report) -> Vec<Block> {
    let groups = report.groups();
    let (whole, parts): (Vec<&Group<'_>>, Vec<&Group<'_>>) =
        groups.iter().filter(|group| !group.changes.is_empty()).partition(|group| is_whole(group));
    let wholes = |kind: Kind, title: &str| -> Option<Block> {
        let of_kind = |group: &&&Group<'_>| group.changes.iter().any(|change| change.kind == kind);
        let groups: Vec<_> = whole.iter().filter(of_kind).copied().collect();
        (!groups.is_empty()).then(|| block_of_wholes(title, &groups))
    };
    let places = |verdict: Verdict| {
        let graver = move |group: &&&Group<'_>| {
            group.changes.iter().map(|change| change.verdict()).max() == Some(verdict)
        };
        parts.iter().filter(graver).map(|group| block(group)).collect::<Vec<_>>()
    };
    let mut blocks = Vec::new();
    blocks.extend(wholes(Kind::OperationRemoved, "Operations removed"));
    blocks.extend(wholes(Kind::TypeRemoved, "Types removed"));
    blocks.extend(places(Verdict::Major));
    blocks.extend(places(Verdict::Minor));
    blocks.extend(wholes(Kind::OperationAdded, "Operations added"));
    blocks.extend(wholes(Kind::TypeAdded, "Types added"));
    blocks.extend(places(Verdict::Patch));
    blocks
}

/// `major: 3 compile breaks, 41 additions`.
pub(super) fn summary(report: &Report) -> String {
    let words = [
        (Effect::Break, "compile break", "compile breaks"),
        (Effect::Behaviour, "change of behaviour", "changes of behaviour"),
        (Effect::Addition, "addition", "additions"),
        (Effect::Documentation, "change of documentation", "changes of documentation"),
    ];
    let count = |(effect, one, many): (Effect, &str, &str)| match report.count(effect) {
        0 => None,
        1 => Some(format!("1 {one}")),
        count => Some(format!("{count} {many}")),
    };
    words.into_iter().filter_map(count).collect::<Vec<_>>().join(", ")
}

/// What stands before a line's names.
pub(super) fn what(line: &Line) -> String {
    match (line.what, line.items.is_empty()) {
        ("", _) => String::new(),
        (what, true) => what.to_owned(),
        (what, false) => format!("{what}: "),
    }
}

/// The group is one operation or type that came or went.
fn is_whole(group: &Group<'_>) -> bool {
    let whole = [Kind::OperationRemoved, Kind::TypeRemoved, Kind::OperationAdded, Kind::TypeAdded];
    group.changes.iter().any(|change| whole.contains(&change.kind))
}

/// Those that the same operations use share a line.
fn block_of_wholes(title: &str, groups: &[&Group<'_>]) -> Block {
    let mut lines: Vec<Line> = Vec::new();
    let mut by_users: BTreeMap<Vec<&str>, usize> = BTreeMap::new();
    for group in groups {
        for change in &group.changes {
            let shared = matches!(group.place, Place::Type(_));
            let known = by_users.get(&group.operations).and_then(|index| lines.get_mut(*index));
            if let Some(line) = known.filter(|_| shared) {
                line.join(&change.item);
                continue;
            }
            by_users.insert(group.operations.clone(), lines.len());
            let detail = change.from.clone().or_else(|| change.to.clone()).filter(|_| !shared);
            lines.push(Line {
                verdict: change.verdict(),
                what: "",
                path: path(&change.item),
                items: vec![change.item.clone()],
                detail,
                rest: if shared { used(&group.operations) } else { String::new() },
            });
        }
    }
    Block { title: title.to_owned(), code: String::new(), rest: String::new(), lines }
}

fn block(group: &Group<'_>) -> Block {
    let (title, code, rest) = match group.place {
        Place::Service => ("The service", String::new(), String::new()),
        Place::Operation(name) => ("Operation", name.clone(), String::new()),
        Place::Type(name) => ("", name.clone(), used(&group.operations)),
    };
    let mut lines: Vec<Line> = Vec::new();
    for change in &group.changes {
        let joins = |line: &&mut Line| change.is_plain() && line.what == change.kind.rule().what;
        match lines.last_mut().filter(joins) {
            Some(line) => line.join(&change.item),
            None => lines.push(line(change)),
        }
    }
    Block { title: title.to_owned(), code, rest, lines }
}

fn line(change: &Change) -> Line {
    let detail = match (&change.from, &change.to) {
        (Some(from), Some(to)) => Some(format!("{from} → {to}")),
        (Some(one), None) | (None, Some(one)) => Some(one.clone()),
        (None, None) => None,
    };
    Line {
        verdict: change.verdict(),
        what: change.kind.rule().what,
        path: path(&change.item),
        items: [change.item.clone()].into_iter().filter(|item| !item.is_empty()).collect(),
        detail,
        rest: String::new(),
    }
}

/// What stands before the last name: `types` of `types::VpcConfig`.
fn path(item: &str) -> Option<String> {
    item.rsplit_once("::").map(|(path, _)| path.to_owned())
}

/// `, used by Invoke, InvokeAsync and 3 more`.
fn used(operations: &[&str]) -> String {
    let (named, more) = operations.split_at(operations.len().min(NAMED));
    match (named, more) {
        ([], _) => ", used by no operation".to_owned(),
        ([one], _) => format!(", used by {one}"),
        ([first @ .., last], []) => format!(", used by {} and {last}", first.join(", ")),
        (named, more) => format!(", used by {} and {} more", named.join(", "), more.len()),
    }
}

impl Line {
    /// Adds a name, without the path that it shares with the one before: `State::Failed, Deleting`.
    fn join(&mut self, item: &str) {
        let own = path(item);
        let name = item.rsplit("::").next().filter(|_| own.is_some() && own == self.path).unwrap_or(item);
        self.items.push(name.to_owned());
        self.path = own;
    }
}

impl Change {
    /// There is no more to it than its name, so that several go on one line.
    fn is_plain(&self) -> bool {
        self.from.is_none() && self.to.is_none()
    }
}
