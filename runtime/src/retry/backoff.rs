//! The delays between attempts.

use super::{RetrySpec, classify::FailureKind};
use crate::operation::Outcome;
use std::time::Duration;

/// No computed delay is longer.
const MAX_DELAY: f64 = 20.0;
/// How much longer than the computed delay a service can make one, since [`RetrySpec::V2_1`].
const MAX_EXTRA_DELAY: f64 = 5.0;
/// The bound of the first delay after throttling, and after any failure before [`RetrySpec::V2_1`].
const SLOW_BASE: f64 = 1.0;
/// The header with the delay that the service wants, in milliseconds.
const RETRY_AFTER: &str = "x-amz-retry-after";

/// Exponential backoff with full jitter.
#[derive(Clone, Copy, Debug)]
pub(super) struct Backoff {
    spec: RetrySpec,
    /// The bound of the first delay unless the service throttles, in seconds.
    base: f64,
}

impl Backoff {
    pub(super) fn new(spec: RetrySpec, base: f64) -> Self {
        Self { spec, base }
    }

    /// Returns the delay after a failed attempt; `random` is between zero and one.
    pub(super) fn delay(&self, failure: FailureKind, outcome: &Outcome, random: f64) -> Duration {
        let base = match (self.spec, failure) {
            (RetrySpec::V2_0, _) | (_, FailureKind::Throttling) => SLOW_BASE,
            (RetrySpec::V2_1, _) => self.base,
        };
        let doublings = i32::try_from(outcome.attempt.saturating_sub(1)).unwrap_or(i32::MAX);
        let computed = random * (base * 2_f64.powi(doublings)).min(MAX_DELAY);
        let seconds = match (retry_after(outcome), self.spec) {
            (None, _) => computed,
            (Some(wanted), RetrySpec::V2_0) => wanted.min(MAX_DELAY),
            (Some(wanted), RetrySpec::V2_1) => wanted.clamp(computed, computed + MAX_EXTRA_DELAY),
        };
        Duration::from_secs_f64(seconds)
    }
}

/// The delay that the service wants, in seconds. Ignored unless it is a whole number of milliseconds.
fn retry_after(outcome: &Outcome) -> Option<f64> {
    let milliseconds: u32 = outcome.headers.get(RETRY_AFTER)?.to_str().ok()?.trim().parse().ok()?;
    Some(f64::from(milliseconds) / 1000.0)
}
