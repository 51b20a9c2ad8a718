//! Operations by name, JSON in and JSON out (feature `dynamic`): for tools that do not know at compile time what they call.
//!
//! A generated crate with its own feature `dynamic` has a table `dynamic::OPERATIONS`. [`named`] looks one up,
//! [`Client::send_dynamic`](crate::Client::send_dynamic) sends it, and [`error`] makes JSON of what comes of it otherwise:
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
//! The JSON is that of the model, whatever things are called on the wire:
//!
//! | in the model | in JSON |
//! |-|-|
//! | structure, union | an object with the members' model names; absent members are left out, or null |
//! | list, map | an array, an object |
//! | timestamp | seconds since 1970; read from date-times too |
//! | float | a number, or `"NaN"`, `"Infinity"`, `"-Infinity"` |
//! | blob | text, as [`Blobs`] says |
//! | stream of bytes | a blob, held as a whole |
//! | stream of events | an array, once the last event is there |
//! | document | itself, null as well |
//! | what an override makes `json`, as the payload of Lambda's Invoke | itself; with [`Blobs::Text`] its text |

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

/// One operation of a service, to be called by name.
#[derive(Clone, Copy)]
pub struct Operation {
    schema: &'static OperationSchema,
    request: fn() -> Box<dyn Structure>,
    response: fn() -> Box<dyn Structure>,
}

/// How blobs are written in JSON.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Blobs {
    /// In base64, as JSON protocols do.
    #[default]
    Base64,
    /// As text: for data whose blobs are UTF-8, such as test suites. Others are in base64 all the same.
    Text,
}

impl Operation {
    /// The operation of a request type.
    pub const fn of<O: crate::Operation>() -> Self {
        Self {
            schema: O::SCHEMA,
            request: || Box::new(<O as Structure>::empty()),
            response: || Box::new(<O::Response as Structure>::empty()),
        }
    }

    /// The operation's name: `ListFunctions`.
    pub fn name(&self) -> &'static str {
        self.schema.name
    }

    /// The description.
    pub fn schema(&self) -> &'static OperationSchema {
        self.schema
    }

    /// A request from its JSON. Fails where that does not fit, with the place.
    pub fn request(&self, input: &Value, blobs: Blobs) -> Result<Box<dyn Structure>, CodecError> {
        let mut request = (self.request)();
        read(input, request.as_mut(), blobs)?;
        Ok(request)
    }

    /// An empty response, to be read into.
    pub fn response(&self) -> Box<dyn Structure> {
        (self.response)()
    }
}

impl fmt::Debug for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Operation({}.{})", self.schema.service.name, self.schema.name)
    }
}

/// The operation of that name.
pub fn find<'o>(operations: &'o [Operation], name: &str) -> Option<&'o Operation> {
    operations.iter().find(|operation| operation.schema.name == name)
}

/// The operation of that name. Where there is none, the error says which is the most similar.
pub fn named<'o>(operations: &'o [Operation], name: &str) -> Result<&'o Operation, Error> {
    find(operations, name).ok_or_else(|| {
        let service = operations.first().map_or("the service", |operation| operation.schema.service.id);
        let hint = similar::hint(name, operations.iter().map(Operation::name));
        ErrorKind::Request(CodecError::new(format!("{service} has no operation {name:?}{hint}"))).into()
    })
}

/// An error of a call as JSON: its `message`, and of what the service answered `status`, `code`, `requestId`, and `data`, the
/// members that the model describes. What is not known is left out.
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

/// Reads a structure from its JSON. Members that are not described are an error, as they would be lost, and so is the lack of
/// one that the model requires.
pub fn read(json: &Value, into: &mut dyn Structure, blobs: Blobs) -> Result<(), CodecError> {
    reader::JsonReader::new(json, blobs).structure(into)
}

/// The JSON of a structure, its streams read to their ends. Fails where a stream does, with the stream's error, or where a
/// value has no JSON, with a [`CodecError`].
pub async fn collect(value: &mut dyn Structure, blobs: Blobs) -> Result<Value, StreamError> {
    let mut members = writer::Members::new(value.schema(), blobs);
    value.write(&mut members);
    let mut streams = Vec::new();
    for (index, member) in value.schema().members.iter().enumerate() {
        let Some(slot) = value.member_mut(index).filter(|slot| !slot.is_absent()) else { continue };
        let collected = match member.target {
            Target::Stream => match ByteStream::take_from(slot) {
                Some(stream) => writer::blob(&stream.collect().await?, blobs),
                None => continue,
            },
            Target::Events(_) => {
                let mut events = Vec::new();
                if let Some(mut stream) = DynEventStream::take_from(slot) {
                    while let Some(event) = stream.next().await {
                        events.push(write(event?.as_ref(), blobs)?);
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

/// The JSON of a structure. Members that are absent are left out, and so are streams: [`collect`] reads them.
pub fn write(value: &dyn Structure, blobs: Blobs) -> Result<Value, CodecError> {
    let mut members = writer::Members::new(value.schema(), blobs);
    value.write(&mut members);
    members.finish_with(Vec::new())
}
