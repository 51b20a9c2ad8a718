//! The table of settings: where each one can be set, what it accepts, and its default.
//!
//! The reader, the built-ins of endpoint rules and the documentation of [`Builder`](crate::Builder) all come from it.

use super::ConfigError;
use crate::endpoint_rules::EndpointValue;
use std::fmt;

/// A setting of a client.
#[derive(Debug)]
pub(crate) struct SettingSpec {
    /// The method of the builder; empty if there is none.
    pub(super) builder: &'static str,
    /// The environment variables, in order of precedence.
    pub(super) variables: &'static [&'static str],
    /// Whether `<variable>_<SERVICE>`, and the profile's `services` section, set it for one service.
    pub(super) per_service: bool,
    /// The properties of the profile, in order of precedence; `s3.name` is a property nested under `s3`.
    pub(super) properties: &'static [&'static str],
    /// The accepted values, and what each one stands for. Empty if any text is accepted.
    pub(super) allowed: AllowedValues,
    /// The least and the greatest number, if numbers are accepted.
    pub(super) range: Option<(i64, i64)>,
    /// What applies if the setting is not set.
    #[cfg_attr(not(test), expect(dead_code, reason = "for the documentation, which a test compares"))]
    pub(super) default: &'static str,
    /// What the built-ins are if the setting is not set.
    pub(super) default_value: EndpointValue<'static>,
    /// What they are instead for calls to a custom endpoint.
    pub(super) default_with_custom_endpoint: EndpointValue<'static>,
    /// The names of the built-ins and client context parameters of endpoint rules that take this setting.
    pub(super) built_ins: &'static [&'static str],
}

impl SettingSpec {
    /// Returns what a value stands for. Fails if it is not among the accepted ones; `origin` is where it was set.
    pub(super) fn parse(
        &self,
        value: &str,
        origin: impl fmt::Display,
    ) -> Result<EndpointValue<'static>, ConfigError> {
        if let Some((least, greatest)) = self.range {
            let number = value.parse().ok().filter(|number| (least..=greatest).contains(number));
            return number.map(EndpointValue::Number).ok_or_else(|| {
                let expected = format!("{origin} must be a number from {least} to {greatest}");
                ConfigError::new(format!("{expected}, but it is `{value}`"))
            });
        }
        let allowed = self.allowed.iter().find(|(allowed, _)| value.eq_ignore_ascii_case(allowed));
        allowed.map(|(_, parsed)| parsed.clone()).ok_or_else(|| {
            let allowed: Vec<_> = self.allowed.iter().map(|(allowed, _)| *allowed).collect();
            ConfigError::new(format!("{origin} must be {}, but it is `{value}`", allowed.join(" or ")))
        })
    }
}

/// The accepted values of a setting, and what each one stands for.
pub(super) type AllowedValues = &'static [(&'static str, EndpointValue<'static>)];

const FLAG: AllowedValues = &[("true", EndpointValue::Bool(true)), ("false", EndpointValue::Bool(false))];
const LEGACY: AllowedValues =
    &[("legacy", EndpointValue::Bool(true)), ("regional", EndpointValue::Bool(false))];
const PATH_STYLE: AllowedValues = &[
    ("path", EndpointValue::Bool(true)),
    ("virtual", EndpointValue::Bool(false)),
    ("auto", EndpointValue::None),
];
const ENDPOINT_MODE: AllowedValues = &[text("preferred"), text("disabled"), text("required")];
const PREFERRED: EndpointValue<'static> = EndpointValue::Text(std::borrow::Cow::Borrowed("preferred"));

const fn text(value: &'static str) -> (&'static str, EndpointValue<'static>) {
    (value, EndpointValue::Text(std::borrow::Cow::Borrowed(value)))
}

const NONE: SettingSpec = SettingSpec {
    builder: "",
    variables: &[],
    per_service: false,
    properties: &[],
    allowed: &[],
    range: None,
    default: "",
    default_value: EndpointValue::None,
    default_with_custom_endpoint: EndpointValue::None,
    built_ins: &[],
};

