//! Parses JSON that servers wrote, with the errors of which they are known.

use super::surrogates;
use serde_core::Deserialize;
use serde_json::Value;

/// What some servers write before the document.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// Returns the text without the byte order mark before it.
pub(crate) fn without_mark(text: &[u8]) -> &[u8] {
    text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text)
}

/// Parses a document, which may have a byte order mark before it. A lone surrogate becomes U+FFFD.
pub(crate) fn parse<'a, T: Deserialize<'a>>(text: &'a [u8]) -> Result<T, serde_json::Error> {
    let text = without_mark(text);
    serde_json::from_slice(text).or_else(|error| {
        // The library has no replacement for surrogates: it is worth a second try only if there may be one.
        let repaired = std::str::from_utf8(text).ok().and_then(surrogates::replace_lone);
        let value = repaired.and_then(|text| serde_json::from_str::<Value>(&text).ok());
        value.map_or(Err(error), T::deserialize)
    })
}
