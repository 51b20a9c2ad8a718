//! Words of Markdown, with escaped text: the units between which a line may be broken.

use super::escape::code_span;

/// Text, a code span, a link, or several of them without a space between them.
#[derive(Debug)]
pub(super) struct Word {
    /// Markdown.
    pub(super) text: String,
    /// What is between the previous word and this one.
    pub(super) separator: Separator,
    /// Whether it is within emphasis that began before it.
    pub(super) emphasized: bool,
}

/// What is between two words.
#[derive(Clone, Copy, Debug, Default, Eq, Ord, PartialEq, PartialOrd)]
pub(super) enum Separator {
    /// Nothing: they are one word.
    #[default]
    None,
    /// A space, at which the line may be wrapped.
    Space,
    /// A line break.
    Break,
}

/// Builds words from text, code, links and emphasis.
#[derive(Default)]
pub(super) struct WordBuilder {
    done: Vec<Word>,
    separator: Separator,
    previous: PreviousToken,
    /// The character before the first word, unless that starts a line.
    before: Option<char>,
    emphasized: bool,
}

#[derive(Default)]
enum PreviousToken {
    #[default]
    Text,
    /// The text of a code span, and the offset in the word at which the span begins.
    Code(String, usize),
    Opened,
    Closed,
}

impl WordBuilder {
    /// Builds words that follow a character.
    pub(super) fn after(before: char) -> Self {
        Self { before: Some(before), ..Self::default() }
    }

    pub(super) fn finish(self) -> Vec<Word> {
        self.done
    }

    /// Separates the next word from the previous one, unless that is the delimiter that opens emphasis.
    pub(super) fn separator(&mut self, separator: Separator) {
        if !matches!(self.previous, PreviousToken::Opened) && !self.done.is_empty() {
            self.separator = self.separator.max(separator);
        }
    }

    /// Adds text without white space, escaped.
    pub(super) fn text(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        let mut escaped = String::with_capacity(text.len());
        let mut before = None;
        let mut letters = text.chars().peekable();
        while let Some(letter) = letters.next() {
            if must_escape(before, letter, letters.peek().copied()) {
                escaped.push('\\');
            }
            escaped.push(letter);
            before = Some(letter);
        }
        self.push(&escaped);
        self.previous = PreviousToken::Text;
    }

    /// Adds a code span. Directly after another, it extends that one, because their backticks would merge.
    pub(super) fn code(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        let last = std::mem::take(&mut self.previous);
        let text = match (last, self.done.last_mut()) {
            (PreviousToken::Code(before, start), Some(word)) if self.separator == Separator::None => {
                word.text.truncate(start);
                before + text
            }
            _ => text.to_owned(),
        };
        let start = self.current_length();
        self.push(&code_span(&text));
        self.previous = PreviousToken::Code(text, start);
    }

    /// Adds a link in Markdown.
    pub(super) fn link(&mut self, link: &str) {
        // `![…](…)` would be an image.
        if let Some(word) = self.done.last_mut().filter(|_| self.separator == Separator::None)
            && word.text.ends_with('!')
        {
            word.text.pop();
            word.text.push_str("\\!");
        }
        self.push(link);
        self.previous = PreviousToken::Text;
    }

    /// Whether delimiters around a text with these first and last characters would be emphasis here, with `after` following: the rule
    /// of CommonMark for left- and right-flanking delimiter runs. Characters that are neither letters nor known punctuation count as
    /// the worse case.
    pub(super) fn can_emphasize(&self, ends: Option<(char, char)>, after: Option<char>) -> bool {
        let Some((first, last)) = ends else { return false };
        let adjoins = self.separator == Separator::None && !self.done.is_empty();
        if adjoins && matches!(self.previous, PreviousToken::Closed | PreviousToken::Opened) {
            return false;
        }
        let before =
            if adjoins { self.done.last().and_then(|word| word.text.chars().next_back()) } else { None };
        let before = if self.done.is_empty() { self.before } else { before };
        (first.is_alphanumeric() || before.is_none_or(is_separator))
            && (last.is_alphanumeric() || after.is_none_or(is_separator))
    }

    pub(super) fn open(&mut self, delimiter: &str) {
        self.push(delimiter);
        self.previous = PreviousToken::Opened;
        self.emphasized = true;
    }

    /// Closes emphasis; a separator at the end of the text moves after the delimiter.
    pub(super) fn close(&mut self, delimiter: &str) {
        let separator = std::mem::take(&mut self.separator);
        self.push(delimiter);
        self.separator = separator;
        self.previous = PreviousToken::Closed;
        self.emphasized = false;
    }

    fn push(&mut self, markdown: &str) {
        let separator = std::mem::take(&mut self.separator);
        match self.done.last_mut().filter(|_| separator == Separator::None) {
            Some(word) => word.text.push_str(markdown),
            None => {
                self.done.push(Word { text: markdown.to_owned(), separator, emphasized: self.emphasized });
            }
        }
    }

    /// The length of the word that the next piece becomes a part of.
    fn current_length(&self) -> usize {
        self.done.last().filter(|_| self.separator == Separator::None).map_or(0, |word| word.text.len())
    }
}

fn must_escape(before: Option<char>, letter: char, after: Option<char>) -> bool {
    let is_letter = |letter: Option<char>| letter.is_some_and(char::is_alphanumeric);
    match letter {
        '\\' | '`' | '*' | '[' | ']' | '<' | '|' | '~' => true,
        '_' => !(is_letter(before) && is_letter(after)),
        '&' => is_letter(after) || after == Some('#'),
        // Two hyphens would become a dash, which no command line takes.
        '-' => before == Some('-'),
        _ => false,
    }
}

/// Whether a character is white space or punctuation: that of ASCII, dashes and quotes.
fn is_separator(letter: char) -> bool {
    letter.is_whitespace() || letter.is_ascii_punctuation() || matches!(letter, '\u{2010}'..='\u{2027}')
}
