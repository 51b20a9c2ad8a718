//! Operations by name, with JSON as input and output (feature `dynamic`): for tools that choose the operation at run time.
//!
//! A generated crate with the feature `dynamic` has a table `dynamic::OPERATIONS`. [`named`] looks up an operation,
//! [`Client::send_dynamic`](crate::Client::send_dynamic) sends it, and [`error`] converts an error to JSON:
//!
//! ```no_run
//! use myrina::{Client, dynamic::{self, Blobs, Operation}};
//! use serde_json::json;
//!
//! # async fn run(operations: &[Operation]) -> Result<(), myrina::Error> {
//! let client = Client::from_env().await?;
//! let operation = dynamic::named(operations, "ListFunctions")?;  // of `myrina_lambda::dynamic::OPERATIONS`
//! match client.send_dynamic(operation, &json!({ "MaxItems": 3 }), Blobs::Base64).await {
//!     Ok(output) => println!("{output:#}"),
//!     Err(problem) => println!("{:#}", dynamic::error(&problem, Blobs::Base64)),
//! }
//! # Ok(())
//! # }
//! ```
//!
//! The JSON uses the names of the model, which may differ from those on the wire:
//!
//! | in the model | in JSON |
//! |-|-|
//! | structure, union | an object with the members' model names; absent members are left out, or null |
//! | list, map | an array, an object |
//! | timestamp | seconds since 1970; read from date-times too |
//! | float | a number, or `"NaN"`, `"Infinity"`, `"-Infinity"` |
//! | blob | a string: see [`Blobs`] |
//! | stream of bytes | a blob, read to its end |
//! | stream of events | an array, read to its end |
//! | document | itself, including null |
//! | member with the override `json`, such as the payload of Lambda's Invoke | itself; a string with [`Blobs::Text`] |

mod reader;
mod send;
mod similar;
mod writer;

use crate::{
    codec::{CodecError, Structure},
    error::{Error, ErrorKind},
    event_stream::DynEventStream,
    operation::OperationSchema,
    schema::Target,
    stream::{ByteStream, StreamError},
};
use serde_json::{Map, Value};
use std::fmt;

/// An operation of a service, for calls by name.
#[derive(Clone, Copy)]
pub struct Operation {
    schema: &'static OperationSchema,
    request: fn() -> Box<dyn Structure>,
    response: fn() -> Box<dyn Structure>,
}

/// The representation of blobs in JSON.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Blobs {
    /// Base64, as in the JSON protocols.
    #[default]
    Base64,
    /// Text, for data whose blobs are UTF-8, such as test suites. Other blobs are written in base64.
    Text,
}

impl Operation {
    /// Returns the operation of a request type.
    pub const fn of<O: crate::Operation>() -> Self {
        Self {
            schema: O::SCHEMA,
            request: || Box::new(<O as Structure>::empty()),
            response: || Box::new(<O::Response as Structure>::empty()),
        }
    }

    /// Returns the name: `ListFunctions`.
    pub fn name(&self) -> &'static str {
        self.schema.name
    }

    /// Returns the schema.
    pub fn schema(&self) -> &'static OperationSchema {
        self.schema
    }

    /// Reads a request from JSON. Fails if the JSON does not fit, with the path.
    pub fn request(&self, input: &Value, blobs: Blobs) -> Result<Box<dyn Structure>, CodecError> {
        let mut request = (self.request)();
        read(input, request.as_mut(), blobs)?;
        Ok(request)
    }

    /// Creates an empty response to read into.
    pub fn response(&self) -> Box<dyn Structure> {
        (self.response)()
    }
}

impl fmt::Debug for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Operation({}.{})", self.schema.service.name, self.schema.name)
    }
}

/// Returns the operation with this name.
pub fn find<'o>(operations: &'o [Operation], name: &str) -> Option<&'o Operation> {
    operations.iter().find(|operation| operation.schema.name == name)
}

