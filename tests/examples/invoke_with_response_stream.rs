//! Invokes a Lambda function with a streamed response, and prints each chunk as it arrives:
//! `cargo run -p myrina-tests --example invoke_with_response_stream -- storyteller '{"about": "cats"}'`.

use myrina::{Bytes, Client};
use myrina_lambda::{
    invoke_with_response_stream::InvokeWithResponseStream,
    types::{InvokeWithResponseStreamCompleteEvent, InvokeWithResponseStreamResponseEvent as Event},
};
use std::{
    env,
    error::Error,
    io::{self, Write as _},
    process::ExitCode,
};

const USAGE: &str = "\
Invokes a Lambda function, and prints its answer as it comes.

usage: invoke_with_response_stream FUNCTION [JSON]

  FUNCTION  name, name:alias, or ARN
  JSON      the event; {} unless given

AWS_REGION, AWS_ENDPOINT_URL and so on say where the function is. The exit status is 0 where the function answered, 2
where it failed, 1 where it could not be asked or the connection broke, 64 where the command line is wrong.";

/// The function failed.
const FAILED: u8 = 2;
/// The command line is wrong.
const WRONG_USE: u8 = 64;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let words: Vec<String> = env::args().skip(1).collect();
    let (function, event) = match &words[..] {
        [word] if word == "--help" || word == "-h" => {
            println!("{USAGE}");
            return ExitCode::SUCCESS;
        }
        [function] => (function.clone(), "{}".to_owned()),
        [function, event] => (function.clone(), event.clone()),
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::from(WRONG_USE);
        }
    };
    match run(function, event).await {
        Ok(status) => status,
        Err(error) => {
            eprintln!("invoke_with_response_stream: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(function: String, event: String) -> Result<ExitCode, Box<dyn Error>> {
    let client = Client::from_env().await?;
    let request = InvokeWithResponseStream::new(function).payload(event);
    let mut events = client.send(request).await?.event_stream;
    let mut end = None;
    while let Some(event) = events.next().await {
        // What the service says in mid-stream and a connection that breaks are errors, and the last of the items.
        match event? {
            Event::PayloadChunk(chunk) => show(chunk.payload)?,
            Event::InvokeComplete(complete) => end = Some(complete),
            // An event that this crate's model does not have yet.
            _ => {}
        }
    }
    let end = end.ok_or("the answer ended without saying how the function did")?;
    Ok(conclude(&end))
}

/// Prints a piece at once, however short it is and wherever its lines end.
fn show(piece: Option<Bytes>) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(&piece.unwrap_or_default())?;
    out.flush()
}

fn conclude(end: &InvokeWithResponseStreamCompleteEvent) -> ExitCode {
    println!();
    match &end.error_code {
        None => ExitCode::SUCCESS,
        Some(code) => {
            let details = end.error_details.as_deref().unwrap_or("without details");
            eprintln!("the function failed ({code}): {details}");
            ExitCode::from(FAILED)
        }
    }
}
