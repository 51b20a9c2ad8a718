//! The JSON protocols against the public suites.

use myrina::operation::Protocol;
use myrina::protocol::{AWS_JSON, REST_JSON};
use myrina_tests::suite::{Direction, KnownFailure, Suite, SuiteResults, same_json};

const fn uncompressed(id: &'static str) -> KnownFailure {
    KnownFailure { id, reason: "requests are not compressed; one operation of the catalogue would take it" }
}

const REST_DEVIATIONS: &[KnownFailure] =
    &[uncompressed("input/rest-json/SDKAppendedGzipAfterProvidedEncoding_restJson1")];

const AWS_DEVIATIONS: &[KnownFailure] = &[
    uncompressed("input/json/SDKAppliedContentEncoding_awsJson1_1"),
    uncompressed("input/json_1_0/SDKAppliedContentEncoding_awsJson1_0"),
    uncompressed("input/json_1_0/SDKAppendsGzipAndIgnoresHttpProvidedEncoding_awsJson1_0"),
];

fn suite(file: &'static str, direction: Direction, protocol: &'static dyn Protocol) -> Suite {
    Suite { file, direction, protocol, same_body: same_json }
}

#[test]
fn rest_json_suite_passes() {
    let suites =
        [suite("rest-json", Direction::Input, &REST_JSON), suite("rest-json", Direction::Output, &REST_JSON)];
    SuiteResults::of(&suites).check("rest-json", REST_DEVIATIONS);
}

#[test]
fn aws_json_suite_passes() {
    let files = ["json", "json_1_0", "json_1_0-query-compatible"];
    let suites = files
        .map(|file| [Direction::Input, Direction::Output].map(|direction| suite(file, direction, &AWS_JSON)));
    SuiteResults::of(suites.as_flattened()).check("json", AWS_DEVIATIONS);
}
