//! From the prose of service models, which is HTML of a sort, to Markdown that rustdoc takes without a warning.

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

/// Markdown of `html`.
pub(crate) fn to_markdown(html: &str) -> String {
    let mut text = String::new();
    let mut in_tag = false;
    for letter in html.chars() {
        match letter {
            '<' => in_tag = true,
            '>' if in_tag => in_tag = false,
            _ if in_tag => {}
            '[' | ']' | '`' | '*' | '_' | '\\' => {
                text.push('\\');
                text.push(letter);
            }
            _ => text.push(letter),
        }
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
