//! A request as all attempts send it: everything but the signature and the number of the attempt.

use super::{Inner, hooks, identify, token};
use crate::{
    codec::{CodecError, Structure},
    endpoint::CallEndpoint,
    error::{Error, ErrorKind},
    event_stream::{self, DynEventStream, EventBody},
    operation::{Afterwards, OperationSchema, Request, RequestOptions},
    schema::{Location, Member, Schema, Target},
    stream::ByteStream,
};
use bytes::Bytes;
use http::{
    HeaderMap, HeaderName, HeaderValue, Method,
    header::{CONTENT_LENGTH, CONTENT_TYPE, USER_AGENT},
};
use reqwest::Url;

const INVOCATION_ID: HeaderName = HeaderName::from_static("amz-sdk-invocation-id");

/// A request, ready to be signed.
pub(super) struct Prepared {
    pub(super) operation: &'static OperationSchema,
    pub(super) endpoint: CallEndpoint,
    pub(super) method: Method,
    pub(super) url: Url,
    pub(super) headers: HeaderMap,
    pub(super) body: Outgoing,
    /// What customizations do to the output.
    pub(super) afterwards: Vec<Afterwards>,
}

/// A body to be sent.
pub(super) enum Outgoing {
    /// In memory: for any number of attempts.
    Held(Bytes),
    /// For one attempt, which takes it.
    Stream(Option<ByteStream>),
    /// The same, each event with a signature of its own where the request has one.
    Events(Option<EventBody>),
}

/// The request that asks for `operation` with `input`, out of which a streaming body is taken.
pub(super) async fn prepare(
    inner: &Inner,
    operation: &'static OperationSchema,
    input: &mut dyn Structure,
) -> Result<Prepared, Error> {
    let afterwards = hooks::input(operation, input).map_err(ErrorKind::Request)?;
    let mut request = written(inner, operation, input)?;
    hooks::request(operation, &mut request).map_err(ErrorKind::Request)?;
    let mut endpoint = inner.endpoint(operation, input).await?;
    if let Some(prefix) = request.host_prefix.as_deref()
        && inner.has_host_prefix(operation, &endpoint)?
    {
        endpoint.url = with_prefix(&endpoint.url, prefix).map_err(ErrorKind::Request)?;
    }
    hooks::endpoint(operation, input, &mut endpoint).map_err(ErrorKind::Request)?;
    let url = join(&endpoint.url, uri(operation, &request.uri)).map_err(ErrorKind::Request)?;
    let method = Method::from_bytes(request.method.as_bytes())
        .map_err(|error| ErrorKind::Request(CodecError::new(format!("`{}`: {error}", request.method))))?;
    let mut headers = headers(inner, operation, request.headers);
    headers.extend(endpoint.resolved.headers.clone());
    let body = body(operation, input, &mut headers, request.body).map_err(ErrorKind::Request)?;
    hooks::body(operation, &mut headers, &body).map_err(ErrorKind::Request)?;
    Ok(Prepared { operation, endpoint, method, url, headers, body, afterwards })
}

/// What the protocol makes of the input.
fn written(
    inner: &Inner,
    operation: &'static OperationSchema,
    input: &dyn Structure,
) -> Result<Request, Error> {
    let token = || inner.tokens.next();
    let settings = RequestOptions { idempotency_token: &token };
    let written = operation.service.protocol.write_request(operation, input, &settings);
    written.map_err(|error| ErrorKind::Request(error).into())
}

/// The path and query to go behind the endpoint, which may have the first segment of the path already: it is encoded, and so
/// without a slash of its own.
fn uri<'u>(operation: &OperationSchema, uri: &'u str) -> &'u str {
    if !operation.bucket_in_endpoint || operation.service.endpoint_rules.is_none() {
        return uri;
    }
    let label = uri.strip_prefix('/').unwrap_or(uri);
    label.find(['/', '?']).and_then(|end| label.get(end..)).unwrap_or_default()
}

/// What the protocol asks for, and who sends it.
fn headers(inner: &Inner, operation: &OperationSchema, mut headers: HeaderMap) -> HeaderMap {
    if let Ok(id) = HeaderValue::try_from(token::uuid()) {
        headers.insert(INVOCATION_ID, id);
    }
    if let Some(name) = identify::user_agent(operation.service) {
        headers.insert(USER_AGENT, name);
    }
    identify::trace(&mut headers, inner.config.environment());
    headers
}

