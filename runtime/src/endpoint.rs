//! Resolves the endpoint of a call: collects the parameters of the service's endpoint rules and evaluates the rules.
//!
//! Each parameter of a service's [`RuleSet`] takes its value from the first of these sources that has one:
//!
//! 1. the operation (`staticContextParams`),
//! 2. a member of the input (`contextParam`), or several (`operationContextParams`),
//! 3. a value that the client was built with, by the parameter's name (`clientContextParams`),
//! 4. the client's settings (built-ins: region, FIPS, dual stack, custom endpoint, account, and those of S3),
//! 5. the default that the rule set declares.
//!
//! The result is a URL, header fields, and the authentication schemes that the endpoint accepts.

mod auth_scheme;
mod cache;
mod context_params;
mod parameters;
mod resolve;

pub use crate::endpoint_rules::{
    Endpoint, EndpointError, EndpointValue, Entries, Expr, Function, Headers, Parameter, ParameterType, Rule,
    RuleSet, Slot,
};

pub(crate) use auth_scheme::EndpointAuthScheme;
pub(crate) use cache::EndpointCache;
pub(crate) use context_params::value_of;
pub(crate) use resolve::{AccountUse, CallEndpoint, EndpointContext, ResolvedEndpoint, account_use, resolve};

#[cfg(test)]
mod tests;