/// A flag that is off by default.
const OFF: SettingSpec = SettingSpec {
    default: "`false`",
    default_value: EndpointValue::Bool(false),
    default_with_custom_endpoint: EndpointValue::Bool(false),
    ..NONE
};

/// When checksums are used; `true` stands for wherever they are supported.
const WHEN_SUPPORTED: SettingSpec = SettingSpec {
    allowed: &[("when_supported", EndpointValue::Bool(true)), ("when_required", EndpointValue::Bool(false))],
    default: "`when_supported`",
    default_value: EndpointValue::Bool(true),
    ..NONE
};

pub(super) static REGION: SettingSpec = SettingSpec {
    builder: "region",
    variables: &["AWS_REGION", "AWS_DEFAULT_REGION"],
    properties: &["region"],
    default: "none",
    ..NONE
};

pub(super) static ENDPOINT_URL: SettingSpec = SettingSpec {
    builder: "endpoint_url",
    variables: &["AWS_ENDPOINT_URL"],
    per_service: true,
    properties: &["endpoint_url"],
    default: "the service's endpoint rules",
    ..NONE
};

pub(super) static IGNORE_CONFIGURED_ENDPOINT_URLS: SettingSpec = SettingSpec {
    variables: &["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"],
    properties: &["ignore_configured_endpoint_urls"],
    allowed: FLAG,
    default: "`false`",
    ..NONE
};

pub(super) static AUTH_SCHEME_PREFERENCE: SettingSpec = SettingSpec {
    builder: "auth_scheme_preference",
    variables: &["AWS_AUTH_SCHEME_PREFERENCE"],
    properties: &["auth_scheme_preference"],
    default: "the order of the service's model",
    ..NONE
};

pub(super) static DISABLE_HOST_PREFIX_INJECTION: SettingSpec = SettingSpec {
    variables: &["AWS_DISABLE_HOST_PREFIX_INJECTION"],
    properties: &["disable_host_prefix_injection"],
    allowed: FLAG,
    default: "`true` for custom endpoints, else `false`",
    ..NONE
};

pub(super) static EC2_METADATA_DISABLED: SettingSpec =
    SettingSpec { variables: &["AWS_EC2_METADATA_DISABLED"], allowed: FLAG, default: "`false`", ..NONE };

pub(super) static EC2_METADATA_SERVICE_ENDPOINT: SettingSpec = SettingSpec {
    variables: &["AWS_EC2_METADATA_SERVICE_ENDPOINT"],
    properties: &["ec2_metadata_service_endpoint"],
    default: "that of the mode below",
    ..NONE
};

pub(super) static EC2_METADATA_SERVICE_ENDPOINT_MODE: SettingSpec = SettingSpec {
    variables: &["AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE"],
    properties: &["ec2_metadata_service_endpoint_mode"],
    allowed: &[("IPv4", EndpointValue::Bool(false)), ("IPv6", EndpointValue::Bool(true))],
    default: "`IPv4`",
    ..NONE
};

pub(super) static RETRY_MODE: SettingSpec = SettingSpec {
    builder: "retry_mode",
    variables: &["AWS_RETRY_MODE"],
    properties: &["retry_mode"],
    // The mode `legacy` of older SDKs differs in the delays only.
    allowed: &[text("standard"), text("adaptive"), text("legacy")],
    default: "`standard`, which `legacy` means too",
    ..NONE
};

pub(super) static MAX_ATTEMPTS: SettingSpec = SettingSpec {
    builder: "max_attempts",
    variables: &["AWS_MAX_ATTEMPTS"],
    properties: &["max_attempts"],
    default: "`3`; `4` for DynamoDB",
    ..NONE
};

pub(super) static NEW_RETRIES: SettingSpec = SettingSpec {
    builder: "retry_spec",
    variables: &["AWS_NEW_RETRIES_2026"],
    allowed: FLAG,
    default: "`true`",
    ..NONE
};

