//! The CBOR protocol reads what it writes, and reads or rejects any other input without panicking.

use myrina::{
    Bytes,
    codec::Structure as _,
    error::ServiceError,
    operation::{OperationSchema, Protocol as _, Request, RequestOptions, Response, ResponseBody},
    protocol::RPC_CBOR,
    testing::Random,
};
use myrina_tests::{
    dynamic::{DynamicError, DynamicStructure, Model},
    ordered_json::OrderedJson,
};
use proptest::prelude::*;

/// A model with every kind of member.
const MODEL: &str = r#"{
    "metadata": { "targetPrefix": "Test" },
    "shapes": {
        "All": { "type": "structure", "members": {
            "flag": { "shape": "Boolean" }, "count": { "shape": "Integer" }, "total": { "shape": "Long" },
            "double": { "shape": "Double" }, "float": { "shape": "Float" }, "text": { "shape": "String" },
            "data": { "shape": "Blob" }, "at": { "shape": "Timestamp" }, "any": { "shape": "Any" },
            "texts": { "shape": "Strings" }, "sparse": { "shape": "Sparse" }, "lists": { "shape": "Lists" },
            "one": { "shape": "All" }, "more": { "shape": "More" }, "choice": { "shape": "Choice" }
        } },
        "Broken": { "type": "structure", "exception": true, "error": { "httpStatusCode": 409 }, "members": {
            "message": { "shape": "String" }, "detail": { "shape": "All" }
        } },
        "Choice": { "type": "structure", "union": true, "members": { "a": { "shape": "String" }, "b": { "shape": "All" } } },
        "Lists": { "type": "map", "key": { "shape": "String" }, "value": { "shape": "Strings" } },
        "More": { "type": "list", "member": { "shape": "All" } },
        "Strings": { "type": "list", "member": { "shape": "String" } },
        "Sparse": { "type": "map", "sparse": true, "key": { "shape": "String" }, "value": { "shape": "Timestamp" } },
        "Any": { "type": "structure", "document": true, "members": {} },
        "Boolean": { "type": "boolean" }, "Integer": { "type": "integer" }, "Long": { "type": "long" },
        "Double": { "type": "double" }, "Float": { "type": "float" }, "String": { "type": "string" },
        "Blob": { "type": "blob" }, "Timestamp": { "type": "timestamp" }
    }
}"#;

const GIVEN: &str = r#"{
    "name": "Do", "input": { "shape": "All" }, "output": { "shape": "All" }, "errors": [{ "shape": "Broken" }]
}"#;

fn operation() -> &'static OperationSchema {
    let model = OrderedJson::parse(MODEL.as_bytes()).unwrap();
    Model::new(&model).operation(&OrderedJson::parse(GIVEN.as_bytes()).unwrap(), &RPC_CBOR)
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

fn request(operation: &'static OperationSchema, seed: u64) -> Request {
    let settings = RequestOptions::new(&String::new);
    RPC_CBOR.write_request(operation, &random(operation, seed), &settings).unwrap()
}

fn response(status: u16, body: &[u8]) -> Response {
    let body = ResponseBody::Bytes(Bytes::copy_from_slice(body));
    let headers = [("smithy-protocol", "rpc-v2-cbor")];
    let headers = headers.map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap()));
    Response::new(status, headers.into_iter().collect(), body)
}

/// Reads the bytes as a response, an error and an event; none may do more than reject. Returns whether they are a response.
fn survive(operation: &'static OperationSchema, bytes: &[u8]) -> bool {
    let read = RPC_CBOR.read_response(operation, response(200, bytes), &mut all(operation));
    let event = RPC_CBOR.read_document(operation, bytes, &mut all(operation));
    assert_eq!(read, event);
    assert!(read.as_ref().map_or_else(|error| !error.to_string().is_empty(), |()| true));
    assert_eq!(RPC_CBOR.read_error(operation, response(503, bytes)).status(), 503);
    read.is_ok()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn values_round_trip(seed in any::<u64>()) {
        let operation = operation();
        let mut read = all(operation);
        RPC_CBOR.read_request(operation, &request(operation, seed), &mut read).unwrap();
        prop_assert_eq!(read.into_json(), random(operation, seed).into_json());

        let mut read = all(operation);
        let response = RPC_CBOR.write_response(operation, &random(operation, seed), 200).unwrap();
        RPC_CBOR.read_response(operation, response, &mut read).unwrap();
        prop_assert_eq!(read.into_json(), random(operation, seed).into_json());

        let mut read = all(operation);
        let event = RPC_CBOR.write_document(operation, &random(operation, seed)).unwrap();
        RPC_CBOR.read_document(operation, &event, &mut read).unwrap();
        prop_assert_eq!(read.into_json(), random(operation, seed).into_json());
    }

    #[test]
    fn errors_round_trip(seed in any::<u64>()) {
        let operation = operation();
        let error = || {
            let mut error = DynamicError::new(operation.error("Broken").unwrap());
            Random::new(seed).fill(&mut error).unwrap();
            error
        };
        let response = RPC_CBOR.write_error(operation, &ServiceError::of(error())).unwrap();
        let mut read = RPC_CBOR.read_error(operation, response);
        prop_assert_eq!((read.status(), read.code()), (409, Some("Broken")));
        let data = &mut read.modeled_mut::<DynamicError>().unwrap().data;
        let data = std::mem::replace(data, DynamicStructure::empty());
        prop_assert_eq!(data.into_json(), error().data.into_json());
    }

    #[test]
    fn arbitrary_input_is_read_or_rejected(
        seed in any::<u64>(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..6),
        noise in any::<Vec<u8>>(),
    ) {
        let operation = operation();
        let mut body = request(operation, seed).body.to_vec();
        for (index, byte) in changes {
            let index = index.index(body.len());
            body[index] = byte;
        }
        survive(operation, &body);
        survive(operation, &noise);
    }
}

/// The first kilobyte of each: longer ones have nothing new.
#[test]
fn truncation_at_any_byte_is_an_error() {
    let operation = operation();
    for seed in 0..32 {
        let body = request(operation, seed).body;
        // Nothing at all is a document without members.
        for end in 1..body.len().min(1_024) {
            assert!(!survive(operation, &body[..end]), "{end} of {} bytes", body.len());
        }
        assert!(survive(operation, &body));
    }
}

/// A length is only what the input claims: reading takes no more memory or time than the input has bytes.
#[test]
fn wrong_lengths_are_rejected() {
    let operation = operation();
    for start in [0x5b_u8, 0x7b, 0x9b, 0xbb] {
        for key in ["data", "text", "texts", "lists", "more", "any", "unknown"] {
            for length in [u64::MAX, u64::from(u32::MAX), 1 << 40] {
                let name = u8::try_from(key.len()).unwrap();
                let mut bytes = [&[0xbb], &length.to_be_bytes()[..], &[0x60 | name], key.as_bytes()].concat();
                bytes.push(start);
                bytes.extend(length.to_be_bytes());
                assert!(!survive(operation, &bytes), "{key}");
            }
        }
    }
}
