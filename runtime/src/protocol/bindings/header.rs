//! Values of members that are bound to header fields.

use crate::{
    codec::{
        CodecError, Value, base64,
        text::{TextReader, TextValue, TextWriter},
        truncated_quote,
    },
    protocol::headers::{header_text, header_value},
    schema::{Member, Target},
    time::TimestampFormat,
};
use ::http::{HeaderMap, HeaderValue};
use std::borrow::Cow;

/// Writes the value of a bound member. Elements of lists are joined by commas; JSON is base64.
pub(super) fn write_value(member: &'static Member, value: &dyn Value) -> Result<HeaderValue, CodecError> {
    let mut texts = TextWriter::texts(member, value, TimestampFormat::HttpDate)?;
    let item = item(member);
    for text in &mut texts {
        if item.json_value || member.json_value {
            *text = base64::encode(text.as_bytes());
        } else if !std::ptr::eq(item, member) && matches!(item.target, Target::String) && needs_quotes(text) {
            *text = format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""));
        }
    }
    let mut value = header_value(&texts.join(", "))?;
    value.set_sensitive(member.is_sensitive());
    Ok(value)
}

/// Returns a reader of a bound member, unless the field is absent or has no value.
pub(super) fn reader(
    headers: &HeaderMap,
    member: &'static Member,
) -> Result<Option<TextReader<'static>>, CodecError> {
    let Some(text) = header_text(headers, member.wire_name()) else { return Ok(None) };
    let item = item(member);
    let json = item.json_value || member.json_value;
    if std::ptr::eq(item, member) {
        if text.is_empty() && !matches!(item.target, Target::String) {
            return Ok(None);
        }
        let text = if json { decode_json(&text)? } else { text };
        return Ok(Some(TextReader::of(text)));
    }
    let mut texts = match item.target {
        Target::Timestamp(_)
            if item.timestamp_format_or(TimestampFormat::HttpDate) == TimestampFormat::HttpDate =>
        {
            split_dates(&text)
        }
        Target::String => split_quoted(&text)?,
        _ => split_plain(&text).map(str::to_owned).collect(),
    };
    if json {
        texts = texts.iter().map(|text| decode_json(text)).collect::<Result<_, _>>()?;
    }
    Ok(Some(TextReader::new(TextValue::List(texts.into_iter().map(Cow::Owned).collect()))))
}

/// Returns a reader of the fields whose names start with `prefix`, including those that other members are bound to.
pub(super) fn prefix_reader(headers: &HeaderMap, prefix: &str) -> TextReader<'static> {
    let prefix = prefix.to_ascii_lowercase();
    let named = headers.keys().filter_map(|name| {
        let key = name.as_str().strip_prefix(&prefix).filter(|key| !key.is_empty())?;
        Some((key.to_owned(), TextValue::Scalar(Cow::Owned(header_text(headers, name.as_str())?))))
    });
    TextReader::new(TextValue::Map(named.collect()))
}

/// Returns the element of a list, or the member itself.
fn item(member: &'static Member) -> &'static Member {
    match member.target {
        Target::List(element) => element,
        _ => member,
    }
}

fn needs_quotes(text: &str) -> bool {
    text.is_empty() || text.contains(['"', ',', '(', ')']) || text.trim() != text
}

fn decode_json(text: &str) -> Result<String, CodecError> {
    let bytes = base64::decode(text.trim())?;
    String::from_utf8(bytes.into()).map_err(|error| CodecError::expected("UTF-8 in base64", error))
}

fn split_plain(text: &str) -> impl Iterator<Item = &str> {
    text.split(',').map(str::trim).filter(|item| !item.is_empty())
}

/// Splits a list of HTTP dates, which have a comma after the day of the week.
fn split_dates(text: &str) -> Vec<String> {
    let mut dates = Vec::new();
    let mut weekday = String::new();
    for part in split_plain(text) {
        if part.bytes().all(|byte| byte.is_ascii_alphabetic()) {
            weekday = format!("{part}, ");
        } else {
            dates.push(std::mem::take(&mut weekday) + part);
        }
    }
    if !weekday.is_empty() {
        dates.push(weekday);
    }
    dates
}

/// Splits a list of items that may be quoted, with escapes after backslashes.
fn split_quoted(text: &str) -> Result<Vec<String>, CodecError> {
    let mut items = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let (item, after) = if let Some(quoted) = rest.strip_prefix('"') {
            let (item, after) = unquote(quoted)?;
            (Some(item), after)
        } else {
            let (item, after) = rest.split_at(rest.find(',').unwrap_or(rest.len()));
            (Some(item.trim().to_owned()).filter(|item| !item.is_empty()), after)
        };
        items.extend(item);
        let after = after.trim_start();
        rest = match after.strip_prefix(',') {
            Some(rest) => rest.trim_start(),
            None if after.is_empty() => after,
            None => {
                return Err(CodecError::expected("a comma after the quoted item", truncated_quote(after)));
            }
        };
    }
    Ok(items)
}

/// Returns the unescaped text before the closing quote, and the rest after it.
fn unquote(text: &str) -> Result<(String, &str), CodecError> {
    let mut item = String::new();
    let mut chars = text.chars();
    while let Some(char) = chars.next() {
        match char {
            '"' => return Ok((item, chars.as_str())),
            '\\' => item.extend(chars.next()),
            _ => item.push(char),
        }
    }
    Err(CodecError::expected("a closing quote", format_args!("none in {}", truncated_quote(text))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quoted_items_are_unquoted() {
        let split = |text| split_quoted(text).unwrap();
        assert_eq!(split(r#""b,c", "\"def\"", a"#), ["b,c", "\"def\"", "a"]);
        assert_eq!(split("a,b ,  c"), ["a", "b", "c"]);
        assert_eq!(split(r#""", "#), [""]);
        assert!(split("").is_empty());
        assert!(split_quoted("\"a").unwrap_err().to_string().contains("closing quote"));
        assert!(split_quoted("\"a\"b").unwrap_err().to_string().contains("comma"));
    }

    #[test]
    fn dates_are_not_split_at_their_comma() {
        let date = "Mon, 16 Dec 2019 23:48:18 GMT";
        assert_eq!(split_dates(&format!("{date}, {date}")), [date, date]);
        assert_eq!(split_dates("Mon"), ["Mon, "]);
    }
}
