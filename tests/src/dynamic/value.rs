//! Values of any type, with the types of their schemas.

use super::DynamicStructure;
use myrina::{
    ByteStream, Bytes, Document, Timestamp,
    codec::{CodecError, List, Mapping, PathSegment, Reader, StreamingBody, Value, Writer},
    schema::{Member, Target},
};

/// The place of a member, element or map value, which may be empty.
#[derive(Debug, Default)]
pub(super) struct Slot(pub(super) Option<Node>);

#[derive(Debug)]
pub(super) enum Node {
    Boolean(bool),
    Integer(i64),
    Float(f32),
    Double(f64),
    String(String),
    Blob(Bytes),
    Stream(ByteStream),
    Timestamp(Timestamp),
    Document(Document),
    List(Items),
    Map(Entries),
    Structure(DynamicStructure),
}

#[derive(Debug, Default)]
pub(super) struct Items(pub(super) Vec<Slot>);

#[derive(Debug, Default)]
pub(super) struct Entries(pub(super) Vec<(String, Slot)>);

impl Value for Slot {
    fn is_absent(&self) -> bool {
        self.0.is_none()
    }

    fn write(&self, at: &'static Member, out: &mut dyn Writer) {
        match &self.0 {
            None => out.null(at),
            Some(Node::Boolean(value)) => out.boolean(at, *value),
            Some(Node::Integer(value)) => out.integer(at, *value),
            Some(Node::Float(value)) => out.float(at, *value),
            Some(Node::Double(value)) => out.double(at, *value),
            Some(Node::String(value)) => out.string(at, value),
            Some(Node::Blob(value)) => out.blob(at, value),
            Some(Node::Stream(_)) => {}
            Some(Node::Timestamp(value)) => out.timestamp(at, *value),
            Some(Node::Document(value)) => out.document(at, value),
            Some(Node::List(value)) => out.list(at, value),
            Some(Node::Map(value)) => out.map(at, value),
            Some(Node::Structure(value)) => out.structure(at, value),
        }
    }

    fn read(&mut self, at: &'static Member, from: &mut dyn Reader) -> Result<(), CodecError> {
        if from.null()? {
            self.0 = None;
            return Ok(());
        }
        self.0.get_or_insert_with(|| Node::empty(at)).read(at, from)
    }

    fn empty() -> Self {
        Self::default()
    }

    fn reset(&mut self) {
        *self = Self::empty();
    }

    fn take_body(&mut self) -> Option<StreamingBody> {
        match &mut self.0 {
            Some(Node::Stream(stream)) => stream.take_body(),
            _ => None,
        }
    }
}

impl Node {
    fn empty(at: &'static Member) -> Self {
        match at.target {
            Target::Boolean => Self::Boolean(false),
            Target::Integer | Target::Long => Self::Integer(0),
            Target::Float => Self::Float(0.0),
            Target::Double => Self::Double(0.0),
            Target::String => Self::String(String::new()),
            Target::Blob => Self::Blob(Bytes::new()),
            Target::Timestamp(_) => Self::Timestamp(Timestamp::EPOCH),
            Target::Document => Self::Document(Document::Null),
            Target::List(_) => Self::List(Items::default()),
            Target::Map(..) => Self::Map(Entries::default()),
            Target::Structure(schema) => Self::Structure(DynamicStructure::new(schema())),
            _ => Self::Stream(ByteStream::default()),
        }
    }

    fn read(&mut self, at: &'static Member, from: &mut dyn Reader) -> Result<(), CodecError> {
        match self {
            Self::Boolean(value) => value.read(at, from),
            Self::Integer(value) if matches!(at.target, Target::Integer) => {
                let mut narrow = 0_i32;
                narrow.read(at, from)?;
                *value = narrow.into();
                Ok(())
            }
            Self::Integer(value) => value.read(at, from),
            Self::Float(value) => value.read(at, from),
            Self::Double(value) => value.read(at, from),
            Self::String(value) => value.read(at, from),
            Self::Blob(value) => value.read(at, from),
            Self::Stream(value) => value.read(at, from),
            Self::Timestamp(value) => value.read(at, from),
            Self::Document(value) => value.read(at, from),
            Self::List(value) => from.list(at, value),
            Self::Map(value) => from.map(at, value),
            Self::Structure(value) => from.structure(at, value),
        }
    }
}

impl List for Items {
    fn len(&self) -> usize {
        self.0.len()
    }

    fn item(&self, index: usize) -> Option<&dyn Value> {
        self.0.get(index).map(|slot| slot as &dyn Value)
    }

    fn clear(&mut self) {
        self.0.clear();
    }

    fn push(&mut self, at: &'static Member, from: &mut dyn Reader) -> Result<(), CodecError> {
        let mut slot = Slot::default();
        slot.read(at, from).map_err(|error| error.at(PathSegment::Index(self.0.len())))?;
        self.0.push(slot);
        Ok(())
    }
}

impl Mapping for Entries {
    fn len(&self) -> usize {
        self.0.len()
    }

    fn entry(&self, index: usize) -> Option<(&str, &dyn Value)> {
        self.0.get(index).map(|(key, slot)| (key.as_str(), slot as &dyn Value))
    }

    fn clear(&mut self) {
        self.0.clear();
    }

    fn insert(&mut self, key: String, at: &'static Member, from: &mut dyn Reader) -> Result<(), CodecError> {
        let mut slot = Slot::default();
        slot.read(at, from).map_err(|error| error.at(PathSegment::Key(key.clone())))?;
        self.0.retain(|(other, _)| *other != key);
        self.0.push((key, slot));
        Ok(())
    }
}
