//! Lines of words.

use super::word::{Gap, Word};
use std::borrow::Cow;

/// How many columns a line should not exceed.
const WIDTH: usize = 112;
/// How many columns a line may have however deep it is.
const NARROWEST: usize = 40;
/// What ends in a period without ending a sentence.
const ABBREVIATIONS: &[&str] =
    &["e.g.", "(e.g.", "i.e.", "(i.e.", "etc.", "vs.", "No.", "Inc.", "approx.", "incl."];

/// Writes words, each line but the first after a `prefix`.
pub(super) fn wrap(text: &mut String, words: &[Word], prefix: &str) {
    let width = WIDTH.saturating_sub(prefix.chars().count()).max(NARROWEST);
    let mut column = 0;
    for (number, word) in words.iter().enumerate() {
        let length = word.text.chars().count();
        if number > 0 && word.gap != Gap::Break && column + 1 + length <= width {
            text.push(' ');
            text.push_str(&word.text);
            column += 1 + length;
            continue;
        }
        if number > 0 {
            text.push_str(if word.gap == Gap::Break { "\\\n" } else { "\n" });
            text.push_str(prefix);
        }
        text.push_str(&guarded(&word.text));
        column = length;
    }
}

/// How many words make up the first sentence, if they are to stand alone: only where there is more than one line.
pub(super) fn summary(words: &[Word]) -> Option<usize> {
    let length: usize = words.iter().map(|word| word.text.chars().count() + 1).sum();
    if length <= WIDTH {
        return None;
    }
    let mut open = 0_usize;
    let mut pairs = words.iter().zip(words.iter().skip(1));
    let end = pairs.position(|(word, next)| {
        open = (open + word.text.matches('(').count()).saturating_sub(word.text.matches(')').count());
        open == 0 && ends_sentence(&word.text) && begins_sentence(next)
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

/// A word as it may stand at the start of a line, where some would begin a list, a heading, a quote or a table.
pub(super) fn guarded(word: &str) -> Cow<'_, str> {
    let all = |letter: char| word.chars().all(|other| other == letter);
    let digits = word.trim_end_matches(['.', ')']);
    let is_number = word.len() == digits.len() + 1 && digits.bytes().all(|byte| byte.is_ascii_digit());
    if is_number && !digits.is_empty() {
        let mark = word.get(digits.len()..).unwrap_or("");
        return Cow::Owned(format!("{digits}\\{mark}"));
    }
    let acts =
        word.starts_with('>') || word.starts_with(":-") || matches!(word, "-" | "+") || all('=') || all('#');
    if acts && !word.is_empty() { Cow::Owned(format!("\\{word}")) } else { Cow::Borrowed(word) }
}
