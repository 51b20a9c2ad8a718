//! The settings of retries.

use super::{ConfigError, SettingsReader, table};
use crate::retry::{RetryConfig, RetryMode, RetrySpec};
use std::num::NonZeroU32;

/// The settings of retries that a client was built with.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct ExplicitRetries {
    pub(crate) mode: Option<RetryMode>,
    pub(crate) spec: Option<RetrySpec>,
    pub(crate) max_attempts: Option<u32>,
}

impl ExplicitRetries {
    /// Checks what the client was built with.
    pub(super) fn check(self) -> Result<Option<NonZeroU32>, ConfigError> {
        let check = |number| NonZeroU32::new(number).ok_or_else(|| invalid_attempts("`max_attempts`", "0"));
        self.max_attempts.map(check).transpose()
    }
}

impl SettingsReader {
    /// The settings of retries: the explicit ones, then those of the environment, then those of the profile.
    ///
    /// A profile that does not exist has none: whatever needs it reports that.
    pub(super) fn retries(&self, explicit: ExplicitRetries) -> Result<RetryConfig, ConfigError> {
        let mode = explicit.mode.map_or_else(|| without_profile(self.retry_mode()), Ok)?;
        let spec = explicit.spec.map_or_else(|| without_profile(self.retry_spec()), Ok)?;
        let max_attempts = match explicit.check()? {
            Some(number) => Some(number),
            None => without_profile(self.max_attempts())?,
        };
        Ok(RetryConfig { mode, spec, max_attempts })
    }

    fn retry_mode(&self) -> Result<RetryMode, ConfigError> {
        let value = self.read_value(&table::RETRY_MODE)?;
        Ok(match value.as_str() {
            Some("adaptive") => RetryMode::Adaptive,
            _ => RetryMode::Standard,
        })
    }

    fn retry_spec(&self) -> Result<RetrySpec, ConfigError> {
        let is_new = self.read_value(&table::NEW_RETRIES)?.as_bool();
        Ok(if is_new == Some(false) { RetrySpec::V2_0 } else { RetrySpec::V2_1 })
    }

    fn max_attempts(&self) -> Result<Option<NonZeroU32>, ConfigError> {
        let Some(setting) = self.read(&table::MAX_ATTEMPTS, None)? else { return Ok(None) };
        let number = setting.value.parse().ok().and_then(NonZeroU32::new);
        number.map(Some).ok_or_else(|| invalid_attempts(&setting.origin, &setting.value))
    }
}

fn invalid_attempts(origin: &str, value: &str) -> ConfigError {
    ConfigError::new(format!("{origin} must be a number of attempts, at least 1, but it is `{value}`"))
}

fn without_profile<T: Default>(setting: Result<T, ConfigError>) -> Result<T, ConfigError> {
    match setting {
        Err(error) if error.is_in_profile() => Ok(T::default()),
        setting => setting,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Environment;

    fn read(explicit: ExplicitRetries, variables: &[(&str, &str)]) -> Result<RetryConfig, String> {
        let empty = Environment::empty();
        let environment = variables.iter().fold(empty, |all, (name, value)| all.with(*name, *value));
        let reader = SettingsReader::new(environment, None);
        reader.retries(explicit).map_err(|error| error.to_string())
    }

    #[test]
    fn retries_are_read_from_the_environment() {
        let none = ExplicitRetries::default();
        assert_eq!(read(none, &[]).unwrap(), RetryConfig::default());
        let all =
            [("AWS_RETRY_MODE", "Adaptive"), ("AWS_MAX_ATTEMPTS", " 7 "), ("AWS_NEW_RETRIES_2026", "FALSE")];
        let expected = RetryConfig {
            mode: RetryMode::Adaptive,
            spec: RetrySpec::V2_0,
            max_attempts: NonZeroU32::new(7),
        };
        assert_eq!(read(none, &all).unwrap(), expected);
        assert_eq!(read(none, &[("AWS_RETRY_MODE", "legacy")]).unwrap().mode, RetryMode::Standard);
        let explicit = ExplicitRetries {
            mode: Some(RetryMode::Never),
            spec: Some(RetrySpec::V2_1),
            max_attempts: Some(2),
        };
        let expected =
            RetryConfig { mode: RetryMode::Never, spec: RetrySpec::V2_1, max_attempts: NonZeroU32::new(2) };
        assert_eq!(read(explicit, &all).unwrap(), expected);
    }

    #[test]
    fn invalid_settings_of_retries_say_what_is_valid() {
        let none = ExplicitRetries::default();
        let error = |name, value| read(none, &[(name, value)]).unwrap_err();
        for value in ["0", "-1", "many", "1.5"] {
            let expected =
                format!("AWS_MAX_ATTEMPTS must be a number of attempts, at least 1, but it is `{value}`");
            assert_eq!(error("AWS_MAX_ATTEMPTS", value), expected);
        }
        assert_eq!(
            error("AWS_RETRY_MODE", "fast"),
            "AWS_RETRY_MODE must be standard or adaptive or legacy, but it is `fast`"
        );
        let explicit = ExplicitRetries { max_attempts: Some(0), ..none };
        assert!(read(explicit, &[]).unwrap_err().contains("at least 1"));
    }
}
