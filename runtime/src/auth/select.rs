//! Which authentication scheme a call uses.

use super::{AuthScheme, Bearer, NoAuth, SigV4};
use crate::{
    endpoint::{EndpointAuthScheme, ResolvedEndpoint},
    error::{Error, ErrorKind},
    operation::{Auth, OperationSchema},
};

/// The schemes that are there. New ones (`sigv4a`, `sigv4-s3express`) belong here.
static SCHEMES: [&dyn AuthScheme; 3] = [&SigV4, &Bearer, &NoAuth];

/// What to do about schemes that are not supported.
const WORKAROUNDS: [(&str, &str); 1] =
    [("sigv4-s3express", "; `Client::builder().s3_disable_express_session_auth(true)` avoids it")];

/// Which schemes are preferred where several are accepted, the first one most.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Preference(Vec<Auth>);

impl Preference {
    /// Bearer tokens.
    pub(crate) fn bearer() -> Self {
        Self(vec![Auth::Bearer])
    }

    /// Parses names that commas separate: `sigv4a, sigv4`. A namespace, as in `aws.auth#sigv4`, is ignored, and so are names that are
    /// not known: another SDK may know them.
    pub(crate) fn parse(names: &str) -> Self {
        let known = [Auth::SigV4, Auth::SigV4a, Auth::Bearer, Auth::None];
        let scheme = |name: &str| {
            let name = name.rsplit('#').next().unwrap_or(name).trim();
            known.into_iter().find(|scheme| scheme.name() == name)
        };
        Self(names.split(',').filter_map(scheme).collect())
    }

    /// The place of a scheme; those that are not preferred come last.
    fn rank(&self, name: &str) -> usize {
        self.0.iter().position(|scheme| scheme.name() == name).unwrap_or(usize::MAX)
    }
}

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

/// Selects the authentication scheme of a call: of those that the operation, or else its service, accepts, the supported one that is
/// preferred most, or else the first. If the endpoint mentions schemes, they take the place of SigV4 and SigV4A. Fails if none is
/// supported.
pub(crate) fn select<'a>(
    operation: &OperationSchema,
    endpoint: &'a ResolvedEndpoint,
    preference: &Preference,
) -> Result<SelectedScheme<'a>, Error> {
    let accepted = accepted(operation.auth_schemes(), &endpoint.auth_schemes);
    let supported = accepted.iter().filter_map(|(name, offered)| {
        let scheme = SCHEMES.iter().find(|scheme| scheme.id() == *name)?;
        Some((*scheme, *offered))
    });
    // Of several with the same rank, the first.
    let selected = supported.min_by_key(|(scheme, _)| preference.rank(scheme.id()));
    let (scheme, offered) = selected.ok_or_else(|| unsupported(&accepted, endpoint))?;
    let signing_name = offered.and_then(|offered| offered.signing_name.as_deref());
    Ok(SelectedScheme {
        scheme,
        signing_name: signing_name.unwrap_or(operation.service.signing_name),
        signing_region: offered.and_then(|offered| offered.signing_region.as_deref()),
        disable_double_encoding: offered.is_some_and(|offered| offered.disable_double_encoding),
    })
}

/// The name of a scheme, and what the endpoint says about it.
type Accepted<'a> = (&'a str, Option<&'a EndpointAuthScheme>);

/// The schemes that the model and the endpoint accept.
fn accepted<'a>(modeled: &[Auth], offered: &'a [EndpointAuthScheme]) -> Vec<Accepted<'a>> {
    let mut accepted: Vec<Accepted<'a>> = Vec::new();
    for scheme in modeled {
        if !scheme.is_signature() || offered.is_empty() {
            accepted.push((scheme.name(), None));
        } else if !accepted.iter().any(|(_, offered)| offered.is_some()) {
            accepted.extend(offered.iter().map(|scheme| (scheme.name.as_str(), Some(scheme))));
        }
    }
    accepted
}

fn unsupported(accepted: &[Accepted<'_>], endpoint: &ResolvedEndpoint) -> Error {
    let names: Vec<_> = accepted.iter().map(|(name, _)| *name).collect();
    let names = names.join("`, `");
    let workaround = WORKAROUNDS.iter().find(|(name, _)| *name == names).map_or("", |(_, advice)| advice);
    let host = endpoint.url.authority();
    let message = format!(
        "{host} requires the authentication scheme `{names}`, which this version does not support{workaround}"
    );
    ErrorKind::Credentials(message.into()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn preferences_are_names_without_namespaces_and_those_that_are_not_known_are_skipped() {
        let cases = [
            ("", Preference::default()),
            ("httpBearerAuth", Preference::bearer()),
            (
                " aws.auth#sigv4a ,other,,smithy.api#httpBearerAuth",
                Preference(vec![Auth::SigV4a, Auth::Bearer]),
            ),
            ("noAuth, sigv4", Preference(vec![Auth::None, Auth::SigV4])),
            ("SIGV4", Preference::default()),
        ];
        for (names, expected) in cases {
            assert_eq!(Preference::parse(names), expected, "{names}");
        }
    }

    #[test]
    fn schemes_of_the_endpoint_take_the_place_of_signatures() {
        let offer =
            |name: &str| EndpointAuthScheme { name: name.to_owned(), ..EndpointAuthScheme::default() };
        let names = |modeled: &[Auth], offered: &[&str]| {
            let offered: Vec<_> = offered.iter().map(|name| offer(name)).collect();
            accepted(modeled, &offered).iter().map(|(name, _)| (*name).to_owned()).collect::<Vec<_>>()
        };
        let all = [Auth::SigV4, Auth::SigV4a, Auth::Bearer];
        assert_eq!(names(&all, &[]), ["sigv4", "sigv4a", "httpBearerAuth"]);
        assert_eq!(names(&all, &["sigv4a", "sigv4"]), ["sigv4a", "sigv4", "httpBearerAuth"]);
        assert_eq!(names(&[Auth::Bearer], &["sigv4"]), ["httpBearerAuth"]);
        assert_eq!(names(&[Auth::None], &["sigv4"]), ["noAuth"]);
    }
}
