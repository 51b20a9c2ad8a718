//! The JSON protocols read what they write, and read or reject any other input without panicking.

use myrina::{
    Bytes,
    operation::{OperationSchema, Protocol, RequestOptions, Response, ResponseBody},
    protocol::{AWS_JSON, REST_JSON},
};
use myrina_tests::{
    dynamic::{DynamicStructure, Model},
    ordered_json::OrderedJson,
};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

/// A model with every kind of member at every place that takes it.
const MODEL: &str = r#"{
    "metadata": { "targetPrefix": "Test", "jsonVersion": "1.0" },
    "shapes": {
        "All": { "type": "structure", "members": {
            "label": { "shape": "String", "location": "uri", "locationName": "label" },
            "greedy": { "shape": "String", "location": "uri", "locationName": "greedy" },
            "parameter": { "shape": "String", "location": "querystring", "locationName": "parameter" },
            "parameters": { "shape": "Strings", "location": "querystring", "locationName": "parameters" },
            "moment": { "shape": "Timestamp", "location": "querystring", "locationName": "moment" },
            "others": { "shape": "Lists", "location": "querystring" },
            "header": { "shape": "String", "location": "header", "locationName": "x-header" },
            "headers": { "shape": "Strings", "location": "header", "locationName": "x-headers" },
            "double": { "shape": "Double", "location": "header", "locationName": "x-double" },
            "date": { "shape": "Timestamp", "location": "header", "locationName": "x-date" },
            "json": { "shape": "String", "location": "header", "locationName": "x-json", "jsonvalue": true },
            "body": { "shape": "Body", "locationName": "_body" }
        } },
        "Body": { "type": "structure", "members": {
            "flag": { "shape": "Boolean" }, "count": { "shape": "Long" }, "double": { "shape": "Double" },
            "float": { "shape": "Float" }, "text": { "shape": "String" }, "data": { "shape": "Blob" },
            "at": { "shape": "Timestamp" }, "any": { "shape": "Any" }, "texts": { "shape": "Strings" },
            "sparse": { "shape": "Sparse" }, "lists": { "shape": "Lists" }, "more": { "shape": "Bodies" },
            "choice": { "shape": "Choice" }
        } },
        "Bodies": { "type": "map", "key": { "shape": "String" }, "value": { "shape": "Body" } },
        "Choice": { "type": "structure", "union": true, "members": { "a": { "shape": "String" }, "b": { "shape": "Body" } } },
        "Lists": { "type": "map", "key": { "shape": "String" }, "value": { "shape": "Strings" } },
        "Strings": { "type": "list", "member": { "shape": "String" } },
        "Sparse": { "type": "list", "sparse": true, "member": { "shape": "String" } },
        "Any": { "type": "structure", "document": true, "members": {} },
        "Boolean": { "type": "boolean" }, "Long": { "type": "long" }, "Double": { "type": "double" },
        "Float": { "type": "float" }, "String": { "type": "string" }, "Blob": { "type": "blob" },
        "Timestamp": { "type": "timestamp" }
    }
}"#;

const GIVEN: &str = r#"{
    "name": "Do", "http": { "method": "POST", "requestUri": "/a/{label}/b/{greedy+}/c?fixed=1" },
    "input": { "shape": "All" }, "output": { "shape": "All" }
}"#;

fn operation(protocol: &'static dyn Protocol) -> &'static OperationSchema {
    let model = OrderedJson::parse(MODEL.as_bytes()).unwrap();
    Model::new(&model).operation(&OrderedJson::parse(GIVEN.as_bytes()).unwrap(), protocol)
}

fn input(operation: &'static OperationSchema, plain: &Value) -> DynamicStructure {
    let plain = OrderedJson::parse(plain.to_string().as_bytes()).unwrap();
    DynamicStructure::of(operation.input.schema().unwrap(), &plain).unwrap()
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map(any::<String>(), inner, 0..4).prop_map(Value::from_iter),
        ]
    })
}

fn texts(text: impl Strategy<Value = String>) -> impl Strategy<Value = Value> {
    prop::collection::vec(text, 1..4).prop_map(Value::from)
}

/// An object with some of these members.
fn object(members: Vec<(&'static str, BoxedStrategy<Value>)>) -> BoxedStrategy<Value> {
    let members = members.into_iter().map(|(name, value)| (Just(name), prop::option::of(value)));
    let some = members.collect::<Vec<_>>().prop_map(|members| {
        let members = members.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?)));
        Value::Object(members.collect::<Map<_, _>>())
    });
    some.boxed()
}

