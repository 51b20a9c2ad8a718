//! From the prose of service models, which is HTML of a sort, to Markdown that rustdoc takes without a warning.
//!
//! The prose is cut into tokens, whose blocks become lines of a page, and whose inline parts
//! become words of those lines. Each step goes over its input once, and none calls itself: however long or deeply nested
//! the prose is, the time stays in proportion to its length.
//!
//! What comes out follows four rules. Text never acts as Markdown: each character that could is escaped. A block of code
//! always says that it is `text`, for rustdoc compiles and runs those that say nothing. A link leads to the web or is
//! none. And no line holds what must not stand in a comment: control characters and those that turn the direction of
//! reading around.

mod block;
mod element;
mod entity;
mod inline;
mod link;
mod page;
mod paragraph;
pub(crate) mod reflow;
pub(crate) mod text;
mod token;
mod word;
mod wrap;

#[cfg(test)]
mod catalogue;
#[cfg(test)]
mod hostile;
#[cfg(test)]
mod tests;

/// `text` as code: with as many backticks around as it takes.
pub(crate) fn code(text: &str) -> String {
    let longest = text.split(|letter| letter != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let text: String = text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    if longest == 0 && !text.trim().is_empty() {
        format!("`{text}`")
    } else {
        format!("{fence} {text} {fence}")
    }
}

/// Markdown of `html`: lines of about 116 columns without a line end after the last.
///
/// The text up to the first blank line is a summary: where the first paragraph is long, its first sentence stands alone.
pub fn to_markdown(html: &str) -> String {
    let mut blocks = block::Blocks::default();
    for token in token::Tokens::of(html) {
        blocks.take(token);
    }
    blocks.finish()
}

/// Whether Markdown and HTML become the same documentation.
pub(crate) fn is_same(markdown: &str, html: Option<&str>) -> bool {
    html.is_some_and(|html| reflow::lines(&to_markdown(html)) == reflow::lines(markdown))
}

/// The summary of Markdown in lines, as one line: its first paragraph, without the marker of a list, quote or heading.
pub(crate) fn summary(lines: &[String]) -> String {
    let paragraph = lines.iter().take_while(|line| !unmarked(line).is_empty());
    let mut words: Vec<&str> = Vec::new();
    for (number, line) in paragraph.enumerate() {
        let bare = unmarked(line);
        let another = number > 0 && bare.len() < line.trim_start().len() && !line.starts_with('>');
        if another || bare.starts_with("```") {
            break;
        }
        words.push(bare.strip_suffix('\\').filter(|rest| !rest.ends_with('\\')).unwrap_or(bare));
    }
    words.join(" ")
}

/// A line without the markers at its start.
fn unmarked(line: &str) -> &str {
    let mut rest = line.trim_start();
    loop {
        let marker = rest.split(' ').next().unwrap_or("");
        let digits = marker.trim_end_matches('.');
        let numbered = digits.len() + 1 == marker.len() && digits.bytes().all(|byte| byte.is_ascii_digit());
        let heading = !marker.is_empty() && marker.bytes().all(|byte| byte == b'#');
        if !(matches!(marker, "-" | ">") || numbered && !digits.is_empty() || heading) {
            return rest;
        }
        rest = rest.get(marker.len()..).unwrap_or("").trim_start();
    }
}
