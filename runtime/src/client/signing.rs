//! Signs the requests of a client.

use super::{
    Inner,
    prepare::{Outgoing, Prepared},
};
use crate::{
    auth::{self, AttemptIdentity, AuthParams, EventSigner, IdentityKind, RequestHead},
    credentials::Credentials,
    error::{Error, ErrorKind},
    sign::SignableBody,
    time::Timestamp,
};
use url::Position;

/// Signs `outgoing` as its operation and endpoint demand. Its head must not change afterwards. Returns the signer of the events
/// in its body, if there are any.
pub(super) async fn sign(
    inner: &Inner,
    request: &mut Prepared,
    outgoing: &mut reqwest::Request,
) -> Result<Option<EventSigner>, Error> {
    let selected = auth::select(request.operation, &request.endpoint.resolved)?;
    let config = inner.config.service(request.operation.service.id);
    let kind = selected.scheme.identity_kind();
    let signing_region = match selected.signing_region {
        Some(region) => region,
        None if kind == IdentityKind::None => "",
        None => config.region.as_ref().map_err(|error| ErrorKind::Config(error.to_string()))?,
    };
    let identity = inner.identity().get(kind).await?;
    let head = RequestHead {
        method: request.method.as_str(),
        host: &request.url[Position::BeforeHost..Position::AfterPort],
        target: &request.url[Position::BeforePath..Position::AfterQuery],
        headers: outgoing.headers_mut(),
        body: signable_body(request),
    };
    let params = AuthParams {
        signing_name: selected.signing_name,
        signing_region,
        disable_double_encoding: selected.disable_double_encoding,
        time: Timestamp::now(),
    };
    selected.scheme.sign(head, &identity, &params)
}

impl Inner {
    /// The identity of one attempt.
    pub(super) fn identity(&self) -> AttemptIdentity<'_> {
        AttemptIdentity::new(&*self.credentials)
    }

    /// The credentials to sign with, or why there are none.
    pub(super) async fn credentials(&self) -> Result<Credentials, Error> {
        self.identity().credentials().await
    }
}

/// The body, and how it is signed: the hash of a stream is not known when its request is sent.
fn signable_body(request: &Prepared) -> SignableBody<'_> {
    match &request.body {
        Outgoing::Held(bytes) if !request.operation.unsigned_payload => SignableBody::Bytes(bytes),
        Outgoing::Events(_) => SignableBody::Events,
        Outgoing::Held(_) | Outgoing::Stream(_) => SignableBody::Unsigned,
    }
}
