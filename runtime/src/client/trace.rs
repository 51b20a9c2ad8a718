//! Spans and events for the crate `tracing` (feature `tracing`), all at level debug: a span for each call and each attempt, an event
//! after each attempt and before each retry. Without the feature there is nothing.
//!
//! The fields are named as those of the official SDK. They contain no value of a request or response but its identifiers.

use crate::operation::{OperationSchema, Outcome};
use std::time::Duration;

/// Runs `call` in the span of a call.
#[cfg(feature = "tracing")]
pub(super) fn call<F: Future>(operation: &OperationSchema, call: F) -> impl Future<Output = F::Output> {
    use tracing::Instrument as _;
    call.instrument(tracing::debug_span!(
        "call",
        rpc.system = "aws-api",
        rpc.service = operation.service.id,
        rpc.method = operation.name,
        sdk_invocation_id = tracing::field::Empty,
    ))
}

#[cfg(not(feature = "tracing"))]
pub(super) fn call<F: Future>(_: &OperationSchema, call: F) -> F {
    call
}

/// Runs `attempt` in the span of an attempt.
#[cfg(feature = "tracing")]
pub(super) fn attempt<F: Future>(number: u32, attempt: F) -> impl Future<Output = F::Output> {
    use tracing::Instrument as _;
    attempt.instrument(tracing::debug_span!("try_attempt", attempt = number))
}

#[cfg(not(feature = "tracing"))]
pub(super) fn attempt<F: Future>(_: u32, attempt: F) -> F {
    attempt
}

/// Adds the identifier of the call to its span.
pub(super) fn invocation_id(id: &str) {
    #[cfg(feature = "tracing")]
    tracing::Span::current().record("sdk_invocation_id", id);
    #[cfg(not(feature = "tracing"))]
    let _ = id;
}

/// Tells how an attempt ended.
pub(super) fn attempt_ended(outcome: &Outcome) {
    #[cfg(feature = "tracing")]
    {
        let error = outcome.result.as_ref().err();
        tracing::debug!(
            attempt = outcome.attempt,
            http.status = outcome.status,
            request_id = outcome.request_id(),
            extended_request_id = outcome.extended_request_id(),
            error.code = error.and_then(|error| error.code()),
            error.kind = error.map(|error| error.kind().name()),
            "attempt ended"
        );
    }
    #[cfg(not(feature = "tracing"))]
    let _ = outcome;
}

/// Tells that there is another attempt.
pub(super) fn retry(delay: Duration) {
    #[cfg(feature = "tracing")]
    tracing::debug!(delay_ms = delay.as_secs_f64() * 1000.0, "retry");
    #[cfg(not(feature = "tracing"))]
    let _ = delay;
}

/// Tells how long a call took.
pub(super) fn call_ended(attempts: u32, elapsed: Duration, succeeded: bool) {
    #[cfg(feature = "tracing")]
    tracing::debug!(attempts, duration_ms = elapsed.as_secs_f64() * 1000.0, succeeded, "call ended");
    #[cfg(not(feature = "tracing"))]
    let _ = (attempts, elapsed, succeeded);
}
