//! The decoder of CBOR against the public vectors. A vector is one item; here it is the value of a map's only entry, whose
//! key names a member of the fitting type.

use myrina::{protocol::RPC_CBOR, schema::OperationSchema};
use myrina_tests::{
    dynamic::{Dynamic, Model},
    tree::Tree,
};
use serde_json::{Value, json};
use std::{fs, path::Path};

const DATA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/conformance/cbor");

/// The types of members; there are lists and maps of each as well.
const SCALARS: [&str; 7] = ["Long", "Double", "Boolean", "String", "Blob", "Timestamp", "Document"];

/// An operation whose input has a member of each type, of that name.
fn operation() -> &'static OperationSchema {
    let mut shapes = json!({});
    for name in SCALARS {
        shapes[name] = match name {
            "Document" => json!({ "type": "structure", "document": true, "members": {} }),
            _ => json!({ "type": name.to_lowercase() }),
        };
        let element = json!({ "shape": name });
        shapes[format!("List{name}")] = json!({ "type": "list", "sparse": true, "member": element });
        let key = json!({ "shape": "String" });
        shapes[format!("Map{name}")] = json!({ "type": "map", "sparse": true, "key": key, "value": element });
    }
    let names = shapes.as_object().unwrap().keys();
    let members: serde_json::Map<_, _> = names.map(|name| (name.clone(), json!({ "shape": name }))).collect();
    shapes["All"] = json!({ "type": "structure", "members": members });
    let model = Tree::parse(json!({ "metadata": {}, "shapes": shapes }).to_string().as_bytes()).unwrap();
    let given = Tree::parse(br#"{ "name": "Do", "input": { "shape": "All" } }"#).unwrap();
    Model::new(&model).operation(&given, &RPC_CBOR)
}

/// Reads a map with this item under this key.
fn read(operation: &'static OperationSchema, key: &str, item: &[u8]) -> Result<Value, String> {
    let length = u8::try_from(key.len()).unwrap();
    let bytes = [&[0xa1, 0x60 | length], key.as_bytes(), item].concat();
    let mut value = Dynamic::new(operation.input.schema().unwrap());
    let read = operation.service.protocol.read_document(operation, &bytes, &mut value);
    read.map_err(|error| error.to_string())?;
    Ok(value.into_plain()[key].take())
}

/// The member for a vector's item, and what it is to hold.
fn expected(expect: &Value) -> (String, Value) {
    let (kind, value) = expect.as_object().unwrap().iter().next().unwrap();
    let bits = value.as_u64().unwrap_or_default();
    match kind.as_str() {
        "uint" | "negint" if value.as_i64().is_some() => ("Long".to_owned(), value.clone()),
        "uint" | "negint" => ("Double".to_owned(), json!(value.as_f64())),
        "float32" => ("Double".to_owned(), float(f32::from_bits(bits.try_into().unwrap()).into())),
        "float64" => ("Double".to_owned(), float(f64::from_bits(bits))),
        "bool" => ("Boolean".to_owned(), value.clone()),
        "string" => ("String".to_owned(), value.clone()),
        "bytestring" => {
            let bytes =
                value.as_array().unwrap().iter().map(|byte| u8::try_from(byte.as_u64().unwrap()).unwrap());
            ("Blob".to_owned(), String::from_utf8(bytes.collect()).unwrap().into())
        }
        "null" | "undefined" => ("String".to_owned(), Value::Null),
        "tag" => expected(&value["value"]),
        "list" => {
            let (kinds, values): (Vec<_>, Vec<_>) = value.as_array().unwrap().iter().map(expected).unzip();
            (format!("List{}", kinds[0]), values.into())
        }
        "map" => {
            let (key, value) = value.as_object().unwrap().iter().next().unwrap();
            let (kind, value) = expected(value);
            (format!("Map{kind}"), json!({ key: value }))
        }
        other => panic!("the vectors have the unknown type {other:?}"),
    }
}

fn float(value: f64) -> Value {
    if value == f64::INFINITY { "Infinity".into() } else { value.into() }
}

/// The cases of a file: description, item, expectation. None where the file is not there.
fn cases(file: &str) -> Vec<(String, Vec<u8>, Value)> {
    let Ok(text) = fs::read(Path::new(DATA).join(file)) else {
        println!("cbor: the public vectors {file} are not there");
        return Vec::new();
    };
    let cases: Vec<Value> = serde_json::from_slice(&text).unwrap();
    let case = |mut case: Value| {
        let digits: Vec<_> = case["input"].as_str().unwrap().chars().filter_map(|c| c.to_digit(16)).collect();
        let item = digits.chunks(2).map(|pair| u8::try_from(pair[0] << 4 | pair[1]).unwrap()).collect();
        (case["description"].to_string(), item, case["expect"].take())
    };
    cases.into_iter().map(case).collect()
}

#[test]
fn what_is_right_is_read() {
    let operation = operation();
    let cases = cases("decode-success-tests.json");
    for (description, item, expect) in &cases {
        let (member, value) = expected(expect);
        assert_eq!(read(operation, &member, item), Ok(value), "{description}");
        // What the description does not know is passed over, and documents take everything.
        assert_eq!(read(operation, "unknown", item), Ok(Value::Null), "{description}");
        read(operation, "Document", item).unwrap();
        if member.ends_with("Double") && description.contains("int") {
            let error = read(operation, &member.replace("Double", "Long"), item).unwrap_err();
            assert!(error.contains("expected an integer of at most 64 bits"), "{description}: {error}");
        }
    }
    println!("cbor: {} items read", cases.len());
}

#[test]
fn what_is_wrong_is_refused() {
    let operation = operation();
    let members: Vec<_> =
        operation.input.schema().unwrap().members.iter().map(|member| member.name).collect();
    let cases = cases("decode-error-tests.json");
    for (description, item, _) in &cases {
        for member in members.iter().copied().chain(["unknown"]) {
            let error = read(operation, member, item).expect_err(description);
            assert!(
                member == "unknown" || error.starts_with(&format!("at {member}")),
                "{description}: {error}"
            );
        }
    }
    println!("cbor: {} items refused by each of {} types", cases.len(), members.len());
}
