//! Markdown for rustdoc: converts the HTML of service models, wraps lines, and escapes text.
//!
//! HTML is split into tokens. Its blocks become lines of Markdown, and its inline parts words of those lines. Each step reads its
//! input once, and none is recursive: however long or deeply nested the HTML is, the time is proportional to its length.
//!
//! The Markdown of a model's HTML follows four rules:
//! - Text has no effect: each character that could have one is escaped.
//! - A block of code says that it is `text`, because rustdoc compiles and runs blocks that do not.
//! - A link leads to the web, or is no link.
//! - No line contains control characters, or others that a comment must not contain.

mod blocks;
pub(crate) mod escape;
mod inline;
mod link;
mod token;
mod words;
mod wrap;
mod writer;

#[cfg(test)]
mod catalog_tests;
#[cfg(test)]
mod hostile_tests;
#[cfg(test)]
mod tests;

/// Converts the HTML of a service model to Markdown in lines.
///
/// The text up to the first blank line is a summary: of a long first paragraph, the first sentence becomes a paragraph of its own.
pub fn from_html(html: &str) -> Vec<String> {
    let mut blocks = blocks::BlockBuilder::default();
    for token in token::Tokens::new(html) {
        blocks.push(token);
    }
    wrap::wrap(blocks.finish().lines())
}

/// Splits Markdown into lines, wrapped, without characters that a comment must not contain.
pub(crate) fn lines(markdown: &str) -> Vec<String> {
    let lines: Vec<String> =
        markdown.trim_end().lines().map(|line| escape::strip_control_chars(line.trim_end())).collect();
    wrap::wrap(lines.iter().map(String::as_str))
}

/// Whether Markdown and HTML become the same documentation.
pub(crate) fn is_same(markdown: &str, html: Option<&str>) -> bool {
    html.is_some_and(|html| from_html(html) == lines(markdown))
}

/// The first paragraph of Markdown as one line, without the marker of a list, quote or heading.
pub(crate) fn summary(lines: &[String]) -> String {
    let paragraph = lines.iter().take_while(|line| !strip_markers(line).is_empty());
    let mut words: Vec<&str> = Vec::new();
    for (number, line) in paragraph.enumerate() {
        let text = strip_markers(line);
        let is_next_item = number > 0 && text.len() < line.trim_start().len() && !line.starts_with('>');
        if is_next_item || text.starts_with("```") {
            break;
        }
        words.push(text.strip_suffix('\\').filter(|rest| !rest.ends_with('\\')).unwrap_or(text));
    }
    words.join(" ")
}

/// A line without the markers of lists, quotes and headings at its start.
fn strip_markers(line: &str) -> &str {
    let mut rest = line.trim_start();
    loop {
        let marker = rest.split(' ').next().unwrap_or("");
        let digits = marker.trim_end_matches('.');
        let is_number = digits.len() + 1 == marker.len() && digits.bytes().all(|byte| byte.is_ascii_digit());
        let is_heading = !marker.is_empty() && marker.bytes().all(|byte| byte == b'#');
        if !(matches!(marker, "-" | ">") || is_number && !digits.is_empty() || is_heading) {
            return rest;
        }
        rest = rest.get(marker.len()..).unwrap_or("").trim_start();
    }
}
