//! The text of one paragraph in the making.

/// Text of one style.
#[derive(Debug, PartialEq)]
pub(super) struct Span {
    /// The text: single spaces, and a line end where there is to be one.
    pub(super) text: String,
    /// How it looks.
    pub(super) style: Style,
}

/// How text looks.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Style {
    /// Bold.
    pub(super) strong: bool,
    /// Italic.
    pub(super) emphasis: bool,
    /// Code.
    pub(super) code: bool,
    /// The number of the link that it belongs to.
    pub(super) link: Option<usize>,
}

/// Spans, and where the links among them lead.
#[derive(Default)]
pub(super) struct Paragraph {
    /// The text.
    pub(super) spans: Vec<Span>,
    /// The addresses of the links; none where the model's author gave none.
    pub(super) links: Vec<Option<String>>,
}

impl Paragraph {
    /// Whether there is no text.
    pub(super) fn is_empty(&self) -> bool {
        self.spans.is_empty()
    }

    /// Adds text, with each run of white space as one space, and without what must not stand in a comment.
    ///
    /// Where elements are in one another the prose has spaces that nobody means: `<code> <i>x</i> </code>.` So white space
    /// at the end of an element is dropped before punctuation, and at its start after an opening parenthesis.
    pub(super) fn push(&mut self, text: &str, style: Style) {
        for letter in text.chars() {
            if letter.is_whitespace() {
                if !self.ends_in_space() && (self.last() != Some('(') || !self.is_new(style)) {
                    self.push_letter(' ', style);
                }
            } else if !is_hidden(letter) {
                if matches!(letter, '.' | ',' | ':' | ';' | ')' | '}') && self.is_new(style) {
                    self.trim_end();
                }
                self.push_letter(letter, style);
            }
        }
    }

    /// Ends the line.
    pub(super) fn push_break(&mut self, style: Style) {
        self.trim_end();
        if !self.is_empty() {
            self.push_letter('\n', style);
        }
    }

    /// Takes the white space away at the end.
    pub(super) fn trim_end(&mut self) {
        while let Some(last) = self.spans.last_mut() {
            last.text.truncate(last.text.trim_end().len());
            if !last.text.is_empty() {
                break;
            }
            self.spans.pop();
        }
    }

    /// The last letter.
    pub(super) fn last(&self) -> Option<char> {
        self.spans.last().and_then(|span| span.text.chars().next_back())
    }

    /// Whether an element began or ended since the last letter.
    fn is_new(&self, style: Style) -> bool {
        self.spans.last().is_some_and(|last| last.style != style)
    }

    fn ends_in_space(&self) -> bool {
        self.last().is_none_or(char::is_whitespace)
    }

    fn push_letter(&mut self, letter: char, style: Style) {
        match self.spans.last_mut() {
            Some(last) if last.style == style => last.text.push(letter),
            _ => self.spans.push(Span { text: letter.into(), style }),
        }
    }
}

/// Whether a character is one that a comment must not hold, or that nobody sees: controls, the marks, embeddings and
/// isolates that turn the direction of reading around, and what has no width.
pub(super) fn is_hidden(letter: char) -> bool {
    letter.is_control()
        || matches!(letter,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}
