//! Resolves the endpoints of a client's requests.

use super::Inner;
use crate::{
    auth::AttemptIdentity,
    codec::Structure,
    config::{ConfigError, ServiceConfig},
    endpoint::{self, AccountUse, CallEndpoint, EndpointContext},
    error::{Error, ErrorKind},
    operation::OperationSchema,
};

impl Inner {
    /// Resolves the endpoint of `operation` with `input`.
    pub(super) async fn endpoint(
        &self,
        config: &ServiceConfig,
        operation: &OperationSchema,
        input: &dyn Structure,
        identity: &mut AttemptIdentity<'_>,
    ) -> Result<CallEndpoint, Error> {
        let error = |error: ConfigError| Error::from(ErrorKind::Config(error.into()));
        let mut context = EndpointContext::new(config, None).map_err(error)?;
        match endpoint::account_use(operation, &config.built_ins) {
            AccountUse::None => {}
            AccountUse::Preferred => context.account_id = identity.account_id().await,
            AccountUse::Required => {
                identity.credentials().await?;
                context.account_id = identity.account_id().await;
            }
        }
        endpoint::resolve(operation, input, &context, &self.endpoints).map_err(error)
    }
}

/// Whether the operation's host prefix goes before the host name. By default it does not with a custom endpoint, whose server
/// rarely has such names; the setting `disable_host_prefix_injection` decides otherwise, either way.
pub(super) fn has_host_prefix(config: &ServiceConfig, endpoint: &CallEndpoint) -> Result<bool, Error> {
    let is_custom = endpoint.origin.is_some();
    match &config.disable_host_prefix {
        Ok(disabled) => Ok(!disabled.unwrap_or(is_custom)),
        // As for other settings, a custom endpoint needs no profile.
        Err(error) if is_custom && error.is_in_profile() => Ok(false),
        Err(error) => Err(ErrorKind::Config(error.clone().into()).into()),
    }
}

#[cfg(feature = "testing")]
impl super::Client {
    /// Returns the endpoint that the rules determine for `operation` with `input`.
    pub(crate) async fn resolved_endpoint(
        &self,
        operation: &OperationSchema,
        input: &dyn Structure,
    ) -> Result<endpoint::Endpoint, Error> {
        let config = self.0.config.service(operation.service.id);
        let endpoint = self.0.endpoint(&config, operation, input, &mut self.0.identity()).await?;
        Ok(endpoint.resolved.endpoint.clone())
    }
}
