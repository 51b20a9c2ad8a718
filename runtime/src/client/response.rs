//! From a response to the output of a call, or to an error.

use super::{
    Inner, checksum,
    interceptors::{Interceptors, response_error},
    serialize::streaming_member,
    timeout::ReadTimeoutBody,
};
use crate::{
    codec::{CodecError, Structure, truncated_quote},
    endpoint::CallEndpoint,
    error::{Error, ErrorKind, Timeout, TimeoutKind},
    event_stream::{self, MessageStream},
    http::{HttpError, HttpErrorKind, TransportError, UrlProblem},
    operation::{AttemptContext, OperationSchema, Outcome, Response, ResponseBody},
    protocol::first_line,
    schema::{Location, Target},
    stream::{ByteStream, StreamError},
};
use bytes::{Bytes, BytesMut};
use http::header::CONTENT_TYPE;
use http_body_util::BodyExt as _;
use std::time::Duration;

/// Reads a response into `output`. Returns the error that the service reports, if it does.
pub(super) async fn receive(
    inner: &Inner,
    interceptors: Interceptors<'_>,
    context: &mut AttemptContext<'_>,
    endpoint: &CallEndpoint,
    response: http::Response<ReadTimeoutBody<ByteStream>>,
    output: &mut dyn Structure,
    outcome: &mut Outcome,
) -> Result<(), Error> {
    let operation = context.operation;
    let (parts, body) = response.into_parts();
    let status = parts.status.as_u16();
    outcome.status = Some(status);
    outcome.headers.clone_from(&parts.headers);
    let success = parts.status.is_success();
    let stream = success.then(|| streaming_member(output.schema())).flatten();
    let limit = if success { Limit::Fail(inner.response_limit) } else { Limit::Truncate(MAX_ERROR_BODY) };
    let body = match collect_unless(stream.is_some(), body, operation, endpoint, limit).await {
        Ok(body) => body,
        // Whatever happened to the body, the status says more.
        Err(_) if !success => ResponseBody::Bytes(Bytes::new()),
        Err(CollectError::Interrupted(error)) => return Err(interrupted(error, endpoint)),
        Err(CollectError::TooLong(error)) => return Err(response_error(error.into(), outcome)),
    };
    let body = if success {
        checksum::validate(context, outcome, body).map_err(|error| response_error(error.into(), outcome))?
    } else {
        body
    };
    // An error keeps the body as it arrived.
    let arrived = match &body {
        ResponseBody::Bytes(bytes) => bytes.clone(),
        ResponseBody::Stream(_) => Bytes::new(),
    };
    let mut response = Response { status, headers: parts.headers, body };
    interceptors
        .before_deserialization(context, &mut response)
        .map_err(|error| response_error(error, outcome))?;
    if !success {
        return Err(service_error(operation, response, &arrived, outcome));
    }
    if stream.is_none() && operation.service.protocol.is_error_in_success(operation, &response) {
        // Such an error is an internal one of the service.
        return Err(service_error(operation, Response { status: 500, ..response }, &arrived, outcome));
    }
    if let (Some((_, member)), ResponseBody::Stream(body)) = (stream, &mut response.body)
        && matches!(member.target, Target::Events(_))
    {
        check_events(&response.headers, body).await.map_err(|error| response_error(error.into(), outcome))?;
    }
    match (stream, response) {
        // The other members come in the first message.
        (Some((_, member)), Response { body: ResponseBody::Stream(body), .. })
            if member.location != Location::Payload =>
        {
            let request_id = outcome.request_id().map(ToOwned::to_owned);
            let source = MessageStream::new(body, operation).with_request_id(request_id);
            event_stream::read_output(source, output).await
        }
        (_, response) => operation
            .service
            .protocol
            .read_response(operation, response, output)
            .map_err(|error| response_error(error.into(), outcome)),
    }
}

