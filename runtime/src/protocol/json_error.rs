//! Errors as the JSON protocols answer them, and the one in CBOR, whose documents have the same keys.

use super::headers::{header_text, request_id, set_content_headers, set_header};
use crate::{
    codec::{CodecError, Structure, text::TextReader},
    error::{ModeledError, ServiceError},
    format::{MemberFilter, json},
    operation::{OperationSchema, Response, ResponseBody},
    schema::{Location, Target},
};
use ::http::HeaderMap;
use std::borrow::Cow;

/// The strings that a document has under some keys, as far as it is one.
type Strings = for<'a> fn(&'a [u8], [&str; 6]) -> [Option<Cow<'a, str>>; 6];

/// The error that a response tells: its code from the header field or from the body's members named `keys`, the first of
/// these that the model knows before the others, or else from a member `Code`, as some services have it; its message; and its
/// data, as far as `fill` can read them. `strings` looks into the body.
pub(super) fn read(
    operation: &'static OperationSchema,
    response: Response,
    keys: [&str; 2],
    strings: Strings,
    fill: impl FnOnce(Response, &mut dyn Structure) -> Result<(), CodecError>,
) -> ServiceError {
    let Response { status, headers, body } = response;
    // Where the body cannot be had, the status and the header fields still count.
    let body = body.whole().unwrap_or_default();
    let [first, second, other, message @ ..] =
        strings(&body, [keys[0], keys[1], "Code", "message", "Message", "errorMessage"]);
    let message = message.into_iter().flatten().next().map(Cow::into_owned);

    let typed = header_text(&headers, "x-amzn-errortype");
    let query = query_code(operation, &headers);
    let codes =
        [typed.as_deref(), first.as_deref(), second.as_deref(), query.as_deref()].map(|code| code.map(plain));
    let other = other.as_deref().filter(|_| codes.iter().all(Option::is_none)).map(plain);
    let codes = codes.into_iter().chain([other]).flatten().filter(|code| !code.is_empty());
    let known = codes.clone().find_map(|code| Some((code, operation.error(code)?)));
    let code = query.as_deref().or(known.map(|(code, _)| code)).or(codes.clone().next()).map(str::to_owned);

    let mut error = ServiceError::new(status).with_request_id(request_id(&headers));
    if let Some(code) = code {
        error = error.with_code(code);
    }
    if let Some((_, schema)) = known {
        let response = Response { status, headers, body: ResponseBody::Bytes(body.clone()) };
        error = error.with_modeled(modeled((schema.empty)(), response, message.as_deref(), fill));
    }
    error.with_message(message)
}

/// The response that tells an error: `headers` and the selected members are those of its data, and `kind` is the body's.
pub(super) fn write(
    error: &ServiceError,
    mut headers: HeaderMap,
    kind: &'static str,
    filter: MemberFilter<'_>,
) -> Result<Response, CodecError> {
    let (words, data) = words(error);
    let body = json::write_error(&words, data, filter)?;
    for (name, text) in [("x-amzn-errortype", shape(error)), ("x-amzn-requestid", error.request_id())] {
        if let Some(text) = text {
            set_header(&mut headers, name, text)?;
        }
    }
    set_content_headers(&mut headers, Some(kind), &body);
    Ok(Response { status: error.status(), headers, body: ResponseBody::Bytes(body.into()) })
}

/// What the document of an error has beside its data, which is the other part.
pub(super) fn words(error: &ServiceError) -> (Vec<(&'static str, &str)>, Option<&dyn Structure>) {
    let data = error.data().map(|data| data as &dyn Structure);
    let code = shape(error).map(|code| ("__type", code));
    // The data has its own message.
    let message = error.message().filter(|_| data.is_none()).map(|message| ("message", message));
    (code.into_iter().chain(message).collect(), data)
}

/// The code by which the error's data is found, which is also its shape's name where the error goes by that: not always the one
/// that it goes by.
fn shape(error: &ServiceError) -> Option<&str> {
    let Some(data) = error.data() else { return error.code() };
    let schema = data.error_schema();
    let name = error.code().filter(|code| *code == (schema.schema)().name);
    Some(name.unwrap_or(schema.code))
}

/// Says the code that the error goes by beside its shape's, as services do that spoke the query protocol before.
pub(super) fn tell_query_code(
    operation: &OperationSchema,
    error: &ServiceError,
    headers: &mut HeaderMap,
) -> Result<(), CodecError> {
    let other = error.code().filter(|code| shape(error) != Some(code));
    let Some(code) = other.filter(|_| operation.service.query_compatible) else { return Ok(()) };
    let fault = if (400..500).contains(&error.status()) { "Sender" } else { "Receiver" };
    set_header(headers, "x-amzn-query-error", &format!("{code};{fault}"))
}

/// The code without name space before it and address behind it.
fn plain(code: &str) -> &str {
    let code = code.split(':').next().unwrap_or_default();
    code.rsplit('#').next().unwrap_or_default().trim()
}

/// The code that the service had when it spoke the query protocol: `Code;Sender`.
fn query_code(operation: &OperationSchema, headers: &HeaderMap) -> Option<String> {
    let text = header_text(headers, "x-amzn-query-error").filter(|_| operation.service.query_compatible)?;
    let code = text.split(';').next().unwrap_or_default().trim();
    Some(code.to_owned()).filter(|code| !code.is_empty())
}

/// The error's data. What cannot be read of it is no reason to hide the error.
pub(super) fn modeled(
    mut error: Box<dyn ModeledError>,
    response: Response,
    message: Option<&str>,
    fill: impl FnOnce(Response, &mut dyn Structure) -> Result<(), CodecError>,
) -> Box<dyn ModeledError> {
    let into: &mut dyn Structure = &mut *error;
    // Services do not agree with their models on whether it is `message` or `Message`.
    let member = into.schema().members.iter().enumerate().find(|(_, member)| {
        member.name.eq_ignore_ascii_case("message")
            && member.location == Location::Body
            && matches!(member.target, Target::String)
    });
    if let (Some((index, member)), Some(message)) = (member, message)
        && let Some(slot) = into.member_mut(index)
    {
        _ = slot.read(member, &mut TextReader::of(message));
    }
    _ = fill(response, into);
    error
}
