//! The profiles of both files, merged.

use super::{
    ConfigError, Environment, ProfileFiles,
    parse::{self, Properties, Section},
};
use std::{collections::BTreeMap, fmt};

/// The profiles of `~/.aws/config` and `~/.aws/credentials`, merged. For a property in both, the latter takes precedence.
#[derive(Clone, Debug, Default)]
pub struct Profiles {
    by_name: BTreeMap<String, Profile>,
    sso_sessions: BTreeMap<String, Profile>,
    services: BTreeMap<String, Profile>,
    /// The files that were searched, each with whether it exists.
    files: Vec<(String, bool)>,
    /// Sections of the credentials file whose names are valid only in quotes. The AWS CLI writes none there, so a profile of just
    /// that name is found.
    unlisted: BTreeMap<String, Profile>,
    /// Headings that are not those of profiles or other known sections, each with its file, for error messages.
    ignored_headings: Vec<(String, String)>,
}

/// The properties of a profile or of another section.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Profile(Properties);

impl Profiles {
    /// Loads the profiles of both files. A file that does not exist counts as empty.
    ///
    /// Fails if a file cannot be read or parsed.
    pub fn load(environment: &Environment, paths: &ProfileFiles) -> Result<Self, ConfigError> {
        let (profiles, error) = Self::load_readable(environment, paths);
        error.map_or(Ok(profiles), Err)
    }

    /// Like [`load`](Self::load), but returns the profiles of the other file if one cannot be read or parsed, with the reason.
    pub(super) fn load_readable(
        environment: &Environment,
        paths: &ProfileFiles,
    ) -> (Self, Option<ConfigError>) {
        let mut all = Self::default();
        let mut first_error = None;
        for (path, is_config) in [(&paths.config, true), (&paths.credentials, false)] {
            let Some(path) = path else { continue };
            let text = environment.read(path).map_err(|error| {
                ConfigError::new(format!("the profile file {path} cannot be read: {error}"))
            });
            all.files.push((path.clone(), !matches!(text, Ok(None))));
            let added = text.and_then(|text| all.add_file(&text.unwrap_or_default(), path, is_config));
            first_error = first_error.or(added.err());
        }
        (all, first_error)
    }

    /// Parses the profiles of a config file and a credentials file with these texts.
    ///
    /// Fails if one is invalid.
    pub fn parse(config: &str, credentials: &str) -> Result<Self, ConfigError> {
        let mut all = Self::default();
        all.add_file(config, "config file", true)?;
        all.add_file(credentials, "credentials file", false)?;
        Ok(all)
    }

    /// Adds the sections of a file, the config file first. `file` is its path, for errors.
    fn add_file(&mut self, text: &str, file: &str, is_config: bool) -> Result<(), ConfigError> {
        let sections = parse::parse_sections(text, file)?;
        let prefixed_default =
            sections.iter().any(|s| split_heading(&s.heading) == Some(("profile", "default")));
        for section in sections {
            let ignored = if is_config {
                self.add_config_section(section, prefixed_default)
            } else {
                self.add_credentials_section(section)
            };
            if let Some(heading) = ignored {
                self.ignored_headings.push((heading, file.to_owned()));
            }
        }
        Ok(())
    }

    /// In the config file the first word of the heading is the section's kind. Only `[default]` needs none, and is ignored if
    /// `[profile default]` exists too. Returns the heading if the section is ignored.
    fn add_config_section(&mut self, section: Section, prefixed_default: bool) -> Option<String> {
        let Section { heading, properties } = section;
        let (kind, name) = match split_heading(&heading) {
            None if heading == "default" && !prefixed_default => ("profile", "default"),
            heading => heading.unwrap_or_default(),
        };
        let sections = match kind {
            "profile" => &mut self.by_name,
            "sso-session" => &mut self.sso_sessions,
            "services" => &mut self.services,
            _ => return Some(heading),
        };
        let Some(name) = profile_name(name) else { return Some(heading) };
        merge_section(sections, name, properties);
        None
    }

    /// In the credentials file the heading is the profile's name. Returns the heading if the section is ignored.
    fn add_credentials_section(&mut self, section: Section) -> Option<String> {
        let Section { heading, properties } = section;
        if let Some(name) = profile_name(&heading) {
            merge_section(&mut self.by_name, name, properties);
        } else if self.by_name.contains_key(&heading) {
            // The AWS CLI writes the name in quotes in the config file, but without them here.
            merge_section(&mut self.by_name, &heading, properties);
        } else {
            merge_section(&mut self.unlisted, &heading, properties);
            return Some(heading);
        }
        None
    }

