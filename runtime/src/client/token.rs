//! Random identifiers.

use std::{
    fmt,
    hash::{BuildHasher as _, Hasher as _, RandomState},
    sync::Arc,
    time::SystemTime,
};

/// What makes the tokens of idempotent requests.
#[derive(Clone)]
pub(super) struct Tokens(Arc<dyn Fn() -> String + Send + Sync>);

impl Tokens {
    pub(super) fn new(make: impl Fn() -> String + Send + Sync + 'static) -> Self {
        Self(Arc::new(make))
    }

    pub(super) fn next(&self) -> String {
        (self.0)()
    }
}

impl Default for Tokens {
    fn default() -> Self {
        Self::new(uuid)
    }
}

impl fmt::Debug for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Tokens(..)")
    }
}

/// A random UUID, version 4 of RFC 9562.
///
/// Two requests that share a token are one to the service, so the clock goes in beside the operating system's randomness: a
/// process may be one of many copies of a snapshot, which all hold the same state.
pub(super) fn uuid() -> String {
    let state = RandomState::new();
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_nanos();
    let word = |salt: u8| {
        let mut hasher = state.build_hasher();
        hasher.write_u8(salt);
        hasher.write_u128(now);
        hasher.finish()
    };
    let (high, low) = (word(0), word(1));
    // Twelve bits in: the version; at the start of the second half: the variant.
    let high = high & !0xf000 | 0x4000;
    let low = low & !(0b11 << 62) | 0b10 << 62;
    let (time_low, time_mid, time_high) = (high >> 32, high >> 16 & 0xffff, high & 0xffff);
    let (sequence, node) = (low >> 48, low & 0xffff_ffff_ffff);
    format!("{time_low:08x}-{time_mid:04x}-{time_high:04x}-{sequence:04x}-{node:012x}")
}

#[cfg(test)]
mod tests {
    use super::uuid;
    use std::collections::BTreeSet;

    #[test]
    fn uuids_have_version_and_variant_and_differ() {
        let all: BTreeSet<String> = (0..1000).map(|_| uuid()).collect();
        assert_eq!(all.len(), 1000);
        for id in all {
            let parts: Vec<&str> = id.split('-').collect();
            assert_eq!(parts.iter().map(|part| part.len()).collect::<Vec<_>>(), [8, 4, 4, 4, 12], "{id}");
            assert!(parts[2].starts_with('4') && parts[3].starts_with(['8', '9', 'a', 'b']), "{id}");
            assert!(id.chars().all(|c| c == '-' || c.is_ascii_hexdigit()), "{id}");
        }
    }
}
