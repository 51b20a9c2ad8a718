//! Suggestions for misspelled names.

/// The most names that an error lists.
const MAX_LISTED: usize = 12;

/// The longest name, in bytes, for which similar names are searched.
const MAX_LENGTH: usize = 100;

/// Returns the end of an error message about `name`, which is not one of `names`: the most similar one, or all if they are few.
pub(super) fn hint<'n>(name: &str, names: impl Iterator<Item = &'n str> + Clone) -> String {
    let similar =
        names.clone().filter(|_| name.len() <= MAX_LENGTH).map(|other| (distance(name, other), other)).min();
    // Up to a third of the letters may differ.
    if let Some((_, other)) = similar.filter(|(distance, _)| distance * 3 <= name.chars().count()) {
        return format!("; the most similar is {other:?}");
    }
    match names.clone().count() {
        0 => "; it has none".to_owned(),
        1..=MAX_LISTED => {
            format!("; it has {}", names.map(|name| format!("{name:?}")).collect::<Vec<_>>().join(", "))
        }
        _ => String::new(),
    }
}

/// Returns the edit distance between two names, ignoring case.
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.to_lowercase().chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (index, letter) in one.to_lowercase().chars().enumerate() {
        let mut left = index + 1;
        let mut above = std::mem::replace(&mut row, vec![left]).into_iter();
        let mut diagonal = above.next().unwrap_or_default();
        for (other, above) in other.iter().zip(above) {
            left = (diagonal + usize::from(*other != letter)).min(above + 1).min(left + 1);
            row.push(left);
            diagonal = above;
        }
    }
    row.pop().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{distance, hint};

    #[test]
    fn edits_are_counted() {
        for (one, other, expected) in
            [("", "", 0), ("a", "", 1), ("", "ab", 2), ("MaxItem", "maxItems", 1), ("kitten", "sitting", 3)]
        {
            assert_eq!(distance(one, other), expected, "{one} {other}");
            assert_eq!(distance(other, one), expected, "{other} {one}");
        }
    }

    #[test]
    fn the_most_similar_is_named_or_all() {
        let names = ["MaxItems", "Marker"];
        assert_eq!(hint("maxitem", names.into_iter()), "; the most similar is \"MaxItems\"");
        assert_eq!(hint("Limit", names.into_iter()), "; it has \"MaxItems\", \"Marker\"");
        assert_eq!(hint("Limit", [].into_iter()), "; it has none");
        assert_eq!(hint("Limit", std::iter::repeat_n("Marker", 13)), "");
    }
}
