//! The conformance runner: public, language-neutral suites against real generated code.
//!
//! The runner generates code from a suite's models, compiles it together with [`driver`], and sends the cases to that program
//! as JSON lines. It keeps everything under `target/conformance`, so that a second run compiles nothing.

mod cbor;
mod credentials;
pub mod driver;
mod driver_process;
mod endpoints;
mod eventstream;
mod generate;
mod known_failures;
mod model;
mod program;
mod protocols;
mod report;
mod sigv4;
mod timestamps;
mod wire;

pub use generate::{Module, generate};
pub use program::{Program, folder};
pub use protocols::{Groups, groups};
pub use report::Report;

use std::{path::Path, process::ExitCode};

use crate::BoxError;

/// The folder of the workspace.
pub(crate) const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

const USAGE: &str = "usage: conformance SUITE DIR [--case NAME]
       conformance endpoints DIR [--models BOTOCORE_DATA]
       conformance wire --models BOTOCORE_DATA --service NAME

suites: protocols, sigv4, timestamps, eventstream, cbor, credentials, endpoints-functions, endpoints";

/// Runs a suite on the data in `folder`. Fails if it cannot be run; how its cases came out, the report says.
pub fn suite(name: &str, folder: &Path) -> Result<Report, BoxError> {
    match name {
        "protocols" => protocols::run(folder),
        "sigv4" => sigv4::run(folder),
        "timestamps" => timestamps::run(folder),
        "eventstream" => eventstream::run(folder),
        "cbor" => cbor::run(folder),
        "credentials" => credentials::run(folder),
        "endpoints-functions" => endpoints::functions(folder),
        "endpoints" => match std::env::var_os("MYRINA_BOTOCORE_DATA") {
            Some(models) => endpoints(folder, Path::new(&models)),
            None => Err("the suite needs the models that it was made from: name their folder, botocore/data, by --models or MYRINA_BOTOCORE_DATA".into()),
        },
        _ => Err(format!("there is no suite {name:?} here\n{USAGE}").into()),
    }
}

/// Runs the suite `endpoints` on the data in `folder`, with the models of `models`, a folder `botocore/data`.
pub fn endpoints(folder: &Path, models: &Path) -> Result<Report, BoxError> {
    endpoints::services(folder, models)
}

/// Runs what the arguments, without the program's name, ask for. The status is a success where nothing failed that should not.
pub fn run(arguments: &[String]) -> ExitCode {
    let arguments: Vec<_> = arguments.iter().map(String::as_str).collect();
    let result = match arguments[..] {
        ["wire", "--models", models, "--service", name] | ["wire", "--service", name, "--models", models] => {
            wire::run(Path::new(models), name)
        }
        ["endpoints", folder, "--models", models] | ["endpoints", "--models", models, folder] => {
            endpoints(Path::new(folder), Path::new(models)).map(|report| report.print())
        }
        ["endpoints", _] if std::env::var_os("MYRINA_BOTOCORE_DATA").is_none() => {
            println!(
                "not run: neither --models nor MYRINA_BOTOCORE_DATA names the models, a folder botocore/data"
            );
            Ok(ExitCode::SUCCESS)
        }
        [name, folder] => suite(name, Path::new(folder)).map(|report| report.print()),
        [name, folder, "--case", case] => {
            suite(name, Path::new(folder)).map(|report| report.print_cases(case))
        }
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::from(64);
        }
    };
    result.unwrap_or_else(|problem| {
        eprintln!("error: {problem}");
        ExitCode::FAILURE
    })
}
