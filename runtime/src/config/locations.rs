//! Where the profile files are, and which profile is meant.

use super::Environment;

/// The paths of the two profile files, and the name of the profile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Locations {
    /// `AWS_CONFIG_FILE`, or else `.aws/config` in the home folder. `None` where there is no home folder.
    pub config: Option<String>,
    /// `AWS_SHARED_CREDENTIALS_FILE`, or else `.aws/credentials` in the home folder.
    pub credentials: Option<String>,
    /// `AWS_PROFILE`. `None` means the profile `default`, which need not be there.
    pub profile: Option<String>,
}

impl Locations {
    /// What the variables of `environment` say.
    pub fn of(environment: &Environment) -> Self {
        let home = home(environment);
        let separator = if environment.is_windows() { '\\' } else { '/' };
        let at = |variable: &str, file: &str| {
            let standard = home.as_ref().map(|home| format!("{home}{separator}.aws{separator}{file}"));
            environment.get(variable).map(|path| expand(path, home.as_deref())).or(standard)
        };
        Self {
            config: at("AWS_CONFIG_FILE", "config"),
            credentials: at("AWS_SHARED_CREDENTIALS_FILE", "credentials"),
            profile: environment.get("AWS_PROFILE").map(|name| name.trim().to_owned()),
        }
    }
}

fn home(environment: &Environment) -> Option<String> {
    let home = environment.get("HOME");
    if !environment.is_windows() {
        return home;
    }
    let on_drive = || Some(environment.get("HOMEDRIVE")? + &environment.get("HOMEPATH")?);
    home.or_else(|| environment.get("USERPROFILE")).or_else(on_drive)
}

/// A leading `~/` stands for the home folder.
fn expand(path: String, home: Option<&str>) -> String {
    match (path.strip_prefix('~'), home) {
        (Some(rest), Some(home)) if rest.is_empty() || rest.starts_with(['/', '\\']) => {
            format!("{home}{rest}")
        }
        _ => path,
    }
}
