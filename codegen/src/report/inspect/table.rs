//! Tables, sections and lists as text.

use crate::ir::{Crate, Member};
use crate::markdown;
use crate::report::diff::wire;
use crate::type_printer::member_type_text;

/// The maximal width of a column; a wider cell shifts the rest of its row.
const MAX_WIDTH: usize = 48;

/// Aligned columns, each as wide as its widest cell.
pub(super) fn table(rows: &[Vec<String>]) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or_default();
    let width = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column));
        cells.map(|cell| cell.chars().count()).max().unwrap_or_default().min(MAX_WIDTH)
    };
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let mut text = String::new();
    for row in rows {
        let cells = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:<width$}"));
        let line = cells.collect::<Vec<_>>().join("  ");
        text.push_str(&format!("  {}\n", line.trim_end()));
    }
    text
}

/// Members or variants: name, type, whether it is required, wire format, documentation.
pub(super) fn members(krate: &Crate, members: &[Member], variants: bool) -> String {
    let row = |member: &Member| {
        let required = if member.required && !variants { "required" } else { "" };
        let mut notes = markdown::summary(&member.docs.lines);
        if let Some(note) = &member.deprecated {
            notes = format!("deprecated: {note}. {notes}");
        }
        vec![
            member.field.trim_start_matches("r#").to_owned(),
            member_type_text(krate, member),
            required.to_owned(),
            wire::text(&member.schema),
            notes,
        ]
    };
    table(&members.iter().map(row).collect::<Vec<_>>())
}

/// A heading with its body; empty if the body is empty.
pub(super) fn section(heading: &str, body: &str) -> String {
    if body.is_empty() { String::new() } else { format!("\n{heading}\n{body}") }
}

/// Names separated by commas, in lines of a readable length.
pub(super) fn names<'n>(names: impl Iterator<Item = &'n str>) -> String {
    const WIDTH: usize = 110;
    let mut text = String::new();
    let mut column = WIDTH;
    for name in names {
        if column + name.len() + 2 > WIDTH {
            text.push_str(if text.is_empty() { "  " } else { ",\n  " });
            column = 2;
        } else {
            text.push_str(", ");
            column += 2;
        }
        text.push_str(name);
        column += name.len();
    }
    if !text.is_empty() {
        text.push('\n');
    }
    text
}
