//! Writes paragraphs, headings, lists, quotes and code blocks as lines of Markdown.

use super::{
    escape::is_invisible,
    token::Numbered,
    words::{Separator, Word},
    wrap::{WIDTH, starts_block},
};
use std::borrow::Cow;

/// How many lists, and how many quotes, may be nested: deeper ones are written on the deepest level.
const MAX_DEPTH: usize = 8;

/// Words that end in a period without ending a sentence.
const ABBREVIATIONS: &[&str] =
    &["e.g.", "(e.g.", "i.e.", "(i.e.", "etc.", "vs.", "No.", "Inc.", "approx.", "incl."];

/// The Markdown so far, and the containers that are open at its end.
#[derive(Default)]
pub(super) struct MarkdownWriter {
    text: String,
    open: Vec<Container>,
    /// How many lists and quotes are open beyond the deepest level.
    lists_beyond: usize,
    quotes_beyond: usize,
}

enum Container {
    List {
        numbered: Numbered,
        /// Whether an item without a list opened it.
        implied: bool,
        /// How many items have been written.
        items: usize,
    },
    Item {
        /// The columns of its marker, once that is written.
        indent: Option<usize>,
    },
    Quote {
        /// Whether a line of it is written.
        begun: bool,
    },
}

impl MarkdownWriter {
    pub(super) fn finish(self) -> String {
        self.text
    }

    pub(super) fn open_list(&mut self, numbered: Numbered) {
        if self.count(Container::is_list) < MAX_DEPTH {
            self.open.push(Container::List { numbered, implied: false, items: 0 });
        } else {
            self.lists_beyond += 1;
        }
    }

    pub(super) fn close_list(&mut self) {
        if self.lists_beyond > 0 {
            self.lists_beyond -= 1;
        } else if let Some(at) = self.open.iter().rposition(Container::is_list) {
            self.open.truncate(at);
        }
    }

    pub(super) fn open_item(&mut self) {
        if let Some(at) = self.open.iter().rposition(Container::is_list) {
            self.open.truncate(at + 1);
        } else {
            self.open.push(Container::List { numbered: Numbered::No, implied: true, items: 0 });
        }
        self.open.push(Container::Item { indent: None });
    }

    /// Continues the open item, or opens one.
    pub(super) fn continue_item(&mut self) {
        match self.open.iter().rposition(Container::is_list) {
            Some(at) if self.open.len() > at + 1 => self.open.truncate(at + 2),
            _ => self.open_item(),
        }
    }

    /// Closes the list that an item without one opened. Otherwise text after an item is a part of it.
    pub(super) fn close_item(&mut self) {
        let last = self.open.iter().rposition(Container::is_list);
        if let Some(at) = last
            && matches!(self.open.get(at), Some(Container::List { implied: true, .. }))
        {
            self.open.truncate(at);
        }
    }

    pub(super) fn open_quote(&mut self) {
        if self.count(Container::is_quote) < MAX_DEPTH {
            self.open.push(Container::Quote { begun: false });
        } else {
            self.quotes_beyond += 1;
        }
    }

    pub(super) fn close_quote(&mut self) {
        if self.quotes_beyond > 0 {
            self.quotes_beyond -= 1;
        } else if let Some(at) = self.open.iter().rposition(Container::is_quote) {
            self.open.truncate(at);
            self.lists_beyond = 0;
        }
    }

    pub(super) fn paragraph(&mut self, mut words: Vec<Word>) {
        let is_first = self.text.is_empty() && self.open.is_empty();
        if let Some(end) = first_sentence(&words).filter(|_| is_first) {
            let rest = words.split_off(end);
            self.paragraph(words);
            words = rest;
        }
        let (first, rest) = self.begin();
        self.text.push_str(&first);
        let mut starts_line = true;
        for word in &words {
            match word.separator {
                _ if starts_line => {}
                Separator::Break => {
                    self.text.extend(["\\\n", &rest]);
                    starts_line = true;
                }
                Separator::Space | Separator::None => self.text.push(' '),
            }
            let text = if starts_line { escape_line_start(&word.text) } else { Cow::Borrowed(&*word.text) };
            self.text.push_str(&text);
            starts_line = false;
        }
    }

    pub(super) fn heading(&mut self, level: usize, words: &[Word]) {
        let (first, _) = self.begin();
        self.text.push_str(&first);
        self.text.push_str(&"#".repeat(level.clamp(1, 6)));
        for word in words {
            self.text.push(' ');
            self.text.push_str(&escape_line_start(&word.text));
        }
    }

    /// Writes a code block that says that it is `text`: one that does not is Rust to rustdoc.
    pub(super) fn preformatted(&mut self, text: &str) {
        let lines = text.trim_matches(['\n', '\r']).trim_end().split(['\n', '\u{2028}', '\u{2029}']);
        let lines: Vec<String> = lines
            .map(|line| line.replace('\t', "    ").replace(is_invisible, "").trim_end().to_owned())
            .collect();
        if lines.iter().all(String::is_empty) {
            return;
        }
        let backticks = lines.iter().flat_map(|line| line.split(|letter| letter != '`')).map(str::len).max();
        let fence = "`".repeat(backticks.map_or(3, |longest| longest.max(2) + 1));
        let (first, rest) = self.begin();
        self.text.extend([first.as_str(), &fence, "text"]);
        for line in &lines {
            self.text.push('\n');
            self.text.push_str(if line.is_empty() { rest.trim_end() } else { &rest });
            self.text.push_str(line);
        }
        self.text.extend(["\n", &rest, &fence]);
    }

