//! The protocol `smithy-rpc-v2-cbor`: a path for each operation, and documents in CBOR.

use super::{Body, Protocol, Request, Response, Settings, http, json_error};
use crate::{
    codec::{CodecError, Structure},
    error::ServiceError,
    format::{Selection, cbor},
    schema::{OperationSchema, Target},
};
use ::http::HeaderMap;
use bytes::Bytes;

/// The protocol `smithy-rpc-v2-cbor`, known as Smithy RPC v2 CBOR: the whole input is a CBOR map. What goes before the
/// operation's name in the path, the service's description says.
#[derive(Clone, Copy, Debug, Default)]
pub struct RpcCbor;

/// The protocol `smithy-rpc-v2-cbor`, for the description of a service.
pub static RPC_CBOR: RpcCbor = RpcCbor;

const MEDIA_TYPE: &str = "application/cbor";
const EVENT_STREAM: &str = "application/vnd.amazon.eventstream";

impl Protocol for RpcCbor {
    fn name(&self) -> &'static str {
        "smithy-rpc-v2-cbor"
    }

    fn write_request(
        &self,
        operation: &'static OperationSchema,
        input: &dyn Structure,
        settings: &Settings<'_>,
    ) -> Result<Request, CodecError> {
        let mut headers = headers()?;
        let accept = if has_events(operation) { EVENT_STREAM } else { MEDIA_TYPE };
        http::set_header(&mut headers, "accept", accept)?;
        if operation.service.query_compatible {
            http::set_header(&mut headers, "x-amzn-query-mode", "true")?;
        }
        let mut body = Vec::new();
        if operation.has_input {
            let selection = Selection { tokens: Some(settings.idempotency_token), ..Selection::ALL };
            body = cbor::write_members(input, selection)?;
            http::describe(&mut headers, Some(MEDIA_TYPE), &body);
        }
        Ok(Request {
            method: "POST",
            uri: format!("/service/{}/operation/{}", operation.service.target_prefix, operation.name),
            headers,
            body: body.into(),
            host_prefix: http::host_prefix(operation, input)?,
        })
    }

    fn read_response(
        &self,
        operation: &'static OperationSchema,
        response: Response,
        output: &mut dyn Structure,
    ) -> Result<(), CodecError> {
        read_body(operation, response, output)
    }

    fn read_error(&self, operation: &'static OperationSchema, response: Response) -> ServiceError {
        json_error::read(operation, response, ["__type", "code"], cbor::strings, |response, into| {
            read_body(operation, response, into)
        })
    }

    fn read_request(
        &self,
        _: &'static OperationSchema,
        request: &Request,
        input: &mut dyn Structure,
    ) -> Result<(), CodecError> {
        cbor::read_members(&request.body, input, |_| true)
    }

    fn write_response(
        &self,
        _: &'static OperationSchema,
        output: &dyn Structure,
        status: u16,
    ) -> Result<Response, CodecError> {
        let body = cbor::write_members(output, Selection::ALL)?;
        let mut headers = headers()?;
        http::describe(&mut headers, Some(MEDIA_TYPE), &body);
        Ok(Response { status, headers, body: Body::Bytes(body.into()) })
    }

    fn write_error(
        &self,
        operation: &'static OperationSchema,
        error: &ServiceError,
    ) -> Result<Response, CodecError> {
        let (words, data) = json_error::words(error);
        let body = cbor::write_error(&words, data)?;
        let mut headers = headers()?;
        json_error::tell_query_code(operation, error, &mut headers)?;
        if let Some(request_id) = error.request_id() {
            http::set_header(&mut headers, "x-amzn-requestid", request_id)?;
        }
        http::describe(&mut headers, Some(MEDIA_TYPE), &body);
        Ok(Response { status: error.status(), headers, body: Body::Bytes(body.into()) })
    }

    fn read_document(
        &self,
        _: &'static OperationSchema,
        bytes: &[u8],
        into: &mut dyn Structure,
    ) -> Result<(), CodecError> {
        cbor::read_members(bytes, into, |member| !member.event_header)
    }

    fn write_document(
        &self,
        _: &'static OperationSchema,
        value: &dyn Structure,
    ) -> Result<Bytes, CodecError> {
        let selection = Selection { belongs: |member| !member.event_header, tokens: None };
        cbor::write_members(value, selection).map(Into::into)
    }

    fn document_type(&self) -> &'static str {
        MEDIA_TYPE
    }
}

/// Requests and responses both say which protocol they are of.
fn headers() -> Result<HeaderMap, CodecError> {
    let mut headers = HeaderMap::new();
    http::set_header(&mut headers, "smithy-protocol", "rpc-v2-cbor")?;
    Ok(headers)
}

/// Whether the operation answers with a stream of events.
fn has_events(operation: &'static OperationSchema) -> bool {
    let members = operation.output.schema().map(|schema| schema.members).unwrap_or_default();
    members.iter().any(|member| matches!(member.target, Target::Events(_)))
}

/// Reads all members from the document, unless the body is a stream.
fn read_body(
    operation: &'static OperationSchema,
    response: Response,
    output: &mut dyn Structure,
) -> Result<(), CodecError> {
    match http::document(operation, response, output)? {
        Some(document) => cbor::read_members(&document, output, |_| true),
        None => Ok(()),
    }
}
