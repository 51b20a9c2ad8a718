//! Collects the text of a paragraph by style, and converts it to words of Markdown.

use super::{
    escape::is_invisible,
    link,
    words::{Separator, Word, WordBuilder},
};

/// Text of one style.
#[derive(Debug, PartialEq)]
pub(super) struct Span {
    /// The text, with single spaces, and a newline for a line break.
    pub(super) text: String,
    /// Its style.
    pub(super) style: Style,
}

/// The style of text.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Style {
    pub(super) strong: bool,
    pub(super) emphasis: bool,
    pub(super) code: bool,
    /// The index of the link that it belongs to.
    pub(super) link: Option<usize>,
}

/// The spans of a paragraph, and the addresses of its links.
#[derive(Default)]
pub(super) struct Paragraph {
    pub(super) spans: Vec<Span>,
    /// The addresses of the links; `None` if a link has no usable one.
    pub(super) links: Vec<Option<String>>,
}

impl Paragraph {
    pub(super) fn is_empty(&self) -> bool {
        self.spans.is_empty()
    }

    /// Adds text, with each run of white space as one space, and without invisible characters.
    ///
    /// Nested elements often have unintended spaces: `<code> <i>x</i> </code>.` So white space is dropped at the end of an element
    /// before punctuation, and at its start after an opening parenthesis.
    pub(super) fn push(&mut self, text: &str, style: Style) {
        for letter in text.chars() {
            if letter.is_whitespace() {
                if !self.ends_in_space() && (self.last() != Some('(') || !self.is_new(style)) {
                    self.push_letter(' ', style);
                }
            } else if !is_invisible(letter) {
                if matches!(letter, '.' | ',' | ':' | ';' | ')' | '}') && self.is_new(style) {
                    self.trim_end();
                }
                self.push_letter(letter, style);
            }
        }
    }

    /// Adds a line break.
    pub(super) fn push_break(&mut self, style: Style) {
        self.trim_end();
        if !self.is_empty() {
            self.push_letter('\n', style);
        }
    }

    /// Removes white space from the end.
    pub(super) fn trim_end(&mut self) {
        while let Some(last) = self.spans.last_mut() {
            last.text.truncate(last.text.trim_end().len());
            if !last.text.is_empty() {
                break;
            }
            self.spans.pop();
        }
    }

    pub(super) fn last(&self) -> Option<char> {
        self.spans.last().and_then(|span| span.text.chars().next_back())
    }

    /// Whether an element began or ended after the last character.
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

/// Converts a paragraph to words of Markdown.
pub(super) fn words(paragraph: &Paragraph) -> Vec<Word> {
    let mut words = WordBuilder::default();
    let mut rest = paragraph.spans.as_slice();
    for spans in rest.chunk_by(|one, next| one.style.link == next.style.link) {
        rest = rest.get(spans.len()..).unwrap_or_default();
        let link = spans.first().and_then(|span| span.style.link);
        match link.map(|link| paragraph.links.get(link).and_then(Option::as_deref)) {
            None => emphasized(&mut words, spans, first_letter(rest), Autolink::Yes),
            Some(Some(address)) => linked(&mut words, spans, first_letter(rest), address),
            Some(None) => unlinked(&mut words, spans, first_letter(rest)),
        }
    }
    words.finish()
}

/// Whether addresses in text become links. They do not in the text of a link.
#[derive(Clone, Copy, PartialEq)]
enum Autolink {
    Yes,
    No,
}

/// Adds a link, which is a single word.
fn linked(words: &mut WordBuilder, spans: &[Span], next: Option<char>, address: &str) {
    let mut inside = WordBuilder::after('[');
    emphasized(&mut inside, spans, Some(']'), Autolink::No);
    let text = inside.finish().iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ");
    // At the start of a paragraph this would define a link, even if the bracket is in code.
    if text.contains("]:") {
        return emphasized(words, spans, next, Autolink::Yes);
    }
    words.separator(leading(spans));
    if !text.is_empty() {
        words.link(&format!("[{text}]({address})"));
    }
    words.separator(trailing(spans));
}

/// Adds the text of a link without an address. A single word is the name of an operation or type, and becomes code.
fn unlinked(words: &mut WordBuilder, spans: &[Span], next: Option<char>) {
    let text: String = spans.iter().map(|span| span.text.as_str()).collect();
    let name = text.trim().trim_end_matches([',', '.', ':']);
    if name.is_empty() || name.contains(char::is_whitespace) {
        return emphasized(words, spans, next, Autolink::Yes);
    }
    let style = Style { code: true, ..spans.first().map(|span| span.style).unwrap_or_default() };
    let punctuation = text.trim().get(name.len()..).unwrap_or("").to_owned();
    words.separator(leading(spans));
    let code = [Span { text: name.to_owned(), style }];
    emphasized(words, &code, punctuation.chars().next().or(next), Autolink::No);
    words.text(&punctuation);
    words.separator(trailing(spans));
}

/// Adds spans of the same link or of none. `next` is the character after them.
fn emphasized(words: &mut WordBuilder, spans: &[Span], next: Option<char>, autolink: Autolink) {
    let mut rest = spans;
    for group in spans.chunk_by(|one, next| delimiter(one.style) == delimiter(next.style)) {
        rest = rest.get(group.len()..).unwrap_or_default();
        let after = first_letter(rest).or(next);
        let delimiter = group.first().map_or("", |span| delimiter(span.style));
        words.separator(leading(group));
        let open = !delimiter.is_empty() && words.can_emphasize(ends(group), after_trimmed(group, after));
        if open {
            words.open(delimiter);
        }
        plain(words, group, after, autolink);
        if open {
            words.close(delimiter);
        }
    }
}

/// The Markdown delimiter of a style. Bold wins over italic, because both together would be ambiguous next to others.
fn delimiter(style: Style) -> &'static str {
    match style {
        Style { strong: true, .. } => "**",
        Style { emphasis: true, .. } => "*",
        _ => "",
    }
}

