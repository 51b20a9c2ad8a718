//! Finds the end of the plain part of a JSON string. Most bytes of most documents pass through here, so eight are checked at a
//! time. Shorter strings, which most keys and values are, are one word.

/// Returns the number of bytes before the first that a string must escape: a quote, a backslash or a control character.
pub(super) fn plain_len(bytes: &[u8]) -> usize {
    let (words, rest) = bytes.as_chunks();
    for (index, word) in words.iter().enumerate() {
        let special = special(u64::from_le_bytes(*word));
        if special != 0 {
            return index * 8 + special.trailing_zeros() as usize / 8;
        }
    }
    match bytes.last_chunk() {
        // The last eight bytes; those that were checked before are plain.
        Some(last) if !rest.is_empty() => match special(u64::from_le_bytes(*last)) {
            0 => bytes.len(),
            special => bytes.len() - 8 + special.trailing_zeros() as usize / 8,
        },
        Some(_) => bytes.len(),
        // The zeros after them are special.
        None => special(word(rest)).trailing_zeros() as usize / 8,
    }
}

/// Returns the string in quotes as the first bytes of a word, if it fits and is plain.
pub(super) fn short_quoted(bytes: &[u8]) -> Option<[u8; 8]> {
    let text = if bytes.len() <= 6 { word(bytes) } else { return None };
    let end = 8 * bytes.len();
    // The first special byte is the zero after the text.
    let plain = special(text).trailing_zeros() as usize / 8 == bytes.len();
    let quotes = u64::from(b'"') | u64::from(b'"') << (end + 8);
    plain.then_some((text << 8 | quotes).to_le_bytes())
}

/// Returns fewer than eight bytes as a word, with zeros after them, by loading both ends, which may overlap.
fn word(bytes: &[u8]) -> u64 {
    let above = |half: usize| 8 * (bytes.len() - half);
    if let (Some(low), Some(high)) = (bytes.first_chunk(), bytes.last_chunk()) {
        return u64::from(u32::from_le_bytes(*low)) | u64::from(u32::from_le_bytes(*high)) << above(4);
    }
    if let (Some(low), Some(high)) = (bytes.first_chunk(), bytes.last_chunk()) {
        return u64::from(u16::from_le_bytes(*low)) | u64::from(u16::from_le_bytes(*high)) << above(2);
    }
    bytes.first().map_or(0, |byte| u64::from(*byte))
}

/// Marks the high bit of each special byte. Bytes above the lowest one may be marked wrongly, as borrows propagate upwards.
const fn special(word: u64) -> u64 {
    let below_space = word.wrapping_sub(EACH * 0x20);
    let quote = (word ^ (EACH * b'"' as u64)).wrapping_sub(EACH);
    let backslash = (word ^ (EACH * b'\\' as u64)).wrapping_sub(EACH);
    (below_space | quote | backslash) & !word & (EACH << 7)
}

/// A one in each byte.
const EACH: u64 = 0x0101_0101_0101_0101;

#[cfg(test)]
mod tests {
    use super::{plain_len, short_quoted};

    #[test]
    fn every_byte_is_classified_at_every_offset() {
        for byte in 0..=u8::MAX {
            let special = byte < b' ' || byte == b'"' || byte == b'\\';
            for (offset, size) in (1..20).flat_map(|size| (0..size).map(move |offset| (offset, size))) {
                let mut text = vec![b'a'; size];
                text[offset] = byte;
                assert_eq!(
                    plain_len(&text),
                    if special { offset } else { size },
                    "{byte} at {offset} of {size}"
                );
                // The bytes around it must not hide it.
                text.fill(byte ^ 0x80);
                text[offset] = b'"';
                let before = byte ^ 0x80;
                let first = before < b' ' || before == b'"' || before == b'\\';
                assert_eq!(plain_len(&text), if first { 0 } else { offset }, "{before} around {offset}");
            }
        }
        assert_eq!(plain_len(b""), 0);
    }

    #[test]
    fn short_plain_strings_are_quoted_in_one_word() {
        for byte in 0..=u8::MAX {
            let special = byte < b' ' || byte == b'"' || byte == b'\\';
            for (offset, size) in (1..8).flat_map(|size| (0..size).map(move |offset| (offset, size))) {
                let mut text = vec![b'a'; size];
                text[offset] = byte;
                let word = short_quoted(&text).map(|word| word[..size.min(6) + 2].to_vec());
                let expected = (size <= 6 && !special).then(|| [b"\"", &text[..], b"\""].concat());
                assert_eq!(word, expected, "{byte} at {offset} of {size}");
            }
        }
        assert_eq!(short_quoted(b"").map(|word| [word[0], word[1]]), Some(*b"\"\""));
    }
}
