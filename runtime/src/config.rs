//! Where a client's settings come from: the process's environment and the AWS profile files.
//!
//! Nothing here is read behind the user's back: an [`Environment`] says what the variables and files are, and a client
//! asks nobody else. The rules are those of the AWS SDKs and tools reference guide.

mod environment;
mod locations;
mod parse;
mod profiles;
mod settings;

pub use environment::Environment;
pub use locations::Locations;
pub use profiles::{Profile, Profiles};
pub(crate) use settings::{Setting, Settings};

use std::fmt;

/// A profile file that cannot be read: which one, where in it, and what would be right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigError(String);

impl ConfigError {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self(message.into())
    }
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for ConfigError {}
