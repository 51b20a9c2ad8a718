//! The send rate of the adaptive mode.

use std::{
    sync::{Mutex, PoisonError},
    time::Duration,
};

/// The part of the rate that is left after throttling.
const BETA: f64 = 0.7;
/// How steeply the rate grows again.
const SCALE: f64 = 0.4;
/// The weight of the newest measurement.
const SMOOTHING: f64 = 0.8;
/// The lowest rate, in requests per second.
const MIN_RATE: f64 = 0.5;
/// The smallest capacity of the bucket, in requests.
const MIN_CAPACITY: f64 = 1.0;
/// Measurements are taken this many times per second.
const MEASUREMENTS_PER_SECOND: f64 = 2.0;

/// A token bucket whose rate follows the CUBIC algorithm of TCP's congestion control (RFC 9438): throttling lowers it, and it
/// grows slowly around the rate at which the service throttled, and fast away from it. It does nothing until the service throttles.
#[derive(Debug, Default)]
pub(super) struct RateLimiter(Mutex<State>);

/// Times are in seconds, rates in requests per second.
#[derive(Clone, Copy, Debug, Default)]
struct State {
    is_enabled: bool,
    fill_rate: f64,
    capacity: f64,
    tokens: f64,
    /// When the bucket was filled last.
    filled_at: Option<f64>,
    measured_rate: f64,
    /// When the current measurement began.
    measuring_since: Option<f64>,
    requests: u32,
    /// The rate at which the service throttled.
    max_rate: f64,
    throttled_at: f64,
}

impl RateLimiter {
    /// Takes a token for a request. If there is none, returns how long to wait before asking again.
    pub(super) fn acquire(&self, now: Duration) -> Option<Duration> {
        self.with(|state| state.acquire(now.as_secs_f64()))
    }

    /// Notes how an attempt ended.
    pub(super) fn update(&self, now: Duration, is_throttled: bool) {
        self.with(|state| state.update(now.as_secs_f64(), is_throttled));
    }

    fn with<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl State {
    fn acquire(&mut self, now: f64) -> Option<Duration> {
        if !self.is_enabled {
            return None;
        }
        self.refill(now);
        if self.tokens >= 1.0 {
            self.tokens -= 1.0;
            return None;
        }
        // Never zero, so that whoever waits makes progress although numbers are rounded.
        let seconds = (1.0 - self.tokens) / self.fill_rate;
        Some(Duration::from_secs_f64(seconds).max(Duration::from_micros(1)))
    }

    fn refill(&mut self, now: f64) {
        if let Some(last) = self.filled_at {
            self.tokens = (self.tokens + (now - last).max(0.0) * self.fill_rate).min(self.capacity);
        }
        self.filled_at = Some(now);
    }

    fn update(&mut self, now: f64, is_throttled: bool) {
        self.measure(now);
        let rate = if is_throttled {
            self.max_rate =
                if self.is_enabled { self.measured_rate.min(self.fill_rate) } else { self.measured_rate };
            self.throttled_at = now;
            self.is_enabled = true;
            self.max_rate * BETA
        } else {
            self.cubic(now)
        };
        self.set_rate(now, rate.min(2.0 * self.measured_rate));
    }

    fn measure(&mut self, now: f64) {
        self.requests = self.requests.saturating_add(1);
        let since = *self.measuring_since.get_or_insert(now.floor());
        let bucket = (now * MEASUREMENTS_PER_SECOND).floor() / MEASUREMENTS_PER_SECOND;
        if bucket > since {
            let rate = f64::from(self.requests) / (bucket - since);
            self.measured_rate = rate * SMOOTHING + self.measured_rate * (1.0 - SMOOTHING);
            (self.requests, self.measuring_since) = (0, Some(bucket));
        }
    }

    /// The rate after a time without throttling.
    fn cubic(&self, now: f64) -> f64 {
        SCALE * (now - self.throttled_at - self.plateau()).powi(3) + self.max_rate
    }

    /// How long after throttling the rate is back where it was.
    fn plateau(&self) -> f64 {
        (self.max_rate * (1.0 - BETA) / SCALE).cbrt()
    }

    fn set_rate(&mut self, now: f64, rate: f64) {
        self.refill(now);
        self.fill_rate = rate.max(MIN_RATE);
        self.capacity = rate.max(MIN_CAPACITY);
        self.tokens = self.tokens.min(self.capacity);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn assert_close(found: f64, expected: f64) {
        assert!((found - expected).abs() < 1e-5, "{found} is not {expected}");
    }

    #[test]
    fn the_rate_grows_as_cubic_does() {
        let state = State { max_rate: 10.0, throttled_at: 5.0, ..State::default() };
        assert_close(state.plateau(), 1.957_434);
        let expected =
            [(5.0, 7.0), (6.0, 9.648_936), (9.0, 13.408_697), (10.0, 21.266_268), (11.0, 36.425_999)];
        for (now, rate) in expected {
            assert_close(state.cubic(now), rate);
        }
    }

    #[test]
    fn nothing_is_limited_before_the_service_throttles() {
        let limiter = RateLimiter::default();
        for second in 0..1000 {
            let now = Duration::from_secs(second);
            assert_eq!(limiter.acquire(now), None);
            limiter.update(now, false);
        }
    }

    #[test]
    fn throttling_lowers_the_rate_and_success_raises_it_again() {
        let limiter = RateLimiter::default();
        // Ten requests per second.
        for step in 1_u32..=50 {
            limiter.update(Duration::from_millis(100) * step, false);
        }
        let rate = |limiter: &RateLimiter| limiter.with(|state| state.fill_rate);
        limiter.update(Duration::from_millis(5_100), true);
        let lowered = rate(&limiter);
        assert!((6.0..8.0).contains(&lowered), "{lowered}");
        for step in 52_u32..=150 {
            limiter.update(Duration::from_millis(100) * step, false);
        }
        assert!(rate(&limiter) > 10.0);
    }

    #[test]
    fn waiting_for_the_delay_gives_a_token() {
        let limiter = RateLimiter::default();
        let mut now = Duration::from_millis(600);
        limiter.update(now, true);
        for _ in 0..100 {
            while let Some(delay) = limiter.acquire(now) {
                assert!(delay <= Duration::from_secs(2), "{delay:?}");
                now += delay;
            }
        }
        // Two requests per second, of which 0.8 are the smoothed measurement and 0.7 of these are left.
        assert_close(now.as_secs_f64(), 0.6 + 100.0 / 1.12);
    }
}
