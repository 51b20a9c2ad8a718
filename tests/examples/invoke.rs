//! Invokes a Lambda function from the command line:
//! `cargo run -p myrina-tests --example invoke -- thumbnail '{"key": "cat.png"}' --tail`.

use base64::{Engine as _, prelude::BASE64_STANDARD};
use myrina::{Client, Json};
use myrina_lambda::{
    invoke::{Invoke, InvokeResponse},
    types::{InvocationType, LogType},
};
use serde_json::Value;
use std::{
    env,
    error::Error,
    io::{self, Read as _},
    process::ExitCode,
};

const USAGE: &str = "\
Invokes a Lambda function, and prints its answer.

usage: invoke FUNCTION [JSON] [options]

  FUNCTION          name, name:alias, or ARN
  JSON              the event; `-` reads it from standard input; {} unless given
  --qualifier NAME  the version or alias to run
  --async           queue the event, and do not wait for the answer
  --dry-run         check parameters and permissions, and run nothing
  --tail            show the end of the function's log
  --region REGION   instead of AWS_REGION or the profile's region
  --endpoint URL    ask this server instead of AWS

The exit status is 0 where the function answered, 2 where it failed, 1 where it could not be asked, 64 where the command
line is wrong. The answer goes to standard output, and all else to standard error.";

/// The function failed.
const FAILED: u8 = 2;
/// The command line is wrong.
const WRONG_USE: u8 = 64;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    if env::args().len() < 2 {
        eprintln!("{USAGE}");
        return ExitCode::from(WRONG_USE);
    }
    let arguments = match Arguments::parse(env::args().skip(1)) {
        Ok(Some(arguments)) => arguments,
        Ok(None) => {
            println!("{USAGE}");
            return ExitCode::SUCCESS;
        }
        Err(problem) => {
            eprintln!("invoke: {problem}; `invoke --help` shows how to use it");
            return ExitCode::from(WRONG_USE);
        }
    };
    match run(arguments).await {
        Ok(status) => status,
        Err(error) => {
            eprintln!("invoke: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: Arguments) -> Result<ExitCode, Box<dyn Error>> {
    let mut builder = Client::builder();
    if let Some(region) = arguments.region {
        builder = builder.region(region);
    }
    if let Some(endpoint) = arguments.endpoint {
        builder = builder.endpoint_url(endpoint);
    }
    let mut request = Invoke::new(arguments.function, payload(arguments.event.as_deref())?);
    request.invocation_type = arguments.mode;
    request.log_type = arguments.tail.then_some(LogType::Tail);
    request.qualifier = arguments.qualifier;
    show(&builder.build()?.send(request).await?)
}

/// The event, checked before it is sent: what the service says of an event that is no JSON is less clear.
fn payload(event: Option<&str>) -> Result<Json, Box<dyn Error>> {
    let text = match event {
        Some("-") => {
            let mut text = String::new();
            io::stdin().read_to_string(&mut text).map_err(|error| format!("standard input: {error}"))?;
            text
        }
        event => event.unwrap_or("{}").to_owned(),
    };
    let payload = Json::from_bytes(text);
    match payload.to_value() {
        Ok(_) => Ok(payload),
        Err(error) => {
            Err(format!("the event is no JSON: {error}; names and texts need double quotes").into())
        }
    }
}

fn show(response: &InvokeResponse) -> Result<ExitCode, Box<dyn Error>> {
    if let Some(log) = &response.log_result {
        eprintln!("{}", String::from_utf8_lossy(&BASE64_STANDARD.decode(log)?).trim_end());
    }
    let version = response.executed_version.as_deref().map(|version| format!(", version {version}"));
    eprintln!("status {}{}", response.status_code, version.unwrap_or_default());
    let answer = response.payload.as_ref().map(pretty);
    if let Some(error) = &response.function_error {
        eprintln!("the function failed ({error}): {}", answer.unwrap_or_default());
        return Ok(ExitCode::from(FAILED));
    }
    if let Some(answer) = answer {
        println!("{answer}");
    }
    Ok(ExitCode::SUCCESS)
}

/// The document laid out, or as it is should it be none.
fn pretty(payload: &Json) -> String {
    let value = payload.to_value().map(|value: Value| format!("{value:#}"));
    value.unwrap_or_else(|_| String::from_utf8_lossy(payload.as_bytes()).into_owned())
}

#[derive(Default)]
struct Arguments {
    function: String,
    event: Option<String>,
    mode: Option<InvocationType>,
    tail: bool,
    qualifier: Option<String>,
    region: Option<String>,
    endpoint: Option<String>,
}

impl Arguments {
    /// What the command line says; `None` where it asks for help.
    fn parse(mut words: impl Iterator<Item = String>) -> Result<Option<Self>, String> {
        let mut arguments = Self::default();
        let mut positional = Vec::new();
        while let Some(word) = words.next() {
            let mut value = || words.next().ok_or(format!("`{word}` needs a value"));
            match word.as_str() {
                "--help" | "-h" => return Ok(None),
                "--async" => arguments.mode(InvocationType::Event)?,
                "--dry-run" => arguments.mode(InvocationType::DryRun)?,
                "--tail" => arguments.tail = true,
                "--qualifier" => arguments.qualifier = Some(value()?),
                "--region" => arguments.region = Some(value()?),
                "--endpoint" => arguments.endpoint = Some(value()?),
                option if option.starts_with("--") => return Err(format!("no option `{option}`")),
                _ => positional.push(word),
            }
        }
        let mut positional = positional.into_iter();
        arguments.function = positional.next().ok_or("there is no function's name")?;
        arguments.event = positional.next();
        match positional.next() {
            Some(word) => Err(format!("one argument too many: `{word}`; an event with spaces needs quotes")),
            None => Ok(Some(arguments)),
        }
    }

    fn mode(&mut self, mode: InvocationType) -> Result<(), String> {
        match self.mode.replace(mode) {
            Some(_) => Err("either `--async` or `--dry-run`".to_owned()),
            None => Ok(()),
        }
    }
}