pub(super) static DISABLE_REQUEST_COMPRESSION: SettingSpec = SettingSpec {
    builder: "disable_request_compression",
    variables: &["AWS_DISABLE_REQUEST_COMPRESSION"],
    properties: &["disable_request_compression"],
    allowed: FLAG,
    ..OFF
};

pub(super) static REQUEST_MIN_COMPRESSION_SIZE: SettingSpec = SettingSpec {
    builder: "request_min_compression_size_bytes",
    variables: &["AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES"],
    properties: &["request_min_compression_size_bytes"],
    range: Some((0, 10 << 20)),
    default: "`10240`",
    default_value: EndpointValue::Number(10_240),
    ..NONE
};

pub(super) static REQUEST_CHECKSUM_CALCULATION: SettingSpec = SettingSpec {
    builder: "request_checksum_calculation",
    variables: &["AWS_REQUEST_CHECKSUM_CALCULATION"],
    properties: &["request_checksum_calculation"],
    ..WHEN_SUPPORTED
};

pub(super) static RESPONSE_CHECKSUM_VALIDATION: SettingSpec = SettingSpec {
    builder: "response_checksum_validation",
    variables: &["AWS_RESPONSE_CHECKSUM_VALIDATION"],
    properties: &["response_checksum_validation"],
    ..WHEN_SUPPORTED
};

