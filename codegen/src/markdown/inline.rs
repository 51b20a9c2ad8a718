//! From the spans of a paragraph to words of Markdown.

use super::{
    link,
    paragraph::{Paragraph, Span, Style},
    word::{Gap, Word, Words},
};

/// The words of a paragraph.
pub(super) fn words(paragraph: &Paragraph) -> Vec<Word> {
    let mut words = Words::default();
    let mut rest = paragraph.spans.as_slice();
    for spans in rest.chunk_by(|one, next| one.style.link == next.style.link) {
        rest = rest.get(spans.len()..).unwrap_or_default();
        let link = spans.first().and_then(|span| span.style.link);
        match link.map(|link| paragraph.links.get(link).and_then(Option::as_deref)) {
            None => emphasized(&mut words, spans, first_letter(rest), Bare::Linked),
            Some(Some(address)) => linked(&mut words, spans, first_letter(rest), address),
            Some(None) => named(&mut words, spans, first_letter(rest)),
        }
    }
    words.finish()
}

/// Whether addresses in the text become links: not in the text of a link.
#[derive(Clone, Copy, PartialEq)]
enum Bare {
    Linked,
    Text,
}

/// A link, which is a single word.
fn linked(words: &mut Words, spans: &[Span], next: Option<char>, address: &str) {
    let mut inside = Words::after('[');
    emphasized(&mut inside, spans, Some(']'), Bare::Text);
    let text = inside.finish().iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ");
    // At the start of a paragraph that would define a link, even where the bracket is in code.
    if text.contains("]:") {
        return emphasized(words, spans, next, Bare::Linked);
    }
    words.gap(leading(spans));
    if !text.is_empty() {
        words.link(&format!("[{text}]({address})"));
    }
    words.gap(trailing(spans));
}

/// What has been marked as a link without an address: a single word is the name of an operation or a type, so code.
fn named(words: &mut Words, spans: &[Span], next: Option<char>) {
    let text: String = spans.iter().map(|span| span.text.as_str()).collect();
    let name = text.trim().trim_end_matches([',', '.', ':']);
    if name.is_empty() || name.contains(char::is_whitespace) {
        return emphasized(words, spans, next, Bare::Linked);
    }
    let style = Style { code: true, ..spans.first().map(|span| span.style).unwrap_or_default() };
    let punctuation = text.trim().get(name.len()..).unwrap_or("").to_owned();
    words.gap(leading(spans));
    let code = [Span { text: name.to_owned(), style }];
    emphasized(words, &code, punctuation.chars().next().or(next), Bare::Text);
    words.text(&punctuation);
    words.gap(trailing(spans));
}

/// Spans that belong to the same link or none. `next` is the letter after them.
fn emphasized(words: &mut Words, spans: &[Span], next: Option<char>, bare: Bare) {
    let mut rest = spans;
    for group in spans.chunk_by(|one, next| delimiter(one.style) == delimiter(next.style)) {
        rest = rest.get(group.len()..).unwrap_or_default();
        let after = first_letter(rest).or(next);
        let delimiter = group.first().map_or("", |span| delimiter(span.style));
        words.gap(leading(group));
        let open = !delimiter.is_empty() && words.may_emphasize(ends(group), after_trimmed(group, after));
        if open {
            words.open(delimiter);
        }
        plain(words, group, after, bare);
        if open {
            words.close(delimiter);
        }
    }
}

/// Bold wins over italic: together they would be hard to tell apart from their neighbours.
fn delimiter(style: Style) -> &'static str {
    match style {
        Style { strong: true, .. } => "**",
        Style { emphasis: true, .. } => "*",
        _ => "",
    }
}

/// Text and code, the emphasis of which is seen to.
fn plain(words: &mut Words, spans: &[Span], next: Option<char>, bare: Bare) {
    let mut rest = spans;
    while let Some((span, after)) = rest.split_first() {
        rest = after;
        if span.style.code {
            words.gap(gap(span.text.chars().next()));
            for (number, line) in span.text.trim().lines().enumerate() {
                words.gap(if number > 0 { Gap::Break } else { Gap::None });
                words.code(line.trim());
            }
            words.gap(gap(span.text.chars().next_back()));
        } else {
            text(words, &span.text, first_letter(rest).or(next), bare);
        }
    }
}

fn text(words: &mut Words, text: &str, next: Option<char>, bare: Bare) {
    let mut parts = text.split_inclusive([' ', '\n']).peekable();
    while let Some(part) = parts.next() {
        let word = part.trim_end();
        let ends = word.len() < part.len() || next.is_none_or(char::is_whitespace);
        match bare {
            Bare::Linked if word.contains("://") => {
                with_addresses(words, word, ends || parts.peek().is_some());
            }
            _ => words.text(word),
        }
        words.gap(gap(part.chars().next_back()));
    }
}

/// A word with addresses in it: each becomes a link, or code where it is no complete address but, say, a pattern.
fn with_addresses(words: &mut Words, word: &str, ends: bool) {
    let mut rest = word;
    while let Some((before, address, after)) = link::find(rest) {
        words.text(before);
        let complete = ends || !after.chars().all(link::is_after);
        if address.ends_with("://") {
            words.text(address);
        } else if complete && link::is_plain(address) {
            words.link(&format!("<{address}>"));
        } else {
            words.code(address);
        }
        rest = after;
    }
    words.text(rest);
}

fn gap(letter: Option<char>) -> Gap {
    match letter {
        Some(' ') => Gap::Space,
        Some('\n') => Gap::Break,
        _ => Gap::None,
    }
}

fn leading(spans: &[Span]) -> Gap {
    gap(spans.first().and_then(|span| span.text.chars().next()))
}

fn trailing(spans: &[Span]) -> Gap {
    gap(spans.last().and_then(|span| span.text.chars().next_back()))
}

/// The letter that spans begin with in Markdown.
fn first_letter(spans: &[Span]) -> Option<char> {
    let span = spans.first()?;
    let first = span.text.chars().next()?;
    // Of what is not yet known take the hardest case: a letter.
    Some(match span.style {
        _ if first.is_whitespace() => first,
        Style { link: Some(_), .. } => 'x',
        Style { code: true, .. } => '`',
        _ => first,
    })
}

/// The first and last letters of spans in Markdown, white space aside.
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

/// The letter after spans once the white space at their end is outside.
fn after_trimmed(spans: &[Span], next: Option<char>) -> Option<char> {
    if trailing(spans) == Gap::None { next } else { Some(' ') }
}