/// The body: the stream that the input has as a member, or else what the protocol wrote.
fn body(
    operation: &'static OperationSchema,
    input: &mut dyn Structure,
    headers: &mut HeaderMap,
    written: Bytes,
) -> Result<Outgoing, CodecError> {
    let Some((index, member)) = streaming_member(input.schema()) else { return Ok(Outgoing::Held(written)) };
    let slot = input.member_mut(index);
    if let Target::Events(_) = member.target {
        let frames = slot.and_then(DynEventStream::take_from).map(|events| events.into_body(operation));
        return frames.map_or(Ok(Outgoing::Held(written)), |frames| {
            events(frames, member, input, headers).map(|frames| Outgoing::Events(Some(frames)))
        });
    }
    let Some(mut stream) = slot.and_then(ByteStream::take_from) else { return Ok(Outgoing::Held(written)) };
    if let Some(bytes) = stream.held() {
        return Ok(Outgoing::Held(bytes));
    }
    if member.requires_length && stream.len_hint().is_none() {
        let error = CodecError::new(
            "the service must know the length of the stream before it comes, but the body's `size_hint` is not exact",
        );
        return Err(error.in_member(member.name));
    }
    Ok(Outgoing::Stream(Some(stream)))
}

/// The member that is not a part of a document but comes piece by piece, with its index.
pub(super) fn streaming_member(schema: &'static Schema) -> Option<(usize, &'static Member)> {
    let payload = schema.payload();
    let payload = payload.filter(|(_, member)| matches!(member.target, Target::Stream | Target::Events(_)));
    payload.or_else(|| event_stream::member_of(schema))
}

/// The body of a stream of events. Protocols that bind nothing to HTTP have the other members in its first message.
fn events(
    frames: EventBody,
    member: &Member,
    input: &dyn Structure,
    headers: &mut HeaderMap,
) -> Result<EventBody, CodecError> {
    if member.location == Location::Payload {
        return Ok(frames);
    }
    headers.remove(CONTENT_LENGTH);
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/vnd.amazon.eventstream"));
    frames.after_request(input)
}

/// The same address with `prefix` before its host.
fn with_prefix(base: &Url, prefix: &str) -> Result<Url, CodecError> {
    let problem = |reason: &str| {
        CodecError::new(format!("`{prefix}` cannot go before the host name {}: {reason}", base.authority()))
    };
    let host = format!("{prefix}{}", base.host_str().unwrap_or_default());
    let label = |label: &str| {
        let fits = |c: char| c.is_ascii_alphanumeric() || c == '-';
        (1..=63).contains(&label.len()) && label.chars().all(fits)
    };
    if !host.split('.').all(label) {
        return Err(problem("labels have 1 to 63 letters, digits and hyphens"));
    }
    let mut url = base.clone();
    url.set_host(Some(&host)).map_err(|error| problem(&error.to_string()))?;
    Ok(url)
}

/// The URL of `uri`, a path and maybe a query, below `base`.
///
/// Parsing a URL rewrites some paths: segments that are `.` or `..` go. What would be sent, and signed, is not what was
/// asked for, so that is refused.
fn join(base: &Url, uri: &str) -> Result<Url, CodecError> {
    let (path, query) = uri.split_once('?').map_or((uri, None), |(path, query)| (path, Some(query)));
    let slash = if path.starts_with('/') { "" } else { "/" };
    let path = format!("{}{slash}{path}", base.path().trim_end_matches('/'));
    let mut url = base.clone();
    url.set_path(&path);
    url.set_query(query.filter(|query| !query.is_empty()));
    if url.path() != path {
        return Err(CodecError::new(format!(
            "the path `{path}` cannot be sent: on its way through HTTP libraries it becomes `{}`; a name that is `.` or `..` \
             has no address",
            url.path()
        )));
    }
    if url.query().unwrap_or_default() != query.unwrap_or_default() {
        return Err(CodecError::new(format!("the query `{}` is not encoded", query.unwrap_or_default())));
    }
    Ok(url)
}

#[cfg(test)]
mod tests;
