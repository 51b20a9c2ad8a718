//! From the input of a call to a request: what all its attempts have in common.

use super::{
    Inner, trace,
    user_agent::{recursion_detection, user_agent},
};
use crate::{
    clock::uuid_v4,
    codec::{CodecError, Structure},
    error::{Error, ErrorKind},
    event_stream::{self, DynEventStream, EventBody},
    http::RequestBody,
    operation::{OperationSchema, Request, RequestOptions},
    schema::{Location, Member, Schema, Target},
    stream::ByteStream,
};
use bytes::Bytes;
use http::{
    HeaderMap, HeaderName, HeaderValue,
    header::{CONTENT_LENGTH, CONTENT_TYPE, USER_AGENT},
};

const INVOCATION_ID: HeaderName = HeaderName::from_static("amz-sdk-invocation-id");

/// Serializes `input`. A streaming body is taken out of it.
pub(super) fn serialize(
    inner: &Inner,
    operation: &'static OperationSchema,
    input: &mut dyn Structure,
) -> Result<Request<RequestBody>, Error> {
    let idempotency_token = || inner.idempotency_tokens.token(&*inner.clock);
    let options = RequestOptions { idempotency_token: &idempotency_token };
    let request = operation.service.protocol.write_request(operation, input, &options);
    let mut request = request.map_err(ErrorKind::Request)?;
    let bytes = std::mem::take(&mut request.body);
    let body = body(operation, input, &mut request.headers, bytes).map_err(ErrorKind::Request)?;
    Ok(request.with_body(body))
}

/// Adds what identifies the call and the client, unless a hook did. It is the same in all attempts.
pub(super) fn add_client_headers(inner: &Inner, operation: &OperationSchema, headers: &mut HeaderMap) {
    let id = uuid_v4(&*inner.clock);
    trace::invocation_id(&id);
    let id = HeaderValue::try_from(id).ok();
    for (name, value) in [(INVOCATION_ID, id), (USER_AGENT, user_agent(operation.service))] {
        if let Some(value) = value.filter(|_| !headers.contains_key(&name)) {
            headers.insert(name, value);
        }
    }
    recursion_detection(headers, inner.config.environment());
}

/// Returns the stream that is a member of the input, or else the bytes that the protocol wrote.
fn body(
    operation: &'static OperationSchema,
    input: &mut dyn Structure,
    headers: &mut HeaderMap,
    bytes: Bytes,
) -> Result<RequestBody, CodecError> {
    let Some((index, member)) = streaming_member(input.schema()) else { return Ok(bytes.into()) };
    let slot = input.member_mut(index);
    if let Target::Events(_) = member.target {
        let Some(events) = slot.and_then(DynEventStream::take_from) else { return Ok(bytes.into()) };
        let frames = events_body(events.into_body(operation), member, input, headers)?;
        return Ok(RequestBody::Events(Box::new(frames)));
    }
    let Some(mut stream) = slot.and_then(ByteStream::take_from) else { return Ok(bytes.into()) };
    if let Some(bytes) = stream.buffered() {
        return Ok(bytes.into());
    }
    if member.requires_length && stream.len_hint().is_none() {
        let error = CodecError::new(
            "the service needs the length of the stream before its bytes, but the body's `size_hint` is not exact",
        );
        return Err(error.in_member(member.name));
    }
    Ok(match stream.replay() {
        Some(create) => RequestBody::Replayable(create),
        None => RequestBody::Once(stream),
    })
}

/// Returns the member that is a stream and no part of a document, with its index.
pub(super) fn streaming_member(schema: &'static Schema) -> Option<(usize, &'static Member)> {
    let payload = schema.payload();
    let payload = payload.filter(|(_, member)| matches!(member.target, Target::Stream | Target::Events(_)));
    payload.or_else(|| event_stream::member_of(schema))
}

/// Completes the frames of an event stream. Protocols that bind nothing to HTTP send the other members of the input in the
/// first message.
fn events_body(
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
