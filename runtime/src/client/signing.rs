//! Signs the requests of a client.

use super::{Inner, checksum::Trailer, serialize::streaming_member};
use crate::{
    auth::{
        self, AttemptIdentity, AuthParams, BodySigner, Identity, Preference, RequestHead, SelectedScheme,
        SigningContext,
    },
    config::ConfigError,
    credentials::BearerTokens,
    endpoint::ResolvedEndpoint,
    error::{Error, ErrorKind},
    http::{HttpRequest, RequestBody},
    operation::OperationSchema,
    schema::Schema,
    sign::SignableBody,
    time::Timestamp,
};
use std::borrow::Cow;
use url::Position;

/// How an attempt is signed.
pub(super) struct Signing<'a> {
    pub(super) auth: SelectedScheme<'a>,
    pub(super) identity: Identity,
    /// The region of the client, or why there is none.
    pub(super) client_region: &'a Result<String, ConfigError>,
    pub(super) time: Timestamp,
}

impl Signing<'_> {
    /// Returns what interceptors that run before signing need to sign other requests, if there are credentials.
    pub(super) fn context(&self) -> Option<SigningContext> {
        let Identity::AwsCredentials(credentials) = &self.identity else { return None };
        Some(SigningContext {
            credentials: credentials.clone(),
            signing_name: self.auth.signing_name.to_owned(),
            client_region: self.client_region.clone(),
            time: self.time,
        })
    }

    /// Signs `request`, whose body `trailer` follows. Its head must not change afterwards. Returns the signer of the events or chunks in
    /// its body, if there are any.
    pub(super) fn sign(
        &self,
        operation: &OperationSchema,
        request: &mut HttpRequest,
        trailer: Option<&Trailer>,
    ) -> Result<Option<BodySigner>, Error> {
        let signing_region = match (self.auth.signing_region, &self.identity) {
            (Some(region), _) => region,
            (None, Identity::None | Identity::BearerToken(_)) => "",
            (None, _) => {
                self.client_region.as_ref().map_err(|error| ErrorKind::Config(error.clone().into()))?
            }
        };
        let head = RequestHead {
            is_encrypted: request.url.scheme() == "https",
            method: request.method.as_str(),
            host: &request.url[Position::BeforeHost..Position::AfterPort],
            target: &request.url[Position::BeforePath..Position::AfterQuery],
            headers: &mut request.headers,
            body: signable_body(operation, &request.body, trailer),
        };
        let params = AuthParams {
            signing_name: self.auth.signing_name,
            signing_region,
            disable_double_encoding: self.auth.disable_double_encoding,
            time: self.time,
        };
        self.auth.scheme.sign(head, &self.identity, &params)
    }
}

/// What a client authenticates with besides credentials, and what it prefers.
pub(super) struct AuthSettings {
    pub(super) tokens: BearerTokens,
    /// What the builder sets.
    pub(super) explicit: Option<Preference>,
    /// What the environment or the profile sets.
    pub(super) preference: Preference,
}

impl AuthSettings {
    /// Which schemes are preferred for the service with this signing name. A token that someone set is meant to be used.
    pub(super) fn preference(&self, signing_name: &str) -> Cow<'_, Preference> {
        match &self.explicit {
            Some(explicit) => Cow::Borrowed(explicit),
            None if self.tokens.is_set_for(signing_name) => Cow::Owned(Preference::bearer()),
            None => Cow::Borrowed(&self.preference),
        }
    }
}

impl Inner {
    /// Selects the authentication scheme of a call.
    pub(super) fn select_auth<'a>(
        &self,
        operation: &OperationSchema,
        endpoint: &'a ResolvedEndpoint,
    ) -> Result<SelectedScheme<'a>, Error> {
        let has_choice = operation.auth_schemes().len() > 1 || endpoint.auth_schemes.len() > 1;
        let preference = if has_choice {
            self.auth.preference(operation.service.signing_name)
        } else {
            Cow::Borrowed(&self.auth.preference)
        };
        auth::select(operation, endpoint, &preference)
    }

    /// Returns the identity of one attempt.
    pub(super) fn identity(&self) -> AttemptIdentity<'_> {
        AttemptIdentity::new(&*self.credentials)
    }
}

/// Reads a body into memory that interceptors made a stream, unless the operation takes streams: the signature needs its hash, and
/// services accept a body without one for streams alone.
pub(super) async fn buffer(
    operation: &OperationSchema,
    input: &'static Schema,
    body: &mut RequestBody,
) -> Result<(), Error> {
    let is_buffered = matches!(body, RequestBody::Bytes(_) | RequestBody::Events(_));
    if is_buffered || operation.unsigned_payload || streaming_member(input).is_some() {
        return Ok(());
    }
    let bytes = std::mem::take(body).into_stream().collect().await.map_err(Error::from_request_body)?;
    *body = bytes.into();
    Ok(())
}

/// The body, and how it is signed: the hash of a stream is not known when its request is sent.
fn signable_body<'b>(
    operation: &OperationSchema,
    body: &'b RequestBody,
    trailer: Option<&Trailer>,
) -> SignableBody<'b> {
    match body {
        _ if trailer.is_some_and(|trailer| trailer.is_signed) => SignableBody::ChunksWithTrailer,
        RequestBody::Bytes(bytes) if !operation.unsigned_payload => SignableBody::Bytes(bytes),
        RequestBody::Events(_) => SignableBody::Events,
        _ => SignableBody::Unsigned,
    }
}
