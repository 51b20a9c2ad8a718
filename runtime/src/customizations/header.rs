//! Header fields that are always the same.

use crate::{
    codec::CodecError,
    operation::{Interceptor, OperationSchema, Request},
};
use http::{HeaderName, HeaderValue, header::ACCEPT};

/// The answer is wanted as JSON, unless the request says otherwise: API Gateway has more than one form of it.
#[derive(Clone, Copy, Debug, Default)]
pub struct AcceptJson;

/// [`AcceptJson`], to be named.
pub static ACCEPT_JSON: AcceptJson = AcceptJson;

impl Interceptor for AcceptJson {
    fn request(&self, _: &'static OperationSchema, request: &mut Request) -> Result<(), CodecError> {
        request.headers.entry(ACCEPT).or_insert(HeaderValue::from_static("application/json"));
        Ok(())
    }
}

/// The version of the interface, told to operations that say where a service is.
#[derive(Clone, Copy, Debug, Default)]
pub struct ApiVersion;

/// [`ApiVersion`], to be named.
pub static API_VERSION: ApiVersion = ApiVersion;

impl Interceptor for ApiVersion {
    fn request(&self, operation: &'static OperationSchema, request: &mut Request) -> Result<(), CodecError> {
        let version = HeaderValue::from_static(operation.service.api_version);
        request.headers.insert(HeaderName::from_static("x-amz-api-version"), version);
        Ok(())
    }
}
