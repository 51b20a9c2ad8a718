//! The quota of retries.

use std::sync::atomic::{AtomicU32, Ordering};

/// A bound on the requests that retries add: each retry takes from it, success gives back.
#[derive(Debug)]
pub(super) struct Quota(AtomicU32);

/// The most that is in the quota, which is also what it begins with.
pub(super) const CAPACITY: u32 = 500;

impl Quota {
    /// Creates a quota that holds `amount`.
    pub(super) fn new(amount: u32) -> Self {
        Self(AtomicU32::new(amount))
    }

    /// Takes `cost`, if there is as much.
    pub(super) fn acquire(&self, cost: u32) -> bool {
        self.0
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |available| available.checked_sub(cost))
            .is_ok()
    }

    /// Gives `amount` back.
    pub(super) fn release(&self, amount: u32) {
        let add =
            |available: u32| (available < CAPACITY).then(|| available.saturating_add(amount).min(CAPACITY));
        // An error means that the quota is full already.
        self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, add).ok();
    }

    #[cfg(test)]
    pub(super) fn available(&self) -> u32 {
        self.0.load(Ordering::Relaxed)
    }
}

impl Default for Quota {
    fn default() -> Self {
        Self::new(CAPACITY)
    }
}
