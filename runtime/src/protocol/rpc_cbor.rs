//! The protocol `smithy-rpc-v2-cbor`: the path names the operation, and bodies are CBOR documents.

use super::{
    foreign_error,
    headers::{service_error, set_content_headers, set_header, set_request_ids},
    host_prefix::host_prefix,
    json_error, payload,
};
use crate::{
    codec::{CodecError, Strictness, Structure},
    error::ServiceError,
    format::{MemberFilter, cbor},
    operation::{OperationSchema, Protocol, Request, RequestOptions, Response, ResponseBody},
    schema::Target,
};
use ::http::{HeaderMap, HeaderValue, header::CONTENT_TYPE};
use bytes::Bytes;

/// The protocol `smithy-rpc-v2-cbor`, known as Smithy RPC v2 CBOR: the whole input is a CBOR map. The service's schema contains
/// the prefix of the operation's name.
#[derive(Clone, Copy, Debug, Default)]
pub struct RpcCbor;

/// The protocol `smithy-rpc-v2-cbor`, for a service's schema.
pub static RPC_CBOR: RpcCbor = RpcCbor;

/// The header field that identifies the protocol of requests and responses, and its value.
const PROTOCOL: [&str; 2] = ["smithy-protocol", "rpc-v2-cbor"];
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
        options: &RequestOptions<'_>,
    ) -> Result<Request, CodecError> {
        let mut headers = headers()?;
        let accept = if has_events(operation) { EVENT_STREAM } else { MEDIA_TYPE };
        set_header(&mut headers, "accept", accept)?;
        if operation.service.query_compatible {
            set_header(&mut headers, "x-amzn-query-mode", "true")?;
        }
        let mut body = Vec::new();
        if operation.has_input {
            let filter =
                MemberFilter { idempotency_token: Some(options.idempotency_token), ..MemberFilter::ALL };
            body = cbor::write_members(input, filter)?;
            set_content_headers(&mut headers, Some(MEDIA_TYPE), &body);
        }
        Ok(Request {
            method: "POST",
            uri: format!("/service/{}/operation/{}", operation.service.target_prefix, operation.name),
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
        check_protocol(&response)?;
        read_body(operation, response, output)
    }

    /// A response in another protocol is that of something between the client and the service. The header field `x-amzn-errortype` is ignored, as the
    /// specification requires.
    fn read_error(&self, operation: &'static OperationSchema, mut response: Response) -> ServiceError {
        if let Err(error) = check_protocol(&response) {
            let service_error = service_error(response.status, &response.headers);
            let body = response.body.into_bytes().unwrap_or_default();
            response.headers.remove("x-amzn-errortype");
            let found = foreign_error::complete(operation, service_error, &response.headers, &body);
            return match found.message() {
                Some(_) => found,
                None => found.with_message(Some(error.to_string())),
            };
        }
        response.headers.remove("x-amzn-errortype");
        json_error::read_error(operation, response, ["__type", "code"], cbor::strings, |response, into| {
            read_body(operation, response, into)
        })
    }

    fn read_request(
        &self,
        _: &'static OperationSchema,
        request: &Request,
        input: &mut dyn Structure,
    ) -> Result<(), CodecError> {
        cbor::read_members(&request.body, input, Strictness::Strict, |_| true)
    }

    fn write_response(
        &self,
        _: &'static OperationSchema,
        output: &dyn Structure,
        status: u16,
    ) -> Result<Response, CodecError> {
        let body = cbor::write_members(output, MemberFilter::ALL)?;
        let mut headers = headers()?;
        set_content_headers(&mut headers, Some(MEDIA_TYPE), &body);
        Ok(Response { status, headers, body: ResponseBody::Bytes(body.into()) })
    }

    fn write_error(
        &self,
        operation: &'static OperationSchema,
        error: &ServiceError,
    ) -> Result<Response, CodecError> {
        let (fields, data) = json_error::error_fields(error);
        let body = cbor::write_error(&fields, data)?;
        let mut headers = headers()?;
        json_error::set_query_error_header(operation, error, &mut headers)?;
        set_request_ids(&mut headers, error)?;
        set_content_headers(&mut headers, Some(MEDIA_TYPE), &body);
        Ok(Response { status: error.status(), headers, body: ResponseBody::Bytes(body.into()) })
    }

    fn read_document(
        &self,
        _: &'static OperationSchema,
        bytes: &[u8],
        into: &mut dyn Structure,
    ) -> Result<(), CodecError> {
        cbor::read_members(bytes, into, Strictness::Lenient, |member| !member.event_header)
    }

    fn write_document(
        &self,
        _: &'static OperationSchema,
        value: &dyn Structure,
    ) -> Result<Bytes, CodecError> {
        let filter = MemberFilter::EVENT;
        cbor::write_members(value, filter).map(Into::into)
    }

    fn document_type(&self) -> &'static str {
        MEDIA_TYPE
    }
}

fn headers() -> Result<HeaderMap, CodecError> {
    let mut headers = HeaderMap::new();
    let [name, value] = PROTOCOL;
    set_header(&mut headers, name, value)?;
    Ok(headers)
}

