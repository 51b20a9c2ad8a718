//! Authenticates requests: selects the authentication scheme of a call, and signs with it.
//!
//! Each scheme is an [`AuthScheme`] over an [`Identity`]. [`select`] chooses one by what the operation, the service and the
//! endpoint say; it is the only place that knows these rules.

mod bearer;
mod body_signer;
mod identity;
mod select;
mod sigv4;

pub(crate) use bearer::Bearer;
pub(crate) use body_signer::BodySigner;
pub(crate) use identity::{AttemptIdentity, Identity, IdentityKind, SigningContext};
pub(crate) use select::{Preference, SelectedScheme, select};
pub(crate) use sigv4::SigV4;

use crate::{error::Error, operation::Auth, sign::SignableBody, time::Timestamp};
use http::HeaderMap;
use std::fmt;

/// A way to authenticate requests.
pub(crate) trait AuthScheme: fmt::Debug + Send + Sync {
    /// The scheme's name in `authSchemes` of endpoints and in settings: `sigv4`.
    fn id(&self) -> &'static str;

    /// The kind of identity that [`sign`](Self::sign) needs.
    fn identity_kind(&self) -> IdentityKind;

    /// Adds to `request` what proves the identity. Its head must not change afterwards.
    ///
    /// Returns the signer of the parts that follow, if those of the body are signed one by one.
    fn sign(
        &self,
        request: RequestHead<'_>,
        identity: &Identity,
        params: &AuthParams<'_>,
    ) -> Result<Option<BodySigner>, Error>;
}

/// The parts of a request that a scheme signs, exactly as they will be sent.
#[derive(Debug)]
pub(crate) struct RequestHead<'a> {
    /// Whether it is sent over https.
    pub(crate) is_encrypted: bool,
    /// The HTTP method.
    pub(crate) method: &'a str,
    /// The host, with the port unless it is the scheme's default.
    pub(crate) host: &'a str,
    /// The encoded path and query.
    pub(crate) target: &'a str,
    /// The header fields, to which the scheme adds its own.
    pub(crate) headers: &'a mut HeaderMap,
    /// The body, and how it is signed.
    pub(crate) body: SignableBody<'a>,
}

/// What a signature depends on besides request and identity.
#[derive(Clone, Copy, Debug)]
pub(crate) struct AuthParams<'a> {
    /// The signing name of the service.
    pub(crate) signing_name: &'a str,
    /// The signing region.
    pub(crate) signing_region: &'a str,
    /// Whether the path is signed as it is sent.
    pub(crate) disable_double_encoding: bool,
    /// The time of the request.
    pub(crate) time: Timestamp,
}

/// Sends requests as they are: for operations without authentication.
#[derive(Debug)]
pub(crate) struct NoAuth;

impl AuthScheme for NoAuth {
    fn id(&self) -> &'static str {
        Auth::None.name()
    }

    fn identity_kind(&self) -> IdentityKind {
        IdentityKind::None
    }

    fn sign(
        &self,
        _: RequestHead<'_>,
        _: &Identity,
        _: &AuthParams<'_>,
    ) -> Result<Option<BodySigner>, Error> {
        Ok(None)
    }
}
