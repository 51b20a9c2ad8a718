//! The HTTP bindings of the REST protocols: which part of a message carries which member. The format of the body is a parameter.

mod body;
mod deserialize;
mod direction;
mod header;
mod serialize;
mod uri;

pub(super) use body::BodyFormat;

use super::{headers::set_content_headers, host_prefix::host_prefix};
use crate::{
    codec::{CodecError, Structure},
    format::MemberFilter,
    operation::{OperationSchema, Request, RequestOptions, Response, ResponseBody},
    schema::Member,
};
use ::http::HeaderMap;
use body::IncomingBody;
use deserialize::ReceivedHead;
use direction::Direction;
use serialize::MessageHead;

/// Writes the request of a REST protocol.
pub(super) fn write_request(
    format: &dyn BodyFormat,
    operation: &'static OperationSchema,
    input: &dyn Structure,
    options: &RequestOptions<'_>,
) -> Result<Request, CodecError> {
    let idempotency_token = Some(options.idempotency_token);
    let head = MessageHead::new(input, Direction::Request, idempotency_token)?;
    let filter = MemberFilter { predicate: Some(Direction::Request.is_in_body()), idempotency_token };
    let body = body::write(format, operation, &operation.input, input, filter)?;
    let uri = uri::expand(operation.uri, &head)?;
    let mut headers = head.headers;
    set_content_headers(&mut headers, body.media_type, &body.bytes);
    Ok(Request {
        method: operation.method,
        uri,
        headers,
        body: body.bytes,
        host_prefix: host_prefix(operation, input)?,
    })
}

/// Reads the request of a REST protocol.
pub(super) fn read_request(
    format: &dyn BodyFormat,
    operation: &'static OperationSchema,
    request: &Request,
    input: &mut dyn Structure,
) -> Result<(), CodecError> {
    let uri = uri::parse(operation.uri, &request.uri)?;
    let direction = Direction::Request;
    deserialize::read_members(&ReceivedHead::request(uri, &request.headers), direction, input)?;
    let body = ResponseBody::Bytes(request.body.clone());
    body::read(format, IncomingBody { operation, direction, headers: None, body }, input)
}

/// Writes the response of a REST protocol. The document's root is that of the reference `at`.
pub(super) fn write_response(
    format: &dyn BodyFormat,
    operation: &'static OperationSchema,
    at: &'static Member,
    output: &dyn Structure,
    status: u16,
) -> Result<Response, CodecError> {
    let head = MessageHead::new(output, Direction::Response, None)?;
    let body = body::write(format, operation, at, output, response_document())?;
    let mut headers = head.headers;
    set_content_headers(&mut headers, body.media_type, &body.bytes);
    Ok(Response { status: head.status.unwrap_or(status), headers, body: ResponseBody::Bytes(body.bytes) })
}

/// Reads the response of a REST protocol.
pub(super) fn read_response(
    format: &dyn BodyFormat,
    operation: &'static OperationSchema,
    response: Response,
    output: &mut dyn Structure,
) -> Result<(), CodecError> {
    let direction = Direction::Response;
    let head = ReceivedHead::response(response.status, &response.headers);
    let head_read = deserialize::read_members(&head, direction, output);
    let headers = Some(&response.headers);
    // The data of an error is kept as far as it can be read.
    body::read(format, IncomingBody { operation, direction, headers, body: response.body }, output)
        .and(head_read)
}

/// Reads the data of an error: the members that are bound to header fields, and the document by `read_document`.
#[cfg(feature = "xml")]
pub(super) fn read_error(
    response: &Response,
    error: &mut dyn Structure,
    read_document: impl FnOnce(&mut dyn Structure, fn(&Member) -> bool) -> Result<(), CodecError>,
) -> Result<(), CodecError> {
    let head = ReceivedHead::response(response.status, &response.headers);
    let head_read = deserialize::read_members(&head, Direction::Response, error);
    read_document(error, Direction::Response.is_in_body()).and(head_read)
}

/// Selects the members of a response's document.
pub(super) fn response_document() -> MemberFilter<'static> {
    MemberFilter { predicate: Some(Direction::Response.is_in_body()), idempotency_token: None }
}

/// Returns the predicate that selects the members of a response's document.
#[cfg(feature = "xml")]
pub(super) fn is_in_response_document() -> fn(&Member) -> bool {
    Direction::Response.is_in_body()
}

/// Returns the header fields to which the members of an error are bound.
pub(super) fn response_headers(error: &dyn Structure) -> Result<HeaderMap, CodecError> {
    MessageHead::new(error, Direction::Response, None).map(|head| head.headers)
}
