//! Runs a public conformance suite against generated code: `conformance SUITE DIR`.

use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    myrina_tests::conformance::run(&arguments)
}
