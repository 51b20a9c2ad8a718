//! Where a client's settings come from: environment variables and the AWS profile files.
//!
//! A client reads variables and files only through its [`Environment`], which a program can replace. The rules are those of
//! the AWS SDKs and tools reference guide.

mod environment;
mod parse;
mod profile_files;
mod profiles;
mod reader;

pub use environment::Environment;
pub use profile_files::ProfileFiles;
pub use profiles::{Profile, Profiles};
pub(crate) use reader::{Setting, SettingsReader};

use std::fmt;

/// An invalid setting or profile file: what is wrong, where, and what was expected.
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
