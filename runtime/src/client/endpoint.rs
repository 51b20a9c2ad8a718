//! Where a client's requests go.

use super::Inner;
use crate::{
    codec::Structure,
    config::ConfigError,
    endpoint::{self, Client, Endpoint},
    error::{Error, ErrorKind},
    operation::OperationSchema,
};

impl Inner {
    /// Where `operation` with `input` goes.
    pub(super) async fn endpoint(
        &self,
        operation: &OperationSchema,
        input: &dyn Structure,
    ) -> Result<Endpoint, Error> {
        let config = |error: ConfigError| Error::from(ErrorKind::Config(error.to_string()));
        let region = self.region();
        let given = match &self.endpoint {
            Some(given) => Some(given.clone()),
            None => self.settings.endpoint_url(operation.service.id).map_err(config)?,
        };
        let url = given.as_ref().map(|given| given.value.clone());
        let mut client = Client {
            built_ins: &self.built_ins,
            region: region.as_ref().ok().copied(),
            endpoint: url.as_deref(),
            account: None,
        };
        let asked = endpoint::wants_account(operation, &client).then(|| self.credentials.provide());
        let credentials = match asked {
            // Without credentials the call fails when it is signed, which then says why.
            Some(asked) => asked.await.ok(),
            None => None,
        };
        client.account = credentials.as_ref().and_then(|credentials| credentials.account_id());
        let missing = region.as_ref().err();
        endpoint::resolve(operation, input, &client, given, missing, &self.endpoints).map_err(config)
    }

    /// Whether what the operation has for it goes before the host name: for addresses that follow from the region, as a server
    /// of one's own seldom has names for it. The setting `disable_host_prefix_injection` decides otherwise, either way.
    pub(super) fn has_host_prefix(&self, endpoint: &Endpoint) -> Result<bool, Error> {
        let forbidden = self.settings.host_prefix_forbidden();
        let forbidden = forbidden.map_err(|error| ErrorKind::Config(error.to_string()))?;
        Ok(!forbidden.unwrap_or(endpoint.origin.is_some()))
    }

    /// The region, or why there is none.
    pub(super) fn region(&self) -> Result<&str, ConfigError> {
        let region = self.region.as_ref().map_err(Clone::clone)?.as_ref().ok_or_else(|| {
            let profile = self.settings.of_profile("region");
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
    ) -> Result<endpoint::ResolvedEndpoint, Error> {
        let endpoint = self.0.endpoint(operation, input).await?;
        Ok(endpoint.address.resolved.clone())
    }
}
