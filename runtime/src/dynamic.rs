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
    schema::OperationSchema,
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

/// Reads a structure from its JSON. Members that are not described are an error, as they would be lost.
pub fn read(json: &Value, into: &mut dyn Structure, blobs: Blobs) -> Result<(), CodecError> {
    reader::JsonReader::new(json, blobs).structure(into)
}

/// The JSON of a structure. Members that are absent are left out.
pub fn write(value: &dyn Structure, blobs: Blobs) -> Result<Value, CodecError> {
    let mut members = writer::Members::new(value.schema(), blobs);
    value.write(&mut members);
    members.finish()
}
