//! The suite `cbor`: items that a decoder must read, and items that it must reject.
//!
//! The vectors are bare items. Here each is the value of a map's only entry, in the response of a generated operation whose
//! output has a member of every type.

use super::{BoxError, Program, Report, driver_process, generate};
use crate::ordered_json::OrderedJson;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde_json::{Map, Value, json};
use std::{fs, path::Path};

/// The types of members; there are lists and maps of each as well.
const SCALARS: [&str; 7] = ["Long", "Double", "Boolean", "String", "Blob", "Timestamp", "Document"];

/// A member that the output does not have.
const UNKNOWN: &str = "unknown";

/// One vector, and what it is asked as.
struct Case {
    file: &'static str,
    description: String,
    questions: Vec<Question>,
}

/// A member that the item is read into, and what comes of it.
struct Question {
    member: String,
    item: Vec<u8>,
    expected: Expected,
}

enum Expected {
    Failure,
    Anything,
    Value(Value),
}

/// Runs the suite in `folder`. Fails if it is not there, or not what it should be.
pub(super) fn run(folder: &Path) -> Result<Report, BoxError> {
    let model = model();
    let mut cases = Vec::new();
    for file in ["decode-success-tests.json", "decode-error-tests.json"] {
        let path = folder.join(file);
        let text = fs::read(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        for case in serde_json::from_slice::<Vec<Value>>(&text)? {
            cases.push(Case::of(file, &case).ok_or_else(|| format!("{file}: {case} is no case"))?);
        }
    }
    let program = Program::new("cbor")?;
    let folder = program.folder().join("model");
    fs::create_dir_all(&folder)?;
    fs::write(folder.join("service-2.json"), model.to_string())?;
    let path = program.build(&[generate(&folder, "vectors")?])?;
    let questions: Vec<_> = cases.iter().flat_map(|case| &case.questions).map(Question::tree).collect();
    let mut answers = driver_process::run(&path, &questions)?.into_iter();
    let mut report = Report::of("cbor")?;
    for case in cases {
        let mut outcome = Ok(());
        for (question, answer) in case.questions.iter().zip(&mut answers) {
            outcome = outcome.and_then(|()| question.check(&answer));
        }
        report.record(case.description, case.file, "decode", outcome);
    }
    Ok(report)
}

/// A service whose only operation answers with members of all types, each of its type's name.
fn model() -> Value {
    let mut shapes = Map::new();
    for name in SCALARS {
        let shape = match name {
            "Document" => json!({ "type": "structure", "document": true, "members": {} }),
            _ => json!({ "type": name.to_lowercase() }),
        };
        let (key, element) = (json!({ "shape": "String" }), json!({ "shape": name }));
        shapes.insert(name.to_owned(), shape);
        shapes.insert(format!("List{name}"), json!({ "type": "list", "sparse": true, "member": element }));
        let map = json!({ "type": "map", "sparse": true, "key": key, "value": element });
        shapes.insert(format!("Map{name}"), map);
    }
    let members: Map<_, _> = shapes.keys().map(|name| (name.clone(), json!({ "shape": name }))).collect();
    shapes.insert("All".to_owned(), json!({ "type": "structure", "members": members }));
    let http = json!({ "method": "POST", "requestUri": "/" });
    json!({
        "version": "2.0",
        "metadata": { "protocol": "smithy-rpc-v2-cbor", "apiVersion": "1", "endpointPrefix": "vectors", "targetPrefix": "Vectors" },
        "operations": { "Do": { "name": "Do", "http": http, "output": { "shape": "All" } } },
        "shapes": shapes,
    })
}

impl Case {
    fn of(file: &'static str, case: &Value) -> Option<Self> {
        let description = case["description"].as_str()?.to_owned();
        let item = unhex(case["input"].as_str()?)?;
        let question =
            |member: &str, expected| Question { member: member.to_owned(), item: item.clone(), expected };
        let questions = if case["error"] == true {
            // Whatever is looked for, and where it is passed over.
            let types = SCALARS
                .iter()
                .flat_map(|name| [(*name).to_owned(), format!("List{name}"), format!("Map{name}")]);
            types.chain([UNKNOWN.to_owned()]).map(|member| question(&member, Expected::Failure)).collect()
        } else {
            let (member, value) = expected(&case["expect"])?;
            // What the model does not know is passed over, and documents take everything.
            vec![
                question(&member, Expected::Value(value)),
                question(UNKNOWN, Expected::Value(Value::Null)),
                question("Document", Expected::Anything),
            ]
        };
        Some(Self { file, description, questions })
    }
}

impl Question {
    fn tree(&self) -> OrderedJson {
        // Names of up to 23 bytes have their length in their first byte.
        let length = u8::try_from(self.member.len()).unwrap_or_default();
        let body = [&[0xa1, 0x60 | length], self.member.as_bytes(), &self.item].concat();
        let text = |text: &str| OrderedJson::String(text.to_owned());
        let response = OrderedJson::Object(vec![
            (
                "headers".to_owned(),
                OrderedJson::Object(vec![("smithy-protocol".to_owned(), text("rpc-v2-cbor"))]),
            ),
            ("body_base64".to_owned(), OrderedJson::String(STANDARD.encode(body))),
        ]);
        OrderedJson::Object(vec![("operation".to_owned(), text("Do")), ("response".to_owned(), response)])
    }

    fn check(&self, answer: &Value) -> Result<(), String> {
        let found = answer.get("result").map(|result| &result[&self.member]);
        let place = if self.member == UNKNOWN { String::new() } else { format!("at {}", self.member) };
        let placed = answer["failure"].as_str().is_some_and(|failure| failure.starts_with(&place));
        match (&self.expected, found) {
            (Expected::Failure, None) if placed => Ok(()),
            (Expected::Failure, None) => Err(format!("the failure does not tell the place: {answer}")),
            (Expected::Anything, Some(_)) => Ok(()),
            (Expected::Value(value), Some(found)) if value == found => Ok(()),
            (Expected::Failure, Some(found)) => Err(format!("{} is read as {found}", self.member)),
            (Expected::Anything, None) => Err(format!("{}: found {answer}", self.member)),
            (Expected::Value(value), _) => Err(format!("{}: expected {value}, found {answer}", self.member)),
        }
    }
}

/// The member for an item, and what it is to hold; `None` where the suite has a type that is not known here.
fn expected(expect: &Value) -> Option<(String, Value)> {
    let (kind, value) = expect.as_object()?.iter().next()?;
    let of = |member: &str, value: Value| Some((member.to_owned(), value));
    match kind.as_str() {
        "uint" | "negint" if value.as_i64().is_some() => of("Long", value.clone()),
        "uint" | "negint" => of("Double", json!(value.as_f64())),
        "float32" => of("Double", float(f32::from_bits(value.as_u64()?.try_into().ok()?).into())),
        "float64" => of("Double", float(f64::from_bits(value.as_u64()?))),
        "bool" => of("Boolean", value.clone()),
        "string" => of("String", value.clone()),
        "bytestring" => {
            let bytes = value.as_array()?.iter().map(|byte| u8::try_from(byte.as_u64()?).ok());
            of("Blob", String::from_utf8(bytes.collect::<Option<_>>()?).ok()?.into())
        }
        "null" | "undefined" => of("String", Value::Null),
        "tag" => expected(&value["value"]),
        "list" => {
            let items = value.as_array()?.iter().map(expected).collect::<Option<Vec<_>>>()?;
            let (kinds, values): (Vec<_>, Vec<_>) = items.into_iter().unzip();
            of(&format!("List{}", kinds.first()?), values.into())
        }
        "map" => {
            let (key, value) = value.as_object()?.iter().next()?;
            let (kind, value) = expected(value)?;
            of(&format!("Map{kind}"), json!({ key: value }))
        }
        _ => None,
    }
}

fn float(value: f64) -> Value {
    if value == f64::INFINITY { "Infinity".into() } else { value.into() }
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits = text.chars().map(|c| c.to_digit(16)).collect::<Option<Vec<_>>>()?;
    digits.chunks(2).map(|pair| u8::try_from(pair.first()? << 4 | pair.get(1)?).ok()).collect()
}
