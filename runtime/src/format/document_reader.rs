//! Reads values from JSON and CBOR, which differ only in their tokens.

use super::{budget::Budget, depth::MAX_DEPTH, duplicate_keys::SeenMembers};
use crate::{
    codec::{CodecError, List, Mapping, PathSegment, Reader, Strictness, Structure},
    schema::{Member, Schema, Target},
    time::Timestamp,
};
use bytes::Bytes;
use serde_json::Value as Document;
use std::{borrow::Cow, marker::PhantomData};

/// A position in a document. Every method consumes what it returns, and fails if something else comes next.
pub(super) trait DocumentLexer<'a>: Copy {
    /// What is left of a list or map that was started.
    type Remaining;

    /// Whether null comes next.
    fn is_null(&mut self) -> bool;
    fn null(&mut self) -> Result<(), CodecError>;
    fn boolean(&mut self, at: &'static Member) -> Result<bool, CodecError>;
    fn integer(&mut self, at: &'static Member) -> Result<i64, CodecError>;
    fn double(&mut self, at: &'static Member) -> Result<f64, CodecError>;
    /// Whether a string comes next.
    fn is_string(&mut self) -> bool;
    fn string(&mut self, expected: &str) -> Result<Cow<'a, str>, CodecError>;
    fn blob(&mut self, at: &'static Member) -> Result<Bytes, CodecError>;
    fn timestamp(&mut self, at: &'static Member) -> Result<Timestamp, CodecError>;
    /// Reads any value, in which lists and maps may be nested `depth` levels deep, and which takes memory of the budget.
    fn document(&mut self, depth: usize, budget: &mut Budget) -> Result<Document, CodecError>;
    fn start_list(&mut self, expected: &str) -> Result<Self::Remaining, CodecError>;
    /// Whether the list has another element. Consumes the list's end.
    fn next_element(&mut self, remaining: &mut Self::Remaining) -> Result<bool, CodecError>;
    fn start_map(&mut self, expected: &str) -> Result<Self::Remaining, CodecError>;
    /// Returns the key of the map's next entry. Consumes the map's end.
    fn next_key(&mut self, remaining: &mut Self::Remaining) -> Result<Option<Cow<'a, str>>, CodecError>;
    /// Consumes any value, in which lists and maps may be nested `depth` levels deep.
    fn skip(&mut self, depth: usize) -> Result<(), CodecError>;
    /// Fails unless the document ends here.
    fn end(&mut self) -> Result<(), CodecError>;
    /// Returns the error of a list or map that is nested too deep.
    fn too_deep(&self) -> CodecError;
    /// Returns the number of elements that the document announces, which may be wrong.
    fn len_hint(remaining: &Self::Remaining) -> Option<usize>;
    /// Finds the member with this key. The search starts near the index `next`.
    fn find_member(schema: &'static Schema, key: &str, next: usize) -> Option<(usize, &'static Member)>;
}

/// Reads a document once, from the front.
pub(super) struct DocumentReader<'a, L> {
    lexer: L,
    input: PhantomData<&'a [u8]>,
    /// How many levels of lists and maps may still be entered.
    depth: usize,
    budget: Budget,
    strictness: Strictness,
}

impl<'a, L: DocumentLexer<'a>> DocumentReader<'a, L> {
    /// Returns what reads a document of this many bytes.
    pub(super) fn new(lexer: L, length: usize, strictness: Strictness) -> Self {
        Self { lexer, input: PhantomData, depth: MAX_DEPTH, budget: Budget::of(length), strictness }
    }

    /// Fails unless the whole document was read.
    pub(super) fn finish(&mut self) -> Result<(), CodecError> {
        self.lexer.end()
    }

    /// Reads the members of a structure or union that `predicate` selects, and skips other keys.
    pub(super) fn members(
        &mut self,
        into: &mut dyn Structure,
        predicate: fn(&Member) -> bool,
    ) -> Result<(), CodecError> {
        let schema = into.schema();
        if schema.union {
            return self.union(schema, into);
        }
        self.map_entries("a structure", |reader, remaining| {
            let (mut next, mut seen) = (0, SeenMembers::default());
            while let Some(key) = reader.lexer.next_key(remaining)? {
                match L::find_member(schema, &key, next).filter(|(_, member)| predicate(member)) {
                    Some((index, member)) => {
                        next = index + 1;
                        reader
                            .member(index, member, into, &mut seen)
                            .map_err(|error| error.in_schema_member(member))?;
                    }
                    None => reader.lexer.skip(reader.depth)?,
                }
            }
            Ok(())
        })
    }

    /// Returns the strings under these keys of the outermost map, up to the first problem of the document.
    pub(super) fn strings<const N: usize>(mut self, keys: [&str; N]) -> [Option<Cow<'a, str>>; N] {
        let mut found = [const { None }; N];
        // The caller reports an error in any case.
        _ = self.map_entries("a map", |reader, remaining| {
            while let Some(key) = reader.lexer.next_key(remaining)? {
                match keys.iter().zip(&mut found).find(|(wanted, _)| **wanted == key) {
                    Some((_, value)) if reader.lexer.is_string() => {
                        *value = Some(reader.lexer.string("a string")?);
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
        seen: &mut SeenMembers,
    ) -> Result<(), CodecError> {
        let Some(value) = into.member_mut(index) else {
            return self.lexer.skip(self.depth);
        };
        if !self.lexer.is_null() {
            seen.reset_repeated(index, value);
            let start = self.strictness.allows_absent(member, value).then_some(self.lexer);
            return match (value.read(member, self), start) {
                (Err(error), Some(start)) => {
                    self.strictness.clear_optional_scalar(member, value);
                    // The rest of the document is more than this member.
                    self.lexer = start;
                    self.lexer.skip(self.depth).map_err(|_| error)
                }
                (read, _) => read,
            };
        }
        // Null resets an optional member that an earlier duplicate set; a required one keeps its value.
        if !value.is_absent() {
            let start = self.lexer;
            if value.read(member, self).is_err() {
                self.lexer = start;
                return self.lexer.null();
            }
        }
        self.null().map(drop)
    }

    /// Reads the one member of a union. Nulls and the name of the type do not count.
    fn union(&mut self, schema: &'static Schema, into: &mut dyn Structure) -> Result<(), CodecError> {
        let mut count = 0;
        self.map_entries("a union", |reader, remaining| {
            while let Some(key) = reader.lexer.next_key(remaining)? {
                if key == "__type" || reader.lexer.is_null() {
                    reader.lexer.skip(reader.depth)?;
                    continue;
                }
                count += 1;
                if let Some((index, member)) = L::find_member(schema, &key, 0) {
                    // A union is nothing without its member.
                    let value = into.member_mut(index);
                    value
                        .map_or(Ok(()), |value| value.read(member, reader))
                        .map_err(|error| error.in_schema_member(member))?;
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

    fn map_entries(
        &mut self,
        expected: &str,
        read: impl FnOnce(&mut Self, &mut L::Remaining) -> Result<(), CodecError>,
    ) -> Result<(), CodecError> {
        let remaining = self.lexer.start_map(expected)?;
        self.nest(remaining, read)
    }

    fn nest(
        &mut self,
        mut remaining: L::Remaining,
        read: impl FnOnce(&mut Self, &mut L::Remaining) -> Result<(), CodecError>,
    ) -> Result<(), CodecError> {
        self.depth = self.depth.checked_sub(1).ok_or_else(|| self.lexer.too_deep())?;
        read(self, &mut remaining)?;
        self.depth += 1;
        Ok(())
    }

    /// Skips a null element, unless the collection is sparse. Documents may be null themselves.
    fn skip_null(&mut self, at: &'static Member, element: &'static Member) -> Result<bool, CodecError> {
        Ok(!at.sparse && !matches!(element.target, Target::Document) && self.null()?)
    }
}

impl<'a, L: DocumentLexer<'a>> Reader for DocumentReader<'a, L> {
    fn null(&mut self) -> Result<bool, CodecError> {
        if self.lexer.is_null() { self.lexer.null().map(|()| true) } else { Ok(false) }
    }

    fn boolean(&mut self, at: &'static Member) -> Result<bool, CodecError> {
        self.lexer.boolean(at)
    }

    fn integer(&mut self, at: &'static Member) -> Result<i64, CodecError> {
        self.lexer.integer(at)
    }

    fn double(&mut self, at: &'static Member) -> Result<f64, CodecError> {
        self.lexer.double(at)
    }

    fn string(&mut self, at: &'static Member) -> Result<Cow<'_, str>, CodecError> {
        self.lexer.string(at.expected())
    }

    fn blob(&mut self, at: &'static Member) -> Result<Bytes, CodecError> {
        self.lexer.blob(at)
    }

    fn timestamp(&mut self, at: &'static Member) -> Result<Timestamp, CodecError> {
        self.lexer.timestamp(at)
    }

    fn document(&mut self, _: &'static Member) -> Result<Document, CodecError> {
        self.lexer.document(self.depth, &mut self.budget)
    }

    fn structure(&mut self, _: &'static Member, into: &mut dyn Structure) -> Result<(), CodecError> {
        self.budget.spend(into.boxed_size())?;
        self.members(into, |_| true)
    }

    fn list(&mut self, at: &'static Member, into: &mut dyn List) -> Result<(), CodecError> {
        let Target::List(element) = at.target else {
            return Err(CodecError::expected(at.expected(), "a list to read it into"));
        };
        let remaining = self.lexer.start_list("a list")?;
        self.nest(remaining, |reader, remaining| {
            into.clear();
            if let Some(length) = L::len_hint(remaining) {
                into.reserve_hint(length);
            }
            while reader.lexer.next_element(remaining)? {
                if !reader.skip_null(at, element)? {
                    reader.budget.spend(into.element_size())?;
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
        self.map_entries("a map", |reader, remaining| {
            into.clear();
            while let Some(key) = reader.lexer.next_key(remaining)? {
                match reader.skip_null(at, element) {
                    Ok(true) => {}
                    Ok(false) => {
                        reader.budget.spend(into.entry_size())?;
                        into.insert(key.into_owned(), element, reader)?;
                    }
                    Err(error) => return Err(error.at(PathSegment::Key(key.into_owned()))),
                }
            }
            Ok(())
        })
    }
}
