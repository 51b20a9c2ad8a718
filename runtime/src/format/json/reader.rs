//! Reads values from JSON.

use super::lexer::{Kind, Lexer};
use crate::{
    codec::{CodecError, List, Mapping, Place, Reader, Structure, base64, number, truncated_quote},
    format::{depth::MAX_DEPTH, duplicate_keys::Seen},
    schema::{Member, Schema, Target},
    time::{Timestamp, TimestampFormat},
};
use bytes::Bytes;
use serde_json::Value as Document;
use std::borrow::Cow;

/// A JSON text that is read once, from the front.
pub(super) struct JsonReader<'a> {
    lexer: Lexer<'a>,
    /// How many more arrays and objects may be entered.
    depth: usize,
}

impl<'a> JsonReader<'a> {
    pub(super) fn new(input: &'a [u8]) -> Self {
        Self { lexer: Lexer::new(input), depth: MAX_DEPTH }
    }

    /// Fails where anything is left.
    pub(super) fn finish(&mut self) -> Result<(), CodecError> {
        self.lexer.end()
    }

    /// The members of an object that `belongs` names; others are passed over.
    pub(super) fn object(
        &mut self,
        into: &mut dyn Structure,
        belongs: fn(&Member) -> bool,
    ) -> Result<(), CodecError> {
        let schema = into.schema();
        if schema.union {
            return self.union(schema, into);
        }
        self.inside(Kind::Object, "a structure", |reader| {
            let (mut first, mut next, mut seen) = (true, 0, Seen::default());
            while let Some(key) = reader.lexer.key(&mut first)? {
                match find(schema, &key, next).filter(|(_, member)| belongs(member)) {
                    Some((index, member)) => {
                        next = index + 1;
                        reader
                            .member(index, member, into, &mut seen)
                            .map_err(|error| error.in_member(member.name))?;
                    }
                    None => _ = reader.lexer.skip(reader.depth)?,
                }
            }
            Ok(())
        })
    }

    /// The strings under these keys of an object, in the order of `keys`, as far as it is one and has them. What was found
    /// before something is wrong counts.
    pub(super) fn strings<const N: usize>(mut self, keys: [&str; N]) -> [Option<Cow<'a, str>>; N] {
        let mut found = [const { None }; N];
        // Whoever asks has an error to tell already.
        _ = self.inside(Kind::Object, "an object", |reader| {
            let mut first = true;
            while let Some(key) = reader.lexer.key(&mut first)? {
                match keys.iter().zip(&mut found).find(|(wanted, _)| **wanted == key) {
                    Some((_, place)) if reader.lexer.peek() == Kind::String => {
                        *place = Some(reader.lexer.string("a string")?);
                    }
                    _ => _ = reader.lexer.skip(reader.depth)?,
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
            return self.lexer.skip(self.depth).map(drop);
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
        self.inside(Kind::Object, "a union", |reader| {
            let mut first = true;
            while let Some(key) = reader.lexer.key(&mut first)? {
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

    fn inside(
        &mut self,
        kind: Kind,
        expected: &str,
        read: impl FnOnce(&mut Self) -> Result<(), CodecError>,
    ) -> Result<(), CodecError> {
        self.lexer.open(kind, expected)?;
        self.depth = self.depth.checked_sub(1).ok_or_else(|| self.lexer.too_deep())?;
        read(self)?;
        self.depth += 1;
        Ok(())
    }

    /// Whether the next element is a null that the collection does not keep. Documents may be null themselves.
    fn dropped(&mut self, at: &'static Member, element: &'static Member) -> Result<bool, CodecError> {
        Ok(!at.sparse && !matches!(element.target, Target::Document) && self.null()?)
    }
}

/// The member with this key. Most services keep the model's order and some reverse it: so the members next to the last one
/// are looked at first. The others are told apart by length before their letters count.
fn find(schema: &'static Schema, key: &str, next: usize) -> Option<(usize, &'static Member)> {
    let named = |member: &Member| member.body_name() == key;
    let at =
        |index: usize| schema.members.get(index).filter(|member| named(member)).map(|member| (index, member));
    let near = at(next).or_else(|| at(next.checked_sub(2)?));
    near.or_else(|| schema.members.iter().enumerate().find(|(_, member)| named(member)))
}

impl Reader for JsonReader<'_> {
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
        number::whole(self.lexer.number(at.expected())?)
    }

    fn double(&mut self, at: &'static Member) -> Result<f64, CodecError> {
        if self.lexer.peek() != Kind::String {
            return number::finite(self.lexer.number(at.expected())?);
        }
        let text = self.lexer.string("a number")?;
        number::named(&text).ok_or_else(|| {
            CodecError::expected("a number, \"NaN\", \"Infinity\" or \"-Infinity\"", truncated_quote(&text))
        })
    }

    fn string(&mut self, at: &'static Member) -> Result<Cow<'_, str>, CodecError> {
        self.lexer.string(at.expected())
    }

    fn blob(&mut self, _: &'static Member) -> Result<Bytes, CodecError> {
        base64::decode(&self.lexer.string("a blob, as a string in base64")?)
    }

    fn timestamp(&mut self, at: &'static Member) -> Result<Timestamp, CodecError> {
        match self.lexer.peek() {
            Kind::Number => {
                let number = self.lexer.number(at.expected())?;
                Ok(Timestamp::parse(number, TimestampFormat::EpochSeconds)?)
            }
            _ => Ok(Timestamp::parse_any(&self.lexer.string(at.expected())?)?),
        }
    }

    fn document(&mut self, _: &'static Member) -> Result<Document, CodecError> {
        let text = self.lexer.skip(self.depth)?;
        serde_json::from_slice(text).map_err(|error| CodecError::expected("a document", error))
    }

    fn structure(&mut self, _: &'static Member, into: &mut dyn Structure) -> Result<(), CodecError> {
        self.object(into, |_| true)
    }

    fn list(&mut self, at: &'static Member, into: &mut dyn List) -> Result<(), CodecError> {
        let Target::List(element) = at.target else {
            return Err(CodecError::expected(at.expected(), "a list to read it into"));
        };
        self.inside(Kind::Array, "a list", |reader| {
            into.clear();
            let mut first = true;
            while reader.lexer.element(&mut first)? {
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
        self.inside(Kind::Object, "a map", |reader| {
            into.clear();
            let mut first = true;
            while let Some(key) = reader.lexer.key(&mut first)? {
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
