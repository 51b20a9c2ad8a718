//! Reads values from CBOR.

use super::lexer::{Kind, Left, Lexer, Number};
use crate::{
    codec::{CodecError, List, Mapping, Place, Reader, Structure, base64, number},
    format::{depth::MAX_DEPTH, duplicate_keys::Seen},
    schema::{Member, Schema, Target},
    time::Timestamp,
};
use bytes::Bytes;
use serde_json::Value as Document;
use std::borrow::Cow;

/// A CBOR text that is read once, from the front.
pub(super) struct CborReader<'a> {
    lexer: Lexer<'a>,
    /// How many more arrays and maps may be entered.
    depth: usize,
}

impl<'a> CborReader<'a> {
    pub(super) fn new(input: &'a [u8]) -> Self {
        Self { lexer: Lexer::new(input), depth: MAX_DEPTH }
    }

    /// Fails where anything is left.
    pub(super) fn finish(&mut self) -> Result<(), CodecError> {
        self.lexer.end()
    }

    /// The members of a map that `belongs` names; others are passed over.
    pub(super) fn object(
        &mut self,
        into: &mut dyn Structure,
        belongs: fn(&Member) -> bool,
    ) -> Result<(), CodecError> {
        let schema = into.schema();
        if schema.union {
            return self.union(schema, into);
        }
        self.inside_map("a structure", |reader, left| {
            let (mut next, mut seen) = (0, Seen::default());
            while let Some(key) = reader.lexer.key(left)? {
                match find(schema, &key, next).filter(|(_, member)| belongs(member)) {
                    Some((index, member)) => {
                        next = index + 1;
                        reader
                            .member(index, member, into, &mut seen)
                            .map_err(|error| error.in_member(member.name))?;
                    }
                    None => reader.lexer.skip(reader.depth)?,
                }
            }
            Ok(())
        })
    }

    /// The strings under these keys of a map, in the order of `keys`, as far as it is one and has them. What was found before
    /// something is wrong counts.
    pub(super) fn strings<const N: usize>(mut self, keys: [&str; N]) -> [Option<Cow<'a, str>>; N] {
        let mut found = [const { None }; N];
        // Whoever asks has an error to tell already.
        _ = self.inside_map("a map", |reader, left| {
            while let Some(key) = reader.lexer.key(left)? {
                match keys.iter().zip(&mut found).find(|(wanted, _)| **wanted == key) {
                    Some((_, place)) if reader.lexer.peek() == Kind::Text => {
                        *place = Some(reader.lexer.text("a string")?);
                    }
                    _ => reader.lexer.skip(reader.depth)?,
                }
            }
            Ok(())
        });
        found
    }

    fn member(
        &mut self,
        index: usize,
        member: &'static Member,
        into: &mut dyn Structure,
        seen: &mut Seen,
    ) -> Result<(), CodecError> {
        let Some(slot) = into.slot(index) else {
            return self.lexer.skip(self.depth);
        };
        if self.lexer.peek() != Kind::Null {
            seen.clear_again(index, member, slot)?;
            return slot.read(member, self);
        }
        // An optional member that the text has twice becomes absent again; one that must be there stays as it is.
        let start = self.lexer;
        if !slot.is_absent() && slot.read(member, self).is_err() {
            self.lexer = start;
            return self.lexer.null();
        }
        self.null().map(drop)
    }

    /// A union has one member, beside nulls and the name of its own type.
    fn union(&mut self, schema: &'static Schema, into: &mut dyn Structure) -> Result<(), CodecError> {
        let mut count = 0;
        self.inside_map("a union", |reader, left| {
            while let Some(key) = reader.lexer.key(left)? {
                if key == "__type" || reader.lexer.peek() == Kind::Null {
                    reader.lexer.skip(reader.depth)?;
                    continue;
                }
                count += 1;
                if let Some((index, member)) = find(schema, &key, 0) {
                    reader
                        .member(index, member, into, &mut Seen::default())
                        .map_err(|error| error.in_member(member.name))?;
                } else {
                    reader.lexer.skip(reader.depth)?;
                    into.unknown(&key);
                }
            }
            Ok(())
        })?;
        match count {
            1 => Ok(()),
            _ => {
                Err(CodecError::expected("a union with exactly one member", format_args!("{count} members")))
            }
        }
    }

    fn inside_map(
        &mut self,
        expected: &str,
        read: impl FnOnce(&mut Self, &mut Left) -> Result<(), CodecError>,
    ) -> Result<(), CodecError> {
        let left = self.lexer.map(expected)?;
        self.inside(left, read)
    }

    fn inside(
        &mut self,
        mut left: Left,
        read: impl FnOnce(&mut Self, &mut Left) -> Result<(), CodecError>,
    ) -> Result<(), CodecError> {
        self.depth = self.depth.checked_sub(1).ok_or_else(|| self.lexer.too_deep())?;
        read(self, &mut left)?;
        self.depth += 1;
        Ok(())
    }

    /// Whether the next element is a null that the collection does not keep. Documents may be null themselves.
    fn dropped(&mut self, at: &'static Member, element: &'static Member) -> Result<bool, CodecError> {
        Ok(!at.sparse && !matches!(element.target, Target::Document) && self.null()?)
    }
}

/// The member with this key: the names are the model's, as this protocol knows no others. Most services keep the model's
/// order, so the member behind the last one is looked at first. The others are told apart by length before their letters
/// count.
fn find(schema: &'static Schema, key: &str, next: usize) -> Option<(usize, &'static Member)> {
    match schema.members.get(next) {
        Some(member) if member.name == key => Some((next, member)),
        _ => schema.members.iter().enumerate().find(|(_, member)| member.name == key),
    }
}

