//! Endpoint rule sets: the rules as data, and the evaluator that turns parameters into an endpoint.
//!
//! A service's `endpoint-rule-set-1.json` becomes a static table, a [`RuleSet`]; one evaluator serves all of them. The
//! language is that of Smithy's specification of endpoint rule sets, with the functions that AWS adds to it. Nothing here
//! depends on a client: `endpoint` collects the parameters.

mod evaluate;
pub(crate) mod functions;
mod parse;
pub(crate) mod partition;
pub(crate) mod rule_set;
mod value;

pub(crate) use parse::is_host_label;
pub use rule_set::{Entries, Expr, Function, Headers, Parameter, ParameterType, Rule, RuleSet, Slot};
pub use value::EndpointValue;

use std::fmt;

/// The endpoint that a rule set returns.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Endpoint {
    /// The URL.
    pub url: String,
    /// Properties by name, such as `authSchemes`.
    pub properties: Vec<(&'static str, EndpointValue<'static>)>,
    /// Header fields for requests to this endpoint, each with its values.
    pub headers: Vec<(String, Vec<String>)>,
}

impl Endpoint {
    /// An endpoint with this URL, without properties or header fields.
    pub fn new(url: impl Into<String>) -> Self {
        Self { url: url.into(), properties: Vec::new(), headers: Vec::new() }
    }
}

/// Why a rule set returns no endpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum EndpointError {
    /// An error rule applied; this is its message.
    Rule(String),
    /// A parameter is missing, or its value is not of the declared type.
    Parameter(String),
    /// The rule set itself is invalid.
    Malformed(String),
}

impl EndpointError {
    pub(crate) fn malformed(problem: impl Into<String>) -> Self {
        Self::Malformed(problem.into())
    }
}

impl fmt::Display for EndpointError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Rule(message) | Self::Parameter(message) => f.write_str(message),
            Self::Malformed(problem) => write!(f, "the endpoint rules are invalid: {problem}"),
        }
    }
}

impl std::error::Error for EndpointError {}

#[cfg(test)]
mod tests;
