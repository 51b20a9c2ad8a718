//! One attempt of a call: resolve, sign, send, read.

use super::{
    Inner, checksum,
    endpoint::has_host_prefix,
    interceptors::Interceptors,
    response::{no_response, receive},
    signing::{Signing, buffer},
    timeout::{ReadTimeoutBody, UploadProgress, read_timeout},
    url::{join, with_prefix},
};
use crate::{
    auth::BodySigner,
    clock::{self, Clock, ClockSkew},
    codec::{CodecError, Structure},
    config::{ServiceConfig, parse_url, without_userinfo},
    endpoint::CallEndpoint,
    error::{Error, ErrorKind, Timeout, TimeoutKind},
    http::{HttpRequest, RequestBody},
    operation::{AttemptContext, Hooks, OperationSchema, Outcome, Request},
    stream::ByteStream,
};
use http::{HeaderMap, HeaderName, HeaderValue, Method, header::CONTENT_LENGTH};
use std::{pin::pin, sync::Arc};

const SDK_REQUEST: HeaderName = HeaderName::from_static("amz-sdk-request");

/// What all attempts of a call have in common, until they go to another region.
#[derive(Clone, Copy)]
pub(super) struct Call<'a> {
    pub(super) inner: &'a Inner,
    pub(super) config: &'a ServiceConfig,
    pub(super) interceptors: Interceptors<'a>,
}

/// Sends `request` once and reads the response into `output`.
pub(super) async fn attempt(
    call: Call<'_>,
    mut context: AttemptContext<'_>,
    input: &mut dyn Structure,
    request: Request<RequestBody>,
    output: &mut dyn Structure,
) -> Outcome {
    let mut outcome = Outcome::new(context.number);
    let Call { inner, interceptors, .. } = call;
    outcome.applied_skew = inner.skew.get();
    let result = {
        let exchange = pin!(exchange(call, &mut context, input, request, output, &mut outcome));
        match inner.timeouts.attempt {
            Some(limit) => clock::timeout(&*inner.clock, limit, exchange)
                .await
                .unwrap_or_else(|| Err(ErrorKind::Timeout(Timeout::new(TimeoutKind::Attempt, limit)).into())),
            None => exchange.await,
        }
    };
    outcome.result = result;
    interceptors.after_attempt(&mut context, &mut outcome);
    outcome
}

async fn exchange(
    call: Call<'_>,
    context: &mut AttemptContext<'_>,
    input: &mut dyn Structure,
    mut request: Request<RequestBody>,
    output: &mut dyn Structure,
    outcome: &mut Outcome,
) -> Result<(), Error> {
    let Call { inner, config, interceptors } = call;
    let operation = context.operation;
    let mut identity = inner.identity();
    let mut endpoint = inner.endpoint(config, operation, input, &mut identity).await?;
    if let Some(prefix) = request.host_prefix.as_deref()
        && has_host_prefix(config, &endpoint)?
    {
        endpoint.url = with_prefix(&endpoint.url, prefix).map_err(ErrorKind::Request)?;
    }
    if endpoint.origin.is_none()
        && let Some(url) = interceptors.endpoint(context, input)?
    {
        endpoint.url = parse_endpoint(&url).map_err(ErrorKind::Request)?;
    }
    buffer(operation, input.schema(), &mut request.body).await?;
    let mut request = http_request(operation, request, &endpoint).map_err(ErrorKind::Request)?;
    request.headers.insert(SDK_REQUEST, sdk_request(inner, context, outcome.applied_skew));
    let auth = inner.select_auth(operation, &endpoint.resolved)?;
    let token = || Box::pin(inner.auth.tokens.provide(operation.service.signing_name));
    let identity = identity.get(auth.scheme.identity_kind(), token).await?;
    // A provider may take long.
    let signing = Signing {
        auth,
        identity,
        client_region: &config.region,
        time: outcome.applied_skew.apply(inner.clock.now()),
    };
    if interceptors.implement(Hooks::BEFORE_SIGNING) {
        if let Some(signing) = signing.context() {
            context.extensions.insert(signing);
        }
        interceptors.before_signing(context, &mut request)?;
        buffer(operation, input.schema(), &mut request.body).await?;
    }
    let can_sign_chunks = signing.auth.scheme.id() == "sigv4";
    let trailer = checksum::add(operation, context.extensions, &mut request, can_sign_chunks);
    let trailer = trailer.map_err(ErrorKind::Request)?;
    let mut signer = signing.sign(operation, &mut request, trailer.as_ref())?;
    if let Some(trailer) = trailer {
        request.body = trailer.encode(request.body, signer.take())?;
    }
    interceptors.before_transmit(context, &mut request)?;
    outcome.sent_at = Some(inner.clock.now());
    let response = transmit(inner, operation, request, signer, outcome.applied_skew, &endpoint).await?;
    outcome.received_at = Some(inner.clock.now());
    receive(inner, interceptors, context, &endpoint, response, output, outcome).await
}

