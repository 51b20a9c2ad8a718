//! One attempt: sign, send, read.

use super::{
    Inner, failure,
    patience::{Noted, Patient, Progress, wait},
    prepare::{Outgoing, Prepared},
    signing,
};
use crate::{
    codec::{CodecError, Structure},
    endpoint::Endpoint,
    error::{Error, ErrorKind},
    protocol,
    schema::{OperationSchema, Target},
    stream::{ByteStream, StreamError},
};
use bytes::{Bytes, BytesMut};
use http::{HeaderMap, HeaderName, HeaderValue, Method, header::CONTENT_LENGTH};
use http_body_util::BodyExt as _;
use std::time::Instant;

const SDK_REQUEST: HeaderName = HeaderName::from_static("amz-sdk-request");

/// An answer whose body is still to come.
type Answer = http::Response<Patient<reqwest::Body>>;

/// Attempt `number`, from one: signs and sends `request`, and reads the answer into `output`.
///
/// An attempt that fails with a body in memory leaves `request` as it was.
pub(super) async fn attempt(
    inner: &Inner,
    request: &mut Prepared,
    number: u32,
    output: &mut dyn Structure,
) -> Result<(), Error> {
    let progress = Progress::new();
    let mut outgoing = build(request, number, &progress)?;
    signing::sign(inner, request, &mut outgoing).await?;
    let answer = send(inner, outgoing, &request.endpoint, &progress).await?;
    read(inner, request, answer, output).await
}

/// The request as `reqwest` wants it.
fn build(request: &mut Prepared, number: u32, progress: &Progress) -> Result<reqwest::Request, Error> {
    let mut outgoing = reqwest::Request::new(request.method.clone(), request.url.clone());
    let body = match &mut request.body {
        Outgoing::Held(bytes) if bytes.is_empty() => None,
        Outgoing::Held(bytes) => Some(bytes.clone().into()),
        Outgoing::Stream(stream) => {
            let gone = || ErrorKind::Request(CodecError::new("the stream was sent already"));
            let body = Noted { body: stream.take().ok_or_else(gone)?, progress: progress.clone() };
            Some(reqwest::Body::wrap(body))
        }
    };
    let empty = body.is_none();
    *outgoing.body_mut() = body;
    let headers = outgoing.headers_mut();
    headers.clone_from(&request.headers);
    // Where a body is usual, some services want to be told that there is none; hyper tells only the length of what there is.
    if empty && matches!(request.method, Method::POST | Method::PUT | Method::PATCH) {
        headers.insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
    }
    if let Ok(value) = HeaderValue::try_from(format!("attempt={number}; max=1")) {
        headers.insert(SDK_REQUEST, value);
    }
    Ok(outgoing)
}

async fn send(
    inner: &Inner,
    request: reqwest::Request,
    endpoint: &Endpoint,
    progress: &Progress,
) -> Result<Answer, Error> {
    let client = inner.transport.client(request.url())?;
    let begun = Instant::now();
    let answer = wait(client.execute(request), inner.limits.read, progress).await?;
    let connect = inner.limits.connect;
    let answer = answer.map_err(|error| failure::before_answer(error, begun.elapsed(), connect, endpoint))?;
    Ok(http::Response::from(answer).map(|body| Patient::new(body, inner.limits.read)))
}

async fn read(
    inner: &Inner,
    request: &Prepared,
    answer: Answer,
    output: &mut dyn Structure,
) -> Result<(), Error> {
    let operation = request.operation;
    let (parts, body) = answer.into_parts();
    let (status, headers) = (parts.status.as_u16(), parts.headers);
    let request_id = request_id(&headers);
    let response = |body, headers| protocol::Response { status, headers, body };
    if !parts.status.is_success() {
        // Whatever became of the body, the status is what the caller must know.
        let bytes = collect(body, inner.response_limit).await.unwrap_or_default();
        return Err(service_error(operation, response(protocol::Body::Bytes(bytes), headers), request_id));
    }
    let unreadable = |error| ErrorKind::Response { status, request_id, error };
    let body = if is_streaming(output) {
        let (endpoint, service) = (request.endpoint.clone(), operation.service.id);
        let told =
            move |error| failure::within_answer(error, &endpoint).in_operation(service, operation.name);
        protocol::Body::Stream(ByteStream::from_body(body.map_err(told)))
    } else {
        match collect(body, inner.response_limit).await {
            Ok(bytes) => protocol::Body::Bytes(bytes),
            Err(Cut::Broken(error)) => return Err(failure::within_answer(error, &request.endpoint)),
            Err(Cut::TooLong(error)) => return Err(unreadable(error).into()),
        }
    };
    let read = operation.service.protocol.read_response(operation, response(body, headers), output);
    read.map_err(|error| unreadable(error).into())
}

/// What the service says, with what the protocol leaves out.
fn service_error(
    operation: &'static OperationSchema,
    response: protocol::Response,
    request_id: Option<String>,
) -> Error {
    let error = operation.service.protocol.read_error(operation, response);
    match error.request_id() {
        Some(_) => error.into(),
        None => error.with_request_id(request_id).into(),
    }
}

/// Whether the body of an answer is handed on as it comes.
fn is_streaming(output: &dyn Structure) -> bool {
    let payload = output.schema().payload();
    payload.is_some_and(|(_, member)| matches!(member.target, Target::Stream | Target::Events(_)))
}

/// Why a body was not collected.
enum Cut {
    Broken(StreamError),
    TooLong(CodecError),
}

/// All of a body, up to `limit` bytes.
async fn collect(body: Patient<reqwest::Body>, limit: usize) -> Result<Bytes, Cut> {
    let mut stream = ByteStream::from_body(body);
    let too_long = || {
        Cut::TooLong(CodecError::new(format!(
            "the body has more than {limit} bytes: `Client::builder().response_limit(…)` sets the most"
        )))
    };
    if stream.len_hint().is_some_and(|length| length > limit as u64) {
        return Err(too_long());
    }
    // Most bodies come in one piece, which is kept as it is.
    let first = stream.next().await.transpose().map_err(Cut::Broken)?.unwrap_or_default();
    let mut all = None;
    while let Some(chunk) = stream.next().await.transpose().map_err(Cut::Broken)? {
        let all = all.get_or_insert_with(|| BytesMut::from(&*first));
        all.extend_from_slice(&chunk);
        if all.len() > limit {
            return Err(too_long());
        }
    }
    let all = all.map_or(first, BytesMut::freeze);
    if all.len() > limit { Err(too_long()) } else { Ok(all) }
}

/// The service's identifier of a request, under any of the names that services give it.
fn request_id(headers: &HeaderMap) -> Option<String> {
    let names = ["x-amzn-requestid", "x-amzn-request-id", "x-amz-request-id"];
    let value = names.iter().find_map(|name| headers.get(*name));
    value.and_then(|value| value.to_str().ok()).map(ToOwned::to_owned)
}
