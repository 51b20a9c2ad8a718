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
        let path = |variable: &str, file: &str| {
            let path = environment.get(variable);
            let path = path.map(|path| expand_home(path, home_folder(environment).as_deref()));
            path.or_else(|| in_aws_folder(environment, &[file]))
        };
        Self {
            config: path("AWS_CONFIG_FILE", "config"),
            credentials: path("AWS_SHARED_CREDENTIALS_FILE", "credentials"),
            profile: environment.get("AWS_PROFILE").map(|name| name.trim().to_owned()),
        }
    }
}

/// The path of a file below `.aws` in the home folder; `None` if there is no home folder.
pub(crate) fn in_aws_folder(environment: &Environment, parts: &[&str]) -> Option<String> {
    let separator = if environment.is_windows() { "\\" } else { "/" };
    let home = home_folder(environment)?;
    Some([&[home.as_str(), ".aws"], parts].concat().join(separator))
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
