//! The values of endpoint rules' built-ins for one client.

use super::{
    ConfigError, SettingsReader,
    table::{BUILT_INS, SettingSpec},
};
use crate::endpoint_rules::{EndpointValue, Parameter};
use std::collections::BTreeMap;

/// The values that a client was built with: settings by built-in, and client context parameters by name.
#[derive(Clone, Debug, Default)]
pub(crate) struct ExplicitParams {
    pub(crate) built_ins: BTreeMap<&'static str, EndpointValue<'static>>,
    pub(crate) client_context: BTreeMap<String, EndpointValue<'static>>,
}

/// The values of the built-ins and client context parameters for one client.
#[derive(Debug)]
pub(crate) struct BuiltIns {
    explicit: ExplicitParams,
    /// In the order of the table. The first call that needs an invalid setting reports it.
    values: Vec<Result<EndpointValue<'static>, ConfigError>>,
}

impl BuiltIns {
    /// Takes the explicit settings, and reads all others from the environment and the profile.
    ///
    /// Fails if an explicit setting is invalid.
    pub(crate) fn new(explicit: ExplicitParams, settings: &SettingsReader) -> Result<Self, ConfigError> {
        let values = BUILT_INS.iter().map(|spec| {
            let value = spec.built_ins.iter().find_map(|name| explicit.built_ins.get(name));
            Ok(match value.map(|value| (value, value.as_str())) {
                Some((_, Some(text))) => {
                    Ok(spec.parse(text, format_args!("`{}` of the client's builder", spec.builder))?)
                }
                Some((value, None)) => Ok(value.clone()),
                None => settings.read_value(spec),
            })
        });
        Ok(Self { values: values.collect::<Result<_, _>>()?, explicit })
    }

    /// The value that the client was built with for a client context parameter.
    pub(crate) fn client_context(&self, parameter: &Parameter) -> Option<&EndpointValue<'static>> {
        self.explicit.client_context.get(parameter.name).filter(|_| parameter.client)
    }

    /// The value of a built-in, or of a client context parameter that has a setting, or else its default. Fails if the setting is
    /// invalid, or its profile does not exist.
    pub(crate) fn get(&self, name: &str) -> Result<&EndpointValue<'static>, ConfigError> {
        let Some((spec, value)) = self.find(name) else { return Ok(&EndpointValue::None) };
        let value = value.as_ref().map_err(Clone::clone)?;
        Ok(if value.is_set() { value } else { &spec.default_value })
    }

    /// Like [`get`](Self::get) for calls to a custom endpoint: with the default for those, and even without the profile.
    pub(crate) fn get_for_custom_endpoint(&self, name: &str) -> Result<&EndpointValue<'static>, ConfigError> {
        let Some((spec, value)) = self.find(name) else { return Ok(&EndpointValue::None) };
        match value {
            Ok(value) if value.is_set() => Ok(value),
            Err(error) if !error.is_in_profile() => Err(error.clone()),
            _ => Ok(&spec.default_with_custom_endpoint),
        }
    }

    /// Whether a built-in is set, and not by default.
    pub(crate) fn is_set(&self, name: &str) -> bool {
        matches!(self.find(name), Some((_, Ok(value))) if value.is_set())
    }

    /// The value of a boolean built-in; `false` if it is not set.
    pub(crate) fn flag(&self, name: &str) -> Result<bool, ConfigError> {
        self.get(name).map(|value| value.as_bool().unwrap_or(false))
    }

    fn find(
        &self,
        name: &str,
    ) -> Option<(&'static SettingSpec, &Result<EndpointValue<'static>, ConfigError>)> {
        BUILT_INS.iter().zip(&self.values).find(|(spec, _)| spec.built_ins.contains(&name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Environment;

    fn built_ins(explicit: ExplicitParams, variables: &[(&str, &str)]) -> BuiltIns {
        const CONFIG: &str = "[default]\ns3 =\n  addressing_style = path\n";
        let environment = Environment::empty().with("HOME", "/h").with_file("/h/.aws/config", CONFIG);
        let environment = variables.iter().fold(environment, |all, (name, value)| all.with(*name, *value));
        BuiltIns::new(explicit, &SettingsReader::new(environment, None)).unwrap()
    }

    #[test]
    fn built_ins_come_from_builder_variable_or_profile() {
        let found = built_ins(ExplicitParams::default(), &[("AWS_S3_US_EAST_1_REGIONAL_ENDPOINT", "legacy")]);
        assert_eq!(found.get("AWS::S3::ForcePathStyle"), Ok(&EndpointValue::Bool(true)));
        assert_eq!(found.get("AWS::S3::UseGlobalEndpoint"), Ok(&EndpointValue::Bool(true)));
        assert_eq!(found.get("AWS::S3::UseArnRegion"), Ok(&EndpointValue::Bool(true)));
        let mut explicit = ExplicitParams::default();
        explicit.built_ins.insert("AWS::S3::ForcePathStyle", EndpointValue::Bool(false));
        let found = built_ins(explicit, &[("AWS_ACCOUNT_ID_ENDPOINT_MODE", "Required")]);
        assert_eq!(found.get("AWS::S3::ForcePathStyle"), Ok(&EndpointValue::Bool(false)));
        assert_eq!(found.get("AWS::Auth::AccountIdEndpointMode"), Ok(&EndpointValue::from("required")));
        let found = built_ins(ExplicitParams::default(), &[("AWS_ACCOUNT_ID_ENDPOINT_MODE", "maybe")]);
        assert_eq!(
            found.get("AWS::Auth::AccountIdEndpointMode").unwrap_err().to_string(),
            "AWS_ACCOUNT_ID_ENDPOINT_MODE must be preferred or disabled or required, but it is `maybe`"
        );
    }

    #[test]
    fn the_documented_defaults_are_passed_to_the_rules() {
        let found =
            BuiltIns::new(ExplicitParams::default(), &SettingsReader::new(Environment::empty(), None))
                .unwrap();
        let no = EndpointValue::Bool(false);
        let cases = [
            ("AWS::UseFIPS", no.clone()),
            ("AWS::UseDualStack", no.clone()),
            ("AWS::Auth::AccountIdEndpointMode", EndpointValue::from("preferred")),
            ("AWS::STS::UseGlobalEndpoint", no.clone()),
            ("AWS::S3::UseGlobalEndpoint", no.clone()),
            ("AWS::S3::Accelerate", no.clone()),
            ("AWS::S3::UseArnRegion", EndpointValue::Bool(true)),
            ("AWS::S3Control::UseArnRegion", EndpointValue::Bool(true)),
            ("AWS::S3::DisableMultiRegionAccessPoints", no.clone()),
            ("AWS::S3::DisableS3ExpressSessionAuth", no.clone()),
            ("DisableS3ExpressSessionAuth", no.clone()),
        ];
        for (name, expected) in &cases {
            assert_eq!(found.get(name), Ok(expected), "{name}");
            assert_eq!(found.get_for_custom_endpoint(name), Ok(expected), "{name}");
        }
        // The only default that depends on the endpoint.
        assert_eq!(found.get("AWS::S3::ForcePathStyle"), Ok(&no));
        assert_eq!(found.get_for_custom_endpoint("AWS::S3::ForcePathStyle"), Ok(&EndpointValue::Bool(true)));
        let tested = cases.len() + 1;
        assert_eq!(BUILT_INS.iter().map(|spec| spec.built_ins.len()).sum::<usize>(), tested, "add a case");
        let without: Vec<_> = BUILT_INS.iter().filter(|spec| !spec.default_value.is_set()).collect();
        assert!(without.is_empty(), "{without:?}");
    }
}
