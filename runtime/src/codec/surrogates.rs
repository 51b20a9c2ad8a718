//! Replaces lone surrogates, which are left when a server cuts text off in the middle of a pair.

/// Returns the document with each escape of a lone surrogate replaced by that of U+FFFD, or `None` if there is no such escape.
pub(super) fn replace_lone(text: &str) -> Option<String> {
    let mut replaced = String::with_capacity(text.len());
    let mut rest = text;
    let mut found = false;
    while let Some(at) = rest.find('\\') {
        let (before, escape) = rest.split_at(at);
        replaced.push_str(before);
        let length = match (surrogate(escape), escape.get(6..).and_then(surrogate)) {
            (Some(0xd800..0xdc00), Some(0xdc00..0xe000)) => 12,
            (Some(_), _) => {
                found = true;
                replaced.push_str("\\ufffd");
                rest = escape.get(6..)?;
                continue;
            }
            // The character after a backslash may be a backslash.
            (None, _) => 1 + escape.chars().nth(1).map_or(0, char::len_utf8),
        };
        replaced.push_str(escape.get(..length)?);
        rest = escape.get(length..)?;
    }
    replaced.push_str(rest);
    found.then_some(replaced)
}

/// Returns the surrogate whose escape the text starts with.
fn surrogate(text: &str) -> Option<u32> {
    let digits = text.strip_prefix("\\u")?.get(..4)?;
    let code = digits.bytes().all(|digit| digit.is_ascii_hexdigit()).then_some(digits)?;
    u32::from_str_radix(code, 16).ok().filter(|code| (0xd800..0xe000).contains(code))
}

#[cfg(test)]
mod tests {
    use super::replace_lone;

    #[test]
    fn only_lone_surrogates_are_replaced() {
        for (text, expected) in [
            (r#"{"a":"\udc00"}"#, Some(r#"{"a":"\ufffd"}"#)),
            (r#"["\ud83d\ude39\ud83d"]"#, Some(r#"["\ud83d\ude39\ufffd"]"#)),
            (r#"["\\\udc00"]"#, Some(r#"["\\\ufffd"]"#)),
            (r#"["\\udc00"]"#, None),
            (r#"["\ud83d\ude39", "\u0041"]"#, None),
            (r#""\"#, None),
        ] {
            assert_eq!(replace_lone(text).as_deref(), expected, "{text}");
        }
    }
}
