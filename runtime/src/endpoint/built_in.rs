//! The client settings that rule sets refer to by name: built-ins.

use super::{EndpointValue, Parameter};
use crate::config::{ConfigError, SettingsReader};
use std::collections::BTreeMap;

/// A setting that endpoint rules refer to.
struct BuiltIn {
    /// The names that rule sets use: of built-ins, or of client context parameters.
    names: &'static [&'static str],
    /// The environment variable, if there is one.
    variables: &'static [&'static str],
    /// The properties of the profile; `s3.name` is a property nested under `s3`.
    properties: &'static [&'static str],
    /// The accepted values, and what each stands for.
    allowed: AllowedValues,
}

type AllowedValues = &'static [(&'static str, ParsedValue)];

#[derive(Clone, Copy)]
enum ParsedValue {
    Flag(bool),
    /// The value itself.
    Text,
}

const FLAG: AllowedValues = &[("true", ParsedValue::Flag(true)), ("false", ParsedValue::Flag(false))];
const LEGACY: AllowedValues = &[("legacy", ParsedValue::Flag(true)), ("regional", ParsedValue::Flag(false))];

/// All built-ins except region, endpoint and account, which do not come from here.
static BUILT_INS: &[BuiltIn] = &[
    BuiltIn {
        names: &["AWS::UseFIPS"],
        variables: &["AWS_USE_FIPS_ENDPOINT"],
        properties: &["use_fips_endpoint"],
        allowed: FLAG,
    },
    BuiltIn {
        names: &["AWS::UseDualStack"],
        variables: &["AWS_USE_DUALSTACK_ENDPOINT"],
        properties: &["use_dualstack_endpoint"],
        allowed: FLAG,
    },
    BuiltIn {
        names: &["AWS::Auth::AccountIdEndpointMode"],
        variables: &["AWS_ACCOUNT_ID_ENDPOINT_MODE"],
        properties: &["account_id_endpoint_mode"],
        allowed: &[
            ("preferred", ParsedValue::Text),
            ("disabled", ParsedValue::Text),
            ("required", ParsedValue::Text),
        ],
    },
    BuiltIn {
        names: &["AWS::STS::UseGlobalEndpoint"],
        variables: &["AWS_STS_REGIONAL_ENDPOINTS"],
        properties: &["sts_regional_endpoints"],
        allowed: LEGACY,
    },
    BuiltIn {
        names: &["AWS::S3::UseGlobalEndpoint"],
        variables: &["AWS_S3_US_EAST_1_REGIONAL_ENDPOINT"],
        properties: &["s3_us_east_1_regional_endpoint", "s3.us_east_1_regional_endpoint"],
        allowed: LEGACY,
    },
    BuiltIn {
        names: &["AWS::S3::ForcePathStyle"],
        variables: &[],
        properties: &["s3.addressing_style"],
        allowed: &[
            ("path", ParsedValue::Flag(true)),
            ("virtual", ParsedValue::Flag(false)),
            ("auto", ParsedValue::Flag(false)),
        ],
    },
    BuiltIn {
        names: &["AWS::S3::Accelerate"],
        variables: &[],
        properties: &["s3.use_accelerate_endpoint"],
        allowed: FLAG,
    },
    BuiltIn {
        names: &["AWS::S3::UseArnRegion", "AWS::S3Control::UseArnRegion"],
        variables: &["AWS_S3_USE_ARN_REGION"],
        properties: &["s3_use_arn_region", "s3.use_arn_region"],
        allowed: FLAG,
    },
    BuiltIn {
        names: &["AWS::S3::DisableMultiRegionAccessPoints"],
        variables: &["AWS_S3_DISABLE_MULTIREGION_ACCESS_POINTS"],
        properties: &["s3_disable_multiregion_access_points"],
        allowed: FLAG,
    },
    BuiltIn {
        names: &["AWS::S3::DisableS3ExpressSessionAuth", "DisableS3ExpressSessionAuth"],
        variables: &["AWS_S3_DISABLE_EXPRESS_SESSION_AUTH"],
        properties: &["s3_disable_express_session_auth"],
        allowed: FLAG,
    },
];