fn body() -> impl Strategy<Value = Value> {
    let doubles = prop_oneof![
        prop::num::f64::NORMAL.prop_map(Value::from),
        Just(json!("NaN")),
        Just(json!("Infinity")),
        Just(json!("-Infinity")),
    ];
    let plain = vec![
        ("flag", any::<bool>().prop_map(Value::from).boxed()),
        ("count", any::<i64>().prop_map(Value::from).boxed()),
        ("double", doubles.boxed()),
        ("float", (-1000_i32..1000).prop_map(|eighths| json!(f64::from(eighths) / 8.0)).boxed()),
        ("text", any::<String>().prop_map(Value::from).boxed()),
        ("data", any::<String>().prop_map(Value::from).boxed()),
        (
            "at",
            (any::<u32>(), 0_u8..8)
                .prop_map(|(seconds, eighths)| json!(f64::from(seconds) + f64::from(eighths) / 8.0))
                .boxed(),
        ),
        // A document that is null is an absent member.
        ("any", any_json().prop_filter("null", |any| !any.is_null()).boxed()),
        ("texts", texts(any::<String>()).boxed()),
        (
            "sparse",
            prop::collection::vec(prop::option::of(any::<String>()), 0..4).prop_map(Value::from).boxed(),
        ),
        (
            "lists",
            prop::collection::btree_map(any::<String>(), texts(any::<String>()), 0..3)
                .prop_map(Value::from_iter)
                .boxed(),
        ),
    ];
    object(plain).prop_recursive(2, 8, 2, |inner| {
        let more = prop::collection::btree_map(any::<String>(), inner.clone(), 0..2);
        let choice = prop_oneof![
            any::<String>().prop_map(|text| json!({ "a": text })),
            inner.prop_map(|inner| json!({ "b": inner })),
        ];
        object(vec![("more", more.prop_map(Value::from_iter).boxed()), ("choice", choice.boxed())])
    })
}

/// Text that a header field can carry: without control characters, and without white space around.
const FIELD: &str = "[!-~]([ -~é]{0,8}[!-~])?";

fn all() -> impl Strategy<Value = Value> {
    let text = |text: &'static str| text.prop_map(Value::from).boxed();
    let seconds = (0_i64..4_000_000_000).prop_map(Value::from).boxed();
    let others = prop::collection::btree_map("[a-zA-Z &=?é]{1,4}", texts(any::<String>()), 1..3);
    let rest = object(vec![
        ("parameter", any::<String>().prop_map(Value::from).boxed()),
        ("parameters", texts(any::<String>()).boxed()),
        ("moment", seconds.clone()),
        ("others", others.prop_map(Value::from_iter).boxed()),
        ("header", text(FIELD)),
        ("headers", texts(FIELD).boxed()),
        ("double", prop::num::f64::NORMAL.prop_map(Value::from).boxed()),
        ("date", seconds),
        ("json", any::<String>().prop_map(Value::from).boxed()),
        ("body", body().boxed()),
    ]);
    ("[^.]\\PC{0,9}", "[^./]\\PC{0,9}", rest).prop_map(|(label, greedy, mut rest)| {
        rest["label"] = label.into();
        rest["greedy"] = greedy.into();
        rest
    })
}

fn round_trip(protocol: &'static dyn Protocol, plain: &Value) -> Result<(), TestCaseError> {
    let operation = operation(protocol);
    let settings = RequestOptions::new(&String::new);
    let request = protocol.write_request(operation, &input(operation, plain), &settings).unwrap();
    let mut read = DynamicStructure::new(operation.input.schema().unwrap());
    protocol.read_request(operation, &request, &mut read).unwrap();
    prop_assert_eq!(read.into_json(), input(operation, plain).into_json());

    let response = protocol.write_response(operation, &input(operation, plain), 200).unwrap();
    let mut read = DynamicStructure::new(operation.output.schema().unwrap());
    protocol.read_response(operation, response, &mut read).unwrap();
    prop_assert_eq!(read.into_json(), input(operation, plain).into_json());
    Ok(())
}

/// The body that is written, cut off or with some bytes changed.
fn broken() -> impl Strategy<Value = Vec<u8>> {
    let changes = prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..4);
    (body(), any::<prop::sample::Index>(), changes).prop_map(|(body, end, changes)| {
        let mut bytes = json!({ "_body": body }).to_string().into_bytes();
        for (index, byte) in changes {
            let index = index.index(bytes.len());
            bytes[index] = byte;
        }
        bytes.truncate(end.index(bytes.len()) + 1);
        bytes
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn values_round_trip(plain in all()) {
        round_trip(&REST_JSON, &plain)?;
        round_trip(&AWS_JSON, &plain)?;
    }

    #[test]
    fn arbitrary_input_is_read_or_rejected(bytes in prop_oneof![broken(), any::<Vec<u8>>()]) {
        for protocol in [&REST_JSON as &'static dyn Protocol, &AWS_JSON] {
            let operation = operation(protocol);
            for status in [200, 500] {
                let headers = http::HeaderMap::new();
                let body = ResponseBody::Bytes(Bytes::from(bytes.clone()));
                let response = Response::new(status, headers, body);
                if status == 200 {
                    let mut output = DynamicStructure::new(operation.output.schema().unwrap());
                    if let Err(error) = protocol.read_response(operation, response, &mut output) {
                        prop_assert!(!error.to_string().is_empty());
                    }
                } else {
                    prop_assert_eq!(protocol.read_error(operation, response).status(), 500);
                }
            }
        }
    }
}
