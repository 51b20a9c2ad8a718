//! Retries: which failures lead to another attempt, how many attempts there are, and the delays between them.
//!
//! The rules are those of the AWS SDKs' standard and adaptive retry modes. Calls of one client to one service share a quota, which
//! bounds how many requests retries add when the service is in trouble.

mod backoff;
mod classify;
mod quota;
mod rate_limiter;
#[cfg(test)]
mod tests;

use crate::{
    clock::{Clock, random_fraction},
    operation::{OperationSchema, Outcome},
};
use backoff::Backoff;
use classify::{FailureKind, is_long_polling};
use quota::Quota;
use rate_limiter::RateLimiter;
use std::{num::NonZeroU32, sync::Arc, time::Duration};

/// When a client repeats a request that failed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum RetryMode {
    /// Repeats what may succeed the next time, with growing random delays, within a quota for each service.
    #[default]
    Standard,
    /// As `Standard`, and sends more slowly while a service throttles: for programs that prefer waiting to failing.
    Adaptive,
    /// Never repeats a request.
    Never,
}

/// The version of the specification of retries that the AWS SDKs share.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum RetrySpec {
    /// The rules until 2026: a first delay of up to one second after any failure.
    V2_0,
    /// The rules since 2026: a first delay of up to 50 ms, or up to one second if the service throttles; a tighter quota;
    /// `x-amz-retry-after`.
    #[default]
    V2_1,
}

/// The settings of retries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct RetryConfig {
    pub(crate) mode: RetryMode,
    pub(crate) spec: RetrySpec,
    /// How often a request is sent at most; `None` for the default of the service.
    pub(crate) max_attempts: Option<NonZeroU32>,
}

/// What differs between services.
struct ServiceRule {
    /// `serviceId`.
    service: &'static str,
    max_attempts: NonZeroU32,
    /// The bound of the first delay, in seconds, unless the service throttles. It applies since [`RetrySpec::V2_1`].
    base_delay: f64,
}

const DEFAULT_RULE: ServiceRule =
    ServiceRule { service: "", max_attempts: NonZeroU32::new(3).unwrap(), base_delay: 0.05 };

/// Services with rules of their own. Source: the defaults of botocore 1.44.
const SERVICE_RULES: [ServiceRule; 2] = [dynamodb("DynamoDB"), dynamodb("DynamoDB Streams")];

const fn dynamodb(service: &'static str) -> ServiceRule {
    ServiceRule { service, max_attempts: NonZeroU32::new(4).unwrap(), base_delay: 0.025 }
}

/// What the calls of a client to one service share.
#[derive(Debug)]
pub(crate) struct ServiceRetries {
    spec: RetrySpec,
    max_attempts: u32,
    backoff: Backoff,
    quota: Quota,
    limiter: Option<RateLimiter>,
}

impl ServiceRetries {
    pub(crate) fn new(service_id: &str, config: RetryConfig) -> Self {
        let RetryConfig { mode, spec, max_attempts } = config;
        let rule = SERVICE_RULES.iter().find(|rule| rule.service == service_id).unwrap_or(&DEFAULT_RULE);
        let max_attempts = match (mode, max_attempts, spec) {
            (RetryMode::Never, ..) => NonZeroU32::MIN,
            (_, Some(explicit), _) => explicit,
            (_, None, RetrySpec::V2_1) => rule.max_attempts,
            (_, None, RetrySpec::V2_0) => DEFAULT_RULE.max_attempts,
        };
        let is_adaptive = mode == RetryMode::Adaptive;
        Self {
            spec,
            max_attempts: max_attempts.get(),
            backoff: Backoff::new(spec, rule.base_delay),
            quota: Quota::default(),
            limiter: is_adaptive.then(RateLimiter::default),
        }
    }
}

/// What follows from an attempt.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Decision {
    /// The call ends with the outcome of the attempt, after this time.
    End(Duration),
    /// There is another attempt, after this time.
    Retry(Duration),
    /// There would be another attempt, but the request cannot be sent again. The call ends.
    NotReplayable,
}

/// The retries of one call.
#[derive(Debug)]
pub(crate) struct CallRetries {
    service: Arc<ServiceRetries>,
    operation: &'static OperationSchema,
    max_attempts: u32,
    /// What the last retry has taken out of the quota.
    cost: Option<u32>,
}

impl CallRetries {
    /// `max_attempts` takes precedence over the service's settings.
    pub(crate) fn new(
        service: Arc<ServiceRetries>,
        operation: &'static OperationSchema,
        max_attempts: Option<NonZeroU32>,
    ) -> Self {
        let max_attempts = max_attempts.map_or(service.max_attempts, NonZeroU32::get);
        Self { service, operation, max_attempts, cost: None }
    }

    /// Returns how often the request is sent at most.
    pub(crate) fn max_attempts(&self) -> u32 {
        self.max_attempts
    }

    /// Waits until an attempt may be sent: while the service throttles, and the mode is adaptive.
    pub(crate) async fn before_attempt(&self, clock: &dyn Clock) {
        let Some(limiter) = &self.service.limiter else { return };
        while let Some(delay) = limiter.acquire(clock.elapsed()) {
            clock.sleep(delay).await;
        }
    }

    /// Gives back what a retry took from the quota that does not happen.
    pub(crate) fn cancel(&mut self) {
        self.service.quota.release(self.cost.take().unwrap_or_default());
    }

    /// Decides what follows from an attempt. Call it once for each.
    pub(crate) fn after_attempt(
        &mut self,
        outcome: &Outcome,
        is_replayable: bool,
        clock: &dyn Clock,
    ) -> Decision {
        let failure = classify::classify(self.operation, outcome, self.service.spec);
        if let Some(limiter) = &self.service.limiter {
            limiter.update(clock.elapsed(), failure == Some(FailureKind::Throttling));
        }
        let quota = &self.service.quota;
        if outcome.result.is_ok() {
            quota.release(self.cost.unwrap_or(1));
        }
        let Some(failure) = failure else { return Decision::End(Duration::ZERO) };
        if outcome.attempt >= self.max_attempts {
            return Decision::End(Duration::ZERO);
        }
        if !is_replayable {
            return Decision::NotReplayable;
        }
        let delay = self.service.backoff.delay(failure, outcome, random_fraction(clock));
        let cost = failure.cost(self.service.spec);
        if quota.acquire(cost) {
            self.cost = Some(cost);
            Decision::Retry(delay)
        } else if self.service.spec == RetrySpec::V2_1 && is_long_polling(self.operation) {
            // Programs call these operations in a loop, which would spin.
            Decision::End(delay)
        } else {
            Decision::End(Duration::ZERO)
        }
    }
}
