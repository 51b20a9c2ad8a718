//! The checksums of a call's bodies: which of them are sent, and where.

use super::content_encoding;
use crate::{
    auth::BodySigner,
    checksum::{Algorithm, AwsChunked, CRC32, Expected, SignChunks, ValidatedBody, encoded_length},
    codec::CodecError,
    config::{BodySettings, ConfigError},
    error::{Error, ErrorKind},
    http::{HttpRequest, RequestBody},
    operation::{AttemptContext, OperationSchema, Outcome, ResponseBody},
    stream::ByteStream,
};
use http::{Extensions, HeaderMap, HeaderName, HeaderValue, header::CONTENT_LENGTH};
use std::sync::{Arc, OnceLock};

const TRAILER: HeaderName = HeaderName::from_static("x-amz-trailer");
const DECODED_LENGTH: HeaderName = HeaderName::from_static("x-amz-decoded-content-length");
const CONTENT_SHA256: HeaderName = HeaderName::from_static("x-amz-content-sha256");

/// The checksum of the request, in the extensions of its call.
#[derive(Clone)]
struct RequestChecksum {
    algorithm: &'static Algorithm,
    /// What the first attempt sent: the others send the same.
    value: Arc<OnceLock<String>>,
}

/// In the extensions of a call that asked for a checksum of the response.
#[derive(Clone, Copy)]
struct ResponseChecksum;

/// Decides on the checksums of a call, and says so in the head of its request.
///
/// That of the request is left out if the caller sends one; or else its algorithm is the caller's, or CRC32 if the service requires
/// a checksum, or supports one and the settings do not say otherwise.
pub(super) fn prepare(
    settings: &BodySettings,
    operation: &OperationSchema,
    headers: &mut HeaderMap,
    extensions: &mut Extensions,
) -> Result<(), Error> {
    let Some(schema) = &operation.checksum else { return Ok(()) };
    let config = |value: &Result<bool, ConfigError>| {
        value.clone().map_err(|error| Error::from(ErrorKind::Config(error.into())))
    };
    if let Some(mode) = schema.mode_header {
        if config(&settings.response_checksums)? {
            insert_default(headers, mode, "ENABLED").map_err(ErrorKind::Request)?;
        }
        if headers.contains_key(mode) {
            extensions.insert(ResponseChecksum);
        }
    }
    if has_checksum(headers) {
        return Ok(());
    }
    let named = schema.algorithm_header.and_then(|name| headers.get(name)).cloned();
    let named = named.as_ref().map(|name| String::from_utf8_lossy(name.as_bytes()));
    let algorithm = match (named, schema.algorithm_header) {
        (Some(name), _) => name,
        (None, None) if schema.required => CRC32.into(),
        (None, Some(header)) if schema.required || config(&settings.request_checksums)? => {
            insert_default(headers, header, CRC32).map_err(ErrorKind::Request)?;
            CRC32.into()
        }
        _ => return Ok(()),
    };
    let algorithm = Algorithm::find(&algorithm).map_err(ErrorKind::Request)?;
    extensions.insert(RequestChecksum { algorithm, value: Arc::default() });
    Ok(())
}

fn insert_default(
    headers: &mut HeaderMap,
    name: &'static str,
    value: &'static str,
) -> Result<(), CodecError> {
    let name = HeaderName::from_bytes(name.as_bytes()).map_err(|error| CodecError::new(error.to_string()))?;
    headers.entry(name).or_insert(HeaderValue::from_static(value));
    Ok(())
}

/// Whether the head of a request has a checksum, or says that one follows the body.
fn has_checksum(headers: &HeaderMap) -> bool {
    headers.contains_key(TRAILER) || Algorithm::all().any(|algorithm| headers.contains_key(&algorithm.header))
}

/// A checksum that follows the body of an attempt.
pub(super) struct Trailer {
    checksum: RequestChecksum,
    /// The number of bytes of the body.
    length: u64,
    /// Whether the chunks of the body and the trailer are signed.
    pub(super) is_signed: bool,
}

