//! The protocol `json`: a header field names the operation, and bodies are JSON documents.

use super::{
    headers::{set_content_headers, set_header},
    host_prefix::host_prefix,
    json_error, payload,
};
use crate::{
    codec::{CodecError, Strictness, Structure},
    error::ServiceError,
    format::{MemberFilter, json},
    operation::{OperationSchema, Protocol, Request, RequestOptions, Response, ResponseBody, ServiceSchema},
};
use ::http::HeaderMap;
use bytes::Bytes;

/// The protocol `json`, known as AWS JSON 1.0 and 1.1: the whole input is a JSON object. The service's schema contains the
/// version and the prefix of the operation's name.
#[derive(Clone, Copy, Debug, Default)]
pub struct AwsJson;

/// The protocol `json`, for a service's schema.
pub static AWS_JSON: AwsJson = AwsJson;

impl Protocol for AwsJson {
    fn name(&self) -> &'static str {
        "json"
    }

    fn write_request(
        &self,
        operation: &'static OperationSchema,
        input: &dyn Structure,
        options: &RequestOptions<'_>,
    ) -> Result<Request, CodecError> {
        let filter = MemberFilter { idempotency_token: Some(options.idempotency_token), ..MemberFilter::ALL };
        let body = json::write_members(input, filter)?;
        let mut headers = headers(operation.service, &body)?;
        let target = format!("{}.{}", operation.service.target_prefix, operation.name);
        set_header(&mut headers, "x-amz-target", &target)?;
        if operation.service.query_compatible {
            set_header(&mut headers, "x-amzn-query-mode", "true")?;
        }
        Ok(Request {
            method: "POST",
            uri: "/".to_owned(),
            headers,
            body: body.into(),
            host_prefix: host_prefix(operation, input)?,
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
        json_error::read_error(operation, response, ["__type", "code"], json::strings, |response, into| {
            read_body(operation, response, into)
        })
    }

    fn read_request(
        &self,
        _: &'static OperationSchema,
        request: &Request,
        input: &mut dyn Structure,
    ) -> Result<(), CodecError> {
        json::read_members(&request.body, input, Strictness::Strict, |_| true)
    }

    fn write_response(
        &self,
        operation: &'static OperationSchema,
        output: &dyn Structure,
        status: u16,
    ) -> Result<Response, CodecError> {
        let body = json::write_members(output, MemberFilter::ALL)?;
        let headers = headers(operation.service, &body)?;
        Ok(Response { status, headers, body: ResponseBody::Bytes(body.into()) })
    }

    fn write_error(
        &self,
        operation: &'static OperationSchema,
        error: &ServiceError,
    ) -> Result<Response, CodecError> {
        let mut headers = headers(operation.service, &[])?;
        json_error::set_query_error_header(operation, error, &mut headers)?;
        json_error::write_error(error, headers, "application/json", MemberFilter::ALL)
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

fn headers(service: &ServiceSchema, body: &[u8]) -> Result<HeaderMap, CodecError> {
    let mut headers = HeaderMap::new();
    let media_type = format!("application/x-amz-json-{}", service.json_version);
    set_header(&mut headers, "content-type", &media_type)?;
    set_content_headers(&mut headers, None, body);
    Ok(headers)
}

/// Reads all members from the document, or the stream from the body.
fn read_body(
    operation: &'static OperationSchema,
    response: Response,
    output: &mut dyn Structure,
) -> Result<(), CodecError> {
    match payload::read_stream_or_document(operation, response, output)? {
        Some(document) => json::read_members(&document, output, Strictness::Lenient, |_| true),
        None => Ok(()),
    }
}
