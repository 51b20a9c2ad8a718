//! The settings for the bodies of requests and responses.

use super::{
    ConfigError, SettingsReader,
    table::{
        DISABLE_REQUEST_COMPRESSION, REQUEST_CHECKSUM_CALCULATION, REQUEST_MIN_COMPRESSION_SIZE,
        RESPONSE_CHECKSUM_VALIDATION, SettingSpec,
    },
};
use crate::endpoint_rules::EndpointValue;
use std::collections::BTreeMap;

/// The settings that a client was built with, by the builder's method.
pub(crate) type ExplicitBodySettings = BTreeMap<&'static str, String>;

/// The settings of a client for the bodies of requests and responses. The first call that needs an invalid one reports it.
#[derive(Debug)]
pub(crate) struct BodySettings {
    /// The least number of bytes that are compressed; `None` if nothing is.
    #[cfg_attr(not(any(feature = "gzip", test)), expect(dead_code, reason = "nothing compresses"))]
    pub(crate) min_compressed: Result<Option<usize>, ConfigError>,
    /// Whether requests have a checksum even if the service does not require one.
    pub(crate) request_checksums: Result<bool, ConfigError>,
    /// Whether responses are compared with their checksums even if the caller does not ask for it.
    pub(crate) response_checksums: Result<bool, ConfigError>,
}

impl BodySettings {
    /// Takes the explicit settings, and reads all others from the environment and the profile.
    ///
    /// Fails if an explicit setting is invalid.
    pub(crate) fn new(
        explicit: &ExplicitBodySettings,
        settings: &SettingsReader,
    ) -> Result<Self, ConfigError> {
        let value = |spec| value(explicit, settings, spec);
        let disabled = value(&DISABLE_REQUEST_COMPRESSION)?;
        let least = value(&REQUEST_MIN_COMPRESSION_SIZE)?;
        let min_compressed = disabled.and_then(|disabled| match (disabled, least?) {
            (EndpointValue::Bool(true), _) => Ok(None),
            (_, EndpointValue::Number(least)) => Ok(usize::try_from(least).ok()),
            _ => Ok(None),
        });
        let flag = |spec| {
            value(spec).map(|value| value.map(|value: EndpointValue<'_>| value.as_bool() == Some(true)))
        };
        Ok(Self {
            min_compressed,
            request_checksums: flag(&REQUEST_CHECKSUM_CALCULATION)?,
            response_checksums: flag(&RESPONSE_CHECKSUM_VALIDATION)?,
        })
    }
}

/// Returns the value of a setting, or its default. Fails if an explicit one is invalid; the inner error is that of one that was
/// read.
fn value(
    explicit: &ExplicitBodySettings,
    settings: &SettingsReader,
    spec: &SettingSpec,
) -> Result<Result<EndpointValue<'static>, ConfigError>, ConfigError> {
    if let Some(text) = explicit.get(spec.builder) {
        return spec.parse(text, format_args!("`{}` of the client's builder", spec.builder)).map(Ok);
    }
    Ok(match settings.read_value(spec) {
        Ok(value) if value.is_set() => Ok(value),
        // Without the profile, as for custom endpoints.
        Err(error) if !error.is_in_profile() => Err(error),
        _ => Ok(spec.default_value.clone()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Environment;

    fn settings(
        explicit: &[(&'static str, &str)],
        variables: &[(&str, &str)],
    ) -> Result<BodySettings, ConfigError> {
        let environment =
            variables.iter().fold(Environment::empty(), |all, (name, value)| all.with(*name, *value));
        let explicit = explicit.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
        BodySettings::new(&explicit, &SettingsReader::new(environment, None))
    }

    #[test]
    fn the_least_size_is_in_its_range_and_compression_can_be_off() {
        const LEAST: &str = "AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES";
        const OFF: &str = "AWS_DISABLE_REQUEST_COMPRESSION";
        for (variables, expected) in [
            (&[][..], Some(10_240)),
            (&[(LEAST, "0")], Some(0)),
            (&[(LEAST, " 10485760 ")], Some(10_485_760)),
            (&[(LEAST, "1"), (OFF, "false")], Some(1)),
            (&[(LEAST, "1"), (OFF, "True")], None),
        ] {
            assert_eq!(settings(&[], variables).unwrap().min_compressed, Ok(expected), "{variables:?}");
        }
        for bad in ["-1", "10485761", "1k", "1.5"] {
            let error = settings(&[], &[(LEAST, bad)]).unwrap().min_compressed.unwrap_err();
            let expected = format!("{LEAST} must be a number from 0 to 10485760, but it is `{bad}`");
            assert_eq!(error.to_string(), expected);
        }
    }

    #[test]
    fn checksums_are_used_where_they_are_supported_unless_a_setting_limits_them() {
        const REQUEST: &str = "AWS_REQUEST_CHECKSUM_CALCULATION";
        const RESPONSE: &str = "AWS_RESPONSE_CHECKSUM_VALIDATION";
        for (variables, request, response) in [
            (&[][..], true, true),
            (&[(REQUEST, "When_Required")], false, true),
            (&[(REQUEST, "WHEN_SUPPORTED"), (RESPONSE, "when_required")], true, false),
        ] {
            let found = settings(&[], variables).unwrap();
            assert_eq!((found.request_checksums, found.response_checksums), (Ok(request), Ok(response)));
        }
        let found =
            settings(&[("request_checksum_calculation", "when_required")], &[(RESPONSE, "never")]).unwrap();
        assert_eq!(found.request_checksums, Ok(false));
        let error = found.response_checksums.unwrap_err().to_string();
        assert_eq!(error, format!("{RESPONSE} must be when_supported or when_required, but it is `never`"));
    }

    #[test]
    fn the_builder_takes_precedence_and_its_mistakes_are_reported_at_once() {
        const LEAST: &str = "request_min_compression_size_bytes";
        let variables = [("AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES", "bad")];
        assert_eq!(settings(&[(LEAST, "5")], &variables).unwrap().min_compressed, Ok(Some(5)));
        let error = settings(&[(LEAST, "10485761")], &[]).unwrap_err().to_string();
        assert!(error.starts_with("`request_min_compression_size_bytes` of the client's builder must be"));
    }
}
