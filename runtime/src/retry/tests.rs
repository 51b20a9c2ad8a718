//! The vectors of the AWS SDKs: outcomes of attempts, and the delays and quota that follow from them.

use super::*;
use crate::{
    clock::{ClockSkew, Sleep},
    codec::structure,
    error::{Error, ErrorKind, ServiceError, Timeout, TimeoutKind},
    format::fixtures::AllTypes,
    operation::ServiceSchema,
    protocol::AWS_JSON,
    time::Timestamp,
};
use RetrySpec::{V2_0, V2_1};
use http::{
    HeaderValue,
    header::{AGE, DATE},
};

/// A clock whose random numbers are as close to one as can be.
#[derive(Debug)]
struct Unlucky;

impl Clock for Unlucky {
    fn now(&self) -> Timestamp {
        Timestamp::new(0, 0)
    }

    fn elapsed(&self) -> Duration {
        Duration::ZERO
    }

    fn sleep(&self, _: Duration) -> Sleep {
        Box::pin(std::future::ready(()))
    }

    fn fill_random(&self, bytes: &mut [u8]) {
        bytes.fill(0xff);
    }
}

macro_rules! operation {
    ($name:ident, $service:literal, $operation:literal) => {
        static $name: OperationSchema = {
            static SERVICE: ServiceSchema = ServiceSchema::new($service, "x", "2020-01-01", "x", &AWS_JSON);
            let shape = structure::<AllTypes>("");
            OperationSchema::new(&SERVICE, $operation, "POST", "/", shape, shape)
        };
    };
}

operation!(PUT_ITEM, "DynamoDB", "PutItem");
operation!(GET_RECORDS, "DynamoDB Streams", "GetRecords");
operation!(RECEIVE, "SQS", "ReceiveMessage");
operation!(SEND, "SQS", "SendMessage");
operation!(GET_OBJECT, "S3", "GetObject");

/// How an attempt ends, by a letter: `S` an error of the server, `T` throttling, `X` no answer, `.` success.
fn outcome(attempt: u32, letter: char) -> Outcome {
    let mut outcome = Outcome::new(attempt);
    outcome.result = match letter {
        'S' => Err(ServiceError::new(503).into()),
        'T' => Err(ServiceError::new(400).with_code("Throttling").into()),
        'X' => Err(ErrorKind::Timeout(Timeout::new(TimeoutKind::Read, Duration::from_secs(1))).into()),
        '.' => Ok(()),
        other => unreachable!("{other}"),
    };
    outcome
}

fn retries(
    operation: &OperationSchema,
    spec: RetrySpec,
    max_attempts: Option<u32>,
    quota: u32,
) -> Arc<ServiceRetries> {
    let max_attempts = max_attempts.and_then(NonZeroU32::new);
    let config = RetryConfig { mode: RetryMode::Standard, spec, max_attempts };
    let mut retries = ServiceRetries::new(operation.service.id, config);
    retries.quota = Quota::new(quota);
    Arc::new(retries)
}

/// One call: the delays, and the quota after each attempt. An attempt may have a value of `x-amz-retry-after`: `S=1500`.
fn call(
    service: &Arc<ServiceRetries>,
    operation: &'static OperationSchema,
    attempts: &str,
) -> (Vec<Decision>, Vec<u32>) {
    let mut call = CallRetries::new(service.clone(), operation, None);
    let (mut decisions, mut quota) = (Vec::new(), Vec::new());
    for (number, attempt) in (1..).zip(attempts.split(' ')) {
        let (letter, retry_after) = attempt.split_once('=').unwrap_or((attempt, ""));
        let mut outcome = outcome(number, letter.chars().next().unwrap());
        if !retry_after.is_empty() {
            outcome.headers.insert("x-amz-retry-after", HeaderValue::from_str(retry_after).unwrap());
        }
        decisions.push(rounded(call.after_attempt(&outcome, true, &Unlucky)));
        quota.push(service.quota.available());
    }
    (decisions, quota)
}

/// Random numbers are a little less than one.
fn rounded(decision: Decision) -> Decision {
    let round = |delay: Duration| Duration::from_secs_f64((delay.as_secs_f64() * 1e6).round() / 1e6);
    match decision {
        Decision::End(delay) => Decision::End(round(delay)),
        Decision::Retry(delay) => Decision::Retry(round(delay)),
        Decision::NotReplayable => Decision::NotReplayable,
    }
}

fn retry(seconds: f64) -> Decision {
    Decision::Retry(Duration::from_secs_f64(seconds))
}

const END: Decision = Decision::End(Duration::ZERO);

