//! Generates all services of a botocore wheel, and type-checks them: `catalogue --from WHEEL --check`.

use clap::Parser as _;
use myrina_tests::catalogue::{Arguments, run};
use std::process::ExitCode;

fn main() -> ExitCode {
    run(&Arguments::parse())
}
