//! Calls any operation of Lambda by its name, with JSON input and output:
//! `cargo run -p myrina-tests --example dynamic -- ListFunctions '{"MaxItems": 3}'`.

use myrina::{
    Client,
    dynamic::{self, Blobs},
};
use myrina_lambda::dynamic::OPERATIONS;
use serde_json::Value;
use std::{
    env,
    error::Error,
    io::{self, Write as _},
    process::ExitCode,
};

const USAGE: &str = "\
Calls an operation of Lambda, and prints what it answers as JSON.

usage: dynamic OPERATION [JSON] | --list | --describe OPERATION

  OPERATION             the name: ListFunctions
  JSON                  its parameters, by the names of the model; blobs are base64; {} unless given
  --list                print the names of all operations
  --describe OPERATION  print the parameters of one

AWS_REGION, AWS_ENDPOINT_URL and so on say where it is sent. The exit status is 0 where the operation succeeded, 2 where the
service answered an error, which is printed as JSON, 1 where it could not be called, 64 where the command line is wrong.";

/// The service answered an error.
const FAILED: u8 = 2;
/// The command line is wrong.
const WRONG_USE: u8 = 64;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let words: Vec<String> = env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let done = match words[..] {
        ["--help" | "-h"] => {
            println!("{USAGE}");
            Ok(ExitCode::SUCCESS)
        }
        ["--list"] => list(),
        ["--describe", name] => describe(name),
        [name] if !name.starts_with('-') => call(name, "{}").await,
        [name, input] if !name.starts_with('-') => call(name, input).await,
        _ => {
            eprintln!("{USAGE}");
            Ok(ExitCode::from(WRONG_USE))
        }
    };
    done.unwrap_or_else(|error| {
        eprintln!("dynamic: {error}");
        ExitCode::FAILURE
    })
}

async fn call(name: &str, input: &str) -> Result<ExitCode, Box<dyn Error>> {
    let operation = dynamic::named(OPERATIONS, name)?;
    let input: Value =
        serde_json::from_str(input).map_err(|error| format!("the parameters are no JSON: {error}"))?;
    let client = Client::from_env().await?;
    match client.send_dynamic(operation, &input, Blobs::Base64).await {
        Ok(output) => {
            print(&format!("{output:#}"))?;
            Ok(ExitCode::SUCCESS)
        }
        Err(error) if error.service().is_some() => {
            print(&format!("{:#}", dynamic::error(&error, Blobs::Base64)))?;
            Ok(ExitCode::from(FAILED))
        }
        Err(error) => Err(error.into()),
    }
}

fn list() -> Result<ExitCode, Box<dyn Error>> {
    for operation in OPERATIONS {
        print(operation.name())?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Prints what an operation takes and gives.
fn describe(name: &str) -> Result<ExitCode, Box<dyn Error>> {
    let schema = dynamic::named(OPERATIONS, name)?.schema();
    for (title, schema) in [("input", schema.input.schema()), ("output", schema.output.schema())] {
        print(title)?;
        for member in schema.map(|schema| schema.members).unwrap_or_default() {
            let required = if member.required { ", required" } else { "" };
            print(&format!("  {}: {}{required}", member.name, member.expected()))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Prints a line. A reader that has seen enough, as `head` has, is an error to report, not a panic.
fn print(line: &str) -> io::Result<()> {
    writeln!(io::stdout(), "{line}")
}
