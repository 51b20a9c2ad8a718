//! The XML protocols read what they write, and read or reject any other input without panicking.

use myrina::{
    Bytes,
    error::ServiceError,
    operation::{OperationSchema, Protocol, Request, RequestOptions, Response, ResponseBody},
    protocol::{AWS_QUERY, EC2_QUERY, REST_XML},
    testing::Random,
};
use myrina_tests::{
    dynamic::{DynamicError, DynamicStructure, Model},
    ordered_json::OrderedJson,
    suite::prune,
};
use proptest::prelude::*;
use serde_json::Value;

/// A model with everything that is special in XML and in forms.
const MODEL: &str = r#"{
    "metadata": { "apiVersion": "2020-01-01", "xmlNamespace": "urn:all" },
    "shapes": {
        "All": { "type": "structure", "members": {
            "kind": { "shape": "String", "locationName": "xsi:kind", "xmlAttribute": true },
            "flag": { "shape": "Boolean" }, "count": { "shape": "Long" }, "double": { "shape": "Double" },
            "float": { "shape": "Float" }, "text": { "shape": "String", "locationName": "theText" },
            "data": { "shape": "Blob" }, "at": { "shape": "Timestamp" },
            "texts": { "shape": "Strings" }, "items": { "shape": "Items", "queryName": "Things" },
            "flat": { "shape": "Items", "flattened": true, "locationName": "Flat" },
            "alike": { "shape": "Alike" },
            "map": { "shape": "Map" }, "named": { "shape": "Named", "flattened": true },
            "lists": { "shape": "Lists" }, "one": { "shape": "All", "xmlNamespace": { "prefix": "xsi", "uri": "urn:x" } },
            "more": { "shape": "More" }, "choice": { "shape": "Choice" }
        } },
        "Choice": { "type": "structure", "union": true, "members": { "a": { "shape": "String" }, "b": { "shape": "Long" } } },
        "Strings": { "type": "list", "member": { "shape": "String" } },
        "Items": { "type": "list", "member": { "shape": "String", "locationName": "item" } },
        "Alike": { "type": "list", "flattened": true, "member": { "shape": "Long", "locationName": "Like" } },
        "Lists": { "type": "map", "key": { "shape": "String" }, "value": { "shape": "Strings" } },
        "Map": { "type": "map", "key": { "shape": "String" }, "value": { "shape": "All" } },
        "Named": { "type": "map", "key": { "shape": "String", "locationName": "K" }, "value": { "shape": "Long", "locationName": "V" } },
        "More": { "type": "list", "member": { "shape": "All", "locationName": "one" } },
        "Broken": { "type": "structure", "exception": true, "error": { "httpStatusCode": 409, "code": "Is.Broken" }, "members": {
            "Message": { "shape": "String" }, "detail": { "shape": "All" }
        } },
        "Boolean": { "type": "boolean" }, "Long": { "type": "long" }, "Double": { "type": "double" },
        "Float": { "type": "float" }, "String": { "type": "string" }, "Blob": { "type": "blob" },
        "Timestamp": { "type": "timestamp" }
    }
}"#;

const GIVEN: &str = r#"{
    "name": "Do", "http": { "method": "POST", "requestUri": "/" },
    "input": { "shape": "All" }, "output": { "shape": "All" }, "errors": [{ "shape": "Broken" }]
}"#;

const PROTOCOLS: [&dyn Protocol; 3] = [&REST_XML, &AWS_QUERY, &EC2_QUERY];

