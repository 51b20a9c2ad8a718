//! Makes text of a model safe in source files and Markdown.

/// Removes control characters, line ends among them, and invisible ones such as those that change the direction of text.
pub(crate) fn strip_control_chars(text: &str) -> String {
    text.chars().filter(|letter| !is_invisible(*letter)).collect()
}

/// The text on one line, with single spaces.
pub(crate) fn to_one_line(text: &str) -> String {
    strip_control_chars(&text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// One line of Markdown that shows the text literally.
pub(crate) fn escape(text: &str) -> String {
    let mut markdown = String::new();
    for letter in to_one_line(text).chars() {
        if matches!(letter, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '$') {
            markdown.push('\\');
        }
        markdown.push(letter);
    }
    markdown
}

/// `text` as a code span, with as many backticks around it as it needs.
pub(crate) fn code_span(text: &str) -> String {
    let longest = text.split(|letter| letter != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let text: String = text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    if longest == 0 && !text.trim().is_empty() {
        format!("`{text}`")
    } else {
        format!("{fence} {text} {fence}")
    }
}

/// A path for a comment in any language: other characters become `?`.
pub(crate) fn path_in_comment(path: &str) -> String {
    let is_plain =
        |letter: char| letter.is_alphanumeric() || matches!(letter, '/' | '\\' | ':' | '.' | '-' | '_' | ' ');
    path.chars().map(|letter| if is_plain(letter) { letter } else { '?' }).collect()
}

/// Whether a character must not be in a comment, or is not seen: control characters, the marks, embeddings and isolates that change
/// the direction of text, and characters without width.
pub(super) fn is_invisible(letter: char) -> bool {
    letter.is_control()
        || matches!(letter,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escaped_text_has_no_effect() {
        assert_eq!(strip_control_chars("a\u{202e}b\r\n\u{0}c"), "abc");
        assert_eq!(escape("a\n\n```\npanic!()\n```"), "a \\`\\`\\` panic!() \\`\\`\\`");
        assert_eq!(escape("<script>[x](y)"), "\\<script\\>\\[x\\](y)");
        assert_eq!(path_in_comment("models/x-->\nfn main"), "models/x--??fn main");
    }
}