/// The values that a client was built with: settings by built-in, and client context parameters by name.
#[derive(Clone, Debug, Default)]
pub(crate) struct ExplicitParams {
    pub(crate) settings: BTreeMap<&'static str, EndpointValue<'static>>,
    pub(crate) parameters: BTreeMap<String, EndpointValue<'static>>,
}

/// The values of the built-ins for one client.
#[derive(Debug)]
pub(crate) struct BuiltIns {
    explicit: ExplicitParams,
    /// In the order of the table. The first call that needs an invalid setting reports it.
    values: Vec<Result<EndpointValue<'static>, Problem>>,
}

/// Why a setting has no valid value.
#[derive(Debug)]
struct Problem {
    error: ConfigError,
    /// The profile file cannot be read, so the setting may be in it or not.
    unreadable: bool,
}

impl BuiltIns {
    /// Takes the explicit settings, and reads all others from the environment and the profile.
    pub(crate) fn new(explicit: ExplicitParams, settings: &SettingsReader) -> Self {
        let value = |built_in: &BuiltIn| {
            let explicit = built_in.names.iter().find_map(|name| explicit.settings.get(name));
            explicit.map_or_else(|| built_in.read(settings), |value| Ok(value.clone()))
        };
        let values = BUILT_INS.iter().map(value).collect();
        Self { explicit, values }
    }

    /// The value that the client was built with for a client context parameter.
    pub(super) fn explicit_parameter(&self, parameter: &Parameter) -> Option<&EndpointValue<'static>> {
        self.explicit.parameters.get(parameter.name).filter(|_| parameter.client)
    }

    /// The value of a built-in, or of a client context parameter that has a setting. Fails if the setting is invalid, or may
    /// be in a file that cannot be read.
    pub(super) fn get(&self, name: &str) -> Result<&EndpointValue<'static>, ConfigError> {
        self.find(name).map_err(|problem| problem.error.clone())
    }

    /// Like [`get`](Self::get), but ignores files that cannot be read: for calls to a custom endpoint.
    pub(super) fn get_if_readable(&self, name: &str) -> Result<&EndpointValue<'static>, ConfigError> {
        match self.find(name) {
            Err(problem) if problem.unreadable => Ok(&EndpointValue::None),
            value => value.map_err(|problem| problem.error.clone()),
        }
    }

    /// The value of a boolean built-in; `false` if it is not set.
    pub(super) fn flag(&self, name: &str) -> Result<bool, ConfigError> {
        self.get(name).map(|value| value.as_bool().unwrap_or(false))
    }

    fn find(&self, name: &str) -> Result<&EndpointValue<'static>, &Problem> {
        let entry = BUILT_INS.iter().zip(&self.values).find(|(built_in, _)| built_in.names.contains(&name));
        entry.map_or(Ok(&EndpointValue::None), |(_, value)| value.as_ref())
    }
}

impl BuiltIn {
    fn read(&self, settings: &SettingsReader) -> Result<EndpointValue<'static>, Problem> {
        let mut found = None;
        for property in self.properties {
            found = settings
                .find(self.variables, property)
                .map_err(|error| Problem { error, unreadable: true })?;
            if found.is_some() {
                break;
            }
        }
        let Some(setting) = found else { return Ok(EndpointValue::None) };
        let allowed = self.allowed.iter().find(|(word, _)| setting.value.eq_ignore_ascii_case(word));
        match allowed {
            Some((_, ParsedValue::Flag(flag))) => Ok(EndpointValue::Bool(*flag)),
            Some((word, ParsedValue::Text)) => Ok(EndpointValue::from(*word)),
            None => {
                let allowed: Vec<_> = self.allowed.iter().map(|(word, _)| *word).collect();
                let (origin, value, allowed) = (setting.origin, setting.value, allowed.join(" or "));
                let error = ConfigError::new(format!("{origin} must be {allowed}, but it is `{value}`"));
                Err(Problem { error, unreadable: false })
            }
        }
    }
}