/// The settings that endpoint rules refer to, except region, endpoint and account.
pub(super) static BUILT_INS: [SettingSpec; 10] = [
    SettingSpec {
        builder: "use_fips",
        variables: &["AWS_USE_FIPS_ENDPOINT"],
        properties: &["use_fips_endpoint"],
        allowed: FLAG,
        built_ins: &["AWS::UseFIPS"],
        ..OFF
    },
    SettingSpec {
        builder: "use_dual_stack",
        variables: &["AWS_USE_DUALSTACK_ENDPOINT"],
        properties: &["use_dualstack_endpoint"],
        allowed: FLAG,
        built_ins: &["AWS::UseDualStack"],
        ..OFF
    },
    SettingSpec {
        builder: "account_id_endpoint_mode",
        variables: &["AWS_ACCOUNT_ID_ENDPOINT_MODE"],
        properties: &["account_id_endpoint_mode"],
        allowed: ENDPOINT_MODE,
        default: "`preferred`",
        default_value: PREFERRED,
        default_with_custom_endpoint: PREFERRED,
        built_ins: &["AWS::Auth::AccountIdEndpointMode"],
        ..NONE
    },
    SettingSpec {
        builder: "sts_global_endpoint",
        variables: &["AWS_STS_REGIONAL_ENDPOINTS"],
        properties: &["sts_regional_endpoints"],
        allowed: LEGACY,
        default: "`regional`",
        built_ins: &["AWS::STS::UseGlobalEndpoint"],
        ..OFF
    },
    SettingSpec {
        builder: "s3_global_endpoint",
        variables: &["AWS_S3_US_EAST_1_REGIONAL_ENDPOINT"],
        properties: &["s3_us_east_1_regional_endpoint", "s3.us_east_1_regional_endpoint"],
        allowed: LEGACY,
        default: "`regional`",
        built_ins: &["AWS::S3::UseGlobalEndpoint"],
        ..OFF
    },
    SettingSpec {
        builder: "s3_path_style",
        properties: &["s3.addressing_style"],
        allowed: PATH_STYLE,
        default: "`auto`: `path` for custom endpoints, else `virtual`",
        default_value: EndpointValue::Bool(false),
        default_with_custom_endpoint: EndpointValue::Bool(true),
        built_ins: &["AWS::S3::ForcePathStyle"],
        ..NONE
    },
    SettingSpec {
        builder: "s3_accelerate",
        properties: &["s3.use_accelerate_endpoint"],
        allowed: FLAG,
        built_ins: &["AWS::S3::Accelerate"],
        ..OFF
    },
    SettingSpec {
        builder: "s3_use_arn_region",
        variables: &["AWS_S3_USE_ARN_REGION"],
        properties: &["s3_use_arn_region", "s3.use_arn_region"],
        allowed: FLAG,
        default: "`true`",
        default_value: EndpointValue::Bool(true),
        default_with_custom_endpoint: EndpointValue::Bool(true),
        built_ins: &["AWS::S3::UseArnRegion", "AWS::S3Control::UseArnRegion"],
        ..NONE
    },
    SettingSpec {
        builder: "s3_disable_multi_region_access_points",
        variables: &["AWS_S3_DISABLE_MULTIREGION_ACCESS_POINTS"],
        properties: &["s3_disable_multiregion_access_points"],
        allowed: FLAG,
        built_ins: &["AWS::S3::DisableMultiRegionAccessPoints"],
        ..OFF
    },
    SettingSpec {
        builder: "s3_disable_express_session_auth",
        variables: &["AWS_S3_DISABLE_EXPRESS_SESSION_AUTH"],
        properties: &["s3_disable_express_session_auth"],
        allowed: FLAG,
        built_ins: &["AWS::S3::DisableS3ExpressSessionAuth", "DisableS3ExpressSessionAuth"],
        ..OFF
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    /// The table as the documentation of the builder shows it.
    fn markdown() -> String {
        let fixed = [
            &REGION,
            &ENDPOINT_URL,
            &IGNORE_CONFIGURED_ENDPOINT_URLS,
            &AUTH_SCHEME_PREFERENCE,
            &DISABLE_HOST_PREFIX_INJECTION,
            &EC2_METADATA_DISABLED,
            &EC2_METADATA_SERVICE_ENDPOINT,
            &EC2_METADATA_SERVICE_ENDPOINT_MODE,
            &RETRY_MODE,
            &MAX_ATTEMPTS,
            &NEW_RETRIES,
            &DISABLE_REQUEST_COMPRESSION,
            &REQUEST_MIN_COMPRESSION_SIZE,
            &REQUEST_CHECKSUM_CALCULATION,
            &RESPONSE_CHECKSUM_VALIDATION,
        ];
        let rows = fixed.into_iter().chain(&BUILT_INS).map(row);
        let head = "| builder | variables | profile | values | default |\n|-|-|-|-|-|\n";
        rows.fold(head.to_owned(), |table, row| table + &row)
    }

    fn row(spec: &SettingSpec) -> String {
        let code = |text: &str| format!("`{text}`");
        let list = |items: Vec<String>| if items.is_empty() { "–".to_owned() } else { items.join(", ") };
        let builder = match spec.builder {
            "" => "–".to_owned(),
            name => format!("[`{name}`](Self::{name})"),
        };
        let mut variables: Vec<_> = spec.variables.iter().map(|name| code(name)).collect();
        let mut properties: Vec<_> = spec.properties.iter().map(|name| code(name)).collect();
        if spec.per_service {
            variables.insert(0, code(&format!("{}_<SERVICE>", spec.variables[0])));
            properties.insert(0, format!("`{}` in the `services` section", spec.properties[0]));
        }
        let mut allowed: Vec<_> = spec.allowed.iter().map(|(value, _)| code(value)).collect();
        allowed.extend(spec.range.map(|(least, greatest)| format!("`{least}` to `{greatest}`")));
        let (variables, properties, allowed) = (list(variables), list(properties), list(allowed));
        format!("| {builder} | {variables} | {properties} | {allowed} | {} |\n", spec.default)
    }

    #[test]
    fn the_documentation_shows_the_table() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/src/config/settings.md");
        let expected = markdown();
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(path, &expected).unwrap();
        }
        let found = std::fs::read_to_string(path).unwrap_or_default();
        assert_eq!(found, expected, "run UPDATE=1 cargo test -p myrina --lib config::table");
    }
}
