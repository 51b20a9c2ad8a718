//! Header fields with a fixed value.

use crate::{
    http::RequestBody,
    operation::{CallContext, HookError, Hooks, Interceptor, Request},
};
use http::{HeaderName, HeaderValue, header::ACCEPT};

/// Asks for JSON, unless the request sets `accept`. API Gateway has several formats.
#[derive(Clone, Copy, Debug, Default)]
pub struct AcceptJson;

impl Interceptor for AcceptJson {
    fn hooks(&self) -> Hooks {
        Hooks::AFTER_SERIALIZATION
    }

    fn after_serialization(
        &self,
        _: &mut CallContext,
        request: &mut Request<RequestBody>,
    ) -> Result<(), HookError> {
        request.headers.entry(ACCEPT).or_insert(HeaderValue::from_static("application/json"));
        Ok(())
    }
}

/// Sends the API version, as operations for endpoint discovery require.
#[derive(Clone, Copy, Debug, Default)]
pub struct ApiVersion;

impl Interceptor for ApiVersion {
    fn hooks(&self) -> Hooks {
        Hooks::AFTER_SERIALIZATION
    }

    fn after_serialization(
        &self,
        call: &mut CallContext,
        request: &mut Request<RequestBody>,
    ) -> Result<(), HookError> {
        let version = HeaderValue::from_static(call.operation.service.api_version);
        request.headers.insert(HeaderName::from_static("x-amz-api-version"), version);
        Ok(())
    }
}
