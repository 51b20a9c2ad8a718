//! One attempt: sign, send, read.

use super::{
    Inner, failure,
    patience::{Noted, Patient, Progress, wait},
    prepare::{Outgoing, Prepared},
    receive::{Answer, receive},
    signing,
};
use crate::{
    auth::EventSigner,
    codec::{CodecError, Structure},
    endpoint::CallEndpoint,
    error::{Error, ErrorKind},
    time::Timestamp,
};
use http::{HeaderName, HeaderValue, Method, header::CONTENT_LENGTH};
use std::time::Instant;

const SDK_REQUEST: HeaderName = HeaderName::from_static("amz-sdk-request");

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
    let mut outgoing = head(request, number);
    let event_signer = signing::sign(inner, request, &mut outgoing).await?;
    *outgoing.body_mut() = body(&mut request.body, event_signer, &progress)?;
    let answer = send(inner, outgoing, &request.endpoint, &progress).await?;
    receive(inner, request.operation, &request.endpoint, &request.afterwards, answer, output).await
}

/// The request without its body.
fn head(request: &Prepared, number: u32) -> reqwest::Request {
    let mut outgoing = reqwest::Request::new(request.method.clone(), request.url.clone());
    let headers = outgoing.headers_mut();
    headers.clone_from(&request.headers);
    if let Ok(value) = HeaderValue::try_from(format!("attempt={number}; max=1")) {
        headers.insert(SDK_REQUEST, value);
    }
    // Where a body is usual, some services want to be told that there is none; hyper tells only the length of what there is.
    let usual = matches!(request.method, Method::POST | Method::PUT | Method::PATCH);
    if usual && matches!(&request.body, Outgoing::Held(bytes) if bytes.is_empty()) {
        headers.insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
    }
    outgoing
}

/// The body as `reqwest` wants it. Events of a signed request are signed by `event_signer`.
fn body(
    body: &mut Outgoing,
    event_signer: Option<EventSigner>,
    progress: &Progress,
) -> Result<Option<reqwest::Body>, Error> {
    let gone = || Error::from(ErrorKind::Request(CodecError::new("the stream was sent already")));
    let stream = match body {
        Outgoing::Held(bytes) if bytes.is_empty() => return Ok(None),
        Outgoing::Held(bytes) => return Ok(Some(bytes.clone().into())),
        Outgoing::Stream(stream) => stream.take().ok_or_else(gone)?,
        Outgoing::Events(frames) => {
            let frames = frames.take().ok_or_else(gone)?;
            let frames = match event_signer {
                Some(mut signer) => frames.signed(move |frame| signer.sign(frame, Timestamp::now())),
                None => frames,
            };
            frames.into_stream()
        }
    };
    Ok(Some(reqwest::Body::wrap(Noted { body: stream, progress: progress.clone() })))
}

async fn send(
    inner: &Inner,
    request: reqwest::Request,
    endpoint: &CallEndpoint,
    progress: &Progress,
) -> Result<Answer, Error> {
    let client = inner.transport.client(request.url())?;
    let begun = Instant::now();
    let answer = wait(client.execute(request), inner.limits.read, progress).await?;
    let connect = inner.limits.connect;
    let answer = answer.map_err(|error| failure::before_answer(error, begun.elapsed(), connect, endpoint))?;
    Ok(http::Response::from(answer).map(|body| Patient::new(body, inner.limits.read)))
}
