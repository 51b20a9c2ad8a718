//! Where the customisations of an operation have their say.

use super::prepare::Outgoing;
use crate::{
    codec::{CodecError, Structure},
    customise::Afterwards,
    endpoint::{self, Endpoint},
    protocol::{Request, Response},
    schema::OperationSchema,
};
use http::HeaderMap;

/// Before the protocol writes; what comes back is for [`output`].
pub(super) fn input(
    operation: &'static OperationSchema,
    input: &mut dyn Structure,
) -> Result<Vec<Afterwards>, CodecError> {
    let mut afterwards = Vec::new();
    for customisation in operation.all_customisations() {
        afterwards.extend(customisation.input(operation, input)?);
    }
    Ok(afterwards)
}

/// Behind the protocol.
pub(super) fn request(operation: &'static OperationSchema, request: &mut Request) -> Result<(), CodecError> {
    operation.all_customisations().try_for_each(|customisation| customisation.request(operation, request))
}

/// Once the address is known; one that the client was given stays.
pub(super) fn endpoint(
    operation: &'static OperationSchema,
    input: &mut dyn Structure,
    endpoint: &mut Endpoint,
) -> Result<(), CodecError> {
    if endpoint.origin.is_some() {
        return Ok(());
    }
    for customisation in operation.all_customisations() {
        if let Some(address) = customisation.endpoint(operation, input)? {
            endpoint.url = endpoint::check(&address)
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
    operation.all_customisations().try_for_each(|customisation| customisation.body(operation, headers, held))
}

/// Before the protocol reads.
pub(super) fn response(
    operation: &'static OperationSchema,
    response: &mut Response,
) -> Result<(), CodecError> {
    operation.all_customisations().try_for_each(|customisation| customisation.response(operation, response))
}

/// Behind the protocol.
pub(super) fn output(afterwards: &[Afterwards], output: &mut dyn Structure) -> Result<(), CodecError> {
    afterwards.iter().try_for_each(|change| change(output))
}
