//! Renders diagnostics: as text with the source line of each, and as JSON.

mod place;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::read;
use annotate_snippets::{AnnotationKind, Level, Origin, Renderer, Snippet};
use place::{Excerpt, Place};
use serde_json::{Value, json};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The most problems that are shown: more are only counted.
const SHOWN: usize = 100;

/// Wider than any excerpt, so that the renderer does not cut what was already cut.
const WIDTH: usize = 400;

/// Renders diagnostics as text: the message, the location with its source line, the help. The files' paths are relative to
/// `root`.
pub fn render(diagnostics: &Diagnostics, root: &Path, colour: bool) -> String {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() }.term_width(WIDTH);
    let mut texts = Texts::new(root);
    let mut out = String::new();
    for diagnostic in diagnostics.iter().take(SHOWN) {
        let place = texts.place(diagnostic);
        out.push_str(&one(&renderer, diagnostic, place.as_ref()));
        out.push_str("\n\n");
    }
    let count = diagnostics.iter().count();
    if let Some(more) = count.checked_sub(SHOWN).filter(|more| *more > 0) {
        out.push_str(&format!("and {more} more problems\n"));
    }
    out
}

/// Renders all diagnostics as a JSON list: file, line and column if they are known, JSON pointer, message, help.
pub fn data(diagnostics: &Diagnostics, root: &Path) -> Value {
    let mut texts = Texts::new(root);
    let entry = |diagnostic: &Diagnostic| {
        let place = texts.place(diagnostic);
        let pointer = match &diagnostic.location {
            crate::diagnostic::Location::Node(pointer) => Some(pointer.to_string()),
            _ => None,
        };
        json!({
            "file": diagnostic.file.display().to_string(),
            "line": place.as_ref().map(|place| place.position.line),
            "column": place.as_ref().map(|place| place.position.column),
            "pointer": pointer,
            "message": diagnostic.message,
            "help": diagnostic.help,
        })
    };
    diagnostics.iter().map(entry).collect()
}

fn one(renderer: &Renderer, diagnostic: &Diagnostic, place: Option<&Place>) -> String {
    let file = diagnostic.file.display().to_string();
    let help = diagnostic.help.iter().map(|help| Level::HELP.message(clean(help)));
    let title = Level::ERROR.primary_title(clean(&diagnostic.message));
    let (position, Excerpt { line, mark }) = match place {
        Some(Place { position, excerpt: Some(excerpt) }) => (position, excerpt),
        Some(Place { position, excerpt: None }) => {
            let origin = Origin::path(file).line(position.line).char_column(position.column);
            return renderer.render(&[title.element(origin).elements(help)]);
        }
        None => return renderer.render(&[title.element(Origin::path(file)).elements(help)]),
    };
    let annotation = AnnotationKind::Primary.span(mark.clone());
    let snippet = Snippet::source(line.as_str()).line_start(position.line).annotation(annotation);
    let frame = renderer.render(&[title.element(snippet).elements(help)]);
    // The renderer would count the column in the excerpt, so the place is put in here, below the title.
    let (title, frame) = frame.split_once('\n').unwrap_or((&frame, ""));
    let indent = " ".repeat(position.line.to_string().len());
    format!("{title}\n{indent}--> {file}:{}:{}\n{frame}", position.line, position.column)
}

/// Escapes control characters, which names from the input may contain.
fn clean(text: &str) -> Cow<'_, str> {
    if !text.contains(char::is_control) {
        return text.into();
    }
    let shown = |letter: char| {
        if letter.is_control() { letter.escape_debug().to_string() } else { letter.to_string() }
    };
    text.chars().map(shown).collect::<String>().into()
}

/// The texts of the files that problems are in, each read once.
struct Texts<'a> {
    root: &'a Path,
    read: BTreeMap<PathBuf, Option<String>>,
}

impl<'a> Texts<'a> {
    fn new(root: &'a Path) -> Self {
        Self { root, read: BTreeMap::new() }
    }

    /// The location of a diagnostic. `None` for a whole file, or if the file cannot be read.
    fn place(&mut self, diagnostic: &Diagnostic) -> Option<Place> {
        let text = self.read.entry(diagnostic.file.clone()).or_insert_with(|| {
            let packed = || diagnostic.file.with_added_extension("gz");
            let plain = read::text(self.root, &diagnostic.file);
            plain.or_else(|_| read::text(self.root, &packed())).ok()
        });
        place::find(text.as_deref(), &diagnostic.location)
    }
}

#[cfg(test)]
mod tests;
