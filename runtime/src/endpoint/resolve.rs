//! The endpoint of one call.

use super::{Cache, Client, EndpointError, ResolvedEndpoint, Scheme, address, parameters};
use crate::{
    codec::Structure,
    config::{ConfigError, Setting},
    operation::{
        Auth, OperationSchema,
        rules::{RuleSet, Value},
    },
};
use http::{HeaderMap, HeaderName, HeaderValue};
use reqwest::Url;
use std::sync::Arc;

/// Where a call goes.
#[derive(Clone, Debug)]
pub(crate) struct Endpoint {
    /// Its address; the client puts the operation's prefix before the host.
    pub(crate) url: Url,
    /// What else is known of it.
    pub(crate) address: Arc<Address>,
    /// Who gave the address, for messages; `None` where it follows from the region.
    pub(crate) origin: Option<String>,
}

/// An address, and what requests to it need.
#[derive(Debug)]
pub(crate) struct Address {
    /// Scheme, host, port and a path that goes before every operation's.
    pub(crate) url: Url,
    /// Header fields to be sent.
    pub(crate) headers: HeaderMap,
    /// How requests are signed.
    pub(crate) scheme: Scheme,
    /// What the rules said; nothing but the address where there are none.
    #[cfg(feature = "testing")]
    pub(crate) resolved: ResolvedEndpoint,
}

/// Whether the endpoint of `operation` may depend on the account of the credentials.
pub(crate) fn wants_account(operation: &OperationSchema, client: &Client<'_>) -> bool {
    let Some(rules) = operation.service.endpoint_rules else { return false };
    let asks = |name| rules.parameters.iter().any(|parameter| parameter.built_in == Some(name));
    let mode = client.built_ins.get("AWS::Auth::AccountIdEndpointMode");
    let signed = operation.auth.unwrap_or(operation.service.auth) != Auth::None;
    signed && asks("AWS::Auth::AccountId") && mode.is_ok_and(|mode| mode.text() != Some("disabled"))
}

/// The endpoint of `operation` with `input`. `given` is the custom endpoint, and who gave it.
///
/// Fails where a setting cannot be used or a rule says that there is no endpoint. `region` is why there is no region, which
/// then is the likely reason.
pub(crate) fn resolve(
    operation: &OperationSchema,
    input: &dyn Structure,
    client: &Client<'_>,
    given: Option<Setting>,
    region: Option<&ConfigError>,
    cache: &Cache,
) -> Result<Endpoint, ConfigError> {
    let url = given.as_ref().map(address::check_given).transpose()?;
    let address = match (operation.service.endpoint_rules, url) {
        (Some(rules), _) => by_rules(rules, operation, input, client, cache).map_err(|error| {
            region.map_or(error.clone(), |region| ConfigError::new(format!("{error}; {region}")))
        })?,
        (None, Some(url)) => Arc::new(Address::plain(url)),
        (None, None) => {
            let missing = || region.cloned().unwrap_or_else(|| ConfigError::new("no region is set"));
            let region = client.region.ok_or_else(missing)?;
            let fips = client.built_ins.flag("AWS::UseFIPS")?;
            let dual_stack = client.built_ins.flag("AWS::UseDualStack")?;
            Arc::new(Address::plain(address::usual(operation.service, region, fips, dual_stack)?))
        }
    };
    Ok(Endpoint { url: address.url.clone(), address, origin: given.map(|given| given.origin) })
}

fn by_rules(
    rules: &'static RuleSet,
    operation: &OperationSchema,
    input: &dyn Structure,
    client: &Client<'_>,
    cache: &Cache,
) -> Result<Arc<Address>, ConfigError> {
    let values = parameters::gather(rules, operation, input, client)?;
    cache.get(rules, values, |values| {
        let error = |error: EndpointError| told(&error, rules, values);
        Address::of(&rules.resolve_values(values).map_err(error)?).map_err(error)
    })
}

/// The message of an error, and which parameters led to it.
fn told(error: &EndpointError, rules: &RuleSet, values: &[Value<'_>]) -> ConfigError {
    ConfigError::new(format!("{error} (endpoint parameters: {})", parameters::shown(rules, values)))
}

impl Address {
    fn plain(url: Url) -> Self {
        Self {
            #[cfg(feature = "testing")]
            resolved: ResolvedEndpoint { url: url.to_string(), properties: Vec::new(), headers: Vec::new() },
            url,
            headers: HeaderMap::new(),
            scheme: Scheme::default(),
        }
    }

    /// What rules said, as far as it can be used.
    fn of(endpoint: &ResolvedEndpoint) -> Result<Self, EndpointError> {
        let url = address::check(&endpoint.url).map_err(|problem| {
            EndpointError::malformed(format!("the endpoint `{}` {problem}", endpoint.url))
        })?;
        let mut headers = HeaderMap::new();
        for (name, values) in &endpoint.headers {
            for value in values {
                let field = HeaderName::try_from(name).ok().zip(HeaderValue::try_from(value).ok());
                let (name, value) = field.ok_or_else(|| {
                    EndpointError::malformed(format!("`{name}: {value}` is no header field"))
                })?;
                headers.append(name, value);
            }
        }
        Ok(Self {
            url,
            headers,
            scheme: Scheme::of(endpoint),
            #[cfg(feature = "testing")]
            resolved: endpoint.clone(),
        })
    }
}
