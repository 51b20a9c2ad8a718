//! Header fields that describe the caller: user agent and recursion detection.

use crate::{config::Environment, operation::ServiceSchema};
use http::{HeaderMap, HeaderName, HeaderValue};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

const TRACE_ID: HeaderName = HeaderName::from_static("x-amzn-trace-id");

/// Returns the `user-agent` in the format of the AWS SDKs: words of the form `key/value`.
pub(super) fn user_agent(service: &ServiceSchema) -> Option<HeaderValue> {
    let id: String = service.id.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    let text = format!(
        "myrina/{} ua/2.1 os/{} md/arch#{} lang/rust api/{}#{}",
        env!("CARGO_PKG_VERSION"),
        std::env::consts::OS,
        std::env::consts::ARCH,
        id.to_ascii_lowercase(),
        service.api_version,
    );
    HeaderValue::try_from(text).ok()
}

/// Adds the trace of the current invocation inside a Lambda function, unless the request has one. With it, the service detects
/// functions that call themselves without end.
pub(super) fn recursion_detection(headers: &mut HeaderMap, environment: &Environment) {
    /// Encodes what a header cannot hold; percent-encoding adds everything beyond ASCII.
    const NOT_IN_HEADERS: &AsciiSet = CONTROLS;

    if headers.contains_key(TRACE_ID) || environment.get("AWS_LAMBDA_FUNCTION_NAME").is_none() {
        return;
    }
    let id =
        environment.get("_X_AMZN_TRACE_ID").map(|id| utf8_percent_encode(&id, NOT_IN_HEADERS).to_string());
    if let Some(value) = id.and_then(|id| HeaderValue::try_from(id).ok()) {
        headers.insert(TRACE_ID, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The cases of the test suite that the AWS SDKs share.
    #[test]
    fn the_trace_id_is_sent_in_lambda_only() {
        const LAMBDA: (&str, &str) = ("AWS_LAMBDA_FUNCTION_NAME", "f");
        let trace_id = |value| ("_X_AMZN_TRACE_ID", value);
        let cases = [
            (vec![], None, None),
            (vec![LAMBDA, trace_id("Root=1-5;P=2")], None, Some("Root=1-5;P=2")),
            (vec![trace_id("Root=1-5")], None, None),
            (vec![LAMBDA, trace_id("E")], Some("Own"), Some("Own")),
            (vec![LAMBDA, trace_id("first\nsecond¼\t")], None, Some("first%0Asecond%C2%BC%09")),
        ];
        for (variables, before, after) in cases {
            let environment =
                variables.iter().fold(Environment::empty(), |all, (name, value)| all.with(*name, *value));
            let mut headers = HeaderMap::new();
            if let Some(before) = before {
                headers.insert(TRACE_ID, HeaderValue::from_static(before));
            }
            recursion_detection(&mut headers, &environment);
            let found = headers.get(TRACE_ID).map(|value| value.to_str().unwrap());
            assert_eq!(found, after, "{variables:?}");
        }
    }
}
