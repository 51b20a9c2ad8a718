//! The lines of a page: paragraphs, headings, lists, quotes and preformatted text, as deeply as they nest.

use super::{element::Numbered, paragraph::is_hidden, word::Word, wrap};

/// How many lists, and how many quotes, there are in one another at most: what is deeper stands on the deepest level.
const DEEPEST: usize = 8;

/// Lines, and what is open after the last.
#[derive(Default)]
pub(super) struct Page {
    text: String,
    open: Vec<Container>,
    /// How many lists and quotes are open beyond the deepest level.
    lists_beyond: usize,
    quotes_beyond: usize,
}

enum Container {
    /// A list; `items` have been written.
    List { numbered: Numbered, implied: bool, items: usize },
    /// An item; the columns of its marker once that is written.
    Item { indent: Option<usize> },
    /// A quote; whether anything of it is written.
    Quote { begun: bool },
}

impl Page {
    pub(super) fn finish(self) -> String {
        self.text
    }

    pub(super) fn open_list(&mut self, numbered: Numbered) {
        if self.count(Container::is_list) < DEEPEST {
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

    /// Goes on in the item that is open, or opens one.
    pub(super) fn continue_item(&mut self) {
        match self.open.iter().rposition(Container::is_list) {
            Some(at) if self.open.len() > at + 1 => self.open.truncate(at + 2),
            _ => self.open_item(),
        }
    }

    /// Ends the list that an item without one has been given. Otherwise text after an item is taken as part of it.
    pub(super) fn close_item(&mut self) {
        let last = self.open.iter().rposition(Container::is_list);
        if let Some(at) = last
            && matches!(self.open.get(at), Some(Container::List { implied: true, .. }))
        {
            self.open.truncate(at);
        }
    }

    pub(super) fn open_quote(&mut self) {
        if self.count(Container::is_quote) < DEEPEST {
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
        if let Some(end) = wrap::summary(&words).filter(|_| is_first) {
            let rest = words.split_off(end);
            self.paragraph(words);
            words = rest;
        }
        let (first, rest) = self.begin();
        self.text.push_str(&first);
        wrap::wrap(&mut self.text, &words, &rest);
    }

    pub(super) fn heading(&mut self, level: usize, words: &[Word]) {
        let (first, _) = self.begin();
        self.text.push_str(&first);
        self.text.push_str(&"#".repeat(level.clamp(1, 6)));
        for word in words {
            self.text.push(' ');
            self.text.push_str(&wrap::guarded(&word.text));
        }
    }

    /// Text with its line ends, in a fence that says that it is text: one that does not say so is Rust to rustdoc.
    pub(super) fn preformatted(&mut self, text: &str) {
        let lines = text.trim_matches(['\n', '\r']).trim_end().split(['\n', '\u{2028}', '\u{2029}']);
        let lines: Vec<String> = lines
            .map(|line| line.replace('\t', "    ").replace(is_hidden, "").trim_end().to_owned())
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

    /// Begins a block, on a line of its own and after a blank one where it takes one to tell it from what is before.
    /// Gives what its first line and what its other lines begin with.
    fn begin(&mut self) -> (String, String) {
        if !self.text.is_empty() {
            self.text.push('\n');
            if self.is_separate() {
                let blank = self.blank();
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
                    let marker = marker(list.take());
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

    /// Whether a blank line has to be before the next block: not before another item of a list, nor before a list that
    /// begins in an item.
    fn is_separate(&self) -> bool {
        let new = |container: &Container| matches!(container, Container::Item { indent: None });
        let Some(at) = self.open.iter().position(new) else { return true };
        let before = self.open.get(..at).unwrap_or_default();
        match before.split_last() {
            Some((Container::List { items: 1.., .. }, _)) => false,
            Some((_, outside)) => !matches!(outside.last(), Some(Container::Item { .. })),
            None => true,
        }
    }

    /// What a blank line begins with: the marks of all that is open before and after it.
    fn blank(&self) -> String {
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

/// The marker of the next item of a list, which is counted.
fn marker(list: Option<(Numbered, &mut usize)>) -> String {
    let Some((numbered, items)) = list else { return "- ".to_owned() };
    *items += 1;
    match numbered {
        Numbered::Yes => format!("{items}. "),
        Numbered::No => "- ".to_owned(),
    }
}

impl Container {
    fn is_list(&self) -> bool {
        matches!(self, Self::List { .. })
    }

    fn is_quote(&self) -> bool {
        matches!(self, Self::Quote { .. })
    }
}
