//! Which existing name a wrong one was probably meant to be.

/// The name that is nearest to `wrong`: the same but for case, else the one with the fewest letters changed, added, left out or
/// swapped, where these are at most a third of its letters, else one that begins with it or that it begins with. Of equally near ones
/// the first.
pub fn nearest<'n>(wrong: &str, names: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    if wrong.len() > LONGEST {
        return None;
    }
    let wrong = wrong.to_lowercase();
    let letters: Vec<char> = wrong.chars().collect();
    let most = (letters.len() / 3).max(1);
    let grade = |name: &'n str| {
        let lower = name.to_lowercase();
        if name.len().abs_diff(wrong.len()) <= most {
            let distance = distance(&letters, &lower.chars().collect::<Vec<_>>());
            if distance <= most {
                return Some((distance, name));
            }
        }
        let shorter = lower.len().min(wrong.len());
        let begins = shorter >= SHORTEST_START && (lower.starts_with(&wrong) || wrong.starts_with(&lower));
        begins.then_some((usize::MAX, name))
    };
    let names = names.into_iter().filter(|name| name.len() <= LONGEST);
    names.filter_map(grade).min_by_key(|(distance, _)| *distance).map(|(_, name)| name)
}

/// How many letters two names must have in common at their start to be taken for one another.
const SHORTEST_START: usize = 4;

/// Longer names are not compared.
const LONGEST: usize = 255;

/// The number of single-letter edits and swaps of neighbours between two words (optimal string alignment).
fn distance(left: &[char], right: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=right.len()).collect();
    let mut last_left = None;
    for (row, a) in left.iter().enumerate() {
        let mut current = Vec::with_capacity(above.len());
        current.push(row + 1);
        let mut last_right = None;
        for (column, b) in right.iter().enumerate() {
            let at = |row: &[usize], column: usize| row.get(column).copied().unwrap_or(usize::MAX - 1);
            let mut best = (at(&above, column) + usize::from(a != b))
                .min(at(&above, column + 1) + 1)
                .min(at(&current, column) + 1);
            if last_left == Some(b) && last_right == Some(a) && column > 0 {
                best = best.min(at(&before, column - 1) + 1);
            }
            current.push(best);
            last_right = Some(b);
        }
        before = std::mem::replace(&mut above, current);
        last_left = Some(a);
    }
    above.last().copied().unwrap_or(left.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_was_meant() {
        let names = ["FunctionName", "FunctionArn", "String", "Qualifier", "type"];
        for (wrong, meant) in [
            ("functionName", Some("FunctionName")),
            ("FunctionNmae", Some("FunctionName")),
            ("Strng", Some("String")),
            ("tpye", Some("type")),
            ("Qual", Some("Qualifier")),
            ("FunctionNameOrArn", Some("FunctionName")),
            ("Payload", None),
            ("", None),
        ] {
            assert_eq!(nearest(wrong, names), meant, "{wrong}");
        }
    }

    #[test]
    fn counts_edits() {
        let count =
            |a: &str, b: &str| distance(&a.chars().collect::<Vec<_>>(), &b.chars().collect::<Vec<_>>());
        for (a, b, edits) in [
            ("abc", "abc", 0),
            ("abc", "acb", 1),
            ("abc", "ab", 1),
            ("", "abc", 3),
            ("abc", "", 3),
            ("kitten", "sitting", 3),
        ] {
            assert_eq!(count(a, b), edits, "{a} {b}");
        }
    }
}
