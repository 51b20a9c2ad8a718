//! A body that is the bytes of one member, unchanged.

use super::headers::request_id;
use crate::{
    codec::{CodecError, List, Mapping, Reader, StreamingBody, Structure, Value, Writer},
    event_stream::MessageStream,
    operation::{OperationSchema, Response, ResponseBody},
    schema::{Member, Target},
    stream::ByteStream,
    time::Timestamp,
};
use bytes::Bytes;
use serde_json::Value as Document;
use std::borrow::Cow;

/// Takes the bytes of a blob or string.
pub(super) struct RawWriter(Result<Bytes, CodecError>);

impl RawWriter {
    /// The bytes of `value`.
    pub(super) fn bytes(at: &'static Member, value: &dyn Value) -> Result<Bytes, CodecError> {
        let mut writer = Self(Ok(Bytes::new()));
        value.write(at, &mut writer);
        writer.0
    }
}

macro_rules! refuse {
    ($($name:ident($($type:ty)?);)*) => {
        $(fn $name(&mut self, at: &'static Member $(, _: $type)?) {
            self.fail(CodecError::expected(at.expected(), concat!("a ", stringify!($name))));
        })*
    };
}

impl Writer for RawWriter {
    fn string(&mut self, _: &'static Member, value: &str) {
        self.0 = Ok(Bytes::copy_from_slice(value.as_bytes()));
    }

    fn blob(&mut self, _: &'static Member, value: &Bytes) {
        self.0 = Ok(value.clone());
    }

    fn fail(&mut self, error: CodecError) {
        self.0 = Err(error);
    }

    refuse! {
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

/// Gives the body of an operation's message as a blob, a string, a stream or events.
pub(super) struct RawReader {
    operation: &'static OperationSchema,
    request_id: Option<String>,
    body: ResponseBody,
}

impl RawReader {
    /// What gives this body, once.
    pub(super) fn new(
        operation: &'static OperationSchema,
        request_id: Option<String>,
        body: ResponseBody,
    ) -> Self {
        Self { operation, request_id, body }
    }

    fn take(&mut self) -> ResponseBody {
        std::mem::replace(&mut self.body, ResponseBody::Bytes(Bytes::new()))
    }
}

fn raw<T>(at: &Member) -> Result<T, CodecError> {
    Err(CodecError::expected(at.expected(), "the bytes of a body"))
}

impl Reader for RawReader {
    fn null(&mut self) -> Result<bool, CodecError> {
        Ok(false)
    }

    fn string(&mut self, _: &'static Member) -> Result<Cow<'_, str>, CodecError> {
        let text = String::from_utf8(self.take().whole()?.into());
        text.map(Cow::Owned).map_err(|error| CodecError::expected("text in UTF-8", error.utf8_error()))
    }

    fn blob(&mut self, _: &'static Member) -> Result<Bytes, CodecError> {
        self.take().whole()
    }

    fn take_body(&mut self, at: &'static Member) -> Result<Option<StreamingBody>, CodecError> {
        let stream: ByteStream = match self.take() {
            ResponseBody::Bytes(bytes) => bytes.into(),
            ResponseBody::Stream(stream) => stream,
        };
        Ok(Some(match at.target {
            Target::Events(_) => {
                Box::new(MessageStream::new(stream, self.operation).with_request_id(self.request_id.take()))
            }
            _ => Box::new(stream),
        }))
    }

    fn boolean(&mut self, at: &'static Member) -> Result<bool, CodecError> {
        raw(at)
    }

    fn integer(&mut self, at: &'static Member) -> Result<i64, CodecError> {
        raw(at)
    }

    fn double(&mut self, at: &'static Member) -> Result<f64, CodecError> {
        raw(at)
    }

    fn timestamp(&mut self, at: &'static Member) -> Result<Timestamp, CodecError> {
        raw(at)
    }

    fn document(&mut self, at: &'static Member) -> Result<Document, CodecError> {
        raw(at)
    }

    fn structure(&mut self, at: &'static Member, _: &mut dyn Structure) -> Result<(), CodecError> {
        raw(at)
    }

    fn list(&mut self, at: &'static Member, _: &mut dyn List) -> Result<(), CodecError> {
        raw(at)
    }

    fn map(&mut self, at: &'static Member, _: &mut dyn Mapping) -> Result<(), CodecError> {
        raw(at)
    }
}

/// The body of a protocol that binds nothing to HTTP: the document of all members, or nothing where a member took it as the
/// stream that it is. The first event of such a stream is the document.
pub(super) fn document(
    operation: &'static OperationSchema,
    response: Response,
    output: &mut dyn Structure,
) -> Result<Option<Bytes>, CodecError> {
    let mut members = output.schema().members.iter().enumerate();
    let stream = members.find(|(_, member)| matches!(member.target, Target::Stream | Target::Events(_)));
    let Some((slot, member)) = stream.and_then(|(index, member)| Some((output.member_mut(index)?, member)))
    else {
        return response.body.whole().map(Some);
    };
    let request_id = request_id(&response.headers);
    let read = slot.read(member, &mut RawReader::new(operation, request_id, response.body));
    read.map(|()| None).map_err(|error| error.in_member(member.name))
}

impl ResponseBody {
    /// All bytes. Only where an operation streams, the client hands over what it has not read yet.
    pub(super) fn whole(self) -> Result<Bytes, CodecError> {
        match self {
            Self::Bytes(bytes) => Ok(bytes),
            Self::Stream(mut stream) => stream
                .held()
                .ok_or_else(|| CodecError::expected("the whole body", "a stream that is not read yet")),
        }
    }
}
