//! The suite `cbor`: items that a decoder must read, and some that it must refuse. A vector is one item; here it is the value
//! of a map's only entry, whose key names a member of the fitting type.

use super::{Problem, Report};
use crate::{
    dynamic::{Dynamic, Model},
    tree::Tree,
};
use myrina::{protocol::RPC_CBOR, schema::OperationSchema};
use serde_json::{Value, json};
use std::{fs, path::Path};

/// Runs the suite in `folder`. Fails where its files cannot be read.
pub(super) fn run(folder: &Path) -> Result<Report, Problem> {
    let operation = operation()?;
    let mut report = Report::of("cbor")?;
    for (name, item, expect) in cases(&folder.join("decode-success-tests.json"))? {
        report.record(name, "right", "items", is_read(operation, &item, &expect));
    }
    for (name, item, _) in cases(&folder.join("decode-error-tests.json"))? {
        report.record(name, "wrong", "items", is_refused(operation, &item));
    }
    Ok(report)
}

/// The item is read as its own type, passed over where nobody knows it, and taken by a document.
fn is_read(operation: &'static OperationSchema, item: &[u8], expect: &Value) -> Result<(), String> {
    let (member, expected) = expected(expect).ok_or_else(|| format!("what is {expect}?"))?;
    let found = read(operation, &member, item)?;
    if found != expected {
        return Err(format!("expected {expected}, found {found}"));
    }
    if !read(operation, "unknown", item)?.is_null() {
        return Err("an unknown member has a value".to_owned());
    }
    read(operation, "Document", item).map(drop)
}

/// The item is refused by members of every type, with the place, and where it is only passed over.
fn is_refused(operation: &'static OperationSchema, item: &[u8]) -> Result<(), String> {
    let members = operation.input.schema().map_or(&[][..], |schema| schema.members);
    for member in members.iter().map(|member| member.name).chain(["unknown"]) {
        match read(operation, member, item) {
            Ok(found) => return Err(format!("{member} was read as {found}")),
            Err(error) if member != "unknown" && !error.starts_with(&format!("at {member}")) => {
                return Err(format!("the error does not tell the place: {error}"));
            }
            Err(_) => {}
        }
    }
    Ok(())
}

/// The types of members; there are lists and maps of each as well.
const SCALARS: [&str; 7] = ["Long", "Double", "Boolean", "String", "Blob", "Timestamp", "Document"];

/// An operation whose input has a member of each type, of that name.
fn operation() -> Result<&'static OperationSchema, Problem> {
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
    let names = shapes.as_object().into_iter().flat_map(serde_json::Map::keys);
    let members: serde_json::Map<_, _> = names.map(|name| (name.clone(), json!({ "shape": name }))).collect();
    shapes["All"] = json!({ "type": "structure", "members": members });
    let model = Tree::parse(json!({ "metadata": {}, "shapes": shapes }).to_string().as_bytes())?;
    let given = Tree::parse(br#"{ "name": "Do", "input": { "shape": "All" } }"#)?;
    Ok(Model::new(&model).operation(&given, &RPC_CBOR))
}

/// Reads a map with this item under this key.
fn read(operation: &'static OperationSchema, key: &str, item: &[u8]) -> Result<Value, String> {
    let length = u8::try_from(key.len()).map_err(|error| error.to_string())?;
    let bytes = [&[0xa1, 0x60 | length], key.as_bytes(), item].concat();
    let mut value = Dynamic::new(operation.input.schema().ok_or("the input is no structure")?);
    let read = operation.service.protocol.read_document(operation, &bytes, &mut value);
    read.map_err(|error| error.to_string())?;
    Ok(value.into_plain()[key].take())
}

/// The member for a vector's item, and what it is to hold. `None` for what the vectors are not known to have.
fn expected(expect: &Value) -> Option<(String, Value)> {
    let (kind, value) = expect.as_object()?.iter().next()?;
    let bits = value.as_u64().unwrap_or_default();
    Some(match kind.as_str() {
        "uint" | "negint" if value.as_i64().is_some() => ("Long".to_owned(), value.clone()),
        "uint" | "negint" => ("Double".to_owned(), json!(value.as_f64())),
        "float32" => ("Double".to_owned(), float(f32::from_bits(bits.try_into().ok()?).into())),
        "float64" => ("Double".to_owned(), float(f64::from_bits(bits))),
        "bool" => ("Boolean".to_owned(), value.clone()),
        "string" => ("String".to_owned(), value.clone()),
        "bytestring" => {
            let byte = |byte: &Value| u8::try_from(byte.as_u64()?).ok();
            let bytes = value.as_array()?.iter().map(byte).collect::<Option<_>>()?;
            ("Blob".to_owned(), String::from_utf8(bytes).ok()?.into())
        }
        "null" | "undefined" => ("String".to_owned(), Value::Null),
        "tag" => expected(&value["value"])?,
        "list" => {
            let items = value.as_array()?.iter().map(expected).collect::<Option<Vec<_>>>()?;
            let (kinds, values): (Vec<_>, Vec<_>) = items.into_iter().unzip();
            (format!("List{}", kinds.first()?), values.into())
        }
        "map" => {
            let (key, value) = value.as_object()?.iter().next()?;
            let (kind, value) = expected(value)?;
            (format!("Map{kind}"), json!({ key: value }))
        }
        _ => return None,
    })
}

fn float(value: f64) -> Value {
    if value == f64::INFINITY { "Infinity".into() } else { value.into() }
}

/// The cases of a file: description, item, expectation.
fn cases(file: &Path) -> Result<Vec<(String, Vec<u8>, Value)>, Problem> {
    let text = fs::read(file).map_err(|error| format!("{}: {error}", file.display()))?;
    let cases: Vec<Value> = serde_json::from_slice(&text)?;
    let case = |mut case: Value| {
        let digits = case["input"].as_str().into_iter().flat_map(str::chars);
        let digits: Vec<_> = digits.filter_map(|digit| digit.to_digit(16)).collect();
        let item = digits.chunks_exact(2).map(|pair| u8::try_from(pair[0] << 4 | pair[1]));
        let name = case["description"].as_str().unwrap_or_default().to_owned();
        Ok((name, item.collect::<Result<_, _>>()?, case["expect"].take()))
    };
    cases.into_iter().map(case).collect()
}
