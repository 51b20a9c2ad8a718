//! Where a client's requests go.

use super::Inner;
use crate::{
    codec::Structure,
    config::ConfigError,
    endpoint::{self, CallEndpoint, EndpointContext},
    error::{Error, ErrorKind},
    operation::OperationSchema,
};

impl Inner {
    /// Where `operation` with `input` goes.
    pub(super) async fn endpoint(
        &self,
        operation: &OperationSchema,
        input: &dyn Structure,
    ) -> Result<CallEndpoint, Error> {
        let config = |error: ConfigError| Error::from(ErrorKind::Config(error.to_string()));
        let region = self.region();
        let custom = match &self.endpoint {
            Some(custom) => Some(custom.clone()),
            None => self.settings.endpoint_url(operation.service.id).map_err(config)?,
        };
        let mut context = EndpointContext {
            built_ins: &self.built_ins,
            region: region.as_ref().ok().copied(),
            endpoint_url: custom.as_ref().map(|custom| custom.value.as_str()),
            account_id: None,
        };
        let mut identity = self.identity();
        if endpoint::depends_on_account(operation, &self.built_ins) {
            context.account_id = identity.account_id().await;
        }
        let missing = region.as_ref().err();
        endpoint::resolve(operation, input, &context, custom.as_ref(), missing, &self.endpoints)
            .map_err(config)
    }

    /// Whether what the operation has for it goes before the host name: for addresses that follow from the region, as a server
    /// of one's own seldom has names for it. The setting `disable_host_prefix_injection` decides otherwise, either way.
    pub(super) fn has_host_prefix(&self, endpoint: &CallEndpoint) -> Result<bool, Error> {
        let forbidden = self.settings.host_prefix_disabled();
        let forbidden = forbidden.map_err(|error| ErrorKind::Config(error.to_string()))?;
        Ok(!forbidden.unwrap_or(endpoint.origin.is_some()))
    }

    /// The region, or why there is none.
    pub(super) fn region(&self) -> Result<&str, ConfigError> {
        let region = self.region.as_ref().map_err(Clone::clone)?.as_ref().ok_or_else(|| {
            let profile = self.settings.describe_property("region");
            ConfigError::new(format!(
                "no region is set: set AWS_REGION or AWS_DEFAULT_REGION, or {profile} in the config file, or give one to \
                 `Client::builder().region(…)`"
            ))
        })?;
        endpoint::check_region(region)?;
        Ok(&region.value)
    }
}

#[cfg(feature = "testing")]
impl super::Client {
    /// What the rules say of the endpoint of `operation` with `input`.
    pub(crate) async fn resolved_endpoint(
        &self,
        operation: &OperationSchema,
        input: &dyn Structure,
    ) -> Result<endpoint::Endpoint, Error> {
        let endpoint = self.0.endpoint(operation, input).await?;
        Ok(endpoint.resolved.endpoint.clone())
    }
}
