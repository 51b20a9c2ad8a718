//! One setting from its possible places: the builder, a variable, the profile.

use super::{ConfigError, Environment, Locations, Profile, Profiles};

/// The places that a client without further orders takes its settings from.
#[derive(Debug)]
pub(crate) struct Settings {
    environment: Environment,
    /// The profile that the builder or `AWS_PROFILE` names, and which of them.
    chosen: Option<Setting>,
    /// It was the builder.
    given: bool,
    /// Kept as it came: who sets everything by other means is not bothered with a broken file.
    profiles: Result<Profiles, ConfigError>,
}

/// A value and where it was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Setting {
    pub(crate) value: String,
    /// For messages: `AWS_REGION`.
    pub(crate) origin: String,
}

impl Setting {
    pub(crate) fn new(value: impl Into<String>, origin: impl Into<String>) -> Self {
        Self { value: value.into(), origin: origin.into() }
    }
}

impl Settings {
    /// The settings of `environment`, with the profile that the builder names.
    pub(crate) fn new(environment: Environment, profile: Option<String>) -> Self {
        let locations = Locations::of(&environment);
        let given = profile.is_some();
        let of_program = profile.map(|name| Setting::new(name, "the program"));
        let of_variable = || locations.profile.clone().map(|name| Setting::new(name, "AWS_PROFILE"));
        let chosen = of_program.or_else(of_variable);
        let profiles = Profiles::load(&environment, &locations);
        Self { environment, chosen, given, profiles }
    }

    pub(crate) fn environment(&self) -> &Environment {
        &self.environment
    }

    /// Whether the program names the profile, which then goes before any variable.
    pub(crate) fn is_profile_given(&self) -> bool {
        self.given
    }

    pub(crate) fn profile_name(&self) -> &str {
        self.chosen.as_ref().map_or("default", |chosen| &chosen.value)
    }

    /// All profiles. Fails where a file is broken.
    pub(crate) fn profiles(&self) -> Result<&Profiles, ConfigError> {
        self.profiles.as_ref().map_err(Clone::clone)
    }

    /// The chosen profile. `None` where none was chosen and there is no `default`; one that was chosen must be there.
    pub(crate) fn profile(&self) -> Result<Option<&Profile>, ConfigError> {
        let profiles = self.profiles()?;
        match (profiles.get(self.profile_name()), &self.chosen) {
            (None, Some(chosen)) => {
                let missing = profiles.missing(&chosen.value);
                Err(ConfigError::new(format!("{missing}; {} asks for it", chosen.origin)))
            }
            (profile, _) => Ok(profile),
        }
    }

    /// The first of these variables that is set, or else the profile's property; behind a dot, one within a property.
    pub(crate) fn find(&self, variables: &[&str], property: &str) -> Result<Option<Setting>, ConfigError> {
        for name in variables {
            if let Some(value) = self.environment.get(name) {
                return Ok(Some(Setting::new(value.trim(), *name)));
            }
        }
        let value = self.profile()?.and_then(|profile| match property.split_once('.') {
            Some((section, name)) => profile.nested(section, name).filter(|value| !value.is_empty()),
            None => profile.set(property),
        });
        Ok(value.map(|value| Setting::new(value, self.of_profile(property))))
    }

    /// The same for a setting that is `true` or `false`.
    pub(crate) fn flag(&self, variable: &str, property: &str) -> Result<Option<bool>, ConfigError> {
        let Some(Setting { value, origin }) = self.find(&[variable], property)? else { return Ok(None) };
        if value.eq_ignore_ascii_case("true") {
            Ok(Some(true))
        } else if value.eq_ignore_ascii_case("false") {
            Ok(Some(false))
        } else {
            Err(ConfigError::new(format!("{origin} must be true or false, but is `{value}`")))
        }
    }

    /// How messages call a property of the profile.
    pub(crate) fn of_profile(&self, property: &str) -> String {
        format!("`{property}` of profile `{}`", self.profile_name())
    }

    /// The region that the environment or the profile sets.
    pub(crate) fn region(&self) -> Result<Option<Setting>, ConfigError> {
        self.find(&["AWS_REGION", "AWS_DEFAULT_REGION"], "region")
    }

    /// Whether host prefixes are forbidden or wanted, if anything says so.
    pub(crate) fn host_prefix_forbidden(&self) -> Result<Option<bool>, ConfigError> {
        self.flag("AWS_DISABLE_HOST_PREFIX_INJECTION", "disable_host_prefix_injection")
    }

    /// The endpoint that the environment or the profile sets for the service with this identifier, `serviceId` in models.
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
        if let Some(section) = profile.set("services") {
            let services = self.profiles()?.services(section).ok_or_else(|| {
                let origin = self.of_profile("services");
                ConfigError::new(format!(
                    "{origin} names `{section}`, but the config file has no section [services {section}]"
                ))
            })?;
            let id = id.to_ascii_lowercase();
            if let Some(url) = services.nested(&id, "endpoint_url").filter(|url| !url.is_empty()) {
                return Ok(Some(Setting::new(url, format!("`{id}` of section [services {section}]"))));
            }
        }
        Ok(profile.set("endpoint_url").map(|url| Setting::new(url, self.of_profile("endpoint_url"))))
    }
}
