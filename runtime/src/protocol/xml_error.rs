//! Error responses of the XML protocols.

use super::{
    bindings, foreign_error,
    headers::{service_error, set_content_headers, set_request_ids},
    json_error::read_modeled,
};
use crate::{
    codec::{CodecError, Structure},
    error::ServiceError,
    format::{
        MemberFilter,
        xml::{Envelope, ErrorDocument, ErrorFields},
    },
    operation::{OperationSchema, Response, ResponseBody, ServiceSchema},
    schema::Namespace,
};
use ::http::HeaderMap;

/// Reads the data of an error from its document and response.
pub(super) type ReadData = fn(&ErrorDocument<'_>, &Response, &mut dyn Structure) -> Result<(), CodecError>;

/// Reads the members that are bound to header fields from there, and the others from the document.
pub(super) const BOUND: ReadData = |document, response, into| {
    bindings::read_error(response, into, |into, predicate| document.read_members(into, predicate))
};

/// Reads all members from the document, whatever their bindings.
pub(super) const UNBOUND: ReadData = |document, _, into| document.read_members(into, |_| true);

/// Reads an error response. Some errors of Route 53 have no code: then the name of the document's root is the code if the model
/// knows it.
pub(super) fn read_error(
    operation: &'static OperationSchema,
    response: Response,
    read_data: ReadData,
) -> ServiceError {
    let Response { status, headers, body } = response;
    // Without a body, the status and the header fields still count.
    let body = body.into_bytes().unwrap_or_default();
    let mut document = ErrorDocument::read(&body);
    let root = document.root.take().filter(|root| operation.error(root).is_some());
    let code = document.code.take().filter(|code| !code.is_empty()).or(root);

    let mut error = service_error(status, &headers);
    if error.request_id().is_none() {
        error = error.with_request_id(document.request_id.take());
    }
    if error.extended_request_id().is_none() {
        error = error.with_extended_request_id(document.host_id.take());
    }
    if let Some(schema) = code.as_deref().and_then(|code| operation.error(code)) {
        let response = Response { status, headers: headers.clone(), body: ResponseBody::Bytes(body.clone()) };
        let message = document.message.as_deref();
        error = error.with_modeled(read_modeled((schema.empty)(), response, message, |response, into| {
            read_data(&document, &response, into)
        }));
    }
    if let Some(code) = code {
        error = error.with_code(code);
    }
    foreign_error::complete(operation, error.with_message(document.message), &headers, &body)
}

/// Writes an error response with these headers, and the selected members of the error's data.
pub(super) fn write_error(
    envelope: Envelope,
    service: &ServiceSchema,
    error: &ServiceError,
    mut headers: HeaderMap,
    media_type: &'static str,
    filter: MemberFilter<'_>,
) -> Result<Response, CodecError> {
    let fields = ErrorFields {
        code: error.code().unwrap_or_default(),
        message: error.message(),
        request_id: error.request_id().unwrap_or_default(),
        sender_fault: (400..500).contains(&error.status()),
        data: error.data().map(|data| data as &dyn Structure),
    };
    let body = envelope.write(&fields, namespace(service), filter)?;
    set_request_ids(&mut headers, error)?;
    set_content_headers(&mut headers, Some(media_type), &body);
    Ok(Response { status: error.status(), headers, body: ResponseBody::Bytes(body.into()) })
}

/// Returns the namespace of the service's documents.
pub(super) fn namespace(service: &ServiceSchema) -> Option<Namespace> {
    service.xml_namespace.map(|uri| Namespace { prefix: "", uri })
}