impl Reader for CborReader<'_> {
    fn null(&mut self) -> Result<bool, CodecError> {
        match self.lexer.peek() {
            Kind::Null => self.lexer.null().map(|()| true),
            _ => Ok(false),
        }
    }

    fn boolean(&mut self, at: &'static Member) -> Result<bool, CodecError> {
        self.lexer.boolean(at.expected())
    }

    fn integer(&mut self, at: &'static Member) -> Result<i64, CodecError> {
        match self.lexer.number(at.expected())? {
            Number::Integer(whole) => {
                i64::try_from(whole).map_err(|_| CodecError::expected("an integer of at most 64 bits", whole))
            }
            Number::Float(wide) => number::whole(&wide.to_string()),
        }
    }

    fn double(&mut self, at: &'static Member) -> Result<f64, CodecError> {
        if let Some(value) = self.lexer.plain_double() {
            return Ok(value);
        }
        #[allow(clippy::cast_precision_loss)]
        self.lexer.number(at.expected()).map(|number| match number {
            Number::Integer(whole) => whole as f64,
            Number::Float(wide) => wide,
        })
    }

    fn string(&mut self, at: &'static Member) -> Result<Cow<'_, str>, CodecError> {
        self.lexer.text(at.expected())
    }

    fn blob(&mut self, at: &'static Member) -> Result<Bytes, CodecError> {
        self.lexer.bytes(at.expected()).map(|bytes| bytes.into_owned().into())
    }

    fn timestamp(&mut self, at: &'static Member) -> Result<Timestamp, CodecError> {
        if let Some(seconds) = self.lexer.plain_seconds() {
            return Ok(Timestamp::new(seconds.into(), 0));
        }
        if self.lexer.peek() == Kind::Text {
            return Ok(Timestamp::parse_any(&self.lexer.text(at.expected())?)?);
        }
        match self.lexer.number(at.expected())? {
            Number::Integer(seconds) => i64::try_from(seconds)
                .map(|seconds| Timestamp::new(seconds, 0))
                .map_err(|_| CodecError::expected("seconds of at most 64 bits", seconds)),
            Number::Float(seconds) => Timestamp::from_f64(seconds).map_err(Into::into),
        }
    }

    fn document(&mut self, _: &'static Member) -> Result<Document, CodecError> {
        read_document(&mut self.lexer, self.depth)
    }

    fn structure(&mut self, _: &'static Member, into: &mut dyn Structure) -> Result<(), CodecError> {
        self.object(into, |_| true)
    }

    fn list(&mut self, at: &'static Member, into: &mut dyn List) -> Result<(), CodecError> {
        let Target::List(element) = at.target else {
            return Err(CodecError::expected(at.expected(), "a list to read it into"));
        };
        let left = self.lexer.array("a list")?;
        self.inside(left, |reader, left| {
            into.clear();
            into.expect(left.claimed());
            while reader.lexer.more(left)? {
                if !reader.dropped(at, element)? {
                    into.push(element, reader)?;
                }
            }
            Ok(())
        })
    }

    fn map(&mut self, at: &'static Member, into: &mut dyn Mapping) -> Result<(), CodecError> {
        let Target::Map(_, element) = at.target else {
            return Err(CodecError::expected(at.expected(), "a map to read it into"));
        };
        self.inside_map("a map", |reader, left| {
            into.clear();
            while let Some(key) = reader.lexer.key(left)? {
                let key = key.into_owned();
                match reader.dropped(at, element) {
                    Ok(true) => {}
                    Ok(false) => into.insert(key, element, reader)?,
                    Err(error) => return Err(error.within(Place::Key(key))),
                }
            }
            Ok(())
        })
    }
}

/// Reads the next item, which may hold `depth` more arrays and maps in each other.
fn read_document(lexer: &mut Lexer<'_>, depth: usize) -> Result<Document, CodecError> {
    match lexer.peek() {
        Kind::Null => lexer.null().map(|()| Document::Null),
        Kind::Boolean => lexer.boolean("a boolean").map(Document::Bool),
        Kind::Integer | Kind::Float => lexer.number("a number").map(number_of),
        Kind::Bytes => Ok(Document::String(base64::encode(&lexer.bytes("bytes")?))),
        Kind::Text => Ok(Document::String(lexer.text("a string")?.into_owned())),
        Kind::Array => {
            let depth = depth.checked_sub(1).ok_or_else(|| lexer.too_deep())?;
            let (mut left, mut items) = (lexer.array("an array")?, Vec::new());
            while lexer.more(&mut left)? {
                items.push(read_document(lexer, depth)?);
            }
            Ok(Document::Array(items))
        }
        Kind::Map => {
            let depth = depth.checked_sub(1).ok_or_else(|| lexer.too_deep())?;
            let (mut left, mut entries) = (lexer.map("a map")?, serde_json::Map::new());
            while let Some(key) = lexer.key(&mut left)? {
                entries.insert(key.into_owned(), read_document(lexer, depth)?);
            }
            Ok(Document::Object(entries))
        }
        Kind::Simple | Kind::Break | Kind::Other(_) | Kind::End => Err(lexer.unexpected("a document")),
    }
}

/// The nearest number that JSON has, or the name of a special one.
fn number_of(value: Number) -> Document {
    #[allow(clippy::cast_precision_loss)]
    let wide = match value {
        Number::Integer(whole) => match (i64::try_from(whole), u64::try_from(whole)) {
            (Ok(whole), _) => return whole.into(),
            (_, Ok(whole)) => return whole.into(),
            _ => whole as f64,
        },
        Number::Float(wide) => wide,
    };
    match serde_json::Number::from_f64(wide) {
        Some(number) => Document::Number(number),
        None => number::special(wide).map_or(Document::Null, Document::from),
    }
}