    /// Returns the profile of this name.
    pub fn get(&self, name: &str) -> Option<&Profile> {
        self.by_name.get(name).or_else(|| self.unlisted.get(name))
    }

    /// Iterates over all profiles with their names, sorted.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Profile)> {
        self.by_name.iter().map(|(name, profile)| (name.as_str(), profile))
    }

    /// Iterates over the `sso-session` sections with their names, sorted.
    pub fn sso_sessions(&self) -> impl Iterator<Item = (&str, &Profile)> {
        self.sso_sessions.iter().map(|(name, session)| (name.as_str(), session))
    }

    /// Returns the `services` section of this name.
    pub fn services(&self, name: &str) -> Option<&Profile> {
        self.services.get(name)
    }

    /// The files that were searched, for error messages: `in ~/.aws/config and ~/.aws/credentials`.
    pub(crate) fn searched_paths(&self) -> String {
        let paths = |exists: bool| {
            let paths = self.files.iter().filter(move |file| file.1 == exists).map(|file| file.0.as_str());
            paths.collect::<Vec<_>>()
        };
        match (paths(true).as_slice(), paths(false).as_slice()) {
            ([], []) => "there is no home folder to search for profile files".to_owned(),
            ([], missing) => format!("there is no file {}", missing.join(" or ")),
            (existing, _) => format!("in {}", existing.join(" and ")),
        }
    }

    /// The error message for a missing profile: where it was searched, and what to do.
    pub(crate) fn missing_profile_message(&self, name: &str) -> String {
        let mut advice = if self.by_name.is_empty() {
            String::new()
        } else {
            let names: Vec<&str> = self.by_name.keys().map(String::as_str).collect();
            format!("; the existing profiles are `{}`", names.join("`, `"))
        };
        if self.ignored_headings.iter().any(|(heading, _)| heading == name) {
            advice = format!(
                "; the config file has a section [{name}]: there, write profiles other than `default` as [profile {name}]"
            );
        } else if !self.ignored_headings.is_empty() {
            let headings =
                self.ignored_headings.iter().map(|(heading, file)| format!("[{heading}] of {file}"));
            let headings = headings.collect::<Vec<_>>().join(", ");
            advice += &format!("; these headings are not valid and were ignored: {headings}");
            if self.ignored_headings.iter().any(|(heading, _)| heading.contains(char::is_whitespace)) {
                advice +=
                    "; write a name with spaces in quotes, such as [profile 'my profile'] in the config file";
            }
        }
        format!("there is no profile `{name}` ({}){advice}", self.searched_paths())
    }
}

/// Splits a heading into the kind of section and its name.
fn split_heading(heading: &str) -> Option<(&str, &str)> {
    heading.split_once(char::is_whitespace).map(|(kind, name)| (kind, name.trim()))
}

/// The name in a heading: a valid one, or any text within quotes.
fn profile_name(text: &str) -> Option<&str> {
    let within = |quote| text.strip_prefix(quote)?.strip_suffix(quote);
    match within('"').or_else(|| within('\'')) {
        Some(quoted) => Some(quoted).filter(|name| !name.trim().is_empty() && !name.contains(['"', '\''])),
        None => Some(text).filter(|name| parse::is_valid_name(name)),
    }
}

fn merge_section(sections: &mut BTreeMap<String, Profile>, name: &str, properties: Properties) {
    sections.entry(name.to_owned()).or_default().0.extend(properties);
}

impl Profile {
    /// Returns the value of a property by its lower-case name. It may be empty; continuation lines follow after `\n`.
    pub fn get(&self, property: &str) -> Option<&str> {
        self.0.get(property).map(String::as_str)
    }

    /// Returns the trimmed value of a property, unless it is blank.
    pub(crate) fn get_non_blank(&self, property: &str) -> Option<&str> {
        self.get(property).map(str::trim).filter(|value| !value.is_empty())
    }

    /// Returns the value of a sub-property: one indented under a property without a value.
    pub fn nested(&self, property: &str, name: &str) -> Option<&str> {
        let lines = self.get(property)?.strip_prefix('\n')?.lines();
        let pairs =
            lines.filter_map(|line| line.split_once('=').map(|(name, value)| (name.trim(), value.trim())));
        pairs.rev().find(|pair| pair.0.eq_ignore_ascii_case(name)).map(|pair| pair.1)
    }

    /// Iterates over all properties, sorted by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

/// Shows names only, since values may be secret.
impl fmt::Debug for Profile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}