#[track_caller]
fn check(
    (operation, spec, max_attempts, quota): (&'static OperationSchema, RetrySpec, Option<u32>, u32),
    attempts: &str,
    delays: &[f64],
    quota_after: &[u32],
) {
    let service = retries(operation, spec, max_attempts, quota);
    let (decisions, found) = call(&service, operation, attempts);
    let mut expected: Vec<_> = delays.iter().copied().map(retry).collect();
    expected.push(END);
    assert_eq!(decisions, expected, "{attempts}");
    if !quota_after.is_empty() {
        assert_eq!(found, quota_after, "{attempts}");
    }
}

#[test]
fn standard_retries_follow_the_vectors_of_version_2_1() {
    check((&SEND, V2_1, None, 500), "S S .", &[0.05, 0.1], &[486, 472, 486]);
    check((&SEND, V2_1, None, 500), "S S S", &[0.05, 0.1], &[486, 472, 472]);
    check((&SEND, V2_1, Some(5), 14), "S S", &[0.05], &[0, 0]);
    check((&SEND, V2_1, None, 0), "S", &[], &[0]);
    check((&SEND, V2_1, Some(5), 20), "S S", &[0.05], &[6, 6]);
    check((&SEND, V2_1, None, 500), "T .", &[1.0], &[495, 500]);
    check((&PUT_ITEM, V2_1, None, 500), "S S S S", &[0.025, 0.05, 0.1], &[486, 472, 458, 458]);
    check((&GET_RECORDS, V2_1, None, 500), "S S S S", &[0.025, 0.05, 0.1], &[486, 472, 458, 458]);
    check((&PUT_ITEM, V2_1, Some(2), 500), "S S", &[0.025], &[486, 486]);
    check((&PUT_ITEM, V2_1, None, 500), "T T .", &[1.0, 2.0], &[495, 490, 495]);
    let delays = [0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 6.4, 12.8, 20.0, 20.0];
    check((&SEND, V2_1, Some(12), 500), "S S S S S S S S S S S S", &delays, &[]);
    check((&SEND, V2_1, None, 500), "X X .", &[0.05, 0.1], &[486, 472, 486]);
}

#[test]
fn calls_of_a_service_share_the_quota() {
    let service = retries(&SEND, V2_1, Some(5), 30);
    assert_eq!(call(&service, &SEND, "S S ."), (vec![retry(0.05), retry(0.1), END], vec![16, 2, 16]));
    assert_eq!(call(&service, &SEND, "S ."), (vec![retry(0.05), END], vec![2, 16]));
    assert_eq!(call(&service, &SEND, "."), (vec![END], vec![17]));
}

#[test]
fn the_service_can_ask_for_a_delay() {
    let after = |value: &str, delay| {
        let attempts = format!("S={value} .");
        check((&SEND, V2_1, None, 500), &attempts, &[delay], &[486, 500]);
    };
    for (value, delay) in [
        ("1500", 1.5),
        ("0", 0.05),
        ("10000", 5.05),
        ("invalid", 0.05),
        ("-100", 0.05),
        ("3000", 3.0),
        ("10", 0.05),
    ] {
        after(value, delay);
    }
    check((&SEND, V2_0, None, 500), "S=30000 .", &[20.0], &[495, 500]);
    check((&SEND, V2_0, Some(5), 100), "X X=1000 .", &[1.0, 1.0], &[90, 80, 90]);
}

#[test]
fn standard_retries_follow_the_vectors_of_version_2_0() {
    check((&SEND, V2_0, Some(5), 500), "S S S S S", &[1.0, 2.0, 4.0, 8.0], &[495, 490, 485, 480, 480]);
    check((&SEND, V2_0, Some(5), 500), "S S .", &[1.0, 2.0], &[495, 490, 495]);
    check((&PUT_ITEM, V2_0, None, 500), "S S S", &[1.0, 2.0], &[495, 490, 490]);
}

#[test]
fn long_polling_waits_before_it_fails_without_a_quota() {
    let service = retries(&RECEIVE, V2_1, None, 0);
    assert_eq!(call(&service, &RECEIVE, "S").0, [Decision::End(Duration::from_millis(50))]);
    // Not after the last attempt, nor after success, nor after an error that is not retried.
    let service = retries(&RECEIVE, V2_1, Some(1), 0);
    assert_eq!(call(&service, &RECEIVE, "S").0, [END]);
    assert_eq!(call(&service, &RECEIVE, ".").0, [END]);
}

#[test]
fn failures_are_classified() {
    let service = |status, code: &str| ServiceError::new(status).with_code(code);
    let kind = |operation, error: Error, spec| {
        let mut outcome = Outcome::new(1);
        outcome.result = Err(error);
        classify::classify(operation, &outcome, spec)
    };
    let of = |status, code| kind(&SEND, service(status, code).into(), V2_1);
    assert_eq!(of(400, "ProvisionedThroughputExceededException"), Some(FailureKind::Throttling));
    assert_eq!(of(503, "SlowDown"), Some(FailureKind::Throttling));
    assert_eq!(of(400, "PriorRequestNotComplete"), Some(FailureKind::Throttling));
    assert_eq!(of(400, "RequestTimeout"), Some(FailureKind::Transient));
    for status in [500, 502, 503, 504] {
        assert_eq!(of(status, "Whatever"), Some(FailureKind::Server));
    }
    for status in [400, 401, 403, 404, 408, 409, 501, 505] {
        assert_eq!(of(status, "Whatever"), None, "{status}");
    }
    assert_eq!(of(429, "Whatever"), Some(FailureKind::Throttling));
    assert_eq!(kind(&SEND, service(429, "Whatever").into(), V2_0), None);
    assert_eq!(kind(&GET_OBJECT, service(200, "InternalError").into(), V2_1), Some(FailureKind::Server));
    assert_eq!(of(200, "InternalError"), None);
    let timeout = |kind| ErrorKind::Timeout(Timeout::new(kind, Duration::ZERO)).into();
    assert_eq!(kind(&SEND, timeout(TimeoutKind::Connect), V2_1), Some(FailureKind::Transient));
    assert_eq!(kind(&SEND, timeout(TimeoutKind::Operation), V2_1), None);
    assert_eq!(kind(&SEND, ErrorKind::Config("no region".into()).into(), V2_1), None);
    assert_eq!(kind(&SEND, ErrorKind::Credentials("none".into()).into(), V2_1), None);
}

#[test]
fn a_signature_refused_for_the_clock_is_retried_once_the_skew_is_known() {
    let refused = |code: &str, date: &'static str, applied| {
        let mut outcome = Outcome::new(1);
        outcome.result = Err(ServiceError::new(403).with_code(code).into());
        outcome.headers.insert(DATE, HeaderValue::from_static(date));
        (outcome.sent_at, outcome.received_at) = (Some(Timestamp::new(0, 0)), Some(Timestamp::new(0, 0)));
        outcome.applied_skew = ClockSkew::from_milliseconds(applied);
        outcome
    };
    let kind = |outcome: &Outcome| classify::classify(&SEND, outcome, V2_1);
    let (hour, minutes) = ("Thu, 01 Jan 1970 01:00:00 GMT", "Thu, 01 Jan 1970 00:04:00 GMT");
    for code in [
        "SignatureDoesNotMatch",
        "InvalidSignatureException",
        "AuthFailure",
        "RequestTimeTooSkewed",
        "AccessDeniedException",
    ] {
        assert_eq!(kind(&refused(code, hour, 0)), Some(FailureKind::Server), "{code}");
        assert_eq!(kind(&refused(code, minutes, 0)), None, "{code}");
        assert_eq!(kind(&refused(code, hour, 3_600_000)), None, "{code}");
    }
    assert_eq!(kind(&refused("ValidationException", hour, 0)), None);
    assert_eq!(kind(&refused("AuthFailure", "yesterday", 0)), None);
    let mut cached = refused("AuthFailure", hour, 0);
    cached.headers.insert(AGE, HeaderValue::from_static("10"));
    assert_eq!(kind(&cached), None);
}

