//! The HTTP bindings that the REST protocols share: which member goes where in a message, whatever its body's format.

mod body;
mod collect;
mod fill;
mod header;
mod host;
mod raw;
mod uri;

pub(crate) use body::BodyFormat;
pub(crate) use host::host_prefix;
pub(crate) use raw::RawReader;

use super::{Body, Request, Response, Settings};
use crate::{
    codec::{CodecError, Structure},
    format::Selection,
    schema::{Location, Member, OperationSchema, Target},
};
use ::http::{
    HeaderMap, HeaderName, HeaderValue,
    header::{CONTENT_LENGTH, CONTENT_TYPE},
};
use body::Incoming;
use bytes::Bytes;
use collect::Parts;
use fill::Source;

/// Which way a message goes. A binding that the other direction has keeps its member in the body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Direction {
    Request,
    Response,
}

impl Direction {
    /// The part of the message that carries the member.
    fn place(self, member: &Member) -> Location {
        match (self, member.location) {
            (Self::Request, Location::StatusCode) | (Self::Response, Location::Label | Location::Query) => {
                Location::Body
            }
            (_, location) => location,
        }
    }

    /// Whether the member is part of the body's document.
    fn belongs(self) -> fn(&Member) -> bool {
        match self {
            Self::Request => |member| Self::Request.place(member) == Location::Body,
            Self::Response => |member| Self::Response.place(member) == Location::Body,
        }
    }
}

/// The request of a REST protocol.
pub(crate) fn write_request(
    format: &dyn BodyFormat,
    operation: &'static OperationSchema,
    input: &dyn Structure,
    settings: &Settings<'_>,
) -> Result<Request, CodecError> {
    let tokens = Some(settings.idempotency_token);
    let parts = Parts::collect(input, Direction::Request, tokens)?;
    let selection = Selection { belongs: Some(Direction::Request.belongs()), tokens };
    let content = body::write(format, operation, &operation.input, input, selection)?;
    let uri = uri::expand(operation.uri, &parts)?;
    let mut headers = parts.headers;
    describe(&mut headers, content.kind, &content.body);
    Ok(Request {
        method: operation.method,
        uri,
        headers,
        body: content.body,
        host_prefix: host_prefix(operation, input)?,
    })
}

/// Reads all that a response of a REST protocol binds.
pub(crate) fn read_response(
    format: &dyn BodyFormat,
    operation: &'static OperationSchema,
    response: Response,
    output: &mut dyn Structure,
) -> Result<(), CodecError> {
    fill::fill(&Source::response(response.status, &response.headers), Direction::Response, output)?;
    let request_id = request_id(&response.headers);
    let incoming = Incoming { operation, direction: Direction::Response, request_id, body: response.body };
    body::read(format, incoming, output)
}

/// Reads the data of an error: what the header fields bind, and the document by `read_document`.
#[cfg(feature = "xml")]
pub(crate) fn read_error(
    response: &Response,
    error: &mut dyn Structure,
    read_document: impl FnOnce(&mut dyn Structure, fn(&Member) -> bool) -> Result<(), CodecError>,
) -> Result<(), CodecError> {
    let source = Source::response(response.status, &response.headers);
    let filled = fill::fill(&source, Direction::Response, error);
    read_document(error, Direction::Response.belongs()).and(filled)
}

/// Reads all that a request of a REST protocol binds.
pub(crate) fn read_request(
    format: &dyn BodyFormat,
    operation: &'static OperationSchema,
    request: &Request,
    input: &mut dyn Structure,
) -> Result<(), CodecError> {
    let target = uri::parse(operation.uri, &request.uri)?;
    fill::fill(&Source::request(target, &request.headers), Direction::Request, input)?;
    let body = Body::Bytes(request.body.clone());
    body::read(format, Incoming { operation, direction: Direction::Request, request_id: None, body }, input)
}

/// The response of a REST protocol that carries `output`, to which `at` refers.
pub(crate) fn write_response(
    format: &dyn BodyFormat,
    operation: &'static OperationSchema,
    at: &'static Member,
    output: &dyn Structure,
    status: u16,
) -> Result<Response, CodecError> {
    let parts = Parts::collect(output, Direction::Response, None)?;
    let content = body::write(format, operation, at, output, response_document())?;
    let mut headers = parts.headers;
    describe(&mut headers, content.kind, &content.body);
    Ok(Response { status: parts.status.unwrap_or(status), headers, body: Body::Bytes(content.body) })
}

/// Which members the document of a response has.
pub(crate) fn response_document() -> Selection<'static> {
    Selection { belongs: Some(Direction::Response.belongs()), tokens: None }
}

/// The header fields that the members of an error are bound to.
pub(crate) fn response_headers(error: &dyn Structure) -> Result<HeaderMap, CodecError> {
    Parts::collect(error, Direction::Response, None).map(|parts| parts.headers)
}

/// Says of the body what it is and how long, where there is one and no member says it already.
pub(crate) fn describe(headers: &mut HeaderMap, kind: Option<&'static str>, body: &[u8]) {
    if let Some(kind) = kind {
        headers.entry(CONTENT_TYPE).or_insert(HeaderValue::from_static(kind));
    }
    if !body.is_empty() {
        headers.insert(CONTENT_LENGTH, HeaderValue::from(body.len()));
    }
}

/// The body of a protocol that binds nothing to HTTP: the document of all members, or nothing where a member took it as the
/// stream that it is. The first event of such a stream is the document.
pub(crate) fn document(
    operation: &'static OperationSchema,
    response: Response,
    output: &mut dyn Structure,
) -> Result<Option<Bytes>, CodecError> {
    let mut members = output.schema().members.iter().enumerate();
    let stream = members.find(|(_, member)| matches!(member.target, Target::Stream | Target::Events(_)));
    let Some((slot, member)) = stream.and_then(|(index, member)| Some((output.slot(index)?, member))) else {
        return response.body.whole().map(Some);
    };
    let request_id = request_id(&response.headers);
    let read = slot.read(member, &mut RawReader::new(operation, request_id, response.body));
    read.map(|()| None).map_err(|error| error.in_member(member.name))
}

/// The text of a header field, several of the same name joined.
pub(crate) fn header_text(headers: &HeaderMap, name: &str) -> Option<String> {
    header::joined(headers, name)
}

/// The service's identifier of the request, for its support.
pub(crate) fn request_id(headers: &HeaderMap) -> Option<String> {
    ["x-amzn-requestid", "x-amz-request-id", "x-amzn-request-id"]
        .into_iter()
        .find_map(|name| header::joined(headers, name))
}

/// Sets a header field whose name is a constant, if the value is one that a field may have.
pub(crate) fn set_header(headers: &mut HeaderMap, name: &'static str, text: &str) -> Result<(), CodecError> {
    headers.insert(HeaderName::from_static(name), header::legal(text)?);
    Ok(())
}

impl Body {
    /// All bytes. Only where an operation streams, the client hands over what it has not read yet.
    pub(crate) fn whole(self) -> Result<Bytes, CodecError> {
        match self {
            Self::Bytes(bytes) => Ok(bytes),
            Self::Stream(mut stream) => stream
                .held()
                .ok_or_else(|| CodecError::expected("the whole body", "a stream that is not read yet")),
        }
    }
}