/// Returns the operation with this name. If there is none, the error suggests the most similar one.
pub fn named<'o>(operations: &'o [Operation], name: &str) -> Result<&'o Operation, Error> {
    find(operations, name).ok_or_else(|| {
        let service = operations.first().map_or("the service", |operation| operation.schema.service.id);
        let hint = similar::hint(name, operations.iter().map(Operation::name));
        ErrorKind::Request(CodecError::new(format!("{service} has no operation {name:?}{hint}"))).into()
    })
}

/// Converts an error of a call to JSON: its `message`, and of the error that the service returned `status`, `code`, `requestId`
/// and `data`, the members in the model. What is unknown is left out.
pub fn error(error: &Error, blobs: Blobs) -> Value {
    let service = error.service();
    let message = service.and_then(|service| service.message().map(str::to_owned));
    let data = service.and_then(|service| write(service.data()?, blobs).ok());
    let entries = [
        ("message", Some(message.unwrap_or_else(|| error.to_string()).into())),
        ("status", service.map(|service| service.status().into())),
        ("code", error.code().map(Value::from)),
        ("requestId", error.request_id().map(Value::from)),
        ("data", data),
    ];
    let entries = entries.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?)));
    Value::Object(entries.collect::<Map<_, _>>())
}

/// Reads a structure from JSON. A member that is not in the model is an error, because it would be lost; so is a missing
/// required member.
pub fn read(json: &Value, into: &mut dyn Structure, blobs: Blobs) -> Result<(), CodecError> {
    reader::JsonReader::new(json, blobs).structure(into)
}

/// Converts a structure to JSON, and reads its streams to their ends, however long they are. Fails with the error of a stream, or
/// with a [`CodecError`] if JSON cannot represent a value.
pub async fn collect(value: &mut dyn Structure, blobs: Blobs) -> Result<Value, StreamError> {
    collect_up_to(value, blobs, usize::MAX).await
}

/// As [`collect`]. Fails if a stream has more than `limit` bytes; the size of an event is that of its JSON.
pub async fn collect_up_to(
    value: &mut dyn Structure,
    blobs: Blobs,
    limit: usize,
) -> Result<Value, StreamError> {
    let mut members = writer::Members::new(value.schema(), blobs);
    value.write(&mut members);
    let mut streams = Vec::new();
    for (index, member) in value.schema().members.iter().enumerate() {
        let Some(slot) = value.member_mut(index).filter(|slot| !slot.is_absent()) else { continue };
        let collected = match member.target {
            Target::Stream => match ByteStream::take_from(slot) {
                Some(stream) => writer::blob(&stream.collect_up_to(limit).await?, blobs),
                None => continue,
            },
            Target::Events(_) => {
                let mut events = Vec::new();
                let mut left = limit;
                if let Some(mut stream) = DynEventStream::take_from(slot) {
                    while let Some(event) = stream.next().await {
                        let event = write(event?.as_ref(), blobs)?;
                        left = left.checked_sub(size(&event)).ok_or_else(|| {
                            CodecError::new(format!(
                                "the events have more than {limit} bytes, which is the limit"
                            ))
                        })?;
                        events.push(event);
                    }
                }
                Value::Array(events)
            }
            _ => continue,
        };
        streams.push((member.name.to_owned(), collected));
    }
    Ok(members.finish_with(streams)?)
}

/// Returns about how many bytes a value has as JSON.
fn size(value: &Value) -> usize {
    match value {
        Value::String(text) => text.len() + 2,
        Value::Array(items) => items.iter().map(|item| size(item) + 1).sum::<usize>() + 2,
        Value::Object(entries) => {
            entries.iter().map(|(key, value)| key.len() + size(value) + 4).sum::<usize>() + 2
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => 4,
    }
}

/// Converts a structure to JSON. Absent members are left out, and so are streams: [`collect`] reads them.
pub fn write(value: &dyn Structure, blobs: Blobs) -> Result<Value, CodecError> {
    let mut members = writer::Members::new(value.schema(), blobs);
    value.write(&mut members);
    members.finish_with(Vec::new())
}
