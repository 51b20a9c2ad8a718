//! The limit of memory for one input.

use super::Target;
use peak_alloc::PeakAlloc;

/// What every input may take, in bytes: buffers, tables, a few pages of text.
const FIXED: usize = 8 << 20;
/// What each byte of it may take beside that. An empty structure is one byte in CBOR, and some hundreds in memory, twice where
/// a list grows.
const EACH: usize = 2048;

/// Runs a target.
///
/// # Panics
///
/// As the target does; and, in a program whose allocator is [`PeakAlloc`], if the input took more memory than its length
/// explains.
pub fn run(target: &Target, data: &[u8]) {
    let before = PeakAlloc.current_usage();
    PeakAlloc.reset_peak_usage();
    (target.run)(data);
    let taken = PeakAlloc.peak_usage().saturating_sub(before);
    let limit = FIXED + EACH * data.len();
    assert!(
        taken <= limit,
        "{} bytes of input took {taken} bytes of memory; {limit} are allowed",
        data.len()
    );
}
