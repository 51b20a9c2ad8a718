//! Conversions between values and the JSON of the suites: members by their model names, timestamps as numbers, blobs as
//! text, special floating-point numbers by name.

use super::{
    DynamicStructure,
    value::{Entries, Items, Node, Slot},
};
use crate::ordered_json::OrderedJson;
use myrina::{
    Bytes, Document, Timestamp,
    codec::{CodecError, PathSegment},
    schema::{Member, Schema, Target},
};
use serde_json::{Number, Value, json};
use std::{
    pin::pin,
    task::{Context, Poll, Waker},
};

impl DynamicStructure {
    /// The value of that shape that the suite's object says. Fails if the one does not fit the other.
    pub fn of(schema: &'static Schema, plain: &OrderedJson) -> Result<Self, CodecError> {
        let mut value = Self::new(schema);
        for (name, plain) in plain.entries() {
            let Some(index) = schema.members.iter().position(|member| member.name == name) else {
                return Err(CodecError::expected(
                    "a member",
                    format_args!("{name}, which {} lacks", schema.name),
                ));
            };
            let member = &schema.members[index];
            value.slots[index] = Slot::of(member, plain).map_err(|error| error.in_member(member.name))?;
        }
        Ok(value)
    }

    /// The suite's object for this value; what is unset is left out.
    pub fn into_json(self) -> Value {
        let members = self.schema.members.iter().zip(self.slots);
        let members =
            members.filter_map(|(member, slot)| Some((member.name.to_owned(), slot.0?.into_json(member))));
        let mut plain: serde_json::Map<String, Value> = members.collect();
        if let Some(tag) = self.unknown {
            plain.insert("SDK_UNKNOWN_MEMBER".to_owned(), json!({ "name": tag }));
        }
        Value::Object(plain)
    }
}

impl Slot {
    fn of(at: &'static Member, plain: &OrderedJson) -> Result<Self, CodecError> {
        let document = matches!(at.target, Target::Document);
        let node = (document || !plain.is_null()).then(|| Node::of(at, plain));
        node.transpose().map(Self)
    }
}

impl Node {
    fn of(at: &'static Member, plain: &OrderedJson) -> Result<Self, CodecError> {
        let unfit = || CodecError::expected(at.expected(), plain.to_value());
        let double = || double(plain).ok_or_else(unfit);
        Ok(match at.target {
            Target::Boolean => Self::Boolean(plain.is_set()),
            Target::Integer | Target::Long => {
                Self::Integer(plain.number().and_then(Number::as_i64).ok_or_else(unfit)?)
            }
            #[allow(clippy::cast_possible_truncation)]
            Target::Float => Self::Float(double()? as f32),
            Target::Double => Self::Double(double()?),
            Target::String => Self::String(text(plain)),
            Target::Blob => Self::Blob(text(plain).into()),
            Target::Stream => Self::Stream(Bytes::from(text(plain)).into()),
            Target::Timestamp(_) => Self::Timestamp(Timestamp::from_f64(double()?)?),
            Target::Document => Self::Document(plain.to_value()),
            Target::List(element) => {
                let items = plain.items().iter().enumerate().map(|(index, item)| {
                    Slot::of(element, item).map_err(|error| error.at(PathSegment::Index(index)))
                });
                Self::List(Items(items.collect::<Result<_, _>>()?))
            }
            Target::Map(_, element) => {
                let entries = plain.entries().iter().map(|(key, value)| {
                    let slot =
                        Slot::of(element, value).map_err(|error| error.at(PathSegment::Key(key.clone())))?;
                    Ok((key.clone(), slot))
                });
                Self::Map(Entries(entries.collect::<Result<_, CodecError>>()?))
            }
            Target::Structure(schema) => Self::Structure(DynamicStructure::of(schema(), plain)?),
            _ => return Err(unfit()),
        })
    }

    fn into_json(self, at: &'static Member) -> Value {
        match self {
            Self::Boolean(value) => value.into(),
            Self::Integer(value) => value.into(),
            // By way of its text, which is the shortest that reads as the same.
            Self::Float(value) => plain_double(value.to_string().parse().unwrap_or(f64::NAN)),
            Self::Double(value) => plain_double(value),
            Self::String(value) => value.into(),
            Self::Blob(value) => String::from_utf8_lossy(&value).into(),
            Self::Stream(value) => String::from_utf8_lossy(&now(value.collect()).unwrap()).into(),
            Self::Timestamp(value) => plain_double(value.to_f64()),
            Self::Document(value) => value,
            Self::List(Items(items)) => {
                let Target::List(element) = at.target else { return Document::Null };
                items
                    .into_iter()
                    .map(|slot| slot.0.map_or(Value::Null, |node| node.into_json(element)))
                    .collect()
            }
            Self::Map(Entries(entries)) => {
                let Target::Map(_, element) = at.target else { return Document::Null };
                let entries = entries.into_iter();
                entries
                    .map(|(key, slot)| (key, slot.0.map_or(Value::Null, |node| node.into_json(element))))
                    .collect()
            }
            Self::Structure(value) => value.into_json(),
        }
    }
}

fn text(plain: &OrderedJson) -> String {
    plain.text().map_or_else(|| plain.to_value().to_string(), str::to_owned)
}

fn double(plain: &OrderedJson) -> Option<f64> {
    match plain.text() {
        Some("NaN") => Some(f64::NAN),
        Some("Infinity") => Some(f64::INFINITY),
        Some("-Infinity") => Some(f64::NEG_INFINITY),
        _ => plain.number()?.as_f64(),
    }
}

fn plain_double(value: f64) -> Value {
    Number::from_f64(value).map_or_else(
        || {
            Value::from(if value.is_nan() {
                "NaN"
            } else if value > 0.0 {
                "Infinity"
            } else {
                "-Infinity"
            })
        },
        Value::Number,
    )
}

/// What a future gives at once, as those over memory do.
fn now<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("a stream over memory waits for something"),
    }
}
