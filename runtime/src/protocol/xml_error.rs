//! Errors as the XML protocols answer them.

use super::{
    bindings,
    headers::{request_id, set_content_headers, set_header},
    json_error::modeled,
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

/// Reads the data of an error from the document and the response that it came in.
pub(super) type Fill = fn(&ErrorDocument<'_>, &Response, &mut dyn Structure) -> Result<(), CodecError>;

/// Where members are bound to the parts of the response.
pub(super) const BOUND: Fill = |document, response, into| {
    bindings::read_error(response, into, |into, belongs| document.read_members(into, belongs))
};

/// Where all members are in the document, whatever bindings the model has.
pub(super) const UNBOUND: Fill = |document, _, into| document.read_members(into, |_| true);

/// The error that a response tells: its code and message from the body's document, or the code from the name of the
/// document's root where the model knows it (Route 53 has such errors); and its data, as far as they can be read.
pub(super) fn read(operation: &'static OperationSchema, response: Response, fill: Fill) -> ServiceError {
    let Response { status, headers, body } = response;
    // Where the body cannot be had, the status and the header fields still count.
    let body = body.whole().unwrap_or_default();
    let mut document = ErrorDocument::read(&body);
    let root = document.root.take().filter(|root| operation.error(root).is_some());
    let code = document.code.take().filter(|code| !code.is_empty()).or(root);

    let request_id = request_id(&headers).or_else(|| document.request_id.take());
    let mut error = ServiceError::new(status).with_request_id(request_id);
    if let Some(schema) = code.as_deref().and_then(|code| operation.error(code)) {
        let response = Response { status, headers, body: ResponseBody::Bytes(body.clone()) };
        let message = document.message.as_deref();
        error = error.with_modeled(modeled((schema.empty)(), response, message, |response, into| {
            fill(&document, &response, into)
        }));
    }
    if let Some(code) = code {
        error = error.with_code(code);
    }
    error.with_message(document.message)
}

/// The response that tells an error: `headers` and the selected members are those of its data, and `kind` is the body's.
pub(super) fn write(
    envelope: Envelope,
    service: &ServiceSchema,
    error: &ServiceError,
    mut headers: HeaderMap,
    kind: &'static str,
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
    if let Some(id) = error.request_id() {
        set_header(&mut headers, "x-amzn-requestid", id)?;
    }
    set_content_headers(&mut headers, Some(kind), &body);
    Ok(Response { status: error.status(), headers, body: ResponseBody::Bytes(body.into()) })
}

/// The namespace of the service's documents.
pub(super) fn namespace(service: &ServiceSchema) -> Option<Namespace> {
    service.xml_namespace.map(|uri| Namespace { prefix: "", uri })
}
