//! Resolves the endpoints of a client's requests.

use super::Inner;
use crate::{
    auth::AttemptIdentity,
    codec::Structure,
    config::ConfigError,
    endpoint::{self, CallEndpoint, EndpointContext},
    error::{Error, ErrorKind},
    operation::OperationSchema,
};

impl Inner {
    /// Resolves the endpoint of `operation` with `input`.
    pub(super) async fn endpoint(
        &self,
        operation: &OperationSchema,
        input: &dyn Structure,
        identity: &mut AttemptIdentity<'_>,
    ) -> Result<CallEndpoint, Error> {
        let error = |error: ConfigError| Error::from(ErrorKind::Config(error.into()));
        let config = self.config.service(operation.service.id);
        let mut context = EndpointContext::new(&config, None).map_err(error)?;
        if endpoint::depends_on_account(operation, &config.built_ins) {
            context.account_id = identity.account_id().await;
        }
        endpoint::resolve(operation, input, &context, &self.endpoints).map_err(error)
    }

    /// Whether the operation's host prefix goes before the host name. By default it does not with a custom endpoint, whose server
    /// rarely has such names; the setting `disable_host_prefix_injection` decides otherwise, either way.
    pub(super) fn has_host_prefix(
        &self,
        operation: &OperationSchema,
        endpoint: &CallEndpoint,
    ) -> Result<bool, Error> {
        let disabled = self.config.service(operation.service.id).disable_host_prefix.clone();
        let disabled = disabled.map_err(|error| ErrorKind::Config(error.into()))?;
        Ok(!disabled.unwrap_or(endpoint.origin.is_some()))
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
        let endpoint = self.0.endpoint(operation, input, &mut self.0.identity()).await?;
        Ok(endpoint.resolved.endpoint.clone())
    }
}
