//! Writes the members of structures: the part that the formats have in common.

use crate::{
    codec::{CodecError, MemberWriter, PathSegment, Structure, Value, Writer},
    schema::{Member, Schema, Target},
};

/// Selects the members of a message's outermost structure that its document contains.
#[derive(Clone, Copy)]
pub(crate) struct MemberFilter<'a> {
    /// Selects members; `None` selects all.
    pub(crate) predicate: Option<fn(&Member) -> bool>,
    /// Generates the value of an unset idempotency token. Only operation inputs have one.
    pub(crate) idempotency_token: Option<&'a dyn Fn() -> String>,
}

impl MemberFilter<'_> {
    /// Selects every member.
    pub(crate) const ALL: Self = Self { predicate: None, idempotency_token: None };

    /// The members of an event's document: all but those that are headers of its message.
    pub(crate) const EVENT: Self =
        Self { predicate: Some(|member| !member.event_header), idempotency_token: None };

    /// Whether the member is selected.
    pub(crate) fn includes(&self, member: &Member) -> bool {
        self.predicate.is_none_or(|predicate| predicate(member))
    }

    /// Returns the value that is written for the unset `member`, if any.
    pub(crate) fn generated_value(&self, member: &Member) -> Option<String> {
        self.idempotency_token.filter(|_| member.idempotency_token).map(|generate| generate())
    }
}

/// A [`Writer`] of documents, which keeps its first error until the document is finished.
pub(super) trait DocumentWriter: Writer + Sized {
    /// The first error.
    fn error_mut(&mut self) -> &mut Option<CodecError>;

    /// Writes a member that is set, the `position`th of its structure.
    fn write_member(&mut self, position: usize, member: &'static Member, value: &dyn Value);

    /// Whether the document contains the member if it is set. Streams are sent as the body, not in a document.
    fn contains(&self, member: &Member) -> bool {
        !matches!(member.target, Target::Stream | Target::Events(_))
    }

    /// Keeps the error unless there is one already.
    fn keep_error(&mut self, error: CodecError) {
        self.error_mut().get_or_insert(error);
    }

    /// Calls `write`, and adds `segment` to the path of an error that it reports.
    fn at(&mut self, segment: impl FnOnce() -> PathSegment, write: impl FnOnce(&mut Self)) {
        self.map_error(|error| error.at(segment()), write);
    }

    /// Calls `write`, and adds the member to the path of an error that it reports.
    fn in_member(&mut self, member: &'static Member, write: impl FnOnce(&mut Self)) {
        self.map_error(|error| error.in_schema_member(member), write);
    }

    /// Calls `write`, and changes the error that it reports.
    fn map_error(&mut self, map: impl FnOnce(CodecError) -> CodecError, write: impl FnOnce(&mut Self)) {
        let had_error = self.error_mut().is_some();
        write(self);
        if !had_error && let Some(error) = self.error_mut().take() {
            *self.error_mut() = Some(map(error));
        }
    }

    /// Writes the selected members of a structure or union. Their positions count from `first`. Returns the next position.
    fn write_members(&mut self, value: &dyn Structure, filter: MemberFilter<'_>, first: usize) -> usize {
        let mut members = Members { out: self, schema: value.schema(), filter, position: first };
        value.write(&mut members);
        members.position
    }

    /// Writes the one member of a union, or the selected members of a structure. Returns their number.
    fn write_structure(&mut self, value: &dyn Structure, filter: MemberFilter<'_>) -> usize {
        let schema = value.schema();
        let count = self.write_members(value, filter, 0);
        if schema.union && count != 1 {
            self.keep_error(CodecError::expected(
                "a union with exactly one member that the model knows",
                format_args!("{count} of {}", schema.name),
            ));
        }
        count
    }
}

/// Passes the selected members of a structure to a [`DocumentWriter`].
struct Members<'a, W> {
    out: &'a mut W,
    schema: &'static Schema,
    filter: MemberFilter<'a>,
    position: usize,
}

impl<W: DocumentWriter> Members<'_, W> {
    fn write(&mut self, member: &'static Member, value: &dyn Value) {
        self.out.write_member(self.position, member, value);
        self.position += 1;
    }
}

impl<W: DocumentWriter> MemberWriter for Members<'_, W> {
    fn member(&mut self, index: usize, value: &dyn Value) {
        let Some(member) = self.schema.members.get(index) else { return };
        if !self.out.contains(member) || !self.filter.includes(member) {
            return;
        }
        if !value.is_absent() {
            self.write(member, value);
        } else if let Some(value) = self.filter.generated_value(member) {
            self.write(member, &value);
        }
    }

    fn wants_absent(&self) -> bool {
        self.filter.idempotency_token.is_some()
    }
}
