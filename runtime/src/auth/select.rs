//! Which authentication scheme a call uses.

use super::{AuthScheme, NoAuth, SigV4};
use crate::{
    endpoint::ResolvedEndpoint,
    error::{Error, ErrorKind},
    operation::{Auth, OperationSchema},
};

/// The schemes that an endpoint can ask for. New ones (`sigv4a`, `sigv4-s3express`, `bearer`) belong here.
static ENDPOINT_SCHEMES: [&dyn AuthScheme; 1] = [&SigV4];

/// What to do about schemes that are not supported.
const WORKAROUNDS: [(&str, &str); 1] =
    [("sigv4-s3express", "; `Client::builder().s3_disable_express_session_auth(true)` avoids it")];

/// An authentication scheme with the parameters that the operation, its service and the endpoint determine.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SelectedScheme<'a> {
    pub(crate) scheme: &'static dyn AuthScheme,
    /// The signing name of the service.
    pub(crate) signing_name: &'a str,
    /// The signing region, if the endpoint sets one; or else it is the client's.
    pub(crate) signing_region: Option<&'a str>,
    /// Whether the path is signed as it is sent.
    pub(crate) disable_double_encoding: bool,
}

/// Selects the authentication scheme of a call.
///
/// The operation decides whether requests are signed, or else its service does. If they are, the first supported scheme of the
/// endpoint is used, or SigV4 if the endpoint mentions none. Fails if none is supported.
pub(crate) fn select<'a>(
    operation: &OperationSchema,
    endpoint: &'a ResolvedEndpoint,
) -> Result<SelectedScheme<'a>, Error> {
    let service = operation.service;
    let default = |scheme| SelectedScheme {
        scheme,
        signing_name: service.signing_name,
        signing_region: None,
        disable_double_encoding: false,
    };
    match operation.auth.unwrap_or(service.auth) {
        Auth::None => return Ok(default(&NoAuth)),
        Auth::Bearer => {
            return Err(unsupported(
                "the operation requires a bearer token, which this version does not support",
            ));
        }
        Auth::SigV4 if endpoint.auth_schemes.is_empty() => return Ok(default(&SigV4)),
        Auth::SigV4 => {}
    }
    let supported = endpoint.auth_schemes.iter().find_map(|offered| {
        let scheme = ENDPOINT_SCHEMES.iter().find(|scheme| scheme.id() == offered.name)?;
        Some((*scheme, offered))
    });
    let (scheme, offered) = supported.ok_or_else(|| unsupported_by(endpoint))?;
    Ok(SelectedScheme {
        scheme,
        signing_name: offered.signing_name.as_deref().unwrap_or(service.signing_name),
        signing_region: offered.signing_region.as_deref(),
        disable_double_encoding: offered.disable_double_encoding,
    })
}

fn unsupported_by(endpoint: &ResolvedEndpoint) -> Error {
    let names: Vec<_> = endpoint.auth_schemes.iter().map(|scheme| scheme.name.as_str()).collect();
    let names = names.join("`, `");
    let workaround = WORKAROUNDS.iter().find(|(name, _)| *name == names).map_or("", |(_, advice)| advice);
    let host = endpoint.url.authority();
    unsupported(format!(
        "{host} requires the authentication scheme `{names}`, which this version does not support{workaround}"
    ))
}

fn unsupported(message: impl Into<String>) -> Error {
    ErrorKind::Credentials(message.into().into()).into()
}
