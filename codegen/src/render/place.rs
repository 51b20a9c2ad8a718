//! The excerpt of a file that shows a location.

use crate::diagnostic::Location;
use crate::json::{Position, Span, locate, position};
use std::ops::Range;

/// How many bytes of a line are shown, before and after the beginning of the mark.
const WINDOW: usize = 100;

/// A position with its excerpt.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) position: Position,
    /// `None` if the file cannot be shown.
    pub(super) excerpt: Option<Excerpt>,
}

/// A line, or as much of it as can be looked at, with the mark's bytes in it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Excerpt {
    pub(super) line: String,
    pub(super) mark: Range<usize>,
}

/// Finds a place in its file's text, where that can be shown. `None` for the whole file.
pub(super) fn find(text: Option<&str>, place: &Location) -> Option<Place> {
    let mark = match (place, text) {
        (Location::Text { line, column }, None) => {
            return Some(Place { position: Position { line: *line, column: *column }, excerpt: None });
        }
        (Location::Text { line, column }, Some(text)) => point(text, *line, *column),
        (Location::Node(pointer), Some(text)) => mark(text, &locate(text, pointer)?),
        (Location::File, _) | (_, None) => return None,
    };
    let text = text?;
    Some(Place { position: position(text, mark.start), excerpt: Some(excerpt(text, mark)) })
}

/// The range of a node to mark: key and value if they are short, else the key, else the beginning of the value.
fn mark(text: &str, span: &Span) -> Range<usize> {
    let short = |range: &Range<usize>| {
        text.get(range.clone()).is_some_and(|part| part.len() <= WINDOW && !part.contains('\n'))
    };
    let start = span.key.as_ref().map_or(span.value.start, |key| key.start);
    let whole = start..span.value.end;
    match &span.key {
        _ if short(&whole) => whole,
        Some(key) => key.clone(),
        None => span.value.start..span.value.start + 1,
    }
}

/// The range of the token at a line and column: a quoted string, a word, or one character.
fn point(text: &str, line: usize, column: usize) -> Range<usize> {
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let line = text.get(start..).and_then(|rest| rest.lines().next()).unwrap_or_default();
    let offset = line.char_indices().nth(column.saturating_sub(1)).map_or(line.len(), |(offset, _)| offset);
    let rest = line.get(offset..).unwrap_or_default();
    let word = rest.find(|letter: char| !letter.is_alphanumeric() && letter != '_').unwrap_or(rest.len());
    let quoted = rest.strip_prefix('"').and_then(|rest| rest.find('"')).map(|end| end + 2);
    let one = rest.chars().next().map_or(0, char::len_utf8);
    let length = quoted.unwrap_or(word).max(one);
    start + offset..start + offset + length
}

fn excerpt(text: &str, mark: Range<usize>) -> Excerpt {
    let before = text.get(..mark.start).unwrap_or_default();
    let after = text.get(mark.start..).unwrap_or_default();
    let head = before.rsplit('\n').next().unwrap_or_default();
    let tail = after.lines().next().unwrap_or_default();
    let length = mark.len().min(tail.len());
    let (head, cut_head) = last(head, WINDOW);
    let (tail, cut_tail) = first(tail, WINDOW.max(length) + WINDOW / 2);
    let lead = if cut_head { "…" } else { "" };
    let start = lead.len() + head.len();
    let line = format!("{lead}{head}{tail}{}", if cut_tail { "…" } else { "" });
    Excerpt { line, mark: start..start + length.min(tail.len()) }
}

/// The last bytes of a line, from a whole letter on, and whether some were left out.
fn last(line: &str, most: usize) -> (&str, bool) {
    let from = line.len().saturating_sub(most);
    let part = (from..=line.len()).find_map(|from| line.get(from..)).unwrap_or_default();
    (part, part.len() < line.len())
}

/// The first bytes of a line, up to a whole letter, and whether some were left out.
fn first(line: &str, most: usize) -> (&str, bool) {
    let to = line.len().min(most);
    let part = (0..=to).rev().find_map(|to| line.get(..to)).unwrap_or_default();
    (part, part.len() < line.len())
}
