//! Where requests go: the rules that each service has for it, and what they depend on.
//!
//! A service's `endpoint-rule-set-1.json` becomes a static table, a [`RuleSet`](crate::operation::rules::RuleSet), and one evaluator reads them all. What the
//! rules ask for, their parameters, comes from these places, the first that knows it counting:
//!
//! 1. the operation itself (`staticContextParams`),
//! 2. a member of the input (`contextParam`), or several (`operationContextParams`),
//! 3. what the client was given by name (`clientContextParams`),
//! 4. the client's settings (built-ins: region, FIPS, dual stack, custom endpoint, account, and those of S3),
//! 5. the default that the rule set has for it.
//!
//! What comes out is an address, header fields, and how to sign. The rules are those of Smithy's specification of endpoint
//! rule sets, with the functions that AWS adds to it.

mod address;
mod arn;
mod auth;
mod built_in;
mod cache;
mod context;
mod evaluate;
pub(crate) mod functions;
mod host;
mod parameters;
mod partition;
mod resolve;
mod template;
mod url;

pub(crate) use address::{check, check_region};
pub(crate) use auth::Scheme;
pub(crate) use built_in::{BuiltIns, Given};
pub(crate) use cache::Cache;
pub(crate) use parameters::Client;
pub(crate) use resolve::{Endpoint, resolve, wants_account};

use crate::operation::rules::Value;
use std::fmt;

/// What the rules say of an endpoint.
#[derive(Clone, Debug, PartialEq)]
pub struct ResolvedEndpoint {
    /// The address.
    pub url: String,
    /// Facts about it by name, such as `authSchemes`.
    pub properties: Vec<(&'static str, Value<'static>)>,
    /// Header fields for requests to it, each with its values.
    pub headers: Vec<(String, Vec<String>)>,
}

/// Why there is no endpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum EndpointError {
    /// A rule says so, in these words.
    Rule(String),
    /// A parameter is missing, or is of another type than the rules say.
    Parameter(String),
    /// The rule set is not sound.
    Malformed(String),
}

impl EndpointError {
    fn malformed(problem: impl Into<String>) -> Self {
        Self::Malformed(problem.into())
    }
}

impl fmt::Display for EndpointError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Rule(message) | Self::Parameter(message) => f.write_str(message),
            Self::Malformed(problem) => write!(f, "the endpoint rules are not sound: {problem}"),
        }
    }
}

impl std::error::Error for EndpointError {}

#[cfg(test)]
mod tests;
