//! The common part of the protocols `query` and `ec2`.

use super::{headers::set_content_headers, host_prefix::host_prefix, xml_error::namespace};
use crate::{
    codec::{CodecError, Structure},
    format::{
        MemberFilter,
        query::{self, Dialect},
        xml,
    },
    operation::{OperationSchema, Request, RequestOptions, Response, ResponseBody},
};
use ::http::{HeaderMap, HeaderValue, header::CONTENT_TYPE};

/// Writes a request whose body is a form.
pub(super) fn write_request(
    dialect: Dialect,
    operation: &'static OperationSchema,
    input: &dyn Structure,
    options: &RequestOptions<'_>,
) -> Result<Request, CodecError> {
    let filter = MemberFilter { idempotency_token: Some(options.idempotency_token), ..MemberFilter::ALL };
    let version = operation.service.api_version;
    let body = query::write(dialect, operation.name, version, input, filter)?;
    let mut headers = HeaderMap::new();
    let media_type = HeaderValue::from_static("application/x-www-form-urlencoded; charset=utf-8");
    headers.insert(CONTENT_TYPE, media_type);
    set_content_headers(&mut headers, None, &body);
    Ok(Request {
        method: "POST",
        uri: "/".to_owned(),
        headers,
        body: body.into(),
        host_prefix: host_prefix(operation, input)?,
    })
}

/// Reads the input from the form of a request.
pub(super) fn read_request(
    dialect: Dialect,
    request: &Request,
    input: &mut dyn Structure,
) -> Result<(), CodecError> {
    query::read(dialect, &request.body, input)
}

/// Writes a response with all members of `output`, inside an element `wrapper` if there is one.
pub(super) fn write_response(
    operation: &'static OperationSchema,
    wrapper: Option<&str>,
    output: &dyn Structure,
    status: u16,
) -> Result<Response, CodecError> {
    let root = format!("{}Response", operation.name);
    let body = xml::write_nested(&root, wrapper, namespace(operation.service), output)?;
    let mut headers = HeaderMap::new();
    set_content_headers(&mut headers, Some(XML), &body);
    Ok(Response { status, headers, body: ResponseBody::Bytes(body.into()) })
}

/// The media type of responses.
pub(super) const XML: &str = "text/xml";
