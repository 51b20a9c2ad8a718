//! Where the plain part of a JSON string ends: most of the bytes of most documents are looked at here, so eight at a time.

/// The number of bytes before the first that cannot stand for itself in a string: a quote, a backslash or a control character.
pub(super) fn length(bytes: &[u8]) -> usize {
    let (words, rest) = bytes.as_chunks();
    for (index, word) in words.iter().enumerate() {
        let special = special(u64::from_le_bytes(*word));
        if special != 0 {
            return index * 8 + special.trailing_zeros() as usize / 8;
        }
    }
    match bytes.last_chunk() {
        // The last eight, of which some have been looked at and are plain.
        Some(last) if !rest.is_empty() => match special(u64::from_le_bytes(*last)) {
            0 => bytes.len(),
            special => bytes.len() - 8 + special.trailing_zeros() as usize / 8,
        },
        Some(_) => bytes.len(),
        None => rest.iter().position(|byte| SPECIAL[usize::from(*byte)]).unwrap_or(rest.len()),
    }
}

/// Whether a byte is special: for strings of less than eight, as keys are.
const SPECIAL: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < b' ' {
        table[byte as usize] = true;
        byte += 1;
    }
    table[b'"' as usize] = true;
    table[b'\\' as usize] = true;
    table
};

/// The high bit of each special byte. Above the lowest of them, others may be marked too: borrowing runs upwards.
const fn special(word: u64) -> u64 {
    let below_space = word.wrapping_sub(EACH * 0x20);
    let quote = (word ^ (EACH * b'"' as u64)).wrapping_sub(EACH);
    let backslash = (word ^ (EACH * b'\\' as u64)).wrapping_sub(EACH);
    (below_space | quote | backslash) & !word & (EACH << 7)
}

/// One in each byte.
const EACH: u64 = 0x0101_0101_0101_0101;

#[cfg(test)]
mod tests {
    use super::length;

    #[test]
    fn every_byte_is_plain_or_special_at_every_place() {
        for byte in 0..=u8::MAX {
            let special = byte < b' ' || byte == b'"' || byte == b'\\';
            for (place, size) in (1..20).flat_map(|size| (0..size).map(move |place| (place, size))) {
                let mut text = vec![b'a'; size];
                text[place] = byte;
                assert_eq!(length(&text), if special { place } else { size }, "{byte} at {place} of {size}");
                // What stands before it must not hide it, nor what stands after it.
                text.fill(byte ^ 0x80);
                text[place] = b'"';
                let before = byte ^ 0x80;
                let first = before < b' ' || before == b'"' || before == b'\\';
                assert_eq!(length(&text), if first { 0 } else { place }, "{before} around {place}");
            }
        }
        assert_eq!(length(b""), 0);
    }
}
