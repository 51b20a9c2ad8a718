//! The authentication scheme `httpBearerAuth`.

use super::{AuthParams, AuthScheme, BodySigner, Identity, IdentityKind, RequestHead};
use crate::{
    error::{Error, ErrorKind},
    operation::Auth,
};
use http::{HeaderValue, header::AUTHORIZATION};
use zeroize::Zeroizing;

/// Sends a token with each request.
#[derive(Debug)]
pub(crate) struct Bearer;

impl AuthScheme for Bearer {
    fn id(&self) -> &'static str {
        Auth::Bearer.name()
    }

    fn identity_kind(&self) -> IdentityKind {
        IdentityKind::BearerToken
    }

    fn sign(
        &self,
        request: RequestHead<'_>,
        identity: &Identity,
        _: &AuthParams<'_>,
    ) -> Result<Option<BodySigner>, Error> {
        let Identity::BearerToken(token) = identity else {
            return Err(error("the scheme httpBearerAuth needs a bearer token"));
        };
        // Whoever reads it can use it.
        if !request.is_encrypted {
            let host = request.host;
            return Err(error(format!(
                "a bearer token is sent over https only, but the endpoint is http://{host}"
            )));
        }
        let value = Zeroizing::new(format!("Bearer {}", token.token()));
        let mut value = HeaderValue::from_str(&value)
            .map_err(|_| error("the bearer token contains characters that a header cannot have"))?;
        value.set_sensitive(true);
        request.headers.insert(AUTHORIZATION, value);
        Ok(None)
    }
}

fn error(message: impl Into<String>) -> Error {
    ErrorKind::Credentials(message.into().into()).into()
}
