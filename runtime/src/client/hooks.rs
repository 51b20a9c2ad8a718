//! Where the customizations of an operation have their say.

use super::prepare::Outgoing;
use crate::{
    codec::{CodecError, Structure},
    config::parse_url,
    endpoint::CallEndpoint,
    operation::{Afterwards, OperationSchema, Request, Response},
};
use http::HeaderMap;

/// Before the protocol writes; what comes back is for [`output`].
pub(super) fn input(
    operation: &'static OperationSchema,
    input: &mut dyn Structure,
) -> Result<Vec<Afterwards>, CodecError> {
    let mut afterwards = Vec::new();
    for customization in operation.all_interceptors() {
        afterwards.extend(customization.input(operation, input)?);
    }
    Ok(afterwards)
}

/// Behind the protocol.
pub(super) fn request(operation: &'static OperationSchema, request: &mut Request) -> Result<(), CodecError> {
    operation.all_interceptors().try_for_each(|customization| customization.request(operation, request))
}

/// Once the address is known; one that the client was given stays.
pub(super) fn endpoint(
    operation: &'static OperationSchema,
    input: &mut dyn Structure,
    endpoint: &mut CallEndpoint,
) -> Result<(), CodecError> {
    if endpoint.origin.is_some() {
        return Ok(());
    }
    for customization in operation.all_interceptors() {
        if let Some(address) = customization.endpoint(operation, input)? {
            endpoint.url = parse_url(&address)
                .map_err(|problem| CodecError::new(format!("the endpoint `{address}` {problem}")))?;
        }
    }
    Ok(())
}

/// Once the body is known.
pub(super) fn body(
    operation: &'static OperationSchema,
    headers: &mut HeaderMap,
    body: &Outgoing,
) -> Result<(), CodecError> {
    let held = match body {
        Outgoing::Held(bytes) => Some(bytes),
        Outgoing::Stream(_) | Outgoing::Events(_) => None,
    };
    operation.all_interceptors().try_for_each(|customization| customization.body(operation, headers, held))
}

/// Before the protocol reads.
pub(super) fn response(
    operation: &'static OperationSchema,
    response: &mut Response,
) -> Result<(), CodecError> {
    operation.all_interceptors().try_for_each(|customization| customization.response(operation, response))
}

/// Behind the protocol.
pub(super) fn output(afterwards: &[Afterwards], output: &mut dyn Structure) -> Result<(), CodecError> {
    afterwards.iter().try_for_each(|change| change(output))
}
