//! Where a client's settings come from: environment variables and the AWS profile files.
//!
//! A client reads variables and files only through its [`Environment`], which a program can replace. The rules are those of
//! the AWS SDKs and tools reference guide.

mod bodies;
mod built_ins;
mod environment;
mod parse;
mod profile_files;
mod profiles;
mod reader;
mod resolve;
mod retries;
mod table;

pub(crate) use bodies::{BodySettings, ExplicitBodySettings};
pub(crate) use built_ins::{BuiltIns, ExplicitParams};
pub use environment::Environment;
pub use profile_files::ProfileFiles;
#[cfg(any(feature = "sso", feature = "login"))]
pub(crate) use profile_files::in_aws_folder;
pub use profiles::{Profile, Profiles};
pub(crate) use reader::{Setting, SettingsReader};
pub(crate) use resolve::{
    ClientConfig, CustomEndpoint, ExplicitSettings, ServiceConfig, is_region, parse_url, without_userinfo,
};
pub(crate) use retries::ExplicitRetries;

use std::fmt;

/// An invalid setting or profile file: what is wrong, where, and what was expected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigError {
    message: String,
    in_profile: bool,
}

impl ConfigError {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), in_profile: false }
    }

    /// An error that prevents reading any property of the selected profile.
    fn in_profile(mut self) -> Self {
        self.in_profile = true;
        self
    }

    /// Whether no property of the selected profile can be read.
    pub(crate) fn is_in_profile(&self) -> bool {
        self.in_profile
    }
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for ConfigError {}
