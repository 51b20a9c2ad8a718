//! Compares results with the expectations of a suite.

use crate::ordered_json::OrderedJson;
use http::HeaderMap;
use serde_json::Value;

/// How the body of a request is compared with the suite's: an error says what differs.
pub type SameBody = fn(actual: &[u8], expected: &str) -> Result<(), String>;

/// Where a request goes, as far as its operation says.
#[derive(Clone, Copy, Debug)]
pub struct RequestTarget<'a> {
    /// The HTTP method.
    pub method: &'a str,
    /// The path and query.
    pub uri: &'a str,
    /// What goes before the host name.
    pub host_prefix: &'a str,
}

/// Compares where a request goes; `endpoint` is the host, and a path if there is one.
pub(crate) fn same_target(
    goal: RequestTarget<'_>,
    expected: &OrderedJson,
    endpoint: &str,
) -> Result<(), String> {
    let path = endpoint.split_once('/').map_or("", |(_, path)| path);
    let slash = if path.is_empty() { "" } else { "/" };
    let uri = format!("{slash}{path}{}", goal.uri);
    let host = format!("{}{endpoint}", goal.host_prefix);
    let pairs = [("method", goal.method), ("uri", &uri), ("host", &host)];
    for (key, actual) in pairs {
        match expected.get(key).text() {
            Some(expected) if expected != actual => {
                return Err(format!("expected the {key} {expected:?}, found {actual:?}"));
            }
            _ => {}
        }
    }
    Ok(())
}

/// Compares the header fields that the suite speaks of.
pub(crate) fn same_headers(headers: &HeaderMap, expected: &OrderedJson) -> Result<(), String> {
    for (name, value) in expected.get("headers").entries() {
        let actual = headers.get(name).map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned());
        let actual = match value.text() {
            // A media type may have parameters that the suite does not speak of.
            Some(kind) if name.eq_ignore_ascii_case("content-type") && !kind.contains(';') => {
                actual.map(|actual| actual.split(';').next().unwrap_or_default().to_owned())
            }
            _ => actual,
        };
        if actual.as_deref() != value.text() {
            return Err(format!("expected the header {name}: {value:?}, found {actual:?}"));
        }
    }
    let names = |key| expected.get(key).items().iter().filter_map(OrderedJson::text);
    if let Some(name) = names("forbidHeaders").find(|name| headers.contains_key(*name)) {
        return Err(format!("the header {name} is forbidden"));
    }
    match names("requireHeaders").find(|name| !headers.contains_key(*name)) {
        Some(name) => Err(format!("the header {name} is missing")),
        None => Ok(()),
    }
}

/// Compares bodies as JSON, or as text where the suite's is none.
pub fn same_json(actual: &[u8], expected: &str) -> Result<(), String> {
    match serde_json::from_str(expected) {
        Ok(expected) => match serde_json::from_slice(actual) {
            Ok(actual) => same_value("body", &actual, &expected),
            Err(error) => Err(format!("the body is no JSON: {error}")),
        },
        Err(_) if actual == expected.as_bytes() => Ok(()),
        Err(_) => Err(format!("expected the body {expected:?}, found {:?}", String::from_utf8_lossy(actual))),
    }
}

/// Compares bodies byte for byte.
pub fn same_text(actual: &[u8], expected: &str) -> Result<(), String> {
    if actual == expected.as_bytes() {
        return Ok(());
    }
    Err(format!("expected the body {expected:?}, found {:?}", String::from_utf8_lossy(actual)))
}

/// Compares bodies as XML, without the white space between elements.
pub fn same_xml(actual: &[u8], expected: &str) -> Result<(), String> {
    same_text(dense(&String::from_utf8_lossy(actual)).as_bytes(), &dense(expected))
}

/// XML without text that is white space only, unless it is all that an element has.
fn dense(xml: &str) -> String {
    let mut dense = String::new();
    let (mut rest, mut in_start) = (xml, false);
    while let Some((text, after)) = rest.split_once('<') {
        if !text.trim().is_empty() || (in_start && after.starts_with('/')) {
            dense.push_str(text);
        }
        let (tag, after) = after.split_once('>').unwrap_or((after, ""));
        dense.push('<');
        dense.push_str(tag);
        dense.push('>');
        in_start = !tag.starts_with('/');
        rest = after;
    }
    dense + rest.trim()
}

/// Compares JSON, or what is as plain.
pub(crate) fn same_value(what: &str, actual: &Value, expected: &Value) -> Result<(), String> {
    if same(actual, expected) {
        Ok(())
    } else {
        Err(format!("expected the {what} {expected}, found {actual}"))
    }
}

/// Whether the values are equal, `1` and `1.0` among them.
fn same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => one == other || one.as_f64() == other.as_f64(),
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            one.len() == other.len()
                && one.iter().all(|(key, one)| other.get(key).is_some_and(|other| same(one, other)))
        }
        _ => one == other,
    }
}