/// Fails if the response is in another protocol, such as that of a proxy. The specification requires the protocol's header field
/// in every response; if it is absent, the media type must not be another one.
fn check_protocol(response: &Response) -> Result<(), CodecError> {
    let [name, value] = PROTOCOL;
    let quote = |found: &HeaderValue| format!("`{}`", found.as_bytes().escape_ascii());
    let found = match (response.headers.get(name), response.headers.get(CONTENT_TYPE)) {
        (Some(found), _) if found.as_bytes().eq_ignore_ascii_case(value.as_bytes()) => return Ok(()),
        (Some(found), _) => quote(found),
        (None, None) => return Ok(()),
        (None, Some(found)) if has_own_media_type(found) => return Ok(()),
        (None, Some(found)) => format!("none, and the media type {}", quote(found)),
    };
    let expected = format!("a response of the protocol, with the header field `{name}: {value}`");
    Err(CodecError::expected(&expected, found))
}

/// Whether a media type is one of the protocol, with any parameters.
fn has_own_media_type(found: &HeaderValue) -> bool {
    let media_type = found.as_bytes().split(|byte| *byte == b';').next().unwrap_or_default().trim_ascii();
    [MEDIA_TYPE, EVENT_STREAM].iter().any(|own| media_type.eq_ignore_ascii_case(own.as_bytes()))
}

/// Whether the operation's response is a stream of events.
fn has_events(operation: &'static OperationSchema) -> bool {
    let members = operation.output.schema().map(|schema| schema.members).unwrap_or_default();
    members.iter().any(|member| matches!(member.target, Target::Events(_)))
}

/// Reads all members from the document, or the stream from the body.
fn read_body(
    operation: &'static OperationSchema,
    response: Response,
    output: &mut dyn Structure,
) -> Result<(), CodecError> {
    match payload::read_stream_or_document(operation, response, output)? {
        Some(document) => cbor::read_members(&document, output, Strictness::Lenient, |_| true),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        codec::structure,
        error::ErrorSchema,
        format::fixtures::{AllTypes, Throttled},
        operation::ServiceSchema,
    };

    static ERRORS: &[&ErrorSchema] = &[Throttled::ERROR];
    static SERVICE: ServiceSchema =
        ServiceSchema::new("Rpc", "rpc", "2020-01-01", "rpc", &RPC_CBOR).target_prefix("Rpc").errors(ERRORS);
    static CALL: OperationSchema = OperationSchema::new(
        &SERVICE,
        "Do",
        "POST",
        "/",
        structure::<AllTypes>(""),
        structure::<AllTypes>(""),
    );

    /// Replaces the protocol and the media type of the response.
    fn with(mut response: Response, [protocol, media_type]: [Option<&'static str>; 2]) -> Response {
        for (name, value) in [("smithy-protocol", protocol), ("content-type", media_type)] {
            response.headers.remove(name);
            if let Some(value) = value {
                response.headers.insert(name, value.parse().unwrap());
            }
        }
        response
    }

    #[test]
    fn successes_of_other_protocols_are_errors() {
        let read = |headers| {
            let response = with(RPC_CBOR.write_response(&CALL, &AllTypes::new("a"), 200).unwrap(), headers);
            let mut output = AllTypes::new("");
            RPC_CBOR.read_response(&CALL, response, &mut output).map(|()| output.name)
        };
        for protocol in [Some("rpc-v2-cbor"), Some("RPC-v2-CBOR"), None] {
            for media_type in [Some("application/cbor"), Some("Application/CBOR; q=1"), None] {
                assert_eq!(read([protocol, media_type]).unwrap(), "a");
            }
        }
        assert_eq!(read([Some("rpc-v2-cbor"), Some("text/html")]).unwrap(), "a");
        let expected = "expected a response of the protocol, with the header field `smithy-protocol: rpc-v2-cbor`, found ";
        for (headers, found) in [
            ([Some("rpc-v2-json"), Some("application/cbor")], "`rpc-v2-json`"),
            ([None, Some("text/html")], "none, and the media type `text/html`"),
        ] {
            assert_eq!(read(headers).unwrap_err().to_string(), format!("{expected}{found}"));
        }
    }

    #[test]
    fn errors_of_other_protocols_have_a_status() {
        let read = |headers| {
            let error = ServiceError::of(Throttled::new().reason("why")).with_request_id(Some("id".into()));
            let mut response = with(RPC_CBOR.write_error(&CALL, &error).unwrap(), headers);
            response.headers.insert("x-amzn-errortype", "Other".parse().unwrap());
            RPC_CBOR.read_error(&CALL, response)
        };
        let error = read([Some("rpc-v2-cbor"), Some("application/cbor")]);
        assert_eq!((error.status(), error.code(), error.request_id()), (429, Some("Slow"), Some("id")));
        assert_eq!(error.modeled(), Some(&Throttled::new().reason("why")));
        let error = read([None, Some("text/html")]);
        assert_eq!((error.status(), error.code(), error.request_id()), (429, None, Some("id")));
        assert!(error.data().is_none());
        assert!(error.message().unwrap().ends_with("found none, and the media type `text/html`"), "{error}");
    }
}
