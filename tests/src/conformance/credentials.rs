//! The suite `credentials`: the real chain with an environment, files, a clock and recorded HTTP of the cases.
//!
//! The suite has the error texts of another implementation. What ours says instead stands in a table beside the cases; that there is
//! an error, and which, is checked.

mod files;
mod profiles;
mod recorded;
mod scenarios;

use super::{BoxError, Report};
use myrina::{
    Client, Timestamp,
    clock::{Clock, Sleep},
    config::Environment,
    credentials::{Credentials, DefaultChain, ProvideCredentials as _},
    http::HttpClient,
};
use serde_json::Value;
use std::{fs, path::Path, time::Duration};

/// Runs the suite in `folder`. Fails if it is not there, or not what it should be.
pub(super) fn run(folder: &Path) -> Result<Report, BoxError> {
    let mut report = Report::of("credentials")?;
    scenarios::run(folder, &mut report)?;
    profiles::run(folder, &mut report)?;
    files::run(folder, &mut report)?;
    Ok(report)
}

fn json(path: &Path) -> Result<Value, BoxError> {
    let text = fs::read(path).map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(serde_json::from_slice(&text).map_err(|error| format!("{}: {error}", path.display()))?)
}

/// The variables of an object.
fn environment(variables: &Value) -> Environment {
    let variables = variables.as_object().into_iter().flatten();
    variables
        .fold(Environment::empty(), |all, (name, value)| all.with(name, value.as_str().unwrap_or_default()))
}

/// What the default chain finds, or its error with all causes. With a profile, it leaves variables with keys out.
fn provide(
    environment: Environment,
    profile: Option<&str>,
    transport: impl HttpClient,
) -> Result<Credentials, String> {
    let builder = Client::builder().environment(environment).transport(transport).clock(Standing);
    let client = match profile {
        Some(name) => builder.profile(name).build(),
        None => builder.build(),
    };
    let client = client.map_err(|error| error.to_string())?;
    let chain = DefaultChain::new(&client);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| error.to_string())?;
    runtime.block_on(chain.provide()).map_err(|error| {
        let mut text = error.to_string();
        let mut error: &dyn std::error::Error = &error;
        while let Some(cause) = error.source() {
            text = format!("{text}: {cause}");
            error = cause;
        }
        text
    })
}

/// A clock that shows one time, before all recorded answers. Waits of less than a second, which are those between attempts, end soon;
/// longer ones, which are time-outs, do not.
#[derive(Debug)]
struct Standing;

impl Clock for Standing {
    fn now(&self) -> Timestamp {
        Timestamp::new(1_600_000_000, 0)
    }

    fn elapsed(&self) -> Duration {
        Duration::ZERO
    }

    fn sleep(&self, duration: Duration) -> Sleep {
        let is_pause = duration < Duration::from_secs(1);
        Box::pin(tokio::time::sleep(if is_pause { Duration::from_millis(1) } else { duration }))
    }

    fn fill_random(&self, bytes: &mut [u8]) {
        bytes.fill(0x80);
    }
}

/// Compares an error with the words that it should have.
fn expect_error(found: &str, words: &str) -> Result<(), String> {
    if found.contains(words) {
        Ok(())
    } else {
        Err(format!("expected an error with {words:?}, found {found:?}"))
    }
}
