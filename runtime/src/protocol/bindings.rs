//! The HTTP bindings that the REST protocols share: which member goes where in a message, whatever its body's format.

mod body;
mod deserialize;
mod direction;
mod header;
mod serialize;
mod uri;

pub(super) use body::BodyFormat;

use super::{
    headers::{request_id, set_content_headers},
    host_prefix::host_prefix,
};
use crate::{
    codec::{CodecError, Structure},
    format::MemberFilter,
    operation::{OperationSchema, Request, RequestOptions, Response, ResponseBody},
    schema::Member,
};
use ::http::HeaderMap;
use body::Incoming;
use deserialize::Source;
use direction::Direction;
use serialize::Parts;

/// The request of a REST protocol.
pub(super) fn write_request(
    format: &dyn BodyFormat,
    operation: &'static OperationSchema,
    input: &dyn Structure,
    options: &RequestOptions<'_>,
) -> Result<Request, CodecError> {
    let tokens = Some(options.idempotency_token);
    let parts = Parts::of(input, Direction::Request, tokens)?;
    let filter = MemberFilter { predicate: Some(Direction::Request.is_in_body()), idempotency_token: tokens };
    let content = body::write(format, operation, &operation.input, input, filter)?;
    let uri = uri::expand(operation.uri, &parts)?;
    let mut headers = parts.headers;
    set_content_headers(&mut headers, content.kind, &content.body);
    Ok(Request {
        method: operation.method,
        uri,
        headers,
        body: content.body,
        host_prefix: host_prefix(operation, input)?,
    })
}

/// Reads all that a response of a REST protocol binds.
pub(super) fn read_response(
    format: &dyn BodyFormat,
    operation: &'static OperationSchema,
    response: Response,
    output: &mut dyn Structure,
) -> Result<(), CodecError> {
    deserialize::fill(&Source::response(response.status, &response.headers), Direction::Response, output)?;
    let request_id = request_id(&response.headers);
    let incoming = Incoming { operation, direction: Direction::Response, request_id, body: response.body };
    body::read(format, incoming, output)
}

/// Reads the data of an error: what the header fields bind, and the document by `read_document`.
#[cfg(feature = "xml")]
pub(super) fn read_error(
    response: &Response,
    error: &mut dyn Structure,
    read_document: impl FnOnce(&mut dyn Structure, fn(&Member) -> bool) -> Result<(), CodecError>,
) -> Result<(), CodecError> {
    let source = Source::response(response.status, &response.headers);
    let filled = deserialize::fill(&source, Direction::Response, error);
    read_document(error, Direction::Response.is_in_body()).and(filled)
}

/// Reads all that a request of a REST protocol binds.
pub(super) fn read_request(
    format: &dyn BodyFormat,
    operation: &'static OperationSchema,
    request: &Request,
    input: &mut dyn Structure,
) -> Result<(), CodecError> {
    let target = uri::parse(operation.uri, &request.uri)?;
    deserialize::fill(&Source::request(target, &request.headers), Direction::Request, input)?;
    let body = ResponseBody::Bytes(request.body.clone());
    body::read(format, Incoming { operation, direction: Direction::Request, request_id: None, body }, input)
}

/// The response of a REST protocol that carries `output`, to which `at` refers.
pub(super) fn write_response(
    format: &dyn BodyFormat,
    operation: &'static OperationSchema,
    at: &'static Member,
    output: &dyn Structure,
    status: u16,
) -> Result<Response, CodecError> {
    let parts = Parts::of(output, Direction::Response, None)?;
    let content = body::write(format, operation, at, output, response_document())?;
    let mut headers = parts.headers;
    set_content_headers(&mut headers, content.kind, &content.body);
    Ok(Response { status: parts.status.unwrap_or(status), headers, body: ResponseBody::Bytes(content.body) })
}

/// Which members the document of a response has.
pub(super) fn response_document() -> MemberFilter<'static> {
    MemberFilter { predicate: Some(Direction::Response.is_in_body()), idempotency_token: None }
}

/// The header fields that the members of an error are bound to.
pub(super) fn response_headers(error: &dyn Structure) -> Result<HeaderMap, CodecError> {
    Parts::of(error, Direction::Response, None).map(|parts| parts.headers)
}
