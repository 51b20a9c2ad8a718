//! What a name that does not exist was probably meant to be.

/// How many names are worth reading through.
const FEW: usize = 12;

/// The longest text that is taken for a name, in bytes: a longer one is not compared with others.
const LONGEST: usize = 100;

/// What an error about `name`, which is none of `names`, goes on with: the most similar one, or all where they are few.
pub(super) fn hint<'n>(name: &str, names: impl Iterator<Item = &'n str> + Clone) -> String {
    let similar =
        names.clone().filter(|_| name.len() <= LONGEST).map(|other| (distance(name, other), other)).min();
    // A third of the letters may be wrong.
    if let Some((_, other)) = similar.filter(|(distance, _)| distance * 3 <= name.chars().count()) {
        return format!("; the most similar is {other:?}");
    }
    match names.clone().count() {
        0 => "; it has none".to_owned(),
        1..=FEW => {
            format!("; it has {}", names.map(|name| format!("{name:?}")).collect::<Vec<_>>().join(", "))
        }
        _ => String::new(),
    }
}

/// The number of letters to be changed, put in or left out between two names, whatever their case.
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
    fn letters_are_counted() {
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