/// Fails if a response is something else than a stream of events, such as the page of a proxy: by its media type and, if that is
/// another one, by its first bytes, as some servers send streams without the right type.
async fn check_events(headers: &http::HeaderMap, body: &mut ByteStream) -> Result<(), CodecError> {
    let Some(found) = headers.get(CONTENT_TYPE) else { return Ok(()) };
    let found = String::from_utf8_lossy(found.as_bytes()).into_owned();
    let media_type = found.split(';').next().unwrap_or_default().trim();
    if media_type.eq_ignore_ascii_case(EVENT_STREAM) {
        return Ok(());
    }
    // A frame starts with its length, whose first byte is zero.
    let first = body.peek().await;
    if first.as_ref().is_none_or(|first| first.first() == Some(&0)) {
        return Ok(());
    }
    let start = first.as_deref().and_then(first_line).map(|line| format!(": {line}")).unwrap_or_default();
    let media_type = truncated_quote(media_type);
    let found = format_args!("{}{start}", media_type.trim_matches('"'));
    Err(CodecError::expected("a stream of events (application/vnd.amazon.eventstream)", found))
}

/// The media type of streams of events.
const EVENT_STREAM: &str = "application/vnd.amazon.eventstream";

/// Returns the body as a stream if it `is_stream`, or else all of its bytes.
async fn collect_unless(
    is_stream: bool,
    body: ReadTimeoutBody<ByteStream>,
    operation: &'static OperationSchema,
    endpoint: &CallEndpoint,
    limit: Limit,
) -> Result<ResponseBody, CollectError> {
    if is_stream {
        return Ok(ResponseBody::Stream(with_call_context(body, operation, endpoint.clone())));
    }
    collect(body, limit).await.map(ResponseBody::Bytes)
}

/// The body as the caller of the operation reads it: its errors name the operation and the endpoint.
fn with_call_context(
    body: ReadTimeoutBody<ByteStream>,
    operation: &'static OperationSchema,
    endpoint: CallEndpoint,
) -> ByteStream {
    ByteStream::from_body(body.map_err(move |error| {
        interrupted(error, &endpoint).in_operation(operation.service.id, operation.name)
    }))
}

/// Returns the error that the service reports. The request's identifier may be in the headers alone.
fn service_error(
    operation: &'static OperationSchema,
    response: Response,
    body: &Bytes,
    outcome: &Outcome,
) -> Error {
    let error = operation.service.protocol.read_error(operation, response);
    let error = error.with_headers(&outcome.headers).with_body(body);
    match error.request_id() {
        Some(_) => error.into(),
        None => error.with_request_id(outcome.request_id().map(ToOwned::to_owned)).into(),
    }
}

/// The most bytes of the body of an error that are read.
const MAX_ERROR_BODY: usize = 1 << 20;

/// What happens to a body that is longer than so many bytes.
#[derive(Clone, Copy)]
enum Limit {
    Fail(usize),
    Truncate(usize),
}

/// Why a body was not collected.
enum CollectError {
    Interrupted(StreamError),
    TooLong(CodecError),
}

/// Collects a body up to the limit.
async fn collect(mut body: ReadTimeoutBody<ByteStream>, limit: Limit) -> Result<Bytes, CollectError> {
    let (limit, truncate) = match limit {
        Limit::Fail(limit) => (limit, false),
        Limit::Truncate(limit) => (limit, true),
    };
    let too_long = || {
        CollectError::TooLong(CodecError::new(format!(
            "the body has more than {limit} bytes: raise the limit with `Client::builder().response_limit(…)`"
        )))
    };
    if http_body::Body::size_hint(&body).exact().is_some_and(|length| length > limit as u64) && !truncate {
        return Err(too_long());
    }
    // Most bodies are a single chunk, which is kept as it is.
    let first = chunk(&mut body).await?.unwrap_or_default();
    let mut all = None;
    while let Some(chunk) = chunk(&mut body).await? {
        let all = all.get_or_insert_with(|| BytesMut::from(&*first));
        all.extend_from_slice(&chunk);
        if all.len() > limit {
            break;
        }
    }
    let mut all = all.map_or(first, BytesMut::freeze);
    if all.len() > limit && !truncate {
        return Err(too_long());
    }
    all.truncate(limit);
    Ok(all)
}