/// Parses the URL that an interceptor returned.
fn parse_endpoint(url: &str) -> Result<url::Url, CodecError> {
    parse_url(url)
        .map_err(|problem| CodecError::new(format!("the endpoint `{}` {problem}", without_userinfo(url))))
}

/// Returns the request as it is signed.
fn http_request(
    operation: &OperationSchema,
    request: Request<RequestBody>,
    endpoint: &CallEndpoint,
) -> Result<HttpRequest, CodecError> {
    let url = join(&endpoint.url, path_and_query(operation, &request.uri))?;
    let method = Method::from_bytes(request.method.as_bytes())
        .map_err(|error| CodecError::new(format!("`{}`: {error}", request.method)))?;
    let mut sent = HttpRequest::new(method, url);
    (sent.headers, sent.body) = (request.headers, request.body);
    sent.headers.extend(endpoint.resolved.headers.clone());
    // Some services require the length of an empty body where they expect one. HTTP libraries send only that of other bodies.
    if sent.body.is_empty() && matches!(sent.method, Method::POST | Method::PUT | Method::PATCH) {
        sent.headers.insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
    }
    Ok(sent)
}

/// Says which of how many attempts it is and, for a later one, until when the client waits, by the service's clock.
fn sdk_request(inner: &Inner, context: &AttemptContext<'_>, skew: ClockSkew) -> HeaderValue {
    let AttemptContext { number, max_attempts, .. } = context;
    let mut text = format!("attempt={number}; max={max_attempts}");
    if let Some(limit) = inner.timeouts.read_limit(context.operation).filter(|_| *number > 1) {
        let end = skew.apply(inner.clock.now()) + limit;
        text = format!("ttl={}; {text}", end.to_sigv4());
    }
    HeaderValue::try_from(text).unwrap_or(HeaderValue::from_static(""))
}

/// Returns what follows the endpoint. It may contain the first segment of the path already, which is encoded and so has no
/// slash in it.
fn path_and_query<'u>(operation: &OperationSchema, uri: &'u str) -> &'u str {
    if !operation.bucket_in_endpoint || operation.service.endpoint_rules.is_none() {
        return uri;
    }
    let label = uri.strip_prefix('/').unwrap_or(uri);
    label.find(['/', '?']).and_then(|end| label.get(end..)).unwrap_or_default()
}

/// Sends the request. Returns the response once its headers have arrived.
async fn transmit(
    inner: &Inner,
    operation: &OperationSchema,
    mut request: HttpRequest,
    signer: Option<BodySigner>,
    skew: ClockSkew,
    endpoint: &CallEndpoint,
) -> Result<http::Response<ReadTimeoutBody<ByteStream>>, Error> {
    let length = stated_length(&request.headers).map_err(ErrorKind::Request)?;
    let body = with_signed_events(request.body, signer, skew, &inner.clock);
    let watched = UploadProgress::watch(body, length, &inner.clock).await;
    let (body, progress) = watched.map_err(Error::from_request_body)?;
    request.body = body;
    let start = inner.clock.elapsed();
    let limit = inner.timeouts.read_limit(operation);
    let response = read_timeout(inner.transport.call(request), limit, progress.as_ref(), &*inner.clock).await;
    let response = response.and_then(|response| {
        response.map_err(|error| {
            let after = inner.clock.elapsed().saturating_sub(start);
            let region = inner.config.region().unwrap_or_default();
            no_response(error, after, inner.timeouts.connect, endpoint, region)
        })
    });
    match response {
        Ok(response) => Ok(response.map(|body| ReadTimeoutBody::new(body, limit, inner.clock.clone()))),
        // If the body failed, that is why.
        Err(error) => {
            Err(progress.and_then(|progress| progress.take_error()).map_or(error, Error::from_request_body))
        }
    }
}

/// The length of the body by the head of the request, which may be a member of the input.
fn stated_length(headers: &HeaderMap) -> Result<Option<u64>, CodecError> {
    let Some(value) = headers.get(CONTENT_LENGTH) else { return Ok(None) };
    let length = value.to_str().ok().and_then(|text| text.parse().ok());
    length
        .map(Some)
        .ok_or_else(|| CodecError::expected("the length of the body in bytes", format_args!("{value:?}")))
}

/// The body with its events signed.
fn with_signed_events(
    body: RequestBody,
    signer: Option<BodySigner>,
    skew: ClockSkew,
    clock: &Arc<dyn Clock>,
) -> RequestBody {
    match (body, signer) {
        (RequestBody::Events(frames), Some(mut signer)) => {
            let clock = clock.clone();
            let sign = move |frame| signer.sign_event(frame, skew.apply(clock.now())).map_err(Into::into);
            RequestBody::Once(frames.into_stream(Some(Box::new(sign))))
        }
        (body, _) => body,
    }
}
