//! Text of a model on its way into source files: nothing in it may act there.

/// Without what must not stand in a comment: control characters, line ends among them, and those that change the direction of
/// reading.
pub(crate) fn legible(text: &str) -> String {
    let hidden = |letter: &char| {
        letter.is_control()
            || matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
    };
    text.chars().filter(|letter| !hidden(letter)).collect()
}

/// The text on one line.
pub(crate) fn one_line(text: &str) -> String {
    legible(&text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// One line of Markdown that shows the text and does nothing else.
pub(crate) fn markdown(text: &str) -> String {
    let mut markdown = String::new();
    for letter in one_line(text).chars() {
        if matches!(letter, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '$') {
            markdown.push('\\');
        }
        markdown.push(letter);
    }
    markdown
}

/// A path as part of a comment, in whatever language.
pub(crate) fn path(path: &str) -> String {
    let plain =
        |letter: char| letter.is_alphanumeric() || matches!(letter, '/' | '\\' | ':' | '.' | '-' | '_' | ' ');
    path.chars().map(|letter| if plain(letter) { letter } else { '?' }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_acts() {
        assert_eq!(legible("a\u{202e}b\r\n\u{0}c"), "abc");
        assert_eq!(markdown("a\n\n```\npanic!()\n```"), "a \\`\\`\\` panic!() \\`\\`\\`");
        assert_eq!(markdown("<script>[x](y)"), "\\<script\\>\\[x\\](y)");
        assert_eq!(path("models/x-->\nfn main"), "models/x--??fn main");
    }
}
