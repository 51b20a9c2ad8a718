//! The authentication schemes that an endpoint accepts: its property `authSchemes`.

use super::{Endpoint, EndpointValue};

/// One entry of an endpoint's `authSchemes`. What it leaves open, the service and the client's region decide.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct EndpointAuthScheme {
    /// `name`: `sigv4`.
    pub(crate) name: String,
    /// `signingName`.
    pub(crate) signing_name: Option<String>,
    /// `signingRegion`.
    pub(crate) signing_region: Option<String>,
    /// `disableDoubleEncoding`: the path is signed as it is sent.
    pub(crate) disable_double_encoding: bool,
}

impl EndpointAuthScheme {
    /// All schemes of `endpoint`, the preferred one first. Empty if the rules do not mention any.
    pub(super) fn all_of(endpoint: &Endpoint) -> Vec<Self> {
        let schemes = endpoint.properties.iter().find(|(name, _)| *name == "authSchemes");
        schemes.map_or(&[][..], |(_, schemes)| schemes.items()).iter().map(Self::from_value).collect()
    }

    fn from_value(value: &EndpointValue<'_>) -> Self {
        Self {
            name: non_empty(value, "name").unwrap_or_default(),
            signing_name: non_empty(value, "signingName"),
            signing_region: non_empty(value, "signingRegion"),
            disable_double_encoding: value
                .get("disableDoubleEncoding")
                .and_then(EndpointValue::as_bool)
                .unwrap_or(false),
        }
    }
}

fn non_empty(scheme: &EndpointValue<'_>, name: &str) -> Option<String> {
    scheme.get(name).and_then(EndpointValue::as_str).filter(|text| !text.is_empty()).map(str::to_owned)
}
