//! Character references.

use crate::codec::{CodecError, truncated_quote};
use quick_xml::events::BytesRef;
use std::fmt::Write as _;

/// Appends escaped text. Line breaks become references, as readers normalize them.
pub(super) fn push_text(text: &str, out: &mut String) {
    push_escaped(text, out, |byte| matches!(byte, b'&' | b'<' | b'>') || starts_control(byte));
}

/// Appends an escaped attribute value. White space but spaces becomes references, as readers normalize it.
pub(super) fn push_attribute(text: &str, out: &mut String) {
    push_escaped(text, out, |byte| matches!(byte, b'&' | b'<' | b'>' | b'"' | b'\t') || starts_control(byte));
}

/// Whether the byte is a control character, or the first byte of one beyond ASCII.
fn starts_control(byte: u8) -> bool {
    (byte < b' ' && byte != b'\t') || matches!(byte, 0x7f | 0xc2 | 0xe2)
}

fn push_escaped(text: &str, out: &mut String, special: impl Fn(u8) -> bool) {
    let mut rest = text;
    while let Some(offset) = rest.bytes().position(&special) {
        let (plain, after) = rest.split_at(offset);
        out.push_str(plain);
        let mut chars = after.chars();
        if let Some(char) = chars.next() {
            push_reference(char, out);
        }
        rest = chars.as_str();
    }
    out.push_str(rest);
}

fn push_reference(char: char, out: &mut String) {
    match char {
        '&' => out.push_str("&amp;"),
        '<' => out.push_str("&lt;"),
        '>' => out.push_str("&gt;"),
        '"' => out.push_str("&quot;"),
        // Control characters, which S3 accepts and sends in this form, and the two line ends that XML 1.1 adds.
        '\0'..'\x20' | '\x7f'..='\u{9f}' | '\u{2028}' => {
            // Writing to a string does not fail.
            _ = write!(out, "&#x{:X};", u32::from(char));
        }
        _ => out.push(char),
    }
}

/// What is expected of a reference.
pub(super) const REFERENCE: &str = "a character reference, or one of the five entities of XML";

/// Returns the character of a numeric reference or one of XML's five entities.
pub(super) fn resolve(reference: &BytesRef<'_>) -> Option<char> {
    match reference.as_ref() {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => reference.resolve_char_ref().ok().flatten(),
    }
}

/// Returns the value of an attribute: references are resolved, and white space becomes spaces.
pub(super) fn attribute_value(raw: &str) -> Result<String, CodecError> {
    let mut text = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(offset) = rest.find(['&', '\t', '\n', '\r']) {
        let (plain, special) = rest.split_at(offset);
        text.push_str(plain);
        let Some(reference) = special.strip_prefix('&') else {
            text.push(' ');
            rest = special.strip_prefix("\r\n").or_else(|| special.get(1..)).unwrap_or_default();
            continue;
        };
        let (name, after) = reference.split_once(';').unwrap_or((reference, ""));
        let char = resolve(&BytesRef::new(name));
        text.push(char.ok_or_else(|| CodecError::expected(REFERENCE, truncated_quote(name)))?);
        rest = after;
    }
    text.push_str(rest);
    Ok(text)
}

#[cfg(test)]
mod tests {
    #[test]
    fn characters_that_readers_normalize_become_references() {
        let mut out = String::new();
        super::push_text("a\tb <&> \"c\" \r\n\u{85}\u{2028} é€ \u{1}", &mut out);
        assert_eq!(out, "a\tb &lt;&amp;&gt; \"c\" &#xD;&#xA;&#x85;&#x2028; é€ &#x1;");
        out.clear();
        super::push_attribute("a\t\"b\"\n", &mut out);
        assert_eq!(out, "a&#x9;&quot;b&quot;&#xA;");
    }
}
