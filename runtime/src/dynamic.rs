//! Operations by name, JSON in and JSON out (feature `dynamic`): for tools that do not know at compile time what they call.
//!
//! A generated crate with its own feature `dynamic` has a table `dynamic::OPERATIONS`; [`find`] looks one up by name. The
//! JSON is that of the model: structures are objects with the members' model names, whatever they are called on the wire;
//! timestamps are seconds since 1970; the floats without a JSON number are `"NaN"`, `"Infinity"` and `"-Infinity"`;
//! documents are as they are; streams are a blob, streams of events a list. What a blob is, [`Blobs`] says.

mod reader;
mod writer;

use crate::{
    codec::{CodecError, Structure},
    event_stream::Structures,
    schema::{OperationSchema, Target},
    stream::StreamError,
};
use serde_json::Value;
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
            request: || Box::new(<O as Structure>::blank()),
            response: || Box::new(<O::Response as Structure>::blank()),
        }
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
        let Some(slot) = value.slot(index).filter(|slot| !slot.is_absent()) else { continue };
        let collected = match member.target {
            Target::Stream => match slot.take_stream() {
                Some(stream) => writer::blob(&stream.collect().await?, blobs),
                None => continue,
            },
            Target::Events(_) => {
                let mut events = Vec::new();
                let mut stream = slot.take_structures();
                while let Some(event) = next(stream.as_mut()).await {
                    events.push(write(event?.as_ref(), blobs)?);
                }
                Value::Array(events)
            }
            _ => continue,
        };
        streams.push((member.name.to_owned(), collected));
    }
    Ok(members.finish_with(streams)?)
}

/// The next event, if there is a stream and one to come.
async fn next(stream: Option<&mut Structures>) -> Option<Result<Box<dyn Structure>, crate::Error>> {
    let stream = stream?;
    std::future::poll_fn(|context| stream.as_mut().poll_next(context)).await
}

/// The JSON of a structure. Members that are absent are left out, and so are streams: [`collect`] reads them.
pub fn write(value: &dyn Structure, blobs: Blobs) -> Result<Value, CodecError> {
    let mut members = writer::Members::new(value.schema(), blobs);
    value.write(&mut members);
    members.finish_with(Vec::new())
}
