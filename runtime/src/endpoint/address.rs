//! Addresses and regions that can be used.

use super::{host, partition};
use crate::{
    config::{ConfigError, Setting},
    operation::ServiceSchema,
};
use reqwest::Url;

/// The service's usual address in a region, of those that have no rules.
pub(super) fn usual(
    service: &ServiceSchema,
    region: &str,
    fips: bool,
    dual_stack: bool,
) -> Result<Url, ConfigError> {
    let partition = partition::of(region);
    let suffix = if dual_stack { partition.dual_stack_suffix } else { partition.suffix };
    let fips = if fips { "-fips" } else { "" };
    let address = format!("https://{}{fips}.{region}.{suffix}", service.endpoint_prefix);
    check(&address).map_err(|problem| ConfigError::new(format!("the endpoint `{address}` {problem}")))
}

/// Whether `region` can be part of a host name.
pub(crate) fn check_region(region: &Setting) -> Result<(), ConfigError> {
    let Setting { value, origin } = region;
    if host::is_label(value, false) && !value.ends_with('-') {
        return Ok(());
    }
    Err(ConfigError::new(format!("`{value}` ({origin}) is no region: one looks like eu-central-1")))
}

/// The given endpoint as a URL, or what is wrong with it.
pub(super) fn check_given(given: &Setting) -> Result<Url, ConfigError> {
    let Setting { value, origin } = given;
    check(value).map_err(|problem| ConfigError::new(format!("the endpoint `{value}` ({origin}) {problem}")))
}

/// `address` as a URL that requests can be sent to, or what is wrong with it.
pub(crate) fn check(address: &str) -> Result<Url, String> {
    const RIGHT: &str = "one looks like http://localhost:4566 or https://example.com/base";
    let url = Url::parse(address).map_err(|error| format!("is no URL: {error}; {RIGHT}"))?;
    let problem = match &url {
        url if !matches!(url.scheme(), "http" | "https") => "must begin with http:// or https://",
        url if url.host_str().is_none_or(str::is_empty) => "has no host",
        url if !url.username().is_empty() || url.password().is_some() => "must not hold a user name",
        url if url.query().is_some() || url.fragment().is_some() => "must end with the path",
        _ => return Ok(url),
    };
    Err(format!("{problem}; {RIGHT}"))
}
