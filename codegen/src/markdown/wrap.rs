//! Breaks long lines of Markdown where that does not change their meaning.

/// The largest number of columns of a line of documentation.
pub(super) const WIDTH: usize = 112;

/// Breaks lines that are too long at spaces outside of code spans and links. Fenced code, headings and tables stay as they are, and so
/// does a word that is longer than a line.
pub(super) fn wrap<'l>(lines: impl IntoIterator<Item = &'l str>) -> Vec<String> {
    let mut wrapped = Vec::new();
    let mut open_fence: Option<&str> = None;
    for line in lines {
        let (prefix, text) = line.split_at(prefix_length(line));
        let fence = fence(text);
        let is_code = open_fence.is_some() || fence.is_some();
        match open_fence {
            None => open_fence = fence,
            Some(open) if closes(line, open) => open_fence = None,
            Some(_) => {}
        }
        if is_code || line.chars().count() <= WIDTH || text.starts_with(['|', '#']) {
            wrapped.push(line.to_owned());
        } else {
            wrap_line(prefix, text, &mut wrapped);
        }
    }
    wrapped
}

fn wrap_line(prefix: &str, text: &str, wrapped: &mut Vec<String>) {
    let indent: String = prefix.chars().map(|letter| if letter == '>' { '>' } else { ' ' }).collect();
    let mut line = prefix.to_owned();
    let mut columns = prefix.chars().count();
    let mut is_empty = true;
    for word in words(text) {
        let length = word.chars().count();
        if !is_empty && columns + 1 + length > WIDTH && !starts_block(word) {
            wrapped.push(std::mem::replace(&mut line, indent.clone()));
            columns = indent.chars().count();
        } else if !is_empty {
            line.push(' ');
            columns += 1;
        }
        line.push_str(word);
        columns += length;
        is_empty = false;
    }
    wrapped.push(line);
}

/// The length of the indentation and the markers of lists and quotes that a line begins with.
fn prefix_length(line: &str) -> usize {
    let mut length = 0;
    loop {
        let rest = &line[length..];
        let text = rest.trim_start_matches(' ');
        let Some((marker, _)) = text.split_once(' ') else { return line.len() - text.len() };
        let digits = marker.strip_suffix('.').unwrap_or("");
        let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        if !(matches!(marker, "-" | "*" | ">") || is_number) {
            return line.len() - text.len();
        }
        length = line.len() - text.len() + marker.len() + 1;
    }
}

/// The backticks or tildes that begin a block of code.
fn fence(text: &str) -> Option<&str> {
    let letter = text.chars().next().filter(|letter| matches!(letter, '`' | '~'))?;
    let info = text.trim_start_matches(letter);
    let fence = &text[..text.len() - info.len()];
    (fence.len() >= 3 && !info.contains('`')).then_some(fence)
}

/// Whether a line closes a block of code: it has only the letters of its fence, and at least as many.
fn closes(line: &str, fence: &str) -> bool {
    let text = line.trim_start_matches([' ', '>']).trim_end();
    let letter = fence.chars().next().unwrap_or('`');
    text.len() >= fence.len() && text.trim_start_matches(letter).is_empty()
}

/// Whether a word would begin a list, heading, quote, table or block of code at the start of a line.
pub(super) fn starts_block(word: &str) -> bool {
    let all = |letter: char| !word.is_empty() && word.chars().all(|other| other == letter);
    let digits = word.trim_end_matches(['.', ')']);
    let is_number = word.len() == digits.len() + 1
        && !digits.is_empty()
        && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_number
        || matches!(word, "-" | "+" | "*")
        || word.starts_with('>')
        || word.starts_with(":-")
        || all('=')
        || all('#')
        || fence(word).is_some()
}

/// The parts between which a line may be broken: at spaces that are in neither a code span nor the text of a link.
fn words(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let (mut start, mut index, mut brackets) = (0, 0, 0_usize);
    while let Some(letter) = text[index..].chars().next() {
        let rest = &text[index..];
        match letter {
            '`' => {
                index += code_span_length(rest);
                continue;
            }
            '\\' => index += rest.chars().nth(1).map_or(0, char::len_utf8),
            '[' => brackets += 1,
            ']' => brackets = brackets.saturating_sub(1),
            ' ' if brackets == 0 => {
                words.push(&text[start..index]);
                start = index + 1;
            }
            _ => {}
        }
        index += letter.len_utf8();
    }
    words.push(&text[start..]);
    words
}

/// The length of the code span that `text` begins with, or of its backticks if nothing closes them.
fn code_span_length(text: &str) -> usize {
    let ticks = |text: &str| text.len() - text.trim_start_matches('`').len();
    let fence = ticks(text);
    let mut end = fence;
    while let Some(next) = text[end..].find('`') {
        let closing = ticks(&text[end + next..]);
        end += next + closing;
        if closing == fence {
            return end;
        }
    }
    fence
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_at_spaces_outside_of_code_and_links() {
        let word = "word ".repeat(21);
        let (list, code) =
            (format!("- {word}`code with spaces` and [a link with spaces](x) and more"), word.repeat(3));
        let lines = wrap([&list, "```text", &code, "```"]);
        assert_eq!(lines[0], format!("- {}", word.trim_end()));
        assert_eq!(lines[1], "  `code with spaces` and [a link with spaces](x) and more");
        assert_eq!(lines[3], code);
    }

    #[test]
    fn prefixes_continue_on_the_next_line() {
        let word = "word ".repeat(21);
        for (prefix, next) in [("> ", "> "), ("12. ", "    "), ("- > ", "  > "), ("> - ", ">   ")] {
            let line = format!("{prefix}{word}longer than that");
            assert_eq!(wrap([&*line])[1], format!("{next}longer than that"), "{prefix}");
        }
    }

    #[test]
    fn fences_close_with_as_many_backticks_as_they_opened() {
        let code = "- code ".repeat(30);
        let lines = ["> ````text", &code, "```", &code, "> ````"];
        assert_eq!(wrap(lines), lines);
        assert_eq!(wrap(["`` a ` b ``", &code]).len(), 3);
    }

    #[test]
    fn no_line_starts_with_a_block_marker() {
        let word = "word ".repeat(22);
        for marker in ["-", "1.", "2)", "#", "==", ">x", "```"] {
            let wrapped = wrap([&*format!("{word}{marker} next")]);
            assert_eq!(wrapped, [format!("{word}{marker}"), "next".to_owned()]);
        }
    }
}
