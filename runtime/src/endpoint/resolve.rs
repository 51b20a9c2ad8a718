//! The endpoint of one call.

use super::{Endpoint, EndpointAuthScheme, EndpointCache, EndpointError, EndpointValue, RuleSet, parameters};
use crate::{
    codec::Structure,
    config::{BuiltIns, ConfigError, CustomEndpoint, ServiceConfig, parse_url},
    endpoint_rules::partition,
    operation::{OperationSchema, ServiceSchema},
};
use http::{HeaderMap, HeaderName, HeaderValue};
use std::sync::Arc;
use url::Url;

/// What a client contributes to the endpoint of a call.
#[derive(Clone, Copy, Debug)]
pub(crate) struct EndpointContext<'a> {
    pub(crate) config: &'a ServiceConfig,
    /// The custom endpoint, if one is set.
    pub(crate) custom: Option<&'a CustomEndpoint>,
    /// The account of the credentials, if their provider knows it.
    pub(crate) account_id: Option<&'a str>,
}

impl<'a> EndpointContext<'a> {
    /// Fails if the custom endpoint is invalid.
    pub(crate) fn new(config: &'a ServiceConfig, account_id: Option<&'a str>) -> Result<Self, ConfigError> {
        let custom = config.custom_endpoint.as_ref().map_err(Clone::clone)?.as_ref();
        Ok(Self { config, custom, account_id })
    }
}

/// Where a call is sent.
#[derive(Clone, Debug)]
pub(crate) struct CallEndpoint {
    /// The base URL. The client puts the operation's host prefix before its host.
    pub(crate) url: Url,
    /// The endpoint as it was resolved, which calls share.
    pub(crate) resolved: Arc<ResolvedEndpoint>,
    /// The setting that a custom endpoint comes from, for messages; `None` if the rules determined the endpoint.
    pub(crate) origin: Option<String>,
    /// Whether the rules put the bucket before the host of a custom endpoint.
    pub(crate) has_bucket_host: bool,
}

/// A base URL, and what requests to it need.
#[derive(Debug)]
pub(crate) struct ResolvedEndpoint {
    /// Scheme, host, port, and a path that goes before that of every operation.
    pub(crate) url: Url,
    /// Header fields to send.
    pub(crate) headers: HeaderMap,
    /// The authentication schemes that the endpoint accepts; empty if it does not say.
    pub(crate) auth_schemes: Vec<EndpointAuthScheme>,
    /// What the rules returned; the URL alone for a service without rules.
    #[cfg(feature = "testing")]
    pub(crate) endpoint: Endpoint,
}

/// Whether an endpoint depends on the account of the credentials.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AccountUse {
    None,
    /// It does if the account is known.
    Preferred,
    Required,
}

/// Whether the endpoint of `operation` depends on the account of the credentials.
pub(crate) fn account_use(operation: &OperationSchema, built_ins: &BuiltIns) -> AccountUse {
    let is_signed = operation.auth_schemes().iter().any(|scheme| scheme.is_signature());
    let parameters = operation.service.endpoint_rules.map_or(&[][..], |rules| rules.parameters);
    if !is_signed || !parameters.iter().any(|parameter| parameter.built_in == Some("AWS::Auth::AccountId")) {
        return AccountUse::None;
    }
    // An invalid mode is reported when its parameter is needed.
    match built_ins.get("AWS::Auth::AccountIdEndpointMode").map(EndpointValue::as_str) {
        Ok(Some("disabled")) | Err(_) => AccountUse::None,
        Ok(Some("required")) => AccountUse::Required,
        Ok(_) => AccountUse::Preferred,
    }
}

