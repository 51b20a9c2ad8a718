//! The profiles of both files, merged.

use super::{
    ConfigError, Environment, Locations,
    parse::{self, Properties, Section},
};
use std::{collections::BTreeMap, fmt};

/// The profiles of `~/.aws/config` and `~/.aws/credentials`, merged; of a property in both, the latter's value counts.
#[derive(Clone, Debug, Default)]
pub struct Profiles {
    by_name: BTreeMap<String, Profile>,
    sso_sessions: BTreeMap<String, Profile>,
    services: BTreeMap<String, Profile>,
    /// The files that were looked for, each with whether it is there.
    files: Vec<(String, bool)>,
    /// Headings in the config file that are no profile's, for advice.
    passed_over: Vec<String>,
}

/// A profile, or another section of properties.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Profile(Properties);

impl Profiles {
    /// The profiles of the files that `locations` names. A file that is not there has none.
    ///
    /// Fails where a file cannot be read or does not follow the grammar.
    pub fn load(environment: &Environment, locations: &Locations) -> Result<Self, ConfigError> {
        let mut files = Vec::new();
        let mut text_of = |path: &Option<String>| {
            let Some(path) = path else { return Ok(String::new()) };
            let text = environment.read(path).map_err(|error| {
                ConfigError::new(format!("the profile file {path} cannot be read: {error}"))
            })?;
            files.push((path.clone(), text.is_some()));
            Ok(text.unwrap_or_default())
        };
        let (config, credentials) = (text_of(&locations.config)?, text_of(&locations.credentials)?);
        let name = |path: &Option<String>| path.clone().unwrap_or_default();
        let mut profiles =
            Self::merge(&config, &name(&locations.config), &credentials, &name(&locations.credentials))?;
        profiles.files = files;
        Ok(profiles)
    }

    /// The profiles of a config file and a credentials file with these texts.
    ///
    /// Fails where one does not follow the grammar.
    pub fn parse(config: &str, credentials: &str) -> Result<Self, ConfigError> {
        Self::merge(config, "config file", credentials, "credentials file")
    }

    fn merge(
        config: &str,
        config_name: &str,
        credentials: &str,
        credentials_name: &str,
    ) -> Result<Self, ConfigError> {
        let mut all = Self::default();
        let config = parse::sections(config, config_name)?;
        let prefixed_default = config.iter().any(|s| words(&s.heading) == Some(("profile", "default")));
        for section in config {
            all.add_of_config(section, prefixed_default);
        }
        for section in parse::sections(credentials, credentials_name)? {
            if parse::is_name(&section.heading) {
                add(&mut all.by_name, &section.heading, section.properties);
            }
        }
        Ok(all)
    }

    /// In the config file the heading says what a section is; `[default]` alone may do without, unless both forms are there.
    fn add_of_config(&mut self, section: Section, prefixed_default: bool) {
        let Section { heading, properties, .. } = section;
        match words(&heading) {
            Some(("profile", name)) if parse::is_name(name) => add(&mut self.by_name, name, properties),
            Some(("sso-session", name)) if parse::is_name(name) => {
                add(&mut self.sso_sessions, name, properties);
            }
            Some(("services", name)) if parse::is_name(name) => add(&mut self.services, name, properties),
            None if heading == "default" && !prefixed_default => {
                add(&mut self.by_name, "default", properties);
            }
            _ => self.passed_over.push(heading),
        }
    }

    /// The profile of this name.
    pub fn get(&self, name: &str) -> Option<&Profile> {
        self.by_name.get(name)
    }

    /// All profiles by their names, sorted.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Profile)> {
        self.by_name.iter().map(|(name, profile)| (name.as_str(), profile))
    }

    /// The `sso-session` sections by their names, sorted.
    pub fn sso_sessions(&self) -> impl Iterator<Item = (&str, &Profile)> {
        self.sso_sessions.iter().map(|(name, session)| (name.as_str(), session))
    }

    /// The `services` section of this name.
    pub fn services(&self, name: &str) -> Option<&Profile> {
        self.services.get(name)
    }

    /// Where was looked, for messages: `neither ~/.aws/config nor ~/.aws/credentials is there`.
    pub(crate) fn whereabouts(&self) -> String {
        let of = |there: bool| {
            let paths = self.files.iter().filter(move |file| file.1 == there).map(|file| file.0.as_str());
            paths.collect::<Vec<_>>()
        };
        match (of(true).as_slice(), of(false).as_slice()) {
            ([], []) => "there is no home folder to look for profile files in".to_owned(),
            ([], missing) => format!("there is no file {}", missing.join(" nor ")),
            (there, _) => format!("in {}", there.join(" and ")),
        }
    }

    /// Why there is no profile `name`, and what to do about it.
    pub(crate) fn missing(&self, name: &str) -> String {
        let advice = if self.passed_over.iter().any(|heading| heading == name) {
            format!(
                "; the config file has a section [{name}]: profiles other than `default` are written [profile {name}] there"
            )
        } else if self.by_name.is_empty() {
            String::new()
        } else {
            let names: Vec<&str> = self.by_name.keys().map(String::as_str).collect();
            format!("; there is `{}`", names.join("`, `"))
        };
        format!("there is no profile `{name}` ({}){advice}", self.whereabouts())
    }
}

/// A heading of two words; the second may hold more.
fn words(heading: &str) -> Option<(&str, &str)> {
    heading.split_once(char::is_whitespace).map(|(kind, name)| (kind, name.trim()))
}

fn add(sections: &mut BTreeMap<String, Profile>, name: &str, properties: Properties) {
    sections.entry(name.to_owned()).or_default().0.extend(properties);
}

impl Profile {
    /// The value of a property, whose name is in lower case. Values may be empty; further lines follow after `\n`.
    pub fn get(&self, property: &str) -> Option<&str> {
        self.0.get(property).map(String::as_str)
    }

    /// The value of a property, unless it is blank.
    pub(crate) fn set(&self, property: &str) -> Option<&str> {
        self.get(property).map(str::trim).filter(|value| !value.is_empty())
    }

    /// The value of a sub-property: of one that stands, indented, under a property without a value.
    pub fn nested(&self, property: &str, name: &str) -> Option<&str> {
        let lines = self.get(property)?.strip_prefix('\n')?.lines();
        let pairs =
            lines.filter_map(|line| line.split_once('=').map(|(name, value)| (name.trim(), value.trim())));
        pairs.rev().find(|pair| pair.0.eq_ignore_ascii_case(name)).map(|pair| pair.1)
    }

    /// All properties, sorted by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

/// Names only: values may be secret.
impl fmt::Debug for Profile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}
