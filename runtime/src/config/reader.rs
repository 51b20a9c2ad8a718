//! Reads settings from environment variables and the selected profile.

use super::{ConfigError, Environment, Profile, ProfileFiles, Profiles};

/// The environment and the profiles of a client.
#[derive(Debug)]
pub(crate) struct SettingsReader {
    environment: Environment,
    /// The profile that the builder or `AWS_PROFILE` selects.
    selected: Option<Setting>,
    /// Whether the builder selects the profile.
    profile_is_explicit: bool,
    /// Errors are kept until a setting is read from a file: an invalid file does not matter to a client that needs none.
    profiles: Result<Profiles, ConfigError>,
}

/// A value and its origin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Setting {
    pub(crate) value: String,
    /// The variable, property or method that the value comes from, for messages: `AWS_REGION`.
    pub(crate) origin: String,
}

impl Setting {
    pub(crate) fn new(value: impl Into<String>, origin: impl Into<String>) -> Self {
        Self { value: value.into(), origin: origin.into() }
    }
}

impl SettingsReader {
    /// Reads the profile files of `environment`. `profile` is the profile that the builder selects.
    pub(crate) fn new(environment: Environment, profile: Option<String>) -> Self {
        let files = ProfileFiles::from_env(&environment);
        let profile_is_explicit = profile.is_some();
        let explicit = profile.map(|name| Setting::new(name, "the program"));
        let from_variable = || files.profile.clone().map(|name| Setting::new(name, "AWS_PROFILE"));
        let selected = explicit.or_else(from_variable);
        let profiles = Profiles::load(&environment, &files);
        Self { environment, selected, profile_is_explicit, profiles }
    }

    pub(crate) fn environment(&self) -> &Environment {
        &self.environment
    }

    /// Whether the program selects the profile, whose credentials then take precedence over variables.
    pub(crate) fn is_profile_explicit(&self) -> bool {
        self.profile_is_explicit
    }

    pub(crate) fn profile_name(&self) -> &str {
        self.selected.as_ref().map_or("default", |selected| &selected.value)
    }

    /// All profiles. Fails if a file is invalid.
    pub(crate) fn profiles(&self) -> Result<&Profiles, ConfigError> {
        self.profiles.as_ref().map_err(Clone::clone)
    }

    /// The selected profile, which must exist; or else the profile `default`, if there is one.
    pub(crate) fn profile(&self) -> Result<Option<&Profile>, ConfigError> {
        let profiles = self.profiles()?;
        match (profiles.get(self.profile_name()), &self.selected) {
            (None, Some(selected)) => {
                let message = profiles.missing_profile_message(&selected.value);
                Err(ConfigError::new(format!("{message}; it is selected by {}", selected.origin)))
            }
            (profile, _) => Ok(profile),
        }
    }

    /// Reads the first of these variables that is set, or else the profile's property. `s3.name` is a property nested under `s3`.
    pub(crate) fn find(&self, variables: &[&str], property: &str) -> Result<Option<Setting>, ConfigError> {
        for name in variables {
            if let Some(value) = self.environment.get(name) {
                return Ok(Some(Setting::new(value.trim(), *name)));
            }
        }
        let value = self.profile()?.and_then(|profile| match property.split_once('.') {
            Some((section, name)) => profile.nested(section, name).filter(|value| !value.is_empty()),
            None => profile.get_non_blank(property),
        });
        Ok(value.map(|value| Setting::new(value, self.describe_property(property))))
    }

    /// Reads a boolean setting.
    pub(crate) fn flag(&self, variable: &str, property: &str) -> Result<Option<bool>, ConfigError> {
        let Some(Setting { value, origin }) = self.find(&[variable], property)? else { return Ok(None) };
        if value.eq_ignore_ascii_case("true") {
            Ok(Some(true))
        } else if value.eq_ignore_ascii_case("false") {
            Ok(Some(false))
        } else {
            Err(ConfigError::new(format!("{origin} must be true or false, but it is `{value}`")))
        }
    }

    /// A property of the selected profile as messages name it.
    pub(crate) fn describe_property(&self, property: &str) -> String {
        format!("`{property}` of profile `{}`", self.profile_name())
    }

    /// The region of the environment or the profile.
    pub(crate) fn region(&self) -> Result<Option<Setting>, ConfigError> {
        self.find(&["AWS_REGION", "AWS_DEFAULT_REGION"], "region")
    }

    /// Whether host prefixes are disabled, if that is set.
    pub(crate) fn host_prefix_disabled(&self) -> Result<Option<bool>, ConfigError> {
        self.flag("AWS_DISABLE_HOST_PREFIX_INJECTION", "disable_host_prefix_injection")
    }

    /// The custom endpoint that the environment or the profile sets for the service with this `serviceId`.
    pub(crate) fn endpoint_url(&self, service_id: &str) -> Result<Option<Setting>, ConfigError> {
        let ignored = self.flag("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "ignore_configured_endpoint_urls")?;
        if ignored == Some(true) {
            return Ok(None);
        }
        let id = service_id.replace([' ', '-'], "_");
        for name in [&format!("AWS_ENDPOINT_URL_{}", id.to_ascii_uppercase()), "AWS_ENDPOINT_URL"] {
            if let Some(value) = self.environment.get(name) {
                return Ok(Some(Setting::new(value.trim(), name)));
            }
        }
        let Some(profile) = self.profile()? else { return Ok(None) };
        if let Some(section) = profile.get_non_blank("services") {
            let services = self.profiles()?.services(section).ok_or_else(|| {
                let origin = self.describe_property("services");
                ConfigError::new(format!(
                    "{origin} names `{section}`, but the config file has no section [services {section}]"
                ))
            })?;
            let id = id.to_ascii_lowercase();
            if let Some(url) = services.nested(&id, "endpoint_url").filter(|url| !url.is_empty()) {
                return Ok(Some(Setting::new(url, format!("`{id}` of section [services {section}]"))));
            }
        }
        Ok(profile
            .get_non_blank("endpoint_url")
            .map(|url| Setting::new(url, self.describe_property("endpoint_url"))))
    }
}
