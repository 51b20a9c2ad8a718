//! The difference between the client's clock and the service's.

use crate::time::Timestamp;
use std::sync::atomic::{AtomicI64, Ordering};

/// How far a service's clock is ahead of the client's, in milliseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct ClockSkew(i64);

/// Services refuse signatures that are more than five minutes off.
const TOLERANCE: i64 = 4 * 60 * 1000;

/// A response that took longer says too little about the service's clock.
const MAX_EXCHANGE: i64 = 15 * 60 * 1000;

impl ClockSkew {
    /// Computes the skew from the service's time, which is taken to be in the middle between sending and receiving. `None` if
    /// these are too far apart.
    pub(crate) fn measure(service: Timestamp, sent: Timestamp, received: Timestamp) -> Option<Self> {
        let (service, sent, received) = (service.to_millis(), sent.to_millis(), received.to_millis());
        let took = received.checked_sub(sent)?;
        (0..=MAX_EXCHANGE).contains(&took).then_some(())?;
        service.checked_sub(sent)?.checked_sub(took / 2).map(Self)
    }

    #[cfg(test)]
    pub(crate) const fn from_milliseconds(milliseconds: i64) -> Self {
        Self(milliseconds)
    }

    #[cfg(test)]
    pub(crate) const fn milliseconds(self) -> i64 {
        self.0
    }

    /// Whether a signature that took `applied` into account is refused for the difference that is left.
    pub(crate) fn explains_refusal(self, applied: Self) -> bool {
        self.0.abs_diff(applied.0) > TOLERANCE.unsigned_abs()
    }

    /// Returns the service's time at the client's time `now`, in milliseconds.
    pub(crate) fn apply(self, now: Timestamp) -> Timestamp {
        Timestamp::from_millis(now.to_millis().saturating_add(self.0))
    }
}

/// The skew that a client measured last.
#[derive(Debug, Default)]
pub(crate) struct LastSkew(AtomicI64);

impl LastSkew {
    pub(crate) fn get(&self) -> ClockSkew {
        ClockSkew(self.0.load(Ordering::Relaxed))
    }

    pub(crate) fn set(&self, skew: ClockSkew) {
        self.0.store(skew.0, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(milliseconds: i64) -> Timestamp {
        Timestamp::from_millis(milliseconds)
    }

    #[test]
    fn the_skew_is_that_of_the_middle_of_the_exchange() {
        let measure = |service, sent, received| {
            ClockSkew::measure(at(service), at(sent), at(received)).map(ClockSkew::milliseconds)
        };
        assert_eq!(measure(10_000, 10_000, 10_000), Some(0));
        assert_eq!(measure(10_000, 9_000, 11_000), Some(0));
        assert_eq!(measure(70_000, 9_000, 11_000), Some(60_000));
        assert_eq!(measure(-3_600_000, 0, 2_000), Some(-3_601_000));
        assert_eq!(measure(0, 0, MAX_EXCHANGE), Some(-MAX_EXCHANGE / 2));
        assert_eq!(measure(0, 0, MAX_EXCHANGE + 1), None);
        // The clock was set back meanwhile.
        assert_eq!(measure(0, 10, 0), None);
    }

    #[test]
    fn a_skewed_time_is_the_services_time() {
        for now in [0, 1_500, 1_999, -1, -1_500] {
            for skew in [0, 1, -1, 500, -500, 600, -600, 1_000, -1_000, 86_400_123, -86_400_123] {
                assert_eq!(ClockSkew(skew).apply(at(now)), at(now + skew), "{now} {skew}");
            }
        }
    }

    #[test]
    fn only_what_the_signature_did_not_take_into_account_explains_a_refusal() {
        let explains = |skew, applied| ClockSkew(skew).explains_refusal(ClockSkew(applied));
        assert!(explains(TOLERANCE + 1, 0) && explains(-TOLERANCE - 1, 0));
        assert!(!explains(TOLERANCE, 0) && !explains(-TOLERANCE, 0));
        assert!(!explains(3_600_000, 3_600_000));
        assert!(explains(0, 3_600_000));
    }
}
