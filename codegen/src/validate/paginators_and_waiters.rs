//! The files beside the model: the operations that they name.

use super::enum_values::validate_enum_value;
use crate::model::{Model, Pointer};
use crate::source::Source;

/// How a waiter may look at an answer.
const MATCHERS: [&str; 5] = ["path", "pathAll", "pathAny", "status", "error"];
/// What an acceptor may decide.
const STATES: [&str; 3] = ["success", "failure", "retry"];

/// Checks `paginators-1.json`.
pub(crate) fn paginators(model: &Model, source: &mut Source) {
    for (name, paginator) in &model.paginators {
        operation(model, source, &paginator.at, name);
        let (inputs, outputs) = (paginator.input_tokens.len(), paginator.output_tokens.len());
        if inputs != outputs {
            let message = format!("{inputs} `input_token` and {outputs} `output_token` do not match");
            source.report(
                &paginator.at,
                message,
                "each token of the output is sent as one token of the next input",
            );
        }
    }
}

/// Checks `waiters-2.json`.
pub(crate) fn waiters(model: &Model, source: &mut Source) {
    for (name, waiter) in &model.waiters {
        if !waiter.operation.is_empty() {
            operation(model, source, &waiter.at.key("operation"), &waiter.operation);
        }
        if !name.bytes().all(|byte| byte.is_ascii_alphanumeric())
            || !name.starts_with(|c: char| c.is_ascii_alphabetic())
        {
            let message = format!("`{}` cannot be the name of a waiter", name.escape_debug());
            source.report(
                &waiter.at,
                message,
                "its name begins with a letter and continues with letters and digits",
            );
        }
        for acceptor in &waiter.acceptors {
            validate_enum_value(source, &acceptor.at.key("matcher"), &acceptor.matcher, "matcher", &MATCHERS);
            validate_enum_value(source, &acceptor.at.key("state"), &acceptor.state, "state", &STATES);
            if acceptor.matcher.starts_with("path") && acceptor.argument.is_none() {
                let message = format!("the matcher `{}` has no `argument`", acceptor.matcher);
                source.report(&acceptor.at, message, "add the path of the value that is compared");
            }
        }
    }
}

fn operation(model: &Model, source: &mut Source, at: &Pointer, name: &str) {
    if !model.operations.contains_key(name) {
        let names = model.operations.keys().map(String::as_str);
        let help = source.did_you_mean(name, names, "name an operation of the model, or remove this");
        source.report(at, format!("there is no operation `{name}`"), help);
    }
}