/// Adds text and code, without emphasis.
fn plain(words: &mut WordBuilder, spans: &[Span], next: Option<char>, autolink: Autolink) {
    let mut rest = spans;
    while let Some((span, after)) = rest.split_first() {
        rest = after;
        if span.style.code {
            words.separator(separator(span.text.chars().next()));
            for (number, line) in span.text.trim().lines().enumerate() {
                words.separator(if number > 0 { Separator::Break } else { Separator::None });
                words.code(line.trim());
            }
            words.separator(separator(span.text.chars().next_back()));
        } else {
            text(words, &span.text, first_letter(rest).or(next), autolink);
        }
    }
}

fn text(words: &mut WordBuilder, text: &str, next: Option<char>, autolink: Autolink) {
    let mut parts = text.split_inclusive([' ', '\n']).peekable();
    while let Some(part) = parts.next() {
        let word = part.trim_end();
        let ends = word.len() < part.len() || next.is_none_or(char::is_whitespace);
        match autolink {
            Autolink::Yes if word.contains("://") => {
                with_addresses(words, word, ends || parts.peek().is_some());
            }
            _ => words.text(word),
        }
        words.separator(separator(part.chars().next_back()));
    }
}

/// Adds a word with addresses in it: each becomes a link, or code if it is not a complete address but, say, a pattern.
fn with_addresses(words: &mut WordBuilder, word: &str, ends: bool) {
    let mut rest = word;
    while let Some((before, address, after)) = link::find(rest) {
        words.text(before);
        let complete = ends || !after.chars().all(link::is_trailing_punctuation);
        if address.ends_with("://") {
            words.text(address);
        } else if complete && link::is_autolink(address) {
            words.link(&format!("<{address}>"));
        } else {
            words.code(address);
        }
        rest = after;
    }
    words.text(rest);
}

fn separator(letter: Option<char>) -> Separator {
    match letter {
        Some(' ') => Separator::Space,
        Some('\n') => Separator::Break,
        _ => Separator::None,
    }
}

fn leading(spans: &[Span]) -> Separator {
    separator(spans.first().and_then(|span| span.text.chars().next()))
}

fn trailing(spans: &[Span]) -> Separator {
    separator(spans.last().and_then(|span| span.text.chars().next_back()))
}

/// The first character of spans in Markdown.
fn first_letter(spans: &[Span]) -> Option<char> {
    let span = spans.first()?;
    let first = span.text.chars().next()?;
    // If it is not yet known, assume the worst case, a letter.
    Some(match span.style {
        _ if first.is_whitespace() => first,
        Style { link: Some(_), .. } => 'x',
        Style { code: true, .. } => '`',
        _ => first,
    })
}

/// The first and last characters of spans in Markdown, white space aside.
fn ends(spans: &[Span]) -> Option<(char, char)> {
    let mut filled = spans.iter().filter(|span| !span.text.trim().is_empty());
    let first = filled.next()?;
    let last = filled.next_back().unwrap_or(first);
    let first = (first, first.text.split_whitespace().next()?);
    let last = (last, last.text.split_whitespace().next_back()?);
    let letter = |(span, word): (&Span, &str), letter: Option<char>| match span.style.code {
        true => Some('`'),
        false if word.contains("://") => Some('<'),
        false => letter,
    };
    Some((letter(first, first.1.chars().next())?, letter(last, last.1.chars().next_back())?))
}

/// The character after spans once the white space at their end has moved out of them.
fn after_trimmed(spans: &[Span], next: Option<char>) -> Option<char> {
    if trailing(spans) == Separator::None { next } else { Some(' ') }
}
