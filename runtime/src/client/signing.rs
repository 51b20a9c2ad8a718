//! Signs the requests of a client.

use super::{Inner, interceptors::Interceptors};
use crate::{
    auth::{self, AttemptIdentity, AuthParams, EventSigner, IdentityKind, RequestHead, SigningContext},
    endpoint::CallEndpoint,
    error::{Error, ErrorKind},
    http::{HttpRequest, RequestBody},
    operation::{AttemptContext, Hooks, OperationSchema},
    sign::SignableBody,
    time::Timestamp,
};
use url::Position;

/// Signs `request` as its operation and endpoint demand. Its head must not change afterwards. Returns the signer of the events
/// in its body, if there are any.
pub(super) async fn sign(
    inner: &Inner,
    operation: &OperationSchema,
    endpoint: &CallEndpoint,
    identity: &mut AttemptIdentity<'_>,
    request: &mut HttpRequest,
    time: Timestamp,
) -> Result<Option<EventSigner>, Error> {
    let selected = auth::select(operation, &endpoint.resolved)?;
    let config = inner.config.service(operation.service.id);
    let kind = selected.scheme.identity_kind();
    let signing_region = match selected.signing_region {
        Some(region) => region,
        None if kind == IdentityKind::None => "",
        None => config.region.as_ref().map_err(|error| ErrorKind::Config(error.clone().into()))?,
    };
    let identity = identity.get(kind).await?;
    let head = RequestHead {
        method: request.method.as_str(),
        host: &request.url[Position::BeforeHost..Position::AfterPort],
        target: &request.url[Position::BeforePath..Position::AfterQuery],
        headers: &mut request.headers,
        body: signable_body(operation, &request.body),
    };
    let params = AuthParams {
        signing_name: selected.signing_name,
        signing_region,
        disable_double_encoding: selected.disable_double_encoding,
        time,
    };
    selected.scheme.sign(head, &identity, &params)
}

/// Leaves a [`SigningContext`] for interceptors that run before signing.
pub(super) async fn offer_signing_context(
    inner: &Inner,
    interceptors: Interceptors<'_>,
    attempt: &mut AttemptContext<'_>,
    endpoint: &CallEndpoint,
    identity: &mut AttemptIdentity<'_>,
    time: Timestamp,
) -> Result<(), Error> {
    if !interceptors.implement(Hooks::BEFORE_SIGNING) {
        return Ok(());
    }
    let selected = auth::select(attempt.operation, &endpoint.resolved)?;
    if selected.scheme.identity_kind() != IdentityKind::AwsCredentials {
        return Ok(());
    }
    attempt.extensions.insert(SigningContext {
        credentials: identity.credentials().await?,
        signing_name: selected.signing_name.to_owned(),
        client_region: inner.config.service(attempt.operation.service.id).region.clone(),
        time,
    });
    Ok(())
}

impl Inner {
    /// Returns the identity of one attempt.
    pub(super) fn identity(&self) -> AttemptIdentity<'_> {
        AttemptIdentity::new(&*self.credentials)
    }
}

/// The body, and how it is signed: the hash of a stream is not known when its request is sent.
fn signable_body<'b>(operation: &OperationSchema, body: &'b RequestBody) -> SignableBody<'b> {
    match body {
        RequestBody::Bytes(bytes) if !operation.unsigned_payload => SignableBody::Bytes(bytes),
        RequestBody::Events(_) => SignableBody::Events,
        _ => SignableBody::Unsigned,
    }
}
