//! How requests to an endpoint are signed, as its property `authSchemes` says.

use super::ResolvedEndpoint;
use crate::operation::rules::Value;

/// How to sign, where the endpoint says it; what it leaves open, the service and the client's region say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Scheme {
    /// `signingName`.
    pub(crate) service: Option<String>,
    /// `signingRegion`.
    pub(crate) region: Option<String>,
    /// `disableDoubleEncoding`: the path is signed as it is sent.
    pub(crate) encoded_once: bool,
    /// The names of the schemes, where none is one that there is here.
    pub(crate) unsupported: Option<String>,
}

impl Scheme {
    /// The first of the endpoint's schemes that there is here: Signature Version 4.
    pub(super) fn of(endpoint: &ResolvedEndpoint) -> Self {
        let schemes = endpoint.properties.iter().find(|(name, _)| *name == "authSchemes");
        let Some(schemes) = schemes.map(|(_, schemes)| schemes.items()).filter(|all| !all.is_empty()) else {
            return Self::default();
        };
        let name = |scheme: &Value<'_>| text(scheme, "name").unwrap_or_default();
        let Some(scheme) = schemes.iter().find(|scheme| name(scheme) == "sigv4") else {
            let names: Vec<_> = schemes.iter().map(name).collect();
            return Self { unsupported: Some(names.join("`, `")), ..Self::default() };
        };
        Self {
            service: text(scheme, "signingName"),
            region: text(scheme, "signingRegion"),
            encoded_once: scheme.get("disableDoubleEncoding").and_then(Value::boolean).unwrap_or(false),
            unsupported: None,
        }
    }
}

fn text(scheme: &Value<'_>, name: &str) -> Option<String> {
    scheme.get(name).and_then(Value::text).filter(|text| !text.is_empty()).map(str::to_owned)
}
