//! The JSON protocols against the public suites.

use myrina::operation::Protocol;
use myrina::protocol::{AWS_JSON, REST_JSON};
use myrina_tests::suite::{Deviation, Suite, Tally, Way, same_json};

const fn uncompressed(id: &'static str) -> Deviation {
    Deviation { id, reason: "requests are not compressed; one operation of the catalogue would take it" }
}

const REST_DEVIATIONS: &[Deviation] =
    &[uncompressed("input/rest-json/SDKAppendedGzipAfterProvidedEncoding_restJson1")];

const AWS_DEVIATIONS: &[Deviation] = &[
    uncompressed("input/json/SDKAppliedContentEncoding_awsJson1_1"),
    uncompressed("input/json_1_0/SDKAppliedContentEncoding_awsJson1_0"),
    uncompressed("input/json_1_0/SDKAppendsGzipAndIgnoresHttpProvidedEncoding_awsJson1_0"),
];

fn suite(file: &'static str, way: Way, protocol: &'static dyn Protocol) -> Suite {
    Suite { file, way, protocol, same_body: same_json }
}

#[test]
fn rest_json_suite_passes() {
    let suites = [suite("rest-json", Way::Input, &REST_JSON), suite("rest-json", Way::Output, &REST_JSON)];
    Tally::of(&suites).check("rest-json", REST_DEVIATIONS);
}

#[test]
fn aws_json_suite_passes() {
    let files = ["json", "json_1_0", "json_1_0-query-compatible"];
    let suites = files.map(|file| [Way::Input, Way::Output].map(|way| suite(file, way, &AWS_JSON)));
    Tally::of(suites.as_flattened()).check("json", AWS_DEVIATIONS);
}
