//! Time and randomness, in one place that tests can replace.

mod skew;

pub(crate) use skew::{ClockSkew, LastSkew};

use crate::time::Timestamp;
use std::{
    fmt,
    hash::{BuildHasher as _, Hasher as _, RandomState},
    pin::{Pin, pin},
    task::Poll,
    time::{Duration, SystemTime},
};
use tokio::time::Instant;

/// A future that becomes ready after some time.
pub type Sleep = Pin<Box<dyn Future<Output = ()> + Send>>;

/// A source of time and randomness. A client takes both from here and from nowhere else.
pub trait Clock: fmt::Debug + Send + Sync + 'static {
    /// Returns the current time of day.
    fn now(&self) -> Timestamp;

    /// Returns the time since some fixed point in the past. It never decreases, whatever happens to the time of day.
    fn elapsed(&self) -> Duration;

    /// Returns a future that becomes ready after `duration`.
    fn sleep(&self, duration: Duration) -> Sleep;

    /// Fills `bytes` with random bytes, as unpredictable as idempotency tokens need.
    fn fill_random(&self, bytes: &mut [u8]);
}

/// The clock of the operating system, with Tokio's timer.
#[derive(Debug)]
pub struct SystemClock {
    start: Instant,
}

impl Default for SystemClock {
    fn default() -> Self {
        Self { start: Instant::now() }
    }
}

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }

    fn elapsed(&self) -> Duration {
        self.start.elapsed()
    }

    fn sleep(&self, duration: Duration) -> Sleep {
        Box::pin(tokio::time::sleep(duration))
    }

    /// Takes them from the operating system. Without its source of randomness, which no supported system lacks, they are a hash
    /// of the time with a key of the process.
    fn fill_random(&self, bytes: &mut [u8]) {
        if getrandom::getrandom(bytes).is_err() {
            hash_time(bytes);
        }
    }
}

fn hash_time(bytes: &mut [u8]) {
    let state = RandomState::new();
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_nanos();
    for (index, chunk) in bytes.chunks_mut(size_of::<u64>()).enumerate() {
        let mut hasher = state.build_hasher();
        hasher.write_usize(index);
        hasher.write_u128(now);
        let word = hasher.finish().to_be_bytes();
        chunk.copy_from_slice(word.get(..chunk.len()).unwrap_or_default());
    }
}

/// Waits for `work`, but no longer than `limit`. Returns `None` if the limit passes first.
pub(crate) async fn timeout<F: Future>(clock: &dyn Clock, limit: Duration, work: F) -> Option<F::Output> {
    let mut work = pin!(work);
    let mut sleep = None;
    std::future::poll_fn(|context| {
        if let Poll::Ready(output) = work.as_mut().poll(context) {
            return Poll::Ready(Some(output));
        }
        let sleep = sleep.get_or_insert_with(|| clock.sleep(limit));
        sleep.as_mut().poll(context).map(|()| None)
    })
    .await
}

/// Returns a random number of at least zero and less than one.
pub(crate) fn random_fraction(clock: &dyn Clock) -> f64 {
    let mut bytes = [0; 4];
    clock.fill_random(&mut bytes);
    f64::from(u32::from_be_bytes(bytes)) / (f64::from(u32::MAX) + 1.0)
}

/// Returns a random UUID, version 4 of RFC 9562.
pub(crate) fn uuid_v4(clock: &dyn Clock) -> String {
    let mut bytes = [0; 16];
    clock.fill_random(&mut bytes);
    let bits = u128::from_be_bytes(bytes);
    // Twelve bits into the second half of the first word the start of the last word: the variant.
    let bits = bits & !(0xf000 << 64) | 0x4000 << 64;
    let bits = bits & !(0b11 << 62) | 0b10 << 62;
    let part = |shift: u32, mask: u128| bits >> shift & mask;
    format!(
        "{:08x}-{:04x}-{:04x}-{:04x}-{:012x}",
        part(96, 0xffff_ffff),
        part(80, 0xffff),
        part(64, 0xffff),
        part(48, 0xffff),
        part(0, 0xffff_ffff_ffff)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn random_bytes_differ_in_every_place_and_from_the_hash_of_the_time() {
        let clock = SystemClock::default();
        // The chance that a bit of 64 draws never changes is 2^-63.
        let (mut ones, mut zeros) = ([0; 33], [0; 33]);
        for _ in 0..64 {
            let mut bytes = [0; 33];
            clock.fill_random(&mut bytes);
            for (index, byte) in bytes.into_iter().enumerate() {
                ones[index] |= byte;
                zeros[index] |= !byte;
            }
        }
        assert_eq!((ones, zeros), ([0xff; 33], [0xff; 33]));
        let mut fallback = [0; 33];
        hash_time(&mut fallback);
        assert_ne!(fallback, [0; 33]);
    }

    #[test]
    fn uuids_have_version_and_variant_and_differ() {
        let clock = SystemClock::default();
        let all: BTreeSet<String> = (0..1000).map(|_| uuid_v4(&clock)).collect();
        assert_eq!(all.len(), 1000);
        for id in all {
            let parts: Vec<&str> = id.split('-').collect();
            assert_eq!(parts.iter().map(|part| part.len()).collect::<Vec<_>>(), [8, 4, 4, 4, 12], "{id}");
            assert!(parts[2].starts_with('4') && parts[3].starts_with(['8', '9', 'a', 'b']), "{id}");
            assert!(id.chars().all(|c| c == '-' || c.is_ascii_hexdigit()), "{id}");
        }
    }
}
