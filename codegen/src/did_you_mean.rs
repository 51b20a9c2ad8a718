//! Finds the existing name that a wrong one was probably meant to be.

/// The number of leading letters that two names must share to match by prefix.
const MIN_PREFIX: usize = 4;

/// Longer names, in bytes, are not compared.
const MAX_NAME: usize = 255;

/// The help of a message about an unknown name: ``did you mean `x`?``, or `otherwise` if no name is close.
pub fn did_you_mean<'n>(
    wrong: &str,
    names: impl IntoIterator<Item = &'n str>,
    otherwise: impl Into<String>,
) -> String {
    closest(wrong, names).map_or_else(|| otherwise.into(), |name| format!("did you mean `{name}`?"))
}

/// The name that is closest to `wrong`, case aside: the one with the fewest edits (optimal string alignment), which are at most a third
/// of its letters, or else one of which the other is a prefix. Of equally close names the first.
pub fn closest<'n>(wrong: &str, names: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    if wrong.len() > MAX_NAME {
        return None;
    }
    let wrong = wrong.to_lowercase();
    let max_edits = (wrong.chars().count() / 3).max(1);
    let rank = |name: &'n str| {
        let lower = name.to_lowercase();
        if name.len().abs_diff(wrong.len()) <= max_edits {
            let edits = strsim::osa_distance(&wrong, &lower);
            if edits <= max_edits {
                return Some((edits, name));
            }
        }
        let has_prefix = lower.starts_with(&wrong) || wrong.starts_with(&lower);
        (has_prefix && lower.len().min(wrong.len()) >= MIN_PREFIX).then_some((usize::MAX, name))
    };
    let names = names.into_iter().filter(|name| name.len() <= MAX_NAME);
    names.filter_map(rank).min_by_key(|(edits, _)| *edits).map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_closest_name() {
        let names = ["FunctionName", "FunctionArn", "String", "Qualifier", "type"];
        for (wrong, expected) in [
            ("functionName", Some("FunctionName")),
            ("FunctionNmae", Some("FunctionName")),
            ("Strng", Some("String")),
            ("tpye", Some("type")),
            ("Qual", Some("Qualifier")),
            ("FunctionNameOrArn", Some("FunctionName")),
            ("Payload", None),
            ("", None),
        ] {
            assert_eq!(closest(wrong, names), expected, "{wrong}");
        }
    }
}
