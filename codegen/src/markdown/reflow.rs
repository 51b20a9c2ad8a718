//! Long lines of Markdown, broken where it means nothing.

use super::text;

/// How wide a line of documentation may be.
const WIDTH: usize = 112;

/// The lines of a comment with this Markdown: without control characters, and of a readable width.
pub(crate) fn lines(markdown: &str) -> Vec<String> {
    let mut lines: Vec<String> = markdown.lines().map(|line| text::legible(line.trim_end())).collect();
    while lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    wrap(lines)
}

/// Breaks each line that is too long at spaces outside of code and links; what is fenced stays as it is.
fn wrap(lines: Vec<String>) -> Vec<String> {
    let mut wrapped = Vec::with_capacity(lines.len());
    let mut fenced = false;
    for line in lines {
        let fence = line.trim_start().starts_with("```");
        fenced ^= fence;
        if fenced || fence || line.chars().count() <= WIDTH || line.starts_with('|') {
            wrapped.push(line);
        } else {
            wrap_line(&line, &mut wrapped);
        }
    }
    wrapped
}

fn wrap_line(line: &str, wrapped: &mut Vec<String>) {
    let indent = continuation(line);
    let mut current = String::new();
    for word in words(line) {
        let breaks = current.chars().count() + word.chars().count() >= WIDTH && !current.trim().is_empty();
        if breaks && !begins_block(word) {
            wrapped.push(std::mem::replace(&mut current, indent.clone()));
        } else if !current.is_empty() {
            current.push(' ');
        }
        current.push_str(word);
    }
    wrapped.push(current);
}

/// What the lines that go on with this one begin with: as much space as a list's mark takes, or a quotation's mark.
fn continuation(line: &str) -> String {
    let text = line.trim_start();
    let indent = line.len() - text.len();
    let digits = text.chars().take_while(char::is_ascii_digit).count();
    let mark = match text {
        _ if text.starts_with("> ") => return format!("{}> ", " ".repeat(indent)),
        _ if text.starts_with("- ") || text.starts_with("* ") => 2,
        _ if digits > 0 && text[digits..].starts_with(". ") => digits + 2,
        _ => 0,
    };
    " ".repeat(indent + mark)
}

/// A word that would be a mark if it stood at the start of a line.
fn begins_block(word: &str) -> bool {
    let digits = word.chars().take_while(char::is_ascii_digit).count();
    matches!(word, "-" | "*" | "+" | ">" | "=")
        || word.starts_with('#')
        || word.starts_with("```")
        || digits > 0 && matches!(&word[digits..], "." | ")")
}

/// The parts between which a line may be broken: at spaces that are neither in code nor in a link.
fn words(line: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let (mut start, mut code, mut brackets) = (0, false, 0_usize);
    let indent = line.len() - line.trim_start().len();
    for (index, letter) in line.char_indices() {
        match letter {
            '`' => code = !code,
            '[' if !code => brackets += 1,
            ']' if !code => brackets = brackets.saturating_sub(1),
            ' ' if !code && brackets == 0 && index >= indent => {
                words.push(&line[start..index]);
                start = index + 1;
            }
            _ => {}
        }
    }
    words.push(&line[start..]);
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn breaks_where_it_means_nothing() {
        let word = "word ".repeat(21);
        let lines = wrap(vec![
            format!("- {word}`code with spaces` and [a link with spaces](x) and more"),
            "```text".into(),
            word.repeat(3),
            "```".into(),
        ]);
        assert_eq!(lines[0], format!("- {}", word.trim_end()));
        assert_eq!(lines[1], "  `code with spaces` and [a link with spaces](x) and more");
        assert_eq!(lines[3], word.repeat(3));
        assert_eq!(wrap(vec!["> ".to_owned() + &word + "longer than that"])[1], "> longer than that");
    }
}
