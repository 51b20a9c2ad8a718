//! The CBOR protocol against the public suites.

use myrina::protocol::RPC_CBOR;
use myrina_tests::suite::{Direction, Suite, SuiteResults, same_cbor};

#[test]
fn rpc_cbor_suite_passes() {
    let files = [
        "smithy-rpc-v2-cbor",
        "smithy-rpc-v2-cbor-query-compatible",
        "smithy-rpc-v2-cbor-non-query-compatible",
    ];
    let suites = files.map(|file| {
        [Direction::Input, Direction::Output].map(|direction| Suite {
            file,
            direction,
            protocol: &RPC_CBOR,
            same_body: same_cbor,
        })
    });
    SuiteResults::of(suites.as_flattened()).check("smithy-rpc-v2-cbor", &[]);
}
