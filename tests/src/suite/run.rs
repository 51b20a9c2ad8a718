//! Runs one case.

use crate::{
    dynamic::{Dynamic, DynamicError, Model},
    tree::Tree,
};
use http::{HeaderMap, HeaderName, HeaderValue};
use myrina::{
    Bytes,
    codec::Structure as _,
    protocol::{Body, Protocol, Request, Response, Settings},
    schema::OperationSchema,
};
use serde_json::{Number, Value};

/// How the body of a request is compared with the suite's: an error says what differs.
pub type SameBody = fn(actual: &[u8], expected: &str) -> Result<(), String>;

/// Checks the request that a protocol makes of the case's input.
pub fn input(
    group: &Tree,
    case: &Tree,
    protocol: &'static dyn Protocol,
    same_body: SameBody,
) -> Result<(), String> {
    let model = Model::new(group);
    let operation = model.operation(case.get("given"), protocol);
    let schema = operation.input.schema().unwrap_or(Dynamic::schema_of());
    let input = Dynamic::of(schema, case.get("params")).map_err(|error| error.to_string())?;
    let settings = Settings { idempotency_token: &|| "00000000-0000-4000-8000-000000000000".to_owned() };
    let request = protocol.write_request(operation, &input, &settings).map_err(|error| error.to_string())?;
    let expected = case.get("serialized");
    let endpoint = group.get("clientEndpoint").text().unwrap_or("https://example.com");
    same_target(&request, expected, endpoint.trim_start_matches("https://"))?;
    same_headers(&request.headers, expected)?;
    expected.get("body").text().map_or(Ok(()), |body| same_body(&request.body, body))
}

fn same_target(request: &Request, expected: &Tree, endpoint: &str) -> Result<(), String> {
    let path = endpoint.split_once('/').map_or("", |(_, path)| path);
    let slash = if path.is_empty() { "" } else { "/" };
    let uri = format!("{slash}{path}{}", request.uri);
    let host = format!("{}{endpoint}", request.host_prefix.as_deref().unwrap_or_default());
    let pairs = [("method", request.method), ("uri", &uri), ("host", &host)];
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

fn same_headers(headers: &HeaderMap, expected: &Tree) -> Result<(), String> {
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
    let names = |key| expected.get(key).items().iter().filter_map(Tree::text);
    if let Some(name) = names("forbidHeaders").find(|name| headers.contains_key(*name)) {
        return Err(format!("the header {name} is forbidden"));
    }
    match names("requireHeaders").find(|name| !headers.contains_key(*name)) {
        Some(name) => Err(format!("the header {name} is missing")),
        None => Ok(()),
    }
}

/// Checks the output or error that a protocol reads from the case's response.
pub fn output(group: &Tree, case: &Tree, protocol: &'static dyn Protocol) -> Result<(), String> {
    let model = Model::new(group);
    let operation = model.operation(case.get("given"), protocol);
    let response = response(case.get("response"), protocol);
    if !case.get("errorCode").is_null() {
        return error(case, operation, response, protocol);
    }
    let schema = operation.output.schema().unwrap_or(Dynamic::schema_of());
    let mut output = Dynamic::new(schema);
    protocol.read_response(operation, response, &mut output).map_err(|error| error.to_string())?;
    same_plain("result", &output.into_plain(), &case.get("result").to_value())
}

fn error(
    case: &Tree,
    operation: &'static OperationSchema,
    response: Response,
    protocol: &'static dyn Protocol,
) -> Result<(), String> {
    let mut error = protocol.read_error(operation, response);
    let (code, message) = (case.get("errorCode").text(), case.get("errorMessage").text());
    if error.code() != code {
        return Err(format!("expected the code {code:?}, found {:?}", error.code()));
    }
    if message.is_some() && error.message() != message {
        return Err(format!("expected the message {message:?}, found {:?}", error.message()));
    }
    let Some(modeled) = error.modeled_mut::<DynamicError>() else {
        return Err("the error has no data".to_owned());
    };
    let data = std::mem::replace(&mut modeled.data, Dynamic::blank());
    same_plain("error", &data.into_plain(), &case.get("error").to_value())
}

fn response(tree: &Tree, protocol: &'static dyn Protocol) -> Response {
    let mut headers = HeaderMap::new();
    for (name, value) in tree.get("headers").entries() {
        let name = HeaderName::from_bytes(name.as_bytes()).expect("the suite's header names are legal");
        let value = HeaderValue::from_str(value.text().unwrap_or_default()).expect("and so are the values");
        headers.append(name, value);
    }
    let status = tree.get("status_code").number().and_then(Number::as_u64).unwrap_or(200);
    let default = if protocol.name() == "query" { "<xml/>" } else { "" };
    let text = tree.get("body").text().unwrap_or(default);
    let body = match protocol.name() {
        "smithy-rpc-v2-cbor" => unbase64(text),
        _ => text.as_bytes().to_vec(),
    };
    let status = status.try_into().expect("the suite's status codes are legal");
    Response { status, headers, body: Body::Bytes(Bytes::from(body)) }
}

fn unbase64(text: &str) -> Vec<u8> {
    const ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let (mut bits, mut count, mut bytes) = (0_u32, 0, Vec::new());
    for letter in text.bytes().filter_map(|byte| ALPHABET.iter().position(|letter| *letter == byte)) {
        bits = bits << 6 | u32::try_from(letter).unwrap_or_default();
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push(u8::try_from(bits >> count & 0xff).unwrap_or_default());
        }
    }
    bytes
}

/// Compares bodies as JSON, or as text where the suite's is none.
pub fn same_json(actual: &[u8], expected: &str) -> Result<(), String> {
    match serde_json::from_str(expected) {
        Ok(expected) => match serde_json::from_slice(actual) {
            Ok(actual) => same_plain("body", &actual, &expected),
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

pub(super) fn same_plain(what: &str, actual: &Value, expected: &Value) -> Result<(), String> {
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
