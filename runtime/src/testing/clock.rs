//! A clock that tests control.

use crate::{
    clock::{Clock, Sleep},
    time::Timestamp,
};
use std::{
    pin::Pin,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    task::{Context, Poll, Waker},
    time::Duration,
};

/// A clock that stands still until a test advances it, and whose random bytes are always the same.
///
/// Clones share the time. By default a [`sleep`](Clock::sleep) that is waited for advances the clock by itself, so that no test
/// waits; [`manual`](Self::manual) turns this off.
#[derive(Clone, Debug)]
pub struct FakeClock(Arc<Mutex<State>>);

#[derive(Debug)]
struct State {
    start: Timestamp,
    elapsed: Duration,
    advances_on_sleep: bool,
    wakers: Vec<Waker>,
    /// The random bytes so far, which the next ones follow.
    random: u8,
}

impl FakeClock {
    /// Creates a clock that shows the time `now`.
    pub fn new(now: Timestamp) -> Self {
        Self(Arc::new(Mutex::new(State {
            start: now,
            elapsed: Duration::ZERO,
            advances_on_sleep: true,
            wakers: Vec::new(),
            random: 0,
        })))
    }

    /// Lets a sleep wait until [`advance`](Self::advance) has passed its end.
    #[must_use]
    pub fn manual(self) -> Self {
        self.state().advances_on_sleep = false;
        self
    }

    /// Advances the time and wakes what sleeps.
    pub fn advance(&self, duration: Duration) {
        let wakers = {
            let mut state = self.state();
            state.elapsed += duration;
            std::mem::take(&mut state.wakers)
        };
        wakers.into_iter().for_each(Waker::wake);
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Clock for FakeClock {
    fn now(&self) -> Timestamp {
        let state = self.state();
        let elapsed = state.elapsed + Duration::from_nanos(u64::from(state.start.nanoseconds()));
        let seconds = i64::try_from(elapsed.as_secs()).unwrap_or(i64::MAX);
        Timestamp::new(state.start.seconds().saturating_add(seconds), elapsed.subsec_nanos())
    }

    fn elapsed(&self) -> Duration {
        self.state().elapsed
    }

    fn sleep(&self, duration: Duration) -> Sleep {
        let end = self.state().elapsed.saturating_add(duration);
        Box::pin(FakeSleep { clock: self.clone(), end })
    }

    /// Writes the numbers 1, 2, 3 and so on.
    fn fill_random(&self, bytes: &mut [u8]) {
        let mut state = self.state();
        for byte in bytes {
            state.random = state.random.wrapping_add(1);
            *byte = state.random;
        }
    }
}

struct FakeSleep {
    clock: FakeClock,
    end: Duration,
}

impl Future for FakeSleep {
    type Output = ();

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let mut state = self.clock.state();
        if state.elapsed < self.end && !state.advances_on_sleep {
            state.wakers.push(context.waker().clone());
            return Poll::Pending;
        }
        state.elapsed = state.elapsed.max(self.end);
        Poll::Ready(())
    }
}
