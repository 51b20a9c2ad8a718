//! Addresses of links.

use std::fmt::Write as _;

/// The host of addresses without one.
const DOCS_HOST: &str = "https://docs.aws.amazon.com";

/// The address of an `href`, encoded for the parentheses of a Markdown link.
///
/// `None` unless it is an address of the web or of mail, or a path that is clearly one of the documentation.
pub(super) fn resolve(href: &str) -> Option<String> {
    let href: String = href.trim().chars().filter(|letter| !letter.is_control()).collect();
    let lower = href.to_ascii_lowercase();
    let web = |scheme: &str| lower.strip_prefix(scheme).is_some_and(begins_host);
    if web("https://") || web("http://") {
        return Some(encode(&href));
    }
    if lower.starts_with("mailto:") && lower.contains('@') && lower.contains('.') {
        return Some(encode(&href));
    }
    if let Some(rest) = href.strip_prefix("//") {
        return begins_host(rest).then(|| format!("https://{}", encode(rest)));
    }
    if let Some(path) = href.strip_prefix('/') {
        return Some(format!("{DOCS_HOST}/{}", encode(path)));
    }
    (href.contains("/latest/") && !href.contains(':')).then(|| format!("{DOCS_HOST}/{}", encode(&href)))
}

/// Finds the first address in `text`: the text before it, the address, the text after it.
pub(super) fn find(text: &str) -> Option<(&str, &str, &str)> {
    let start = text.match_indices("://").find_map(|(at, _)| {
        let before = text.get(..at)?;
        let scheme = ["https", "http"].into_iter().find(|scheme| before.ends_with(scheme))?;
        Some(at - scheme.len())
    })?;
    let (before, rest) = text.split_at_checked(start)?;
    let end = rest.find(['<', '>', '"', '`', '|', '\\', '^']).unwrap_or(rest.len());
    let address = rest.get(..end)?.trim_end_matches(is_trailing_punctuation);
    let address = if address.contains('(') { address } else { address.trim_end_matches(')') };
    let address = address.trim_end_matches(is_trailing_punctuation);
    Some((before, address, rest.get(address.len()..)?))
}

/// Whether a character at the end of an address belongs to the sentence instead of the address.
pub(super) fn is_trailing_punctuation(letter: char) -> bool {
    matches!(letter, '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '"' | '*' | '_' | ']' | '}')
}

/// Whether an address can be written as `<address>`, a link to itself.
pub(super) fn is_autolink(address: &str) -> bool {
    let host = address.split_once("://").map_or("", |(_, host)| host);
    begins_host(host)
        && address.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~:/?#@!$&'()+,;=%".contains(&byte))
}

fn begins_host(rest: &str) -> bool {
    rest.starts_with(|first: char| first.is_ascii_alphanumeric())
}

fn encode(address: &str) -> String {
    let mut encoded = String::with_capacity(address.len());
    let entities = address.contains(';');
    for byte in address.bytes() {
        match byte {
            b'&' if entities => encoded.push_str("&amp;"),
            b'<' | b'>' | b'(' | b')' | b'[' | b']' | b'{' | b'}' | b'"' | b'`' | b'\\' | b'^' | b'|' => {
                push_encoded(&mut encoded, byte);
            }
            byte if byte.is_ascii_graphic() => encoded.push(char::from(byte)),
            byte => push_encoded(&mut encoded, byte),
        }
    }
    encoded
}

fn push_encoded(encoded: &mut String, byte: u8) {
    // Writing to a `String` cannot fail.
    let _ = write!(encoded, "%{byte:02X}");
}
