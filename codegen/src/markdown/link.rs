//! Where links lead.

use std::fmt::Write as _;

/// Addresses without a host are relative to this one.
const DOCUMENTATION: &str = "https://docs.aws.amazon.com";

/// The address that an `href` leads to, as it may stand in the parentheses of a Markdown link.
///
/// Only addresses of the web and of mail are any; those without a host are so where they are clearly in the
/// documentation. Characters that could end the address are percent-encoded.
pub(super) fn address(href: &str) -> Option<String> {
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
        return Some(format!("{DOCUMENTATION}/{}", encode(path)));
    }
    (href.contains("/latest/") && !href.contains(':')).then(|| format!("{DOCUMENTATION}/{}", encode(&href)))
}

/// Cuts `text` where an address begins and ends: what is before, the address, what is after.
pub(super) fn find(text: &str) -> Option<(&str, &str, &str)> {
    let start = text.match_indices("://").find_map(|(at, _)| {
        let before = text.get(..at)?;
        let scheme = ["https", "http"].into_iter().find(|scheme| before.ends_with(scheme))?;
        Some(at - scheme.len())
    })?;
    let (before, rest) = text.split_at_checked(start)?;
    let end = rest.find(['<', '>', '"', '`', '|', '\\', '^']).unwrap_or(rest.len());
    let address = rest.get(..end)?.trim_end_matches(is_after);
    let address = if address.contains('(') { address } else { address.trim_end_matches(')') };
    let address = address.trim_end_matches(is_after);
    Some((before, address, rest.get(address.len()..)?))
}

/// Whether a character at the end of an address belongs to the sentence instead.
pub(super) fn is_after(letter: char) -> bool {
    matches!(letter, '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '"' | '*' | '_' | ']' | '}')
}

/// Whether an address may stand between `<` and `>`, as a link to itself.
pub(super) fn is_plain(address: &str) -> bool {
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
