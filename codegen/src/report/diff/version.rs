//! The version after a change.

use super::policy::Verdict;

/// What a version becomes by a change, as cargo takes versions: the first number that is not zero says what is compatible. `None` where
/// it is no version of three numbers.
///
/// | | major | minor | patch |
/// |-|-|-|-|
/// | `1.2.3` | `2.0.0` | `1.3.0` | `1.2.4` |
/// | `0.2.3` | `0.3.0` | `0.2.4` | `0.2.4` |
/// | `0.0.3` | `0.0.4` | `0.0.4` | `0.0.4` |
/// | `1.2.3-beta.4` | `1.2.3-beta.5` | `1.2.3-beta.5` | `1.2.3-beta.5` |
///
/// No pre-release is compatible with another, so that the next one does for any change.
pub fn raise(version: &str, verdict: Verdict) -> Option<String> {
    let version = version.split('+').next()?;
    let (numbers, pre_release) = match version.split_once('-') {
        Some((numbers, pre_release)) => (numbers, Some(pre_release)),
        None => (version, None),
    };
    let parsed: Option<Vec<u64>> = numbers.split('.').map(|number| number.parse().ok()).collect();
    let [major, minor, patch] = parsed?.try_into().ok()?;
    if let Some(pre_release) = pre_release {
        return Some(format!("{numbers}-{}", next_pre_release(pre_release)?));
    }
    let (major, minor, patch) = match (verdict, major, minor) {
        (Verdict::Major, 0, 0) | (Verdict::Minor | Verdict::Patch, 0, _) | (Verdict::Patch, ..) => {
            (major, minor, patch.checked_add(1)?)
        }
        (Verdict::Major, 0, _) | (Verdict::Minor, ..) => (major, minor.checked_add(1)?, 0),
        (Verdict::Major, ..) => (major.checked_add(1)?, 0, 0),
    };
    Some(format!("{major}.{minor}.{patch}"))
}

/// `beta` → `beta.1` → `beta.2`.
fn next_pre_release(pre_release: &str) -> Option<String> {
    let (name, number) = match pre_release.rsplit_once('.') {
        Some((name, number)) => (Some(name), number),
        None => (None, pre_release),
    };
    match (name, number.parse::<u64>()) {
        (Some(name), Ok(number)) => Some(format!("{name}.{}", number.checked_add(1)?)),
        (None, Ok(number)) => Some(number.checked_add(1)?.to_string()),
        (_, Err(_)) => Some(format!("{pre_release}.1")),
    }
}

/// Whether a requirement of `old`, as cargo reads a plain version, takes `new` too.
pub fn compatible(old: &str, new: &str) -> bool {
    let telling = |version: &str| {
        let numbers: Vec<&str> = version.split(['-', '+']).next().unwrap_or_default().split('.').collect();
        let first = numbers.iter().position(|number| *number != "0").unwrap_or(numbers.len());
        numbers.into_iter().take(first + 1).map(str::to_owned).collect::<Vec<_>>()
    };
    telling(old) == telling(new)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_rise_as_cargo_takes_them() {
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
            let raised = |verdict| raise(version, verdict).unwrap();
            assert_eq!(
                [raised(Verdict::Major), raised(Verdict::Minor), raised(Verdict::Patch)],
                [major, minor, patch],
                "{version}"
            );
        }
        for version in ["1.2", "a.b.c", "", "1.2.18446744073709551615"] {
            assert_eq!(raise(version, Verdict::Patch), None, "{version}");
        }
    }

    #[test]
    fn a_requirement_takes_what_is_compatible() {
        for (old, new, takes) in [
            ("0.1.0", "0.1.1", true),
            ("0.1.0", "0.2.0", false),
            ("1.0.0", "1.9.0", true),
            ("1.0.0", "2.0.0", false),
            ("0.0.1", "0.0.2", false),
        ] {
            assert_eq!(compatible(old, new), takes, "{old} {new}");
        }
    }
}