fn operation(protocol: &'static dyn Protocol) -> &'static OperationSchema {
    let model = OrderedJson::parse(MODEL.as_bytes()).unwrap();
    Model::new(&model).operation(&OrderedJson::parse(GIVEN.as_bytes()).unwrap(), protocol)
}

fn all(operation: &'static OperationSchema) -> DynamicStructure {
    DynamicStructure::new(operation.input.schema().unwrap())
}

/// The random value of this seed.
fn random(operation: &'static OperationSchema, seed: u64) -> DynamicStructure {
    let mut value = all(operation);
    Random::new(seed).fill(&mut value).unwrap();
    value
}

/// The value as far as a form can tell.
fn plain(value: DynamicStructure) -> Value {
    let mut plain = value.into_json();
    prune(&mut plain);
    plain
}

fn request(operation: &'static OperationSchema, seed: u64) -> Request {
    let settings = RequestOptions::new(&String::new);
    let protocol = operation.service.protocol;
    protocol.write_request(operation, &random(operation, seed), &settings).unwrap()
}

fn response(operation: &'static OperationSchema, seed: u64) -> Response {
    operation.service.protocol.write_response(operation, &random(operation, seed), 200).unwrap()
}

fn broken(operation: &'static OperationSchema, seed: u64) -> ServiceError {
    let mut error = DynamicError::new(operation.error("Is.Broken").unwrap());
    Random::new(seed).fill(&mut error).unwrap();
    ServiceError::of(error).with_request_id(Some("id".to_owned()))
}

fn data(mut error: ServiceError) -> Value {
    let data = &mut error.modeled_mut::<DynamicError>().unwrap().data;
    plain(std::mem::replace(data, <DynamicStructure as myrina::codec::Structure>::empty()))
}

fn bytes(response: Response) -> Bytes {
    match response.body {
        ResponseBody::Bytes(bytes) => bytes,
        ResponseBody::Stream(_) => Bytes::new(),
    }
}

/// Reads the bytes as a request, as a response and as an error; none may do more than reject.
fn survive(operation: &'static OperationSchema, bytes: &Bytes) -> Result<(), TestCaseError> {
    let protocol = operation.service.protocol;
    let headers = http::HeaderMap::new;
    let body = || ResponseBody::Bytes(bytes.clone());
    let mut request = request(operation, 0);
    request.body = bytes.clone();
    for result in [
        protocol.read_request(operation, &request, &mut all(operation)),
        protocol.read_response(operation, Response::new(200, headers(), body()), &mut all(operation)),
    ] {
        prop_assert!(result.is_ok() || !result.unwrap_err().to_string().is_empty());
    }
    let error = protocol.read_error(operation, Response::new(503, headers(), body()));
    prop_assert_eq!(error.status(), 503);
    Ok(())
}

/// Changes of some bytes, and where the bytes end.
fn damage() -> impl Strategy<Value = (Vec<(prop::sample::Index, u8)>, prop::sample::Index)> {
    let byte = prop_oneof![any::<u8>(), prop::sample::select(b"<>&;/!?[]-\"'= .%+0123456789x#".as_slice())];
    (prop::collection::vec((any::<prop::sample::Index>(), byte), 0..6), any::<prop::sample::Index>())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn values_round_trip(seed in any::<u64>()) {
        for protocol in PROTOCOLS {
            let operation = operation(protocol);
            let mut read = all(operation);
            protocol.read_request(operation, &request(operation, seed), &mut read).unwrap();
            prop_assert_eq!(plain(read), plain(random(operation, seed)));

            let mut read = all(operation);
            protocol.read_response(operation, response(operation, seed), &mut read).unwrap();
            prop_assert_eq!(plain(read), plain(random(operation, seed)));

            let response = protocol.write_error(operation, &broken(operation, seed)).unwrap();
            let read = protocol.read_error(operation, response);
            prop_assert_eq!((read.status(), read.code(), read.request_id()), (409, Some("Is.Broken"), Some("id")));
            prop_assert_eq!(data(read), data(broken(operation, seed)));
        }
    }

    #[test]
    fn arbitrary_input_is_read_or_rejected(seed in any::<u64>(), (changes, end) in damage(), any in any::<Vec<u8>>()) {
        for protocol in PROTOCOLS {
            let operation = operation(protocol);
            let error = protocol.write_error(operation, &broken(operation, seed)).unwrap();
            for whole in [bytes(response(operation, seed)), bytes(error), request(operation, seed).body] {
                if whole.is_empty() {
                    continue;
                }
                let mut damaged = whole.to_vec();
                for (index, byte) in &changes {
                    let index = index.index(damaged.len());
                    damaged[index] = *byte;
                }
                survive(operation, &damaged.clone().into())?;
                damaged.truncate(end.index(whole.len()) + 1);
                survive(operation, &damaged.into())?;
            }
            survive(operation, &any.clone().into())?;
        }
    }
}

#[test]
fn truncation_at_any_byte_is_an_error() {
    let operation = operation(&REST_XML);
    let whole = bytes(response(operation, 7));
    assert!(whole.len() > 1_000, "{}", whole.len());
    for end in 1..whole.len() {
        let body = ResponseBody::Bytes(whole.slice(..end));
        let response = Response::new(200, http::HeaderMap::new(), body);
        let error = REST_XML.read_response(operation, response, &mut all(operation));
        assert!(error.is_err(), "the first {end} bytes");
    }
}

#[test]
fn deep_and_large_documents_are_rejected() {
    let (many, count) = ("<one>", 20_000);
    for document in [
        many.repeat(count),
        format!("<r>{}", "<x>".repeat(count)),
        format!("<r><alike>{}", "<member>".repeat(count)),
        format!("<r><map>{}", "<entry><value><map>".repeat(count)),
        format!("<r><text>{}</text></r>", "&lt;<!-- c -->".repeat(count)),
        format!("<r {}/>", "a='&x;' ".repeat(count)),
        "&a=".repeat(count),
        format!("{}=1", "one.".repeat(count)),
        format!("{}=1", "More.one.1.".repeat(100)),
        (0..count).fold(String::new(), |form, index| form + "&more.one." + &index.to_string() + ".text=1"),
    ] {
        for protocol in PROTOCOLS {
            survive(operation(protocol), &document.clone().into()).unwrap();
        }
    }
}
