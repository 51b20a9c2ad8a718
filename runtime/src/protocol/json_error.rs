//! Error responses of the JSON protocols, and of the one in CBOR, whose documents have the same keys.

use super::{
    foreign_error,
    headers::{header_text, service_error, set_content_headers, set_header, set_request_ids},
};
use crate::{
    codec::{CodecError, Structure, text::TextReader},
    error::{ModeledError, ServiceError},
    format::{MemberFilter, json},
    operation::{OperationSchema, Response, ResponseBody},
    schema::{Location, Target},
};
use ::http::HeaderMap;
use std::borrow::Cow;

/// Returns the strings under these keys of a document.
type FindStrings = for<'a> fn(&'a [u8], [&str; 6]) -> [Option<Cow<'a, str>>; 6];

/// Reads an error response.
///
/// The code is in a header field, in one of the document's members `code_keys`, or in its member `Code`, which some services
/// send. A code that the model knows takes precedence. `read_data` reads the data of a modeled error.
pub(super) fn read_error(
    operation: &'static OperationSchema,
    response: Response,
    code_keys: [&str; 2],
    find_strings: FindStrings,
    read_data: impl FnOnce(Response, &mut dyn Structure) -> Result<(), CodecError>,
) -> ServiceError {
    let Response { status, headers, body } = response;
    // Without a body, the status and the header fields still count.
    let body = body.into_bytes().unwrap_or_default();
    let [first, second, other, message @ ..] =
        find_strings(&body, [code_keys[0], code_keys[1], "Code", "message", "Message", "errorMessage"]);
    let message = message.into_iter().flatten().next().map(Cow::into_owned);

    let header = header_text(&headers, "x-amzn-errortype");
    let query = query_code(operation, &headers);
    let codes = [header.as_deref(), first.as_deref(), second.as_deref(), query.as_deref()]
        .map(|code| code.map(bare_code));
    let other = other.as_deref().filter(|_| codes.iter().all(Option::is_none)).map(bare_code);
    let codes = codes.into_iter().chain([other]).flatten().filter(|code| !code.is_empty());
    let known = codes.clone().find_map(|code| Some((code, operation.error(code)?)));
    let code = query.as_deref().or(known.map(|(code, _)| code)).or(codes.clone().next()).map(str::to_owned);

    let mut error = service_error(status, &headers);
    if let Some(code) = code {
        error = error.with_code(code);
    }
    if let Some((_, schema)) = known {
        let response = Response { status, headers: headers.clone(), body: ResponseBody::Bytes(body.clone()) };
        let modeled = read_modeled((schema.empty)(), response, message.as_deref(), read_data);
        error = error.with_modeled(modeled);
    }
    foreign_error::complete(operation, error.with_message(message), &headers, &body)
}

/// Writes an error response with these headers, and the selected members of the error's data.
pub(super) fn write_error(
    error: &ServiceError,
    mut headers: HeaderMap,
    media_type: &'static str,
    filter: MemberFilter<'_>,
) -> Result<Response, CodecError> {
    let (fields, data) = error_fields(error);
    let body = json::write_error(&fields, data, filter)?;
    if let Some(code) = wire_code(error) {
        set_header(&mut headers, "x-amzn-errortype", code)?;
    }
    set_request_ids(&mut headers, error)?;
    set_content_headers(&mut headers, Some(media_type), &body);
    Ok(Response { status: error.status(), headers, body: ResponseBody::Bytes(body.into()) })
}

/// Returns the fields of an error's document besides its data, and the data.
pub(super) fn error_fields(error: &ServiceError) -> (Vec<(&'static str, &str)>, Option<&dyn Structure>) {
    let data = error.data().map(|data| data as &dyn Structure);
    let code = wire_code(error).map(|code| ("__type", code));
    // The data contains the message.
    let message = error.message().filter(|_| data.is_none()).map(|message| ("message", message));
    (code.into_iter().chain(message).collect(), data)
}

/// Returns the code that identifies the type of the error's data: its shape's name if that is the error's code, or else the
/// code of its schema. The error's own code may differ.
fn wire_code(error: &ServiceError) -> Option<&str> {
    let Some(data) = error.data() else { return error.code() };
    let schema = data.error_schema();
    let name = error.code().filter(|code| *code == (schema.schema)().name);
    Some(name.unwrap_or(schema.code))
}

/// Sets the header with the error's code if it differs from the wire code and the service is compatible with the query
/// protocol.
pub(super) fn set_query_error_header(
    operation: &OperationSchema,
    error: &ServiceError,
    headers: &mut HeaderMap,
) -> Result<(), CodecError> {
    let other = error.code().filter(|code| wire_code(error) != Some(code));
    let Some(code) = other.filter(|_| operation.service.query_compatible) else { return Ok(()) };
    let fault = if (400..500).contains(&error.status()) { "Sender" } else { "Receiver" };
    set_header(headers, "x-amzn-query-error", &format!("{code};{fault}"))
}

/// Strips the namespace before a code and the URL after it.
pub(super) fn bare_code(code: &str) -> &str {
    let code = code.split(':').next().unwrap_or_default();
    code.rsplit('#').next().unwrap_or_default().trim()
}

/// Returns the code of the query protocol, which the service spoke before: `Code;Sender`.
fn query_code(operation: &OperationSchema, headers: &HeaderMap) -> Option<String> {
    let text = header_text(headers, "x-amzn-query-error").filter(|_| operation.service.query_compatible)?;
    let code = text.split(';').next().unwrap_or_default().trim();
    Some(code.to_owned()).filter(|code| !code.is_empty())
}

/// Reads the data of a modeled error. Parts that cannot be read are left unset: they must not hide the error.
pub(super) fn read_modeled(
    mut error: Box<dyn ModeledError>,
    response: Response,
    message: Option<&str>,
    read_data: impl FnOnce(Response, &mut dyn Structure) -> Result<(), CodecError>,
) -> Box<dyn ModeledError> {
    let into: &mut dyn Structure = error.as_mut();
    // Services differ from their models in the case of `message`.
    let member = into.schema().members.iter().enumerate().find(|(_, member)| {
        member.name.eq_ignore_ascii_case("message")
            && member.location == Location::Body
            && matches!(member.target, Target::String)
    });
    if let (Some((index, member)), Some(message)) = (member, message)
        && let Some(value) = into.member_mut(index)
    {
        _ = value.read(member, &mut TextReader::of(message));
    }
    _ = read_data(response, into);
    error
}
