//! Words of Markdown: what no line may be broken in.

use super::code;

/// A word: text, code, a link, or several of them without a space in between.
#[derive(Debug)]
pub(super) struct Word {
    /// Markdown.
    pub(super) text: String,
    /// What is before it.
    pub(super) gap: Gap,
    /// Whether emphasis that began before goes on here.
    pub(super) emphasized: bool,
}

/// What is between two words.
#[derive(Clone, Copy, Debug, Default, Eq, Ord, PartialEq, PartialOrd)]
pub(super) enum Gap {
    /// They are one.
    #[default]
    None,
    /// A space, or a line end where it suits.
    Space,
    /// A line end.
    Break,
}

/// Words in the making.
#[derive(Default)]
pub(super) struct Words {
    done: Vec<Word>,
    gap: Gap,
    /// What came last.
    last: Last,
    /// What is before the first word, if not the start of a line.
    before: Option<char>,
    emphasized: bool,
}

#[derive(Default)]
enum Last {
    #[default]
    Text,
    /// Code, and where in the word it starts.
    Code(String, usize),
    Opened,
    Closed,
}

impl Words {
    /// Words that follow a character.
    pub(super) fn after(before: char) -> Self {
        Self { before: Some(before), ..Self::default() }
    }

    pub(super) fn finish(self) -> Vec<Word> {
        self.done
    }

    /// Separates what comes from what was. Nothing is separated from the mark that opens emphasis.
    pub(super) fn gap(&mut self, gap: Gap) {
        if !matches!(self.last, Last::Opened) && !self.done.is_empty() {
            self.gap = self.gap.max(gap);
        }
    }

    /// Adds text without white space, so that no character of it acts as Markdown.
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
        self.last = Last::Text;
    }

    /// Adds code. It becomes one with code just before it, for their backticks would.
    pub(super) fn code(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        let last = std::mem::take(&mut self.last);
        let text = match (last, self.done.last_mut()) {
            (Last::Code(before, start), Some(word)) if self.gap == Gap::None => {
                word.text.truncate(start);
                before + text
            }
            _ => text.to_owned(),
        };
        let start = self.current();
        self.push(&code(&text));
        self.last = Last::Code(text, start);
    }

    /// Adds a whole link.
    pub(super) fn link(&mut self, link: &str) {
        // `![…](…)` would be an image.
        if let Some(word) = self.done.last_mut().filter(|_| self.gap == Gap::None)
            && word.text.ends_with('!')
        {
            word.text.pop();
            word.text.push_str("\\!");
        }
        self.push(link);
        self.last = Last::Text;
    }

    /// Whether a text with these `ends` would be emphasised here, with `after` following: as CommonMark has it in "left-
    /// and right-flanking delimiter runs", with characters that are neither letters nor known as punctuation taken for the
    /// worse.
    pub(super) fn may_emphasize(&self, ends: Option<(char, char)>, after: Option<char>) -> bool {
        let Some((first, last)) = ends else { return false };
        let adjoins = self.gap == Gap::None && !self.done.is_empty();
        if adjoins && matches!(self.last, Last::Closed | Last::Opened) {
            return false;
        }
        let before =
            if adjoins { self.done.last().and_then(|word| word.text.chars().next_back()) } else { None };
        let before = if self.done.is_empty() { self.before } else { before };
        (first.is_alphanumeric() || before.is_none_or(separates))
            && (last.is_alphanumeric() || after.is_none_or(separates))
    }

    pub(super) fn open(&mut self, delimiter: &str) {
        self.push(delimiter);
        self.last = Last::Opened;
        self.emphasized = true;
    }

    /// Closes emphasis; a gap at the end of the text is moved behind.
    pub(super) fn close(&mut self, delimiter: &str) {
        let gap = std::mem::take(&mut self.gap);
        self.push(delimiter);
        self.gap = gap;
        self.last = Last::Closed;
        self.emphasized = false;
    }

    fn push(&mut self, markdown: &str) {
        let gap = std::mem::take(&mut self.gap);
        match self.done.last_mut().filter(|_| gap == Gap::None) {
            Some(word) => word.text.push_str(markdown),
            None => self.done.push(Word { text: markdown.to_owned(), gap, emphasized: self.emphasized }),
        }
    }

    /// How long the word is that the next piece becomes part of.
    fn current(&self) -> usize {
        self.done.last().filter(|_| self.gap == Gap::None).map_or(0, |word| word.text.len())
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

/// Whether a character is white space or punctuation: that of ASCII and what is common besides, dashes and quotes.
fn separates(letter: char) -> bool {
    letter.is_whitespace() || letter.is_ascii_punctuation() || matches!(letter, '\u{2010}'..='\u{2027}')
}
