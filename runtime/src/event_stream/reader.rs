//! Reads members from the parts of a message.

use super::{
    MessageStream, decode,
    frame::{HeaderValue, Message},
};
use crate::{
    codec::{CodecError, List, Mapping, Reader, StreamingBody, Structure},
    operation::OperationSchema,
    schema::Member,
    time::Timestamp,
};
use bytes::Bytes;
use serde_json::Value as Document;
use std::borrow::Cow;

/// Reads one part of a message.
pub(super) struct PartReader<'a> {
    pub(super) operation: &'static OperationSchema,
    pub(super) part: Part<'a>,
}

pub(super) enum Part<'a> {
    /// A whole message, for the structure of an event.
    Message(&'a Message),
    Header(&'a HeaderValue),
    Payload(&'a Bytes),
    /// The other messages of the stream.
    Events(MessageStream),
}

impl Part<'_> {
    fn type_mismatch<T>(&self, at: &'static Member) -> Result<T, CodecError> {
        Err(CodecError::expected(
            at.expected(),
            match self {
                Self::Message(_) => "a message",
                Self::Header(value) => value.found(),
                Self::Payload(_) => "a message's payload",
                Self::Events(_) => "a stream of events",
            },
        ))
    }
}

impl Reader for PartReader<'_> {
    fn null(&mut self) -> Result<bool, CodecError> {
        Ok(false)
    }

    fn boolean(&mut self, at: &'static Member) -> Result<bool, CodecError> {
        match self.part {
            Part::Header(HeaderValue::Bool(value)) => Ok(*value),
            _ => self.part.type_mismatch(at),
        }
    }

    fn integer(&mut self, at: &'static Member) -> Result<i64, CodecError> {
        match self.part {
            Part::Header(HeaderValue::Byte(value)) => Ok((*value).into()),
            Part::Header(HeaderValue::Short(value)) => Ok((*value).into()),
            Part::Header(HeaderValue::Int(value)) => Ok((*value).into()),
            Part::Header(HeaderValue::Long(value)) => Ok(*value),
            _ => self.part.type_mismatch(at),
        }
    }

    fn double(&mut self, at: &'static Member) -> Result<f64, CodecError> {
        self.part.type_mismatch(at)
    }

    fn string(&mut self, at: &'static Member) -> Result<Cow<'_, str>, CodecError> {
        match self.part {
            Part::Header(HeaderValue::String(text)) => Ok(text.into()),
            Part::Payload(bytes) => match std::str::from_utf8(bytes) {
                Ok(text) => Ok(text.into()),
                Err(error) => Err(CodecError::expected("text in UTF-8", error)),
            },
            _ => self.part.type_mismatch(at),
        }
    }

    fn blob(&mut self, at: &'static Member) -> Result<Bytes, CodecError> {
        match self.part {
            Part::Header(HeaderValue::Bytes(bytes)) | Part::Payload(bytes) => Ok(bytes.clone()),
            _ => self.part.type_mismatch(at),
        }
    }

    fn timestamp(&mut self, at: &'static Member) -> Result<Timestamp, CodecError> {
        match self.part {
            Part::Header(HeaderValue::Timestamp(time)) => Ok(*time),
            _ => self.part.type_mismatch(at),
        }
    }

    fn document(&mut self, at: &'static Member) -> Result<Document, CodecError> {
        self.part.type_mismatch(at)
    }

    fn structure(&mut self, at: &'static Member, into: &mut dyn Structure) -> Result<(), CodecError> {
        match self.part {
            Part::Message(message) => decode::members(self.operation, message, into),
            Part::Payload(bytes) => {
                self.operation.service.protocol.read_document(self.operation, bytes, into)
            }
            _ => self.part.type_mismatch(at),
        }
    }

    fn list(&mut self, at: &'static Member, _: &mut dyn List) -> Result<(), CodecError> {
        self.part.type_mismatch(at)
    }

    fn map(&mut self, at: &'static Member, _: &mut dyn Mapping) -> Result<(), CodecError> {
        self.part.type_mismatch(at)
    }

    fn take_body(&mut self, at: &'static Member) -> Result<Option<StreamingBody>, CodecError> {
        match &mut self.part {
            Part::Events(source) => Ok(Some(Box::new(std::mem::take(source)))),
            part => part.type_mismatch(at),
        }
    }
}
