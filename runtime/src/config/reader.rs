//! Reads settings from environment variables and the selected profile.

use super::{
    ConfigError, CustomEndpoint, Environment, Profile, ProfileFiles, Profiles,
    table::{self, SettingSpec},
};
use crate::endpoint_rules::EndpointValue;
use url::Url;

/// The environment and the profiles of a client.
#[derive(Debug)]
pub(crate) struct SettingsReader {
    environment: Environment,
    /// The profile that the builder or `AWS_PROFILE` selects.
    selected: Option<Setting>,
    /// Whether the builder selects the profile.
    profile_is_explicit: bool,
    /// Those of the files that can be read.
    profiles: Profiles,
    /// Why a file cannot be read. It matters only to what must be in a file.
    unreadable: Option<ConfigError>,
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
        let (profiles, unreadable) = Profiles::load_readable(&environment, &files);
        let unreadable = unreadable.map(ConfigError::in_profile);
        Self { environment, selected, profile_is_explicit, profiles, unreadable }
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
        self.check_readable()?;
        Ok(&self.profiles)
    }

    fn check_readable(&self) -> Result<(), ConfigError> {
        self.unreadable.clone().map_or(Ok(()), Err)
    }

    /// The selected profile, which must exist; or else the profile `default`, if there is one. Fails if a file is invalid.
    pub(crate) fn profile(&self) -> Result<Option<&Profile>, ConfigError> {
        self.check_readable()?;
        self.readable_profile()
    }

    /// Like [`profile`](Self::profile), but without the properties in a file that is invalid, for settings that have a default. A
    /// profile that is selected must exist.
    fn readable_profile(&self) -> Result<Option<&Profile>, ConfigError> {
        match (self.profiles.get(self.profile_name()), &self.selected) {
            (None, Some(selected)) => {
                self.check_readable()?;
                let message = self.profiles.missing_profile_message(&selected.value);
                let message = format!("{message}; it is selected by {}", selected.origin);
                Err(ConfigError::new(message).in_profile())
            }
            (profile, _) => Ok(profile),
        }
    }

    /// The region of the environment or the profile. Fails if there is none, but may be one in a file that is invalid.
    pub(super) fn region(&self) -> Result<Option<Setting>, ConfigError> {
        let region = self.read(&table::REGION, None)?;
        if region.is_none() {
            self.check_readable()?;
        }
        Ok(region)
    }

    /// The names of the authentication schemes that are preferred, if that is set. A profile that does not exist sets nothing; what
    /// needs it reports it.
    pub(crate) fn auth_scheme_preference(&self) -> Option<String> {
        let setting = self.read(&table::AUTH_SCHEME_PREFERENCE, None).ok().flatten();
        setting.map(|setting| setting.value)
    }

    /// Whether host prefixes are disabled, if that is set.
    pub(super) fn host_prefix_disabled(&self) -> Result<Option<bool>, ConfigError> {
        self.read_value(&table::DISABLE_HOST_PREFIX_INJECTION).map(|value| value.as_bool())
    }

    /// Whether the metadata service of EC2 instances must not be asked.
    pub(crate) fn is_ec2_metadata_disabled(&self) -> Result<bool, ConfigError> {
        self.read_value(&table::EC2_METADATA_DISABLED).map(|value| value.as_bool() == Some(true))
    }

    /// The address of the metadata service of EC2 instances.
    pub(crate) fn ec2_metadata_endpoint(&self) -> Result<Url, ConfigError> {
        if let Some(setting) = self.read(&table::EC2_METADATA_SERVICE_ENDPOINT, None)? {
            return CustomEndpoint::new(setting).map(|endpoint| endpoint.url);
        }
        let is_ipv6 = self.read_value(&table::EC2_METADATA_SERVICE_ENDPOINT_MODE)?.as_bool() == Some(true);
        let address = if is_ipv6 { "http://[fd00:ec2::254]" } else { "http://169.254.169.254" };
        CustomEndpoint::new(Setting::new(address, "the default")).map(|endpoint| endpoint.url)
    }

    /// The custom endpoint that the environment or the profile sets for the service with this `serviceId`.
    pub(super) fn endpoint_url(&self, service_id: &str) -> Result<Option<Setting>, ConfigError> {
        if self.read_value(&table::IGNORE_CONFIGURED_ENDPOINT_URLS)?.as_bool() == Some(true) {
            return Ok(None);
        }
        self.read(&table::ENDPOINT_URL, Some(service_id))
    }

    /// Reads the first variable of a setting that is set, or else the first property of the profile. `service_id` also reads
    /// what sets it for that service, which takes precedence within variables and within the profile.
    pub(super) fn read(
        &self,
        spec: &SettingSpec,
        service_id: Option<&str>,
    ) -> Result<Option<Setting>, ConfigError> {
        let service_key = service_id.filter(|_| spec.per_service).map(|id| id.replace([' ', '-'], "_"));
        if let Some(setting) = self.read_variables(spec, service_key.as_deref()) {
            return Ok(Some(setting));
        }
        let Some(profile) = self.readable_profile()? else { return Ok(None) };
        if let Some(key) = service_key
            && let Some(setting) = self.read_services_section(profile, spec, &key.to_ascii_lowercase())?
        {
            return Ok(Some(setting));
        }
        Ok(spec.properties.iter().find_map(|property| {
            let value = match property.split_once('.') {
                Some((section, name)) => profile.nested(section, name).filter(|value| !value.is_empty()),
                None => profile.get_non_blank(property),
            };
            value.map(|value| Setting::new(value, self.describe_property(property)))
        }))
    }

    fn read_variables(&self, spec: &SettingSpec, service_key: Option<&str>) -> Option<Setting> {
        let variable = |name: &str| {
            let value = self.environment.get(name)?;
            Some(Setting::new(value.trim(), name))
        };
        let of_service = service_key.and_then(|key| {
            let key = key.to_ascii_uppercase();
            spec.variables.iter().find_map(|name| variable(&format!("{name}_{key}")))
        });
        of_service.or_else(|| spec.variables.iter().find_map(|name| variable(name)))
    }

    /// Reads a setting from the section that the profile's property `services` names.
    fn read_services_section(
        &self,
        profile: &Profile,
        spec: &SettingSpec,
        service_key: &str,
    ) -> Result<Option<Setting>, ConfigError> {
        let Some(section) = profile.get_non_blank("services") else { return Ok(None) };
        let services = self.profiles.services(section).ok_or_else(|| {
            let origin = self.describe_property("services");
            ConfigError::new(format!(
                "{origin} names `{section}`, but the config file has no section [services {section}]"
            ))
        })?;
        let mut values = spec.properties.iter().filter_map(|property| services.nested(service_key, property));
        let value = values.find(|value| !value.is_empty());
        Ok(value.map(|value| Setting::new(value, format!("`{service_key}` of section [services {section}]"))))
    }

    /// Reads a setting and checks it against its accepted values.
    pub(super) fn read_value(&self, spec: &SettingSpec) -> Result<EndpointValue<'static>, ConfigError> {
        let Some(Setting { value, origin }) = self.read(spec, None)? else { return Ok(EndpointValue::None) };
        spec.parse(&value, &origin)
    }

    /// A property of the selected profile as messages name it.
    pub(super) fn describe_property(&self, property: &str) -> String {
        format!("`{property}` of profile `{}`", self.profile_name())
    }
}
