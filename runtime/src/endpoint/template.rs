//! Text with places to be filled in.

use super::EndpointError;

/// Fills in `{name}` and `{name#part}`; `{{` and `}}` are braces.
pub(super) fn fill<'v>(
    template: &str,
    value: impl Fn(&str, Option<&str>) -> Result<&'v str, EndpointError>,
) -> Result<String, EndpointError> {
    let mut text = String::with_capacity(template.len() + 32);
    let mut rest = template;
    while let Some((before, brace, after)) = split(rest) {
        text.push_str(before);
        if let Some(after) = after.strip_prefix(brace) {
            text.push(brace);
            rest = after;
            continue;
        }
        let place = after.split_once('}').filter(|(place, _)| brace == '{' && !place.contains('{'));
        let (place, after) = place.ok_or_else(|| {
            EndpointError::malformed(format!("the braces of the template `{template}` do not pair"))
        })?;
        let (name, part) = place.split_once('#').map_or((place, None), |(name, part)| (name, Some(part)));
        text.push_str(value(name, part)?);
        rest = after;
    }
    text.push_str(rest);
    Ok(text)
}

/// What is before the first brace, the brace, and what is behind it.
fn split(text: &str) -> Option<(&str, char, &str)> {
    let (index, brace) = text.char_indices().find(|(_, c)| matches!(c, '{' | '}'))?;
    Some((text.get(..index)?, brace, text.get(index + 1..)?))
}