/// Resolves the endpoint of `operation` with `input`.
///
/// Fails if a setting is invalid or the rules return an error.
pub(crate) fn resolve(
    operation: &OperationSchema,
    input: &dyn Structure,
    context: &EndpointContext<'_>,
    cache: &EndpointCache,
) -> Result<CallEndpoint, ConfigError> {
    let EndpointContext { config, custom, .. } = context;
    let resolved = match (operation.service.endpoint_rules, custom) {
        // If there is no region, that is the likely reason why the rules return an error.
        (Some(rules), _) => resolve_by_rules(rules, operation, input, context, cache).map_err(|error| {
            config
                .region
                .as_ref()
                .map_or_else(|reason| ConfigError::new(format!("{error}; {reason}")), |_| error.clone())
        })?,
        (None, Some(custom)) => Arc::new(ResolvedEndpoint::from_url(custom.url.clone())),
        (None, None) => {
            let region = config.region.as_ref().map_err(Clone::clone)?;
            let fips = config.built_ins.flag("AWS::UseFIPS")?;
            let dual_stack = config.built_ins.flag("AWS::UseDualStack")?;
            let url = default_url(operation.service, region, fips, dual_stack)?;
            Arc::new(ResolvedEndpoint::from_url(url))
        }
    };
    let origin = custom.map(|custom| custom.setting.origin.clone());
    let has_bucket_host = custom.is_some_and(|custom| {
        let hosts = resolved.url.host_str().zip(custom.url.host_str());
        hosts.is_some_and(|(host, custom)| {
            host.strip_suffix(custom).is_some_and(|bucket| bucket.ends_with('.'))
        })
    });
    Ok(CallEndpoint { url: resolved.url.clone(), resolved, origin, has_bucket_host })
}

fn resolve_by_rules(
    rules: &'static RuleSet,
    operation: &OperationSchema,
    input: &dyn Structure,
    context: &EndpointContext<'_>,
    cache: &EndpointCache,
) -> Result<Arc<ResolvedEndpoint>, ConfigError> {
    let values = parameters::collect(rules, operation, input, context)?;
    cache.get_or_resolve(rules, values, |values| {
        let error = |error: EndpointError| with_parameters(&error, rules, values);
        ResolvedEndpoint::new(&rules.resolve_values(values).map_err(error)?).map_err(error)
    })
}

/// The error's message with the parameters that led to it.
fn with_parameters(error: &EndpointError, rules: &RuleSet, values: &[EndpointValue<'_>]) -> ConfigError {
    ConfigError::new(format!("{error} (endpoint parameters: {})", parameters::describe(rules, values)))
}

impl ResolvedEndpoint {
    fn from_url(url: Url) -> Self {
        Self {
            #[cfg(feature = "testing")]
            endpoint: Endpoint::new(url.to_string()),
            url,
            headers: HeaderMap::new(),
            auth_schemes: Vec::new(),
        }
    }

    /// Parses the URL and the header fields that rules returned.
    fn new(endpoint: &Endpoint) -> Result<Self, EndpointError> {
        let url = parse_url(&endpoint.url).map_err(|problem| {
            EndpointError::malformed(format!("the endpoint `{}` {problem}", endpoint.url))
        })?;
        let mut headers = HeaderMap::new();
        for (name, values) in &endpoint.headers {
            for value in values {
                let field = HeaderName::try_from(name).ok().zip(HeaderValue::try_from(value).ok());
                let (name, value) = field.ok_or_else(|| {
                    EndpointError::malformed(format!("`{name}: {value}` is not a valid header field"))
                })?;
                headers.append(name, value);
            }
        }
        Ok(Self {
            url,
            headers,
            auth_schemes: EndpointAuthScheme::all_of(endpoint),
            #[cfg(feature = "testing")]
            endpoint: endpoint.clone(),
        })
    }
}

/// The default URL of a service without endpoint rules.
fn default_url(
    service: &ServiceSchema,
    region: &str,
    fips: bool,
    dual_stack: bool,
) -> Result<Url, ConfigError> {
    let partition = partition::of_region(region);
    let suffix = if dual_stack { partition.dual_stack_suffix } else { partition.suffix };
    let fips = if fips { "-fips" } else { "" };
    let url = format!("https://{}{fips}.{region}.{suffix}", service.endpoint_prefix);
    parse_url(&url).map_err(|problem| ConfigError::new(format!("the endpoint `{url}` {problem}")))
}
