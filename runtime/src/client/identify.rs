//! The header fields by which a request tells what sends it.

use crate::{config::Environment, operation::ServiceSchema};
use http::{HeaderMap, HeaderName, HeaderValue};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

const TRACE_ID: HeaderName = HeaderName::from_static("x-amzn-trace-id");

/// The client's name, in the form that the SDKs agreed on: words of `key/value`.
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

/// Inside a Lambda function, hands on the trace that the invocation belongs to, unless the request has one already: the
/// SDKs' rule against recursion that nobody notices.
pub(super) fn trace(headers: &mut HeaderMap, environment: &Environment) {
    /// Only what a header cannot hold; the encoding adds all that is not ASCII.
    const UNFIT: &AsciiSet = CONTROLS;

    if headers.contains_key(TRACE_ID) || environment.get("AWS_LAMBDA_FUNCTION_NAME").is_none() {
        return;
    }
    let id = environment.get("_X_AMZN_TRACE_ID").map(|id| utf8_percent_encode(&id, UNFIT).to_string());
    if let Some(value) = id.and_then(|id| HeaderValue::try_from(id).ok()) {
        headers.insert(TRACE_ID, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The cases of the SDKs' common test suite.
    #[test]
    fn the_trace_is_handed_on_in_lambda_only() {
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
            trace(&mut headers, &environment);
            let found = headers.get(TRACE_ID).map(|value| value.to_str().unwrap());
            assert_eq!(found, after, "{variables:?}");
        }
    }
}
