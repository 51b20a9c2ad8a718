//! A reader of random values.

use crate::{
    codec::{CodecError, List, Mapping, Reader, StreamingBody, Structure},
    event_stream::MessageStream,
    schema::{Location, Member, Target},
    stream::ByteStream,
    time::Timestamp,
};
use bytes::Bytes;
use serde_json::Value as Document;
use std::borrow::Cow;

/// The depth of nested structures from which no optional member is set.
const DEPTH: usize = 4;

/// A [`Reader`] that returns random values.
#[derive(Debug)]
pub struct Random {
    source: fastrand::Rng,
    depth: usize,
}

impl Random {
    /// Creates a reader whose values depend on the seed alone.
    pub fn new(seed: u64) -> Self {
        Self { source: fastrand::Rng::with_seed(seed), depth: 0 }
    }

    /// Sets the members of a structure, or one of a union.
    pub fn fill(&mut self, into: &mut dyn Structure) -> Result<(), CodecError> {
        let schema = into.schema();
        self.depth += 1;
        if schema.union {
            let chosen = self.choose_variant(schema.members);
            self.member(into, chosen)?;
        } else {
            for index in 0..schema.members.len() {
                let required =
                    schema.members[index].required || schema.members[index].location == Location::Label;
                if required || (self.depth <= DEPTH && self.source.u8(..) < 160) {
                    self.member(into, index)?;
                }
            }
        }
        self.depth -= 1;
        Ok(())
    }

    /// Chooses any variant, or at depth the first that is not a structure.
    fn choose_variant(&mut self, members: &[Member]) -> usize {
        let shallow = |member: &Member| !matches!(member.target, Target::Structure(_));
        match members.iter().position(shallow) {
            Some(shallow) if self.depth > DEPTH => shallow,
            _ if members.is_empty() => 0,
            _ => self.source.usize(..members.len()),
        }
    }

    fn member(&mut self, into: &mut dyn Structure, index: usize) -> Result<(), CodecError> {
        let Some(member) = into.schema().members.get(index) else {
            return Err(CodecError::new("a union without cases has no value"));
        };
        match into.member_mut(index) {
            Some(slot) => slot.read(member, self).map_err(|error| error.in_member(member.name)),
            None => Err(CodecError::new("there is no such member").in_member(member.name)),
        }
    }

    fn count(&mut self) -> usize {
        if self.depth > DEPTH { 0 } else { self.source.usize(..4) }
    }

    fn text(&mut self) -> String {
        const LETTERS: [char; 16] =
            ['a', 'b', 'Z', '0', '9', '-', '_', '.', '/', ' ', '"', '\\', '%', 'é', '日', '🦀'];
        let length = 1 + self.source.usize(..8);
        (0..length).filter_map(|_| self.source.choice(LETTERS)).collect()
    }
}

impl Reader for Random {
    fn null(&mut self) -> Result<bool, CodecError> {
        Ok(false)
    }

    fn boolean(&mut self, _: &'static Member) -> Result<bool, CodecError> {
        Ok(self.source.bool())
    }

    fn integer(&mut self, at: &'static Member) -> Result<i64, CodecError> {
        Ok(match at.target {
            Target::Integer => self.source.i32(..).into(),
            _ => self.source.i64(..),
        })
    }

    fn double(&mut self, _: &'static Member) -> Result<f64, CodecError> {
        Ok(f64::from(self.source.i32(..)) / 8.0)
    }

    fn string(&mut self, _: &'static Member) -> Result<Cow<'_, str>, CodecError> {
        Ok(Cow::Owned(self.text()))
    }

    fn blob(&mut self, _: &'static Member) -> Result<Bytes, CodecError> {
        let length = self.source.usize(..8);
        Ok((0..length).map(|_| self.source.u8(..)).collect())
    }

    fn timestamp(&mut self, _: &'static Member) -> Result<Timestamp, CodecError> {
        // Between 1970 and 2100, in milliseconds: every format can represent these.
        Ok(Timestamp::new(self.source.i64(0..4_102_444_800), self.source.u32(..1000) * 1_000_000))
    }

    fn document(&mut self, _: &'static Member) -> Result<Document, CodecError> {
        Ok(Document::String(self.text()))
    }

    fn structure(&mut self, _: &'static Member, into: &mut dyn Structure) -> Result<(), CodecError> {
        self.fill(into)
    }

    fn list(&mut self, at: &'static Member, into: &mut dyn List) -> Result<(), CodecError> {
        into.clear();
        if let Target::List(element) = at.target {
            for _ in 0..self.count() {
                into.push(element, self)?;
            }
        }
        Ok(())
    }

    fn map(&mut self, at: &'static Member, into: &mut dyn Mapping) -> Result<(), CodecError> {
        into.clear();
        if let Target::Map(_, value) = at.target {
            for _ in 0..self.count() {
                let key = self.text();
                into.insert(key, value, self)?;
            }
        }
        Ok(())
    }

    fn take_body(&mut self, at: &'static Member) -> Result<Option<StreamingBody>, CodecError> {
        Ok(Some(match at.target {
            Target::Events(_) => Box::new(MessageStream::default()),
            _ => Box::new(ByteStream::default()),
        }))
    }
}
