//! The next version of a crate.

use super::diff::SemverLevel;
use semver::{BuildMetadata, Prerelease, Version};

/// The version that follows `version` after a change of this level, by cargo's rules: the first number that is not zero says what is
/// compatible. `None` if `version` is not a version, or its number cannot grow.
///
/// | | major | minor | patch |
/// |-|-|-|-|
/// | `1.2.3` | `2.0.0` | `1.3.0` | `1.2.4` |
/// | `0.2.3` | `0.3.0` | `0.2.4` | `0.2.4` |
/// | `0.0.3` | `0.0.4` | `0.0.4` | `0.0.4` |
/// | `1.2.3-beta.4` | `1.2.3-beta.5` | `1.2.3-beta.5` | `1.2.3-beta.5` |
///
/// No pre-release is compatible with another, so the next pre-release serves for every level.
pub fn bump(version: &str, level: SemverLevel) -> Option<String> {
    let mut version = Version::parse(version).ok()?;
    version.build = BuildMetadata::EMPTY;
    if !version.pre.is_empty() {
        version.pre = next_pre_release(&version.pre)?;
        return Some(version.to_string());
    }
    let Version { major, minor, patch, .. } = version;
    let (major, minor, patch) = match (level, major, minor) {
        (SemverLevel::Major, 0, 0)
        | (SemverLevel::Minor | SemverLevel::Patch, 0, _)
        | (SemverLevel::Patch, ..) => (major, minor, patch.checked_add(1)?),
        (SemverLevel::Major, 0, _) | (SemverLevel::Minor, ..) => (major, minor.checked_add(1)?, 0),
        (SemverLevel::Major, ..) => (major.checked_add(1)?, 0, 0),
    };
    Some(Version::new(major, minor, patch).to_string())
}

/// `beta` → `beta.1` → `beta.2`.
fn next_pre_release(pre_release: &Prerelease) -> Option<Prerelease> {
    let (name, number) = match pre_release.rsplit_once('.') {
        Some((name, number)) => (Some(name), number),
        None => (None, pre_release.as_str()),
    };
    let next = match (name, number.parse::<u64>()) {
        (Some(name), Ok(number)) => format!("{name}.{}", number.checked_add(1)?),
        (None, Ok(number)) => number.checked_add(1)?.to_string(),
        (_, Err(_)) => format!("{pre_release}.1"),
    };
    Prerelease::new(&next).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_level_bumps_its_number() {
        let table = [
            ("1.2.3", "2.0.0", "1.3.0", "1.2.4"),
            ("0.2.3", "0.3.0", "0.2.4", "0.2.4"),
            ("0.0.3", "0.0.4", "0.0.4", "0.0.4"),
            ("1.0.0-beta", "1.0.0-beta.1", "1.0.0-beta.1", "1.0.0-beta.1"),
            ("1.0.0-beta.9", "1.0.0-beta.10", "1.0.0-beta.10", "1.0.0-beta.10"),
            ("1.0.0-7", "1.0.0-8", "1.0.0-8", "1.0.0-8"),
            ("1.2.3+build", "2.0.0", "1.3.0", "1.2.4"),
        ];
        for (version, major, minor, patch) in table {
            let bumped = |level| bump(version, level).unwrap();
            assert_eq!(
                [bumped(SemverLevel::Major), bumped(SemverLevel::Minor), bumped(SemverLevel::Patch)],
                [major, minor, patch],
                "{version}"
            );
        }
        for version in ["1.2", "a.b.c", "", "1.2.18446744073709551615"] {
            assert_eq!(bump(version, SemverLevel::Patch), None, "{version}");
        }
    }
}
