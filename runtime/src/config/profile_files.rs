//! The paths of the profile files, and the selected profile.

use super::Environment;

/// The paths of the two profile files, and the name of the selected profile.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ProfileFiles {
    /// `AWS_CONFIG_FILE`, or else `.aws/config` in the home folder; `None` if there is no home folder.
    pub config: Option<String>,
    /// `AWS_SHARED_CREDENTIALS_FILE`, or else `.aws/credentials` in the home folder.
    pub credentials: Option<String>,
    /// `AWS_PROFILE`. `None` selects the profile `default`, which need not exist.
    pub profile: Option<String>,
}

impl ProfileFiles {
    /// Determines paths and profile from the variables of `environment`.
    pub fn from_env(environment: &Environment) -> Self {
        let home = home_folder(environment);
        let separator = if environment.is_windows() { '\\' } else { '/' };
        let path = |variable: &str, file: &str| {
            let default = home.as_ref().map(|home| format!("{home}{separator}.aws{separator}{file}"));
            environment.get(variable).map(|path| expand_home(path, home.as_deref())).or(default)
        };
        Self {
            config: path("AWS_CONFIG_FILE", "config"),
            credentials: path("AWS_SHARED_CREDENTIALS_FILE", "credentials"),
            profile: environment.get("AWS_PROFILE").map(|name| name.trim().to_owned()),
        }
    }
}

fn home_folder(environment: &Environment) -> Option<String> {
    let home = environment.get("HOME");
    if !environment.is_windows() {
        return home;
    }
    let home_drive = || Some(environment.get("HOMEDRIVE")? + &environment.get("HOMEPATH")?);
    home.or_else(|| environment.get("USERPROFILE")).or_else(home_drive)
}

/// Replaces a leading `~/` with the home folder.
fn expand_home(path: String, home: Option<&str>) -> String {
    match (path.strip_prefix('~'), home) {
        (Some(rest), Some(home)) if rest.is_empty() || rest.starts_with(['/', '\\']) => {
            format!("{home}{rest}")
        }
        _ => path,
    }
}