#[test]
fn no_request_is_repeated_without_retries() {
    let config =
        RetryConfig { mode: RetryMode::Never, max_attempts: NonZeroU32::new(9), ..RetryConfig::default() };
    let service = Arc::new(ServiceRetries::new("DynamoDB", config));
    assert_eq!(call(&service, &PUT_ITEM, "S"), (vec![END], vec![500]));
}

#[test]
fn the_quota_stays_within_its_bounds_under_concurrent_calls() {
    let service = retries(&SEND, V2_1, Some(4), 500);
    std::thread::scope(|scope| {
        for seed in 0..100_u32 {
            let service = &service;
            scope.spawn(move || {
                let mut state = seed.wrapping_mul(0x9e37_79b9) | 1;
                for _ in 0..200 {
                    let mut call = CallRetries::new(service.clone(), &SEND, None);
                    for number in 1..=4 {
                        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                        let letter = ['S', 'T', 'X', '.'][(state >> 30) as usize];
                        let decision = call.after_attempt(&outcome(number, letter), true, &Unlucky);
                        let available = service.quota.available();
                        assert!(available <= quota::CAPACITY, "{available}");
                        if !matches!(decision, Decision::Retry(_)) {
                            break;
                        }
                    }
                }
            });
        }
    });
}

#[test]
fn a_request_that_cannot_be_sent_again_takes_nothing_from_the_quota() {
    let service = retries(&SEND, V2_1, None, 500);
    let mut call = CallRetries::new(service.clone(), &SEND, None);
    assert_eq!(call.after_attempt(&outcome(1, 'S'), false, &Unlucky), Decision::NotReplayable);
    assert_eq!(call.after_attempt(&outcome(3, 'S'), false, &Unlucky), END);
    assert_eq!(service.quota.available(), 500);
}
