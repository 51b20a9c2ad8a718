//! Customizations of S3 Control.

use crate::{
    http::RequestBody,
    operation::{CallContext, HookError, Hooks, Interceptor, Request},
};

/// Drops the host prefix with the account: the endpoint rules put the account in front of the host name already.
#[derive(Clone, Copy, Debug, Default)]
pub struct AccountInEndpoint;

impl Interceptor for AccountInEndpoint {
    fn hooks(&self) -> Hooks {
        Hooks::AFTER_SERIALIZATION
    }

    fn after_serialization(
        &self,
        call: &mut CallContext,
        request: &mut Request<RequestBody>,
    ) -> Result<(), HookError> {
        let operation = call.operation;
        if operation.service.endpoint_rules.is_some() && operation.host_prefix == Some("{AccountId}.") {
            request.host_prefix = None;
        }
        Ok(())
    }
}
