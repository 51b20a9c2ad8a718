//! The settings of a client that rule sets ask for by name.

use crate::{
    config::{ConfigError, Settings},
    operation::rules::{Parameter, Value},
};
use std::collections::BTreeMap;

/// A setting that endpoint rules know.
struct BuiltIn {
    /// What rule sets call it: a built-in, or the name of a parameter that a client may be given.
    names: &'static [&'static str],
    /// The variable, if there is one.
    variable: &'static [&'static str],
    /// The properties of the profile; behind a dot, of a section within it.
    properties: &'static [&'static str],
    /// What may stand there, and what it means.
    words: Words,
}

type Words = &'static [(&'static str, Meaning)];

#[derive(Clone, Copy)]
enum Meaning {
    Flag(bool),
    /// The word itself.
    Word,
}

const FLAG: Words = &[("true", Meaning::Flag(true)), ("false", Meaning::Flag(false))];
const LEGACY: Words = &[("legacy", Meaning::Flag(true)), ("regional", Meaning::Flag(false))];

/// The settings but for region, endpoint and account, which are found elsewhere.
static BUILT_INS: &[BuiltIn] = &[
    BuiltIn {
        names: &["AWS::UseFIPS"],
        variable: &["AWS_USE_FIPS_ENDPOINT"],
        properties: &["use_fips_endpoint"],
        words: FLAG,
    },
    BuiltIn {
        names: &["AWS::UseDualStack"],
        variable: &["AWS_USE_DUALSTACK_ENDPOINT"],
        properties: &["use_dualstack_endpoint"],
        words: FLAG,
    },
    BuiltIn {
        names: &["AWS::Auth::AccountIdEndpointMode"],
        variable: &["AWS_ACCOUNT_ID_ENDPOINT_MODE"],
        properties: &["account_id_endpoint_mode"],
        words: &[("preferred", Meaning::Word), ("disabled", Meaning::Word), ("required", Meaning::Word)],
    },
    BuiltIn {
        names: &["AWS::STS::UseGlobalEndpoint"],
        variable: &["AWS_STS_REGIONAL_ENDPOINTS"],
        properties: &["sts_regional_endpoints"],
        words: LEGACY,
    },
    BuiltIn {
        names: &["AWS::S3::UseGlobalEndpoint"],
        variable: &["AWS_S3_US_EAST_1_REGIONAL_ENDPOINT"],
        properties: &["s3_us_east_1_regional_endpoint", "s3.us_east_1_regional_endpoint"],
        words: LEGACY,
    },
    BuiltIn {
        names: &["AWS::S3::ForcePathStyle"],
        variable: &[],
        properties: &["s3.addressing_style"],
        words: &[
            ("path", Meaning::Flag(true)),
            ("virtual", Meaning::Flag(false)),
            ("auto", Meaning::Flag(false)),
        ],
    },
    BuiltIn {
        names: &["AWS::S3::Accelerate"],
        variable: &[],
        properties: &["s3.use_accelerate_endpoint"],
        words: FLAG,
    },
    BuiltIn {
        names: &["AWS::S3::UseArnRegion", "AWS::S3Control::UseArnRegion"],
        variable: &["AWS_S3_USE_ARN_REGION"],
        properties: &["s3_use_arn_region", "s3.use_arn_region"],
        words: FLAG,
    },
    BuiltIn {
        names: &["AWS::S3::DisableMultiRegionAccessPoints"],
        variable: &["AWS_S3_DISABLE_MULTIREGION_ACCESS_POINTS"],
        properties: &["s3_disable_multiregion_access_points"],
        words: FLAG,
    },
    BuiltIn {
        names: &["AWS::S3::DisableS3ExpressSessionAuth", "DisableS3ExpressSessionAuth"],
        variable: &["AWS_S3_DISABLE_EXPRESS_SESSION_AUTH"],
        properties: &["s3_disable_express_session_auth"],
        words: FLAG,
    },
];

/// What the builder of a client was given: settings by the names of built-ins, and parameters by theirs.
#[derive(Clone, Debug, Default)]
pub(crate) struct Given {
    pub(crate) settings: BTreeMap<&'static str, Value<'static>>,
    pub(crate) parameters: BTreeMap<String, Value<'static>>,
}

/// The settings of one client.
#[derive(Debug)]
pub(crate) struct BuiltIns {
    given: Given,
    /// In the order of the table. That one is wrong is told by the call that needs it.
    found: Vec<Result<Value<'static>, Problem>>,
}

/// Why the value of a setting is not known.
#[derive(Debug)]
struct Problem {
    error: ConfigError,
    /// The profile cannot be read, so that it may be set there or not.
    unread: bool,
}

impl BuiltIns {
    /// The settings that the builder was given, and for the rest those of environment and profile.
    pub(crate) fn new(given: Given, settings: &Settings) -> Self {
        let find = |built_in: &BuiltIn| {
            let given = built_in.names.iter().find_map(|name| given.settings.get(name));
            given.map_or_else(|| built_in.find(settings), |value| Ok(value.clone()))
        };
        let found = BUILT_INS.iter().map(find).collect();
        Self { given, found }
    }

    /// What the client was given by the parameter's own name.
    pub(super) fn given(&self, parameter: &Parameter) -> Option<&Value<'static>> {
        self.given.parameters.get(parameter.name).filter(|_| parameter.client)
    }

    /// The value of a built-in, or of a parameter that has a setting. Fails where that is set and wrong, or may be set in a
    /// file that cannot be read.
    pub(super) fn get(&self, name: &str) -> Result<&Value<'static>, ConfigError> {
        self.find(name).map_err(|problem| problem.error.clone())
    }

    /// The same for a call to an endpoint that was given: then nobody is bothered with files that cannot be read.
    pub(super) fn get_for_given(&self, name: &str) -> Result<&Value<'static>, ConfigError> {
        match self.find(name) {
            Err(problem) if problem.unread => Ok(&Value::None),
            found => found.map_err(|problem| problem.error.clone()),
        }
    }

    /// The value of a built-in that is a flag.
    pub(super) fn flag(&self, name: &str) -> Result<bool, ConfigError> {
        self.get(name).map(|value| value.boolean().unwrap_or(false))
    }

    fn find(&self, name: &str) -> Result<&Value<'static>, &Problem> {
        let found = BUILT_INS.iter().zip(&self.found).find(|(built_in, _)| built_in.names.contains(&name));
        found.map_or(Ok(&Value::None), |(_, value)| value.as_ref())
    }
}

impl BuiltIn {
    fn find(&self, settings: &Settings) -> Result<Value<'static>, Problem> {
        let mut found = None;
        for property in self.properties {
            found =
                settings.find(self.variable, property).map_err(|error| Problem { error, unread: true })?;
            if found.is_some() {
                break;
            }
        }
        let Some(setting) = found else { return Ok(Value::None) };
        let word = self.words.iter().find(|(word, _)| setting.value.eq_ignore_ascii_case(word));
        match word {
            Some((_, Meaning::Flag(flag))) => Ok(Value::Bool(*flag)),
            Some((word, Meaning::Word)) => Ok(Value::from(*word)),
            None => {
                let words: Vec<_> = self.words.iter().map(|(word, _)| *word).collect();
                let (origin, value, words) = (setting.origin, setting.value, words.join(" or "));
                let error = ConfigError::new(format!("{origin} must be {words}, but is `{value}`"));
                Err(Problem { error, unread: false })
            }
        }
    }
}
