//! Bodies that are the bytes of a single member.

use crate::{
    codec::{CodecError, List, Mapping, Reader, StreamingBody, Structure, Value, Writer},
    event_stream::MessageStream,
    operation::{self, OperationSchema, Response, ResponseBody},
    schema::{Member, Target},
    stream::ByteStream,
    time::Timestamp,
};
use ::http::HeaderMap;
use bytes::Bytes;
use serde_json::Value as Document;
use std::borrow::Cow;

/// Writes the bytes of a blob or string.
pub(super) struct PayloadWriter(Result<Bytes, CodecError>);

impl PayloadWriter {
    /// Returns the bytes of `value`.
    pub(super) fn bytes(at: &'static Member, value: &dyn Value) -> Result<Bytes, CodecError> {
        let mut writer = Self(Ok(Bytes::new()));
        value.write(at, &mut writer);
        writer.0
    }
}

macro_rules! type_mismatch {
    ($($name:ident($($type:ty)?);)*) => {
        $(fn $name(&mut self, at: &'static Member $(, _: $type)?) {
            self.fail(CodecError::expected(at.expected(), concat!("a ", stringify!($name))));
        })*
    };
}

impl Writer for PayloadWriter {
    fn string(&mut self, _: &'static Member, value: &str) {
        self.0 = Ok(Bytes::copy_from_slice(value.as_bytes()));
    }

    fn blob(&mut self, _: &'static Member, value: &Bytes) {
        self.0 = Ok(value.clone());
    }

    fn fail(&mut self, error: CodecError) {
        self.0 = Err(error);
    }

    type_mismatch! {
        null();
        boolean(bool);
        integer(i64);
        float(f32);
        double(f64);
        timestamp(Timestamp);
        document(&Document);
        structure(&dyn Structure);
        list(&dyn List);
        map(&dyn Mapping);
    }
}

/// Reads the body of a message as a blob, a string, a stream or events.
pub(super) struct PayloadReader<'a> {
    operation: &'static OperationSchema,
    /// Those of a response.
    headers: Option<&'a HeaderMap>,
    body: ResponseBody,
}

impl<'a> PayloadReader<'a> {
    /// Returns a reader that returns this body once.
    pub(super) fn new(
        operation: &'static OperationSchema,
        headers: Option<&'a HeaderMap>,
        body: ResponseBody,
    ) -> Self {
        Self { operation, headers, body }
    }

    fn take(&mut self) -> ResponseBody {
        std::mem::replace(&mut self.body, ResponseBody::Bytes(Bytes::new()))
    }
}

fn type_mismatch<T>(at: &Member) -> Result<T, CodecError> {
    Err(CodecError::expected(at.expected(), "a body of bytes"))
}

impl Reader for PayloadReader<'_> {
    fn null(&mut self) -> Result<bool, CodecError> {
        Ok(false)
    }

    fn string(&mut self, _: &'static Member) -> Result<Cow<'_, str>, CodecError> {
        let text = String::from_utf8(self.take().into_bytes()?.into());
        text.map(Cow::Owned).map_err(|error| CodecError::expected("text in UTF-8", error.utf8_error()))
    }

    fn blob(&mut self, _: &'static Member) -> Result<Bytes, CodecError> {
        self.take().into_bytes()
    }

    fn take_body(&mut self, at: &'static Member) -> Result<Option<StreamingBody>, CodecError> {
        let stream: ByteStream = match self.take() {
            ResponseBody::Bytes(bytes) => bytes.into(),
            ResponseBody::Stream(stream) => stream,
        };
        Ok(Some(match at.target {
            Target::Events(_) => {
                let request_id = self.headers.and_then(operation::request_id).map(str::to_owned);
                Box::new(MessageStream::new(stream, self.operation).with_request_id(request_id))
            }
            _ => Box::new(stream),
        }))
    }

    fn boolean(&mut self, at: &'static Member) -> Result<bool, CodecError> {
        type_mismatch(at)
    }

    fn integer(&mut self, at: &'static Member) -> Result<i64, CodecError> {
        type_mismatch(at)
    }

    fn double(&mut self, at: &'static Member) -> Result<f64, CodecError> {
        type_mismatch(at)
    }

    fn timestamp(&mut self, at: &'static Member) -> Result<Timestamp, CodecError> {
        type_mismatch(at)
    }

    fn document(&mut self, at: &'static Member) -> Result<Document, CodecError> {
        type_mismatch(at)
    }

    fn structure(&mut self, at: &'static Member, _: &mut dyn Structure) -> Result<(), CodecError> {
        type_mismatch(at)
    }

    fn list(&mut self, at: &'static Member, _: &mut dyn List) -> Result<(), CodecError> {
        type_mismatch(at)
    }

    fn map(&mut self, at: &'static Member, _: &mut dyn Mapping) -> Result<(), CodecError> {
        type_mismatch(at)
    }
}

/// Returns the document of a protocol without HTTP bindings. If a member is a stream, reads it from the body instead and returns
/// `None`: the document is then the first event.
pub(super) fn read_stream_or_document(
    operation: &'static OperationSchema,
    response: Response,
    output: &mut dyn Structure,
) -> Result<Option<Bytes>, CodecError> {
    let mut members = output.schema().members.iter().enumerate();
    let stream = members.find(|(_, member)| matches!(member.target, Target::Stream | Target::Events(_)));
    let Some((index, member)) = stream else { return response.body.into_bytes().map(Some) };
    let Some(value) = output.member_mut(index) else { return response.body.into_bytes().map(Some) };
    let headers = Some(&response.headers);
    let read = value.read(member, &mut PayloadReader::new(operation, headers, response.body));
    read.map(|()| None).map_err(|error| error.in_schema_member(member))
}