/// Returns the next bytes of a body. Trailers are skipped.
async fn chunk(body: &mut ReadTimeoutBody<ByteStream>) -> Result<Option<Bytes>, CollectError> {
    while let Some(frame) = body.frame().await {
        match frame.map_err(CollectError::Interrupted)?.into_data() {
            Ok(data) if !data.is_empty() => return Ok(Some(data)),
            _ => {}
        }
    }
    Ok(None)
}

/// The error of a request that got no response. It failed `after` some time; `connect` is the timeout for connecting.
pub(super) fn no_response(
    error: HttpError,
    after: Duration,
    connect: Option<Duration>,
    endpoint: &CallEndpoint,
    region: &str,
) -> Error {
    match error.kind() {
        HttpErrorKind::Setup => ErrorKind::Config(error.to_string().into()).into(),
        kind @ (HttpErrorKind::ConnectTimeout | HttpErrorKind::Timeout) => {
            let connect = connect.filter(|limit| kind == HttpErrorKind::ConnectTimeout && *limit <= after);
            let timeout = match connect {
                Some(limit) => Timeout::new(TimeoutKind::Connect, limit),
                None => Timeout::new(TimeoutKind::HttpClient, after),
            };
            ErrorKind::Timeout(timeout).into()
        }
        kind => {
            let mut peer = peer(endpoint);
            if kind == HttpErrorKind::Connect && endpoint.has_bucket_host {
                peer += BUCKET_HOST;
            } else if let Some(problem) = error.url_problem() {
                peer += &url_advice(problem, endpoint, region);
            }
            ErrorKind::Connection(Box::new(TransportError::before_response(error, peer))).into()
        }
    }
}

/// What to do about a URL that no response came from, to follow it in a message.
fn url_advice(problem: UrlProblem, endpoint: &CallEndpoint, region: &str) -> String {
    match problem {
        UrlProblem::UnknownHost => {
            let host = endpoint.url.host_str().unwrap_or_default();
            let is_regional = endpoint.origin.is_none() && host.split('.').any(|label| label == region);
            let whose = if is_regional {
                format!("the region `{region}` exists, that it has the service, and that")
            } else {
                "it is spelled right, and that".to_owned()
            };
            format!(", whose host name was not found; check that {whose} there is a network")
        }
        UrlProblem::NotTls => {
            ", where something else than TLS was found; if that is HTTP, the URL begins with `http://`"
                .to_owned()
        }
        UrlProblem::NotHttp => {
            ", where something else than HTTP was found; if that is TLS, the URL begins with `https://`"
                .to_owned()
        }
    }
}

/// The likely reason why a host name does not exist.
const BUCKET_HOST: &str = ", where the bucket is in the host name; `Client::builder().s3_path_style(true)`, or \
                           `addressing_style = path` under `s3 =` in the profile, puts it in the path";

/// The error of a response that was cut off within its body.
fn interrupted(error: StreamError, endpoint: &CallEndpoint) -> Error {
    let error = match error.downcast::<Error>() {
        // A timeout of the client.
        Ok(error) => return *error,
        Err(error) => error,
    };
    let error =
        error.downcast().map_or_else(|error| HttpError::new(HttpErrorKind::Other, error), |error| *error);
    ErrorKind::Connection(Box::new(TransportError::within_response(error, peer(endpoint)))).into()
}

/// The address of the service, and the setting that it comes from.
fn peer(endpoint: &CallEndpoint) -> String {
    let url = endpoint.url.as_str().trim_end_matches('/');
    match &endpoint.origin {
        Some(origin) => format!("{url} ({origin})"),
        None => url.to_owned(),
    }
}
