//! `shapes`.

use super::object::Object;
use super::traits::{reference, traits};
use crate::json::Json;
use crate::model::{Kind, Pointer, Reference, Shape, Structure};
use crate::source::Source;
use indexmap::IndexMap;
use std::collections::BTreeSet;

/// What `type` may say.
const TYPES: [&str; 12] = [
    "structure",
    "string",
    "list",
    "map",
    "integer",
    "long",
    "boolean",
    "blob",
    "timestamp",
    "float",
    "double",
    "character",
];

/// Reads `shapes`. A shape that cannot be read becomes an empty one, so that references to it are valid, and its name goes into
/// `unreadable`.
pub(super) fn shapes(
    source: &mut Source,
    document: &mut Object,
    unreadable: &mut BTreeSet<String>,
) -> IndexMap<String, Shape> {
    let Some(object) = document.required_object(source, "shapes") else { return IndexMap::new() };
    let mut shapes = IndexMap::new();
    for (at, name, json) in object.into_entries() {
        let shape = shape(source, at.clone(), json).unwrap_or_else(|| {
            unreadable.insert(name.clone());
            Shape { at, ..Shape::default() }
        });
        shapes.insert(name, shape);
    }
    shapes
}

fn shape(source: &mut Source, at: Pointer, json: Json) -> Option<Shape> {
    let mut object = Object::new(source, at, json)?;
    let name = object.required(source, "type")?;
    if !TYPES.contains(&String::as_str(&name)) {
        // The keys of an unknown type are not known either, so the rest of the shape is skipped.
        unknown_type(source, &object.at.key("type"), &name);
        return None;
    }
    let kind = kind(source, &mut object, &name);
    let traits = traits(source, &mut object);
    let at = object.at.clone();
    object.finish(source);
    Some(Shape { at, kind: kind?, traits })
}

fn unknown_type(source: &mut Source, at: &Pointer, name: &str) {
    let list = TYPES.map(|name| format!("`{name}`")).join(", ");
    let help = source.did_you_mean(name, TYPES, format!("the types are {list}"));
    source.report(at, format!("unknown type `{name}`"), help);
}

/// The kind of a known type, with what belongs to it alone.
fn kind(source: &mut Source, object: &mut Object, name: &str) -> Option<Kind> {
    Some(match name {
        "structure" => Kind::Structure(Box::new(structure(source, object))),
        "list" => Kind::List(part(source, object, "member")?),
        "map" => {
            let key = part(source, object, "key");
            let value = part(source, object, "value");
            Kind::Map(key?, value?)
        }
        "string" => Kind::String,
        "character" => Kind::Character,
        "integer" => Kind::Integer,
        "long" => Kind::Long,
        "boolean" => Kind::Boolean,
        "float" => Kind::Float,
        "double" => Kind::Double,
        "blob" => Kind::Blob,
        "timestamp" => Kind::Timestamp,
        _ => return None,
    })
}

fn part(source: &mut Source, object: &mut Object, key: &'static str) -> Option<Box<Reference>> {
    let part = object.required_object(source, key)?;
    reference(source, part.at.clone(), part.into_json()).map(Box::new)
}

fn structure(source: &mut Source, object: &mut Object) -> Structure {
    // `xmlOrder` is the order that the members already have, `wrapper` repeats the operation's `resultWrapper`, `synthetic` says who
    // wrote the shape.
    object.ignore(&["xmlOrder", "wrapper", "synthetic"]);
    let mut structure = Structure {
        members: members(source, object),
        required: object.strings(source, "required"),
        payload: object.optional(source, "payload"),
        union: object.bool_flag(source, "union"),
        document: object.bool_flag(source, "document"),
        event_stream: object.bool_flag(source, "eventstream"),
        event: object.bool_flag(source, "event"),
        exception: object.bool_flag(source, "exception"),
        fault: object.bool_flag(source, "fault"),
        ..Structure::default()
    };
    error(source, object, &mut structure);
    structure.retryable = object.optional_object(source, "retryable").map(|mut retryable| {
        let throttling = retryable.bool_flag(source, "throttling");
        retryable.finish(source);
        throttling
    });
    structure
}

fn members(source: &mut Source, object: &mut Object) -> IndexMap<String, Reference> {
    let Some(members) = object.required_object(source, "members") else { return IndexMap::new() };
    members.into_entries().filter_map(|(at, name, json)| Some((name, reference(source, at, json)?))).collect()
}

fn error(source: &mut Source, object: &mut Object, structure: &mut Structure) {
    let Some(mut error) = object.optional_object(source, "error") else { return };
    structure.error_code = error.optional(source, "code");
    structure.status_code = error.optional(source, "httpStatusCode");
    structure.sender_fault = error.bool_flag(source, "senderFault");
    structure.fault |= error.bool_flag(source, "fault");
    error.finish(source);
}
