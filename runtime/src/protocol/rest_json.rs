//! The protocol `rest-json`: HTTP bindings, and JSON documents.

use super::{
    bindings::{self, BodyFormat},
    json_error,
};
use crate::{
    codec::{CodecError, Strictness, Structure, Value},
    error::ServiceError,
    format::{MemberFilter, json},
    operation::{OperationSchema, Protocol, Request, RequestOptions, Response},
    schema::Member,
};
use ::http::HeaderMap;
use bytes::Bytes;

/// The protocol `rest-json`: members are bound to parts of HTTP messages, and the others are a JSON object.
#[derive(Clone, Copy, Debug, Default)]
pub struct RestJson;

/// The protocol `rest-json`, for a service's schema.
pub static REST_JSON: RestJson = RestJson;

impl Protocol for RestJson {
    fn name(&self) -> &'static str {
        "rest-json"
    }

    fn write_request(
        &self,
        operation: &'static OperationSchema,
        input: &dyn Structure,
        options: &RequestOptions<'_>,
    ) -> Result<Request, CodecError> {
        bindings::write_request(&Json, operation, input, options)
    }

    fn read_response(
        &self,
        operation: &'static OperationSchema,
        response: Response,
        output: &mut dyn Structure,
    ) -> Result<(), CodecError> {
        bindings::read_response(&Json, operation, response, output)
    }

    fn read_error(&self, operation: &'static OperationSchema, response: Response) -> ServiceError {
        // `__type` belongs to other protocols, so it comes last.
        json_error::read_error(operation, response, ["code", "__type"], json::strings, |response, into| {
            bindings::read_response(&Json, operation, response, into)
        })
    }

    fn read_request(
        &self,
        operation: &'static OperationSchema,
        request: &Request,
        input: &mut dyn Structure,
    ) -> Result<(), CodecError> {
        bindings::read_request(&Json, operation, request, input)
    }

    fn write_response(
        &self,
        operation: &'static OperationSchema,
        output: &dyn Structure,
        status: u16,
    ) -> Result<Response, CodecError> {
        bindings::write_response(&Json, operation, &operation.output, output, status)
    }

    fn write_error(&self, _: &'static OperationSchema, error: &ServiceError) -> Result<Response, CodecError> {
        let headers =
            error.data().map_or_else(|| Ok(HeaderMap::new()), |data| bindings::response_headers(data))?;
        json_error::write_error(error, headers, Json.content_type(), bindings::response_document())
    }

    fn read_document(
        &self,
        _: &'static OperationSchema,
        bytes: &[u8],
        into: &mut dyn Structure,
    ) -> Result<(), CodecError> {
        json::read_members(bytes, into, Strictness::Lenient, |member| !member.event_header)
    }

    fn write_document(
        &self,
        _: &'static OperationSchema,
        value: &dyn Structure,
    ) -> Result<Bytes, CodecError> {
        let filter = MemberFilter::EVENT;
        json::write_members(value, filter).map(Into::into)
    }
}

/// The format of bodies.
struct Json;

impl BodyFormat for Json {
    fn content_type(&self) -> &'static str {
        "application/json"
    }

    fn write_members(
        &self,
        _: &'static OperationSchema,
        _: &'static Member,
        value: &dyn Structure,
        filter: MemberFilter<'_>,
    ) -> Result<Vec<u8>, CodecError> {
        json::write_members(value, filter)
    }

    fn write_payload(
        &self,
        _: &'static OperationSchema,
        at: &'static Member,
        value: &dyn Value,
    ) -> Result<Vec<u8>, CodecError> {
        json::write_value(at, value)
    }

    fn unset_payload(&self) -> &'static [u8] {
        b"{}"
    }

    fn read_members(
        &self,
        body: &[u8],
        into: &mut dyn Structure,
        strictness: Strictness,
        predicate: fn(&Member) -> bool,
    ) -> Result<(), CodecError> {
        json::read_members(body, into, strictness, predicate)
    }

    fn read_payload(
        &self,
        body: &[u8],
        at: &'static Member,
        strictness: Strictness,
        into: &mut dyn Value,
    ) -> Result<(), CodecError> {
        json::read_value(body, at, strictness, into)
    }
}
