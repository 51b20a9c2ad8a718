//! From an answer to the output, or to an error.

use super::{Inner, failure, hooks, patience::Patient, prepare::streaming_member};
use crate::{
    codec::{CodecError, Structure},
    endpoint::CallEndpoint,
    error::{Error, ErrorKind},
    event_stream::{self, MessageStream},
    operation::{self, Afterwards, OperationSchema},
    schema::Location,
    stream::{ByteStream, StreamError},
};
use bytes::{Bytes, BytesMut};
use http::HeaderMap;
use http_body_util::BodyExt as _;

/// An answer whose body is still to come.
pub(super) type Answer = http::Response<Patient<reqwest::Body>>;

/// Reads an answer of `operation` into `output`, to which customizations do something `afterwards`, or the error that it tells.
pub(super) async fn receive(
    inner: &Inner,
    operation: &'static OperationSchema,
    endpoint: &CallEndpoint,
    afterwards: &[Afterwards],
    answer: Answer,
    output: &mut dyn Structure,
) -> Result<(), Error> {
    let (parts, body) = answer.into_parts();
    let (status, headers) = (parts.status.as_u16(), parts.headers);
    let request_id = request_id(&headers);
    let response = |body, headers| operation::Response { status, headers, body };
    if !parts.status.is_success() {
        // Whatever became of the body, the status is what the caller must know.
        let bytes = collect(body, inner.response_limit).await.unwrap_or_default();
        let mut response = response(operation::ResponseBody::Bytes(bytes), headers);
        return Err(match hooks::response(operation, &mut response) {
            Ok(()) => service_error(operation, response, request_id),
            Err(error) => ErrorKind::Response { status, request_id, error }.into(),
        });
    }
    let Some((_, member)) = streaming_member(output.schema()) else {
        let unreadable = |error, request_id| ErrorKind::Response { status, request_id, error };
        let bytes = match collect(body, inner.response_limit).await {
            Ok(bytes) => operation::ResponseBody::Bytes(bytes),
            Err(Cut::Broken(error)) => return Err(failure::within_answer(error, endpoint)),
            Err(Cut::TooLong(error)) => return Err(unreadable(error, request_id).into()),
        };
        let mut response = response(bytes, headers);
        if let Err(error) = hooks::response(operation, &mut response) {
            return Err(unreadable(error, request_id).into());
        }
        if operation.service.protocol.is_error_in_success(operation, &response) {
            // Such an error is the service's own, and may pass.
            return Err(service_error(
                operation,
                operation::Response { status: 500, ..response },
                request_id,
            ));
        }
        let read = operation.service.protocol.read_response(operation, response, output);
        let read = read.and_then(|()| hooks::output(afterwards, output));
        return read.map_err(|error| unreadable(error, request_id).into());
    };
    let stream = told(body, operation, endpoint.clone());
    if member.location != Location::Payload {
        let source = MessageStream::new(stream, operation).with_request_id(request_id);
        return event_stream::read_output(source, output).await;
    }
    let mut response = response(operation::ResponseBody::Stream(stream), headers);
    let read = hooks::response(operation, &mut response)
        .and_then(|()| operation.service.protocol.read_response(operation, response, output))
        .and_then(|()| hooks::output(afterwards, output));
    read.map_err(|error| ErrorKind::Response { status, request_id, error }.into())
}

/// The body as the user gets it, whose errors tell the call and the other side.
fn told(
    body: Patient<reqwest::Body>,
    operation: &'static OperationSchema,
    endpoint: CallEndpoint,
) -> ByteStream {
    ByteStream::from_body(body.map_err(move |error| {
        failure::within_answer(error, &endpoint).in_operation(operation.service.id, operation.name)
    }))
}

/// What the service says, with what the protocol leaves out.
fn service_error(
    operation: &'static OperationSchema,
    response: operation::Response,
    request_id: Option<String>,
) -> Error {
    let error = operation.service.protocol.read_error(operation, response);
    match error.request_id() {
        Some(_) => error.into(),
        None => error.with_request_id(request_id).into(),
    }
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
