//! Which failures may not happen again.

use super::RetrySpec;
use crate::{
    error::{ErrorKind, ServiceError},
    operation::{OperationSchema, Outcome},
};

/// A failure after which the same request may succeed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FailureKind {
    /// The service throttles requests.
    Throttling,
    /// The connection failed, a timeout expired, or the service says that the request did not arrive in time.
    Transient,
    /// The service has a temporary problem.
    Server,
}

impl FailureKind {
    /// What a retry takes out of the quota.
    pub(super) fn cost(self, spec: RetrySpec) -> u32 {
        match (spec, self) {
            (RetrySpec::V2_1, Self::Transient | Self::Server) => 14,
            (RetrySpec::V2_0, Self::Transient) => 10,
            (_, Self::Throttling) | (RetrySpec::V2_0, Self::Server) => 5,
        }
    }
}

/// Codes of temporary errors that one service alone returns, with a status that does not show it: its `serviceId`, and the code.
///
/// S3 reports an internal error in a response of status 200 too. STS could not reach the identity provider.
const SERVICE_CODES: [(&str, &str); 2] = [("S3", "InternalError"), ("STS", "IDPCommunicationError")];

/// Codes of signatures that are refused, among other reasons, because the clocks differ.
const SKEW_CODES: [&str; 5] = [
    "AccessDeniedException",
    "AuthFailure",
    "InvalidSignatureException",
    "RequestTimeTooSkewed",
    "SignatureDoesNotMatch",
];

/// Operations that wait for something to happen, which models do not say: `serviceId`, operation.
const LONG_POLLING: [(&str, &str); 6] = [
    ("Kinesis", "ReceiveDeadLetterQueueRecords"),
    ("Kinesis", "ReceiveQueueRecords"),
    ("SFN", "GetActivityTask"),
    ("SQS", "ReceiveMessage"),
    ("SWF", "PollForActivityTask"),
    ("SWF", "PollForDecisionTask"),
];

/// Returns what kind of failure the outcome is. `None` if the attempt succeeded, or if another one would fail too.
pub(super) fn classify(
    operation: &OperationSchema,
    outcome: &Outcome,
    spec: RetrySpec,
) -> Option<FailureKind> {
    let error = outcome.result.as_ref().err()?;
    match error.kind() {
        ErrorKind::Service(service) => {
            service_error(operation, service, spec).or_else(|| refused_by_clock(service, outcome))
        }
        // The response was damaged on its way.
        ErrorKind::Response { .. } => Some(FailureKind::Transient),
        _ => error.is_retryable().then_some(FailureKind::Transient),
    }
}

fn service_error(operation: &OperationSchema, error: &ServiceError, spec: RetrySpec) -> Option<FailureKind> {
    // A modeled error of this status may mean something else, such as a limit of the account.
    let has_throttling_status = error.status() == 429 && error.data().is_none() && spec == RetrySpec::V2_1;
    if error.has_throttling_code() || error.is_modeled_throttling() || has_throttling_status {
        return Some(FailureKind::Throttling);
    }
    if error.has_transient_code() {
        return Some(FailureKind::Transient);
    }
    let code = error.code().unwrap_or_default();
    let is_temporary = matches!(error.status(), 500 | 502 | 503 | 504)
        || error.is_modeled_retryable()
        || SERVICE_CODES.contains(&(operation.service.id, code));
    is_temporary.then_some(FailureKind::Server)
}

/// A signature that was refused because the clocks differ. The next one takes the difference into account.
fn refused_by_clock(error: &ServiceError, outcome: &Outcome) -> Option<FailureKind> {
    let is_refusal = SKEW_CODES.contains(&error.code()?);
    let is_explained = outcome.clock_skew()?.explains_refusal(outcome.applied_skew);
    (is_refusal && is_explained).then_some(FailureKind::Server)
}

/// Whether the operation waits for something to happen.
pub(super) fn is_long_polling(operation: &OperationSchema) -> bool {
    LONG_POLLING.contains(&(operation.service.id, operation.name))
}