/// Adds the checksum to an attempt: to its head if the body is in memory. That of a stream follows it and is returned, with the head
/// changed to what [`Trailer::encode`] makes of the body. `can_sign_chunks` says whether the attempt is signed so that its chunks can
/// be signed too; they are, unless the connection protects them.
pub(super) fn add(
    operation: &OperationSchema,
    extensions: &Extensions,
    request: &mut HttpRequest,
    can_sign_chunks: bool,
) -> Result<Option<Trailer>, CodecError> {
    if operation.checksum.is_none() {
        return Ok(None);
    }
    let Some(checksum) = extensions.get::<RequestChecksum>() else { return Ok(None) };
    // A hook may have added one.
    if has_checksum(&request.headers) {
        return Ok(None);
    }
    let RequestChecksum { algorithm, value } = checksum;
    if let RequestBody::Bytes(bytes) = &request.body {
        let value = value.get_or_init(|| algorithm.of(bytes).unwrap_or_default());
        request.headers.insert(algorithm.header.clone(), header_value(value)?);
        return Ok(None);
    }
    if matches!(request.body, RequestBody::Events(_)) {
        return Ok(None);
    }
    let length = length(request)?;
    let is_signed = can_sign_chunks && !operation.unsigned_payload && request.url.scheme() != "https";
    let headers = &mut request.headers;
    headers.insert(TRAILER, header_value(algorithm.header.as_str())?);
    headers.insert(DECODED_LENGTH, HeaderValue::from(length));
    headers.insert(CONTENT_LENGTH, HeaderValue::from(encoded_length(length, algorithm, is_signed)));
    content_encoding::append(headers, "aws-chunked")?;
    if !is_signed {
        headers.insert(CONTENT_SHA256, HeaderValue::from_static("STREAMING-UNSIGNED-PAYLOAD-TRAILER"));
    }
    Ok(Some(Trailer { checksum: checksum.clone(), length, is_signed }))
}

/// The number of bytes of a stream, by the head of its request or its own account.
fn length(request: &mut HttpRequest) -> Result<u64, CodecError> {
    let stated = request.headers.get(CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse().ok());
    let own = || match &mut request.body {
        RequestBody::Once(stream) => stream.len_hint(),
        RequestBody::Replayable(create) => create().len_hint(),
        _ => None,
    };
    stated.or_else(own).ok_or_else(|| {
        CodecError::new(
            "the checksum of a stream follows it, for which its length must be known: give it a body whose `size_hint` is exact, \
             or turn off checksums with `Client::builder().request_checksum_calculation(\"when_required\")`",
        )
    })
}

fn header_value(text: &str) -> Result<HeaderValue, CodecError> {
    HeaderValue::from_str(text).map_err(|error| CodecError::new(error.to_string()))
}

impl Trailer {
    /// Encodes the body of the attempt, followed by its checksum. The signer is that of the request.
    pub(super) fn encode(self, body: RequestBody, signer: Option<BodySigner>) -> Result<RequestBody, Error> {
        let Self { checksum: RequestChecksum { algorithm, value }, length, is_signed } = self;
        let signer = signer.filter(|_| is_signed).map(|signer| Box::new(signer) as Box<dyn SignChunks>);
        let body = AwsChunked::new(body.into_stream(), length, algorithm, value, signer);
        Ok(RequestBody::Once(ByteStream::from_body(body.map_err(ErrorKind::Request)?)))
    }
}

/// Compares the body of a successful response with its checksum, if the call asked for one: at once if it is in memory, or else at
/// the end of the stream.
pub(super) fn validate(
    context: &AttemptContext<'_>,
    outcome: &Outcome,
    body: ResponseBody,
) -> Result<ResponseBody, CodecError> {
    let operation = context.operation;
    let Some(schema) = &operation.checksum else { return Ok(body) };
    if context.extensions.get::<ResponseChecksum>().is_none() {
        return Ok(body);
    }
    let Some(mut expected) = Expected::find(schema.response_algorithms, &outcome.headers) else {
        return Ok(body);
    };
    match body {
        ResponseBody::Bytes(bytes) => {
            expected.update(&bytes);
            expected.check()?;
            Ok(ResponseBody::Bytes(bytes))
        }
        ResponseBody::Stream(stream) => {
            let (status, request_id) =
                (outcome.status.unwrap_or_default(), outcome.request_id().map(str::to_owned));
            let in_operation = move |error| {
                let kind = ErrorKind::Response { status, request_id: request_id.clone(), error };
                Error::from(kind).in_operation(operation.service.id, operation.name).into()
            };
            Ok(ResponseBody::Stream(ByteStream::from_body(ValidatedBody::new(
                stream,
                expected,
                in_operation,
            ))))
        }
    }
}
