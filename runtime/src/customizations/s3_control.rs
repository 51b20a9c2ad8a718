//! Rules of S3 Control.

use crate::{
    codec::CodecError,
    operation::{Interceptor, OperationSchema, Request},
};

/// The account goes before the host name once: the endpoint rules put it there, and the operations say so too.
#[derive(Clone, Copy, Debug, Default)]
pub struct AccountInEndpoint;

/// [`AccountInEndpoint`], to be named.
pub static ACCOUNT_IN_ENDPOINT: AccountInEndpoint = AccountInEndpoint;

impl Interceptor for AccountInEndpoint {
    fn request(&self, operation: &'static OperationSchema, request: &mut Request) -> Result<(), CodecError> {
        if operation.service.endpoint_rules.is_some() && operation.host_prefix == Some("{AccountId}.") {
            request.host_prefix = None;
        }
        Ok(())
    }
}