    /// Begins a block on a new line, after a blank line if Markdown requires one. Returns the prefixes of its first line and of its
    /// other lines.
    fn begin(&mut self) -> (String, String) {
        if !self.text.is_empty() {
            self.text.push('\n');
            if self.needs_blank_line() {
                let blank = self.blank_prefix();
                self.text.push_str(blank.trim_end());
                self.text.push('\n');
            }
        }
        let (mut first, mut rest) = (String::new(), String::new());
        let mut list = None;
        for container in &mut self.open {
            let (on_first, on_rest) = match container {
                Container::List { numbered, items, .. } => {
                    list = Some((*numbered, items));
                    continue;
                }
                Container::Item { indent: Some(indent) } => (" ".repeat(*indent), " ".repeat(*indent)),
                Container::Item { indent } => {
                    let marker = next_marker(list.take());
                    *indent = Some(marker.len());
                    (marker.clone(), " ".repeat(marker.len()))
                }
                Container::Quote { begun } => {
                    *begun = true;
                    ("> ".to_owned(), "> ".to_owned())
                }
            };
            first.push_str(&on_first);
            rest.push_str(&on_rest);
        }
        (first, rest)
    }

    /// Whether a blank line is required before the next block: not before another item of a list, nor before a list that begins in
    /// an item.
    fn needs_blank_line(&self) -> bool {
        let new = |container: &Container| matches!(container, Container::Item { indent: None });
        let Some(at) = self.open.iter().position(new) else { return true };
        let before = self.open.get(..at).unwrap_or_default();
        match before.split_last() {
            Some((Container::List { items: 1.., .. }, _)) => false,
            Some((_, outside)) => !matches!(outside.last(), Some(Container::Item { .. })),
            None => true,
        }
    }

    /// The prefix of a blank line: the markers of all containers that are open before and after it.
    fn blank_prefix(&self) -> String {
        let mut blank = String::new();
        for container in &self.open {
            match container {
                Container::List { .. } => {}
                Container::Item { indent: Some(indent) } => blank.push_str(&" ".repeat(*indent)),
                Container::Quote { begun: true } => blank.push_str("> "),
                Container::Item { indent: None } | Container::Quote { begun: false } => break,
            }
        }
        blank
    }

    fn count(&self, is: fn(&Container) -> bool) -> usize {
        self.open.iter().filter(|container| is(container)).count()
    }
}

/// The marker of the next item of a list, and counts the item.
fn next_marker(list: Option<(Numbered, &mut usize)>) -> String {
    let Some((numbered, items)) = list else { return "- ".to_owned() };
    *items += 1;
    match numbered {
        Numbered::Yes => format!("{items}. "),
        Numbered::No => "- ".to_owned(),
    }
}

/// How many words the first sentence has, if it is to be a paragraph of its own: only if there is more than one line.
fn first_sentence(words: &[Word]) -> Option<usize> {
    let length: usize = words.iter().map(|word| word.text.chars().count() + 1).sum();
    if length <= WIDTH {
        return None;
    }
    let mut open_parentheses = 0_usize;
    let mut pairs = words.iter().zip(words.iter().skip(1));
    let end = pairs.position(|(word, next)| {
        let count = |letter: char| word.text.matches(letter).count();
        open_parentheses = (open_parentheses + count('(')).saturating_sub(count(')'));
        open_parentheses == 0 && ends_sentence(&word.text) && begins_sentence(next)
    })?;
    Some(end + 1)
}

fn ends_sentence(word: &str) -> bool {
    word.ends_with('.') && word.chars().count() > 2 && !ABBREVIATIONS.contains(&word)
}

fn begins_sentence(word: &Word) -> bool {
    let first = word.text.chars().next();
    !word.emphasized
        && first.is_some_and(|first| first.is_uppercase() || matches!(first, '`' | '[' | '*' | '<'))
}

/// A word for the start of a line: escaped if it would begin a list, heading, quote or table.
fn escape_line_start(word: &str) -> Cow<'_, str> {
    if !starts_block(word) {
        return Cow::Borrowed(word);
    }
    // Of a number, the punctuation after it is escaped.
    let at = if word.starts_with(|first: char| first.is_ascii_digit()) { word.len() - 1 } else { 0 };
    let (digits, marker) = word.split_at(at);
    Cow::Owned(format!("{digits}\\{marker}"))
}

impl Container {
    fn is_list(&self) -> bool {
        matches!(self, Self::List { .. })
    }

    fn is_quote(&self) -> bool {
        matches!(self, Self::Quote { .. })
    }
}
