//! The XML protocols against the public suites.

use myrina::operation::Protocol;
use myrina::protocol::{AWS_QUERY, EC2_QUERY, REST_XML};
use myrina_tests::suite::{Direction, KnownFailure, SameBody, Suite, SuiteResults, same_text, same_xml};

const fn uncompressed(id: &'static str) -> KnownFailure {
    KnownFailure { id, reason: "requests are not compressed; one operation of the catalogue would take it" }
}

const REST_DEVIATIONS: &[KnownFailure] = &[
    uncompressed("input/rest-xml/SDKAppliedContentEncoding_restXml"),
    uncompressed("input/rest-xml/SDKAppendedGzipAfterProvidedEncoding_restXml"),
];

const EC2_DEVIATIONS: &[KnownFailure] = &[
    uncompressed("input/ec2/SDKAppliedContentEncoding_ec2Query"),
    uncompressed("input/ec2/SDKAppendsGzipAndIgnoresHttpProvidedEncoding_ec2Query"),
];

fn check(file: &'static str, protocol: &'static dyn Protocol, same_body: SameBody, known: &[KnownFailure]) {
    let suites =
        [Direction::Input, Direction::Output].map(|direction| Suite { file, direction, protocol, same_body });
    SuiteResults::of(&suites).check(file, known);
}

#[test]
fn rest_xml_suite_passes() {
    check("rest-xml", &REST_XML, same_xml, REST_DEVIATIONS);
}

#[test]
fn query_suite_passes() {
    check("query", &AWS_QUERY, same_text, &[]);
}

#[test]
fn ec2_suite_passes() {
    check("ec2", &EC2_QUERY, same_text, EC2_DEVIATIONS);
}

/// A parameter of its own wins over the map's, which so never comes to be written.
const BACK_DEVIATIONS: &[KnownFailure] = &[KnownFailure {
    id: "input/rest-xml/RestXmlQueryPrecedence",
    reason: "what is not written cannot be read back",
}];

fn check_back(file: &'static str, protocol: &'static dyn Protocol, known: &[KnownFailure]) {
    let directions = [Direction::InputRoundTrip, Direction::OutputRoundTrip];
    let suites = directions.map(|direction| Suite { file, direction, protocol, same_body: same_text });
    SuiteResults::of(&suites).check(&format!("{file}, there and back"), known);
}

#[test]
fn requests_responses_and_errors_round_trip() {
    check_back("rest-xml", &REST_XML, BACK_DEVIATIONS);
    check_back("query", &AWS_QUERY, &[]);
    check_back("ec2", &EC2_QUERY, &[]);
}
