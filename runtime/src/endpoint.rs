//! Where requests go.

mod partition;

use crate::{
    config::{ConfigError, Setting, Settings},
    schema::ServiceSchema,
};
use reqwest::Url;

/// The address of a service.
#[derive(Clone, Debug)]
pub(crate) struct Endpoint {
    /// Scheme, host, port and a path that goes before every operation's.
    pub(crate) url: Url,
    /// Who gave the address, for messages; `None` where it follows from the region.
    pub(crate) origin: Option<String>,
    /// Whether the operation's host prefix goes before the host.
    pub(crate) host_prefix: bool,
}

/// What an endpoint depends on beside the service.
pub(crate) struct Parameters<'a> {
    pub(crate) settings: &'a Settings,
    /// The region, or why there is none.
    pub(crate) region: Result<&'a str, ConfigError>,
    /// What the operation puts before the host.
    pub(crate) host_prefix: Option<&'a str>,
    /// The endpoint that the builder gives.
    pub(crate) given: Option<&'a Setting>,
}

/// The address of `service`: the given one, one of the environment or the profile, or else the region's.
///
/// Host prefixes go before addresses that follow from the region only: a server of one's own seldom has names for them. The
/// setting `disable_host_prefix_injection` decides otherwise, either way.
///
/// Fails where a setting cannot be used, or there is no region and no other address.
pub(crate) fn resolve(service: &ServiceSchema, parameters: Parameters<'_>) -> Result<Endpoint, ConfigError> {
    let Parameters { settings, region, host_prefix, given } = parameters;
    let own = match given {
        Some(given) => Some(given.clone()),
        None => settings.endpoint_url(service.id)?,
    };
    let host_prefix = host_prefix.is_some() && !settings.host_prefix_forbidden()?.unwrap_or(own.is_some());
    match own {
        Some(Setting { value, origin }) => {
            let url = check(&value).map_err(|problem| {
                ConfigError::new(format!("the endpoint `{value}` ({origin}) {problem}"))
            })?;
            Ok(Endpoint { url, origin: Some(origin), host_prefix })
        }
        None => Ok(Endpoint { url: of_region(service, settings, region?)?, origin: None, host_prefix }),
    }
}

/// The service's standard address in a region.
fn of_region(service: &ServiceSchema, settings: &Settings, region: &str) -> Result<Url, ConfigError> {
    let fips = settings.flag("AWS_USE_FIPS_ENDPOINT", "use_fips_endpoint")?.unwrap_or(false);
    let dual_stack = settings.flag("AWS_USE_DUALSTACK_ENDPOINT", "use_dualstack_endpoint")?.unwrap_or(false);
    let partition = partition::of(region);
    let suffix = if dual_stack { partition.dual_stack_suffix } else { partition.suffix };
    let fips = if fips { "-fips" } else { "" };
    let address = format!("https://{}{fips}.{region}.{suffix}", service.endpoint_prefix);
    check(&address).map_err(|problem| ConfigError::new(format!("the endpoint `{address}` {problem}")))
}

/// Whether `region` can be part of a host name.
pub(crate) fn check_region(region: &Setting) -> Result<(), ConfigError> {
    let Setting { value, origin } = region;
    let label = |c: char| c.is_ascii_alphanumeric() || c == '-';
    if value.len() <= 63 && value.chars().all(label) && !value.starts_with('-') && !value.ends_with('-') {
        return Ok(());
    }
    Err(ConfigError::new(format!("`{value}` ({origin}) is no region: one looks like eu-central-1")))
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

#[cfg(test)]
mod tests;
