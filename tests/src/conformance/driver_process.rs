//! Runs a program with the driver.

use super::BoxError;
use crate::ordered_json::OrderedJson;
use serde_json::Value;
use std::{
    io::{BufRead as _, BufReader, Write as _},
    path::Path,
    process::{Command, Stdio},
    thread,
};

/// Asks the program at `path` all `questions`, and gives its answers in the same order. Fails if it ends before.
pub(super) fn run(path: &Path, questions: &[OrderedJson]) -> Result<Vec<Value>, BoxError> {
    let mut child = Command::new(path).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
    let (Some(mut input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
        return Err("the driver has no standard input and output".into());
    };
    let lines = questions.iter().map(OrderedJson::to_string).collect::<Vec<_>>().join("\n");
    // Beside the reading, as both pipes are short.
    let writing = thread::spawn(move || input.write_all(lines.as_bytes()));
    let mut answers = Vec::new();
    for line in BufReader::new(output).lines() {
        answers.push(serde_json::from_str(&line?)?);
    }
    let status = child.wait()?;
    writing.join().map_err(|_| "writing to the driver panicked")??;
    if answers.len() != questions.len() {
        let (answers, questions) = (answers.len(), questions.len());
        return Err(
            format!("the driver answered {answers} of {questions} questions and ended: {status}").into()
        );
    }
    Ok(answers)
}
