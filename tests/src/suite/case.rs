//! Runs one case.

use super::compare::{RequestTarget, SameBody, same_headers, same_target, same_value};
use crate::{
    dynamic::{DynamicError, DynamicStructure, Model},
    ordered_json::OrderedJson,
};
use http::{HeaderMap, HeaderName, HeaderValue};
use myrina::{
    codec::Structure as _,
    operation::{OperationSchema, Protocol, RequestOptions, Response},
};
use serde_json::Number;

/// Checks the request that a protocol makes of the case's input.
pub fn input(
    group: &OrderedJson,
    case: &OrderedJson,
    protocol: &'static dyn Protocol,
    same_body: SameBody,
) -> Result<(), String> {
    let model = Model::new(group);
    let operation = model.operation(case.get("given"), protocol);
    let schema = operation.input.schema().unwrap_or(DynamicStructure::schema_of());
    let input = DynamicStructure::of(schema, case.get("params")).map_err(|error| error.to_string())?;
    let settings = RequestOptions::new(&|| "00000000-0000-4000-8000-000000000000".to_owned());
    let request = protocol.write_request(operation, &input, &settings).map_err(|error| error.to_string())?;
    let expected = case.get("serialized");
    let endpoint = group.get("clientEndpoint").text().unwrap_or("https://example.com");
    let host_prefix = request.host_prefix.as_deref().unwrap_or_default();
    let goal = RequestTarget { method: request.method, uri: &request.uri, host_prefix };
    same_target(goal, expected, endpoint.trim_start_matches("https://"))?;
    same_headers(&request.headers, expected)?;
    expected.get("body").text().map_or(Ok(()), |body| same_body(&request.body, body))
}

/// Checks the output or error that a protocol reads from the case's response.
pub fn output(
    group: &OrderedJson,
    case: &OrderedJson,
    protocol: &'static dyn Protocol,
) -> Result<(), String> {
    let model = Model::new(group);
    let operation = model.operation(case.get("given"), protocol);
    let response = response(case.get("response"), protocol);
    if !case.get("errorCode").is_null() {
        return error(case, operation, response, protocol);
    }
    let schema = operation.output.schema().unwrap_or(DynamicStructure::schema_of());
    let mut output = DynamicStructure::new(schema);
    protocol.read_response(operation, response, &mut output).map_err(|error| error.to_string())?;
    same_value("result", &output.into_json(), &case.get("result").to_value())
}

fn error(
    case: &OrderedJson,
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
    let data = std::mem::replace(&mut modeled.data, DynamicStructure::empty());
    same_value("error", &data.into_json(), &case.get("error").to_value())
}

fn response(tree: &OrderedJson, protocol: &'static dyn Protocol) -> Response {
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
    Response::new(status, headers, body)
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
