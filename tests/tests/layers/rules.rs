//! The rules: every file has a room, imports go down, and rooms of one layer make no circle.

use crate::imports::File;
use crate::table::{Room, Table};
use std::collections::{BTreeMap, BTreeSet};

/// An import of one room by another of the same layer, with the line that says so.
type Sideways<'a> = BTreeMap<(String, String), Vec<String>>;

/// One line for each breach.
pub(crate) fn violations(table: &Table, files: &[File], root: &str) -> Vec<String> {
    let mut errors: Vec<String> = strangers(table, files, root);
    let mut sideways = Sideways::new();
    for file in files {
        let Some(from) = table.room(&file.module) else { continue };
        let mut reported = BTreeSet::new();
        for import in &file.imports {
            // What the root defines itself, or takes from another crate, is in no room.
            let Some(to) = table.room(&import.target) else { continue };
            if !reported.insert((import.line, to.name())) {
                continue;
            }
            let line = format!("{}:{}: `{}`: ", file.path, import.line, import.text);
            if to.layer > from.layer {
                errors.push(format!("{line}room {} must not import {}", shown(from), shown(to)));
            } else if to.layer == from.layer && to != from {
                sideways.entry((from.name(), to.name())).or_default().push(line);
            }
        }
    }
    errors.extend(circles(&sideways));
    errors
}

fn shown(room: &Room) -> String {
    format!("`{}` (layer {})", room.name(), room.layer)
}

/// Modules without a room, and rooms without a module.
fn strangers(table: &Table, files: &[File], root: &str) -> Vec<String> {
    let homeless: BTreeSet<_> =
        files.iter().filter(|file| table.room(&file.module).is_none()).map(|file| &file.module[0]).collect();
    let homeless =
        homeless.into_iter().map(|name| format!("{root}: module `{name}` is missing in the table of layers"));
    let empty =
        table.rooms.iter().filter(|room| !files.iter().any(|file| file.module.starts_with(&room.path)));
    let empty = empty.map(|room| {
        format!("{root}: the table of layers has a room `{}`, but there is no such module", room.name())
    });
    homeless.chain(empty).collect()
}

/// The imports between rooms of one layer that can be followed back to where they start.
fn circles(sideways: &Sideways<'_>) -> Vec<String> {
    let mut errors = Vec::new();
    for ((from, to), lines) in sideways {
        if reaches(sideways, to, from) {
            errors.extend(lines.iter().map(|line| {
                format!("{line}rooms `{from}` and `{to}` of one layer import each other in a circle")
            }));
        }
    }
    errors
}

fn reaches(sideways: &Sideways<'_>, from: &str, to: &str) -> bool {
    let (mut seen, mut open) = (BTreeSet::new(), vec![from]);
    while let Some(room) = open.pop() {
        if room == to {
            return true;
        }
        if seen.insert(room) {
            open.extend(sideways.keys().filter(|(start, _)| start == room).map(|(_, end)| end.as_str()));
        }
    }
    false
}

#[cfg(test)]
fn file(module: &str, target: &str) -> File {
    let path = |text: &str| text.split("::").map(str::to_owned).collect::<Vec<_>>();
    let import = crate::imports::Import { line: 3, text: format!("crate::{target}"), target: path(target) };
    File { path: format!("src/{module}.rs"), module: path(module), imports: vec![import] }
}

#[cfg(test)]
fn lines(files: &[File]) -> Vec<String> {
    let table =
        "//! | layer | rooms | holds |\n//! |-|-|-|\n//! | low | `a`, `b` | |\n//! | high | `c` | |\n";
    violations(&Table::of_docs(table), files, "src/lib.rs")
}

#[test]
fn an_import_upward_is_reported_with_its_line() {
    let expected = "src/a.rs:3: `crate::c::D`: room `a` (layer 1) must not import `c` (layer 2)";
    assert_eq!(lines(&[file("a", "c::D"), file("b", "a"), file("c", "a")]), [expected]);
}

#[test]
fn a_circle_within_a_layer_is_reported() {
    let expected = [
        "src/a.rs:3: `crate::b`: rooms `a` and `b` of one layer import each other in a circle",
        "src/b.rs:3: `crate::a`: rooms `b` and `a` of one layer import each other in a circle",
    ];
    assert_eq!(lines(&[file("a", "b"), file("b", "a"), file("c", "a")]), expected);
}

#[test]
fn modules_and_rooms_must_agree() {
    let expected = [
        "src/lib.rs: module `d` is missing in the table of layers",
        "src/lib.rs: the table of layers has a room `b`, but there is no such module",
    ];
    assert_eq!(lines(&[file("a", "a"), file("c", "a"), file("d", "a")]), expected);
}
