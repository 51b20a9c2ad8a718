//! Collects what a structure binds to the parts of a message other than its body.

use super::{direction::Direction, header};
use crate::{
    codec::{CodecError, MemberWriter, Structure, Value, text::TextWriter},
    format::MemberFilter,
    protocol::headers::{header_name, header_value},
    schema::{Location, Member, Schema, Target},
    time::TimestampFormat,
};
use ::http::{HeaderMap, HeaderName};

/// Everything of a message but its body.
#[derive(Default)]
pub(super) struct Parts {
    /// The labels of the path, by their names; not encoded.
    pub(super) labels: Vec<(&'static str, String)>,
    /// The query's parameters in their order; not encoded.
    pub(super) query: Vec<(String, String)>,
    /// The header fields.
    pub(super) headers: HeaderMap,
    /// The status code.
    pub(super) status: Option<u16>,
}

impl Parts {
    /// What the members of `value` say.
    pub(super) fn of(
        value: &dyn Structure,
        direction: Direction,
        tokens: Option<&dyn Fn() -> String>,
    ) -> Result<Self, CodecError> {
        let mut collector = Collector {
            schema: value.schema(),
            direction,
            filter: MemberFilter { idempotency_token: tokens, ..MemberFilter::ALL },
            parts: Self::default(),
            query: Vec::new(),
            headers: Vec::new(),
            error: None,
        };
        value.write(&mut collector);
        collector.finish()
    }
}

type Entries = Vec<(String, Vec<String>)>;

struct Collector<'a> {
    schema: &'static Schema,
    direction: Direction,
    filter: MemberFilter<'a>,
    parts: Parts,
    /// Maps of parameters and of header fields wait until the end: a member of its own wins over them.
    query: Entries,
    headers: Vec<(&'static str, Entries)>,
    error: Option<CodecError>,
}

impl Collector<'_> {
    fn finish(mut self) -> Result<Parts, CodecError> {
        if let Some(error) = self.error {
            return Err(error);
        }
        let own = self.parts.query.len();
        for (key, texts) in self.query {
            let bound = self.parts.query.iter().take(own).any(|(name, _)| *name == key);
            if !bound {
                self.parts.query.extend(texts.into_iter().map(|text| (key.clone(), text)));
            }
        }
        let own: Vec<HeaderName> = self.parts.headers.keys().cloned().collect();
        for (prefix, entries) in self.headers {
            for (key, texts) in entries {
                let name = header_name(&format!("{prefix}{key}"))?;
                if !own.contains(&name) {
                    self.parts.headers.insert(name, header_value(&texts.join(", "))?);
                }
            }
        }
        Ok(self.parts)
    }

    fn bind(&mut self, member: &'static Member, value: &dyn Value) -> Result<(), CodecError> {
        let map = matches!(member.target, Target::Map(..));
        match self.direction.location(member) {
            Location::Label => {
                let text = TextWriter::texts(member, value, TimestampFormat::DateTime)?.concat();
                self.parts.labels.push((member.wire_name(), text));
            }
            Location::Query if map => {
                self.query.extend(TextWriter::entries(member, value, TimestampFormat::DateTime)?);
            }
            Location::Query => {
                let texts = TextWriter::texts(member, value, TimestampFormat::DateTime)?;
                let named = texts.into_iter().map(|text| (member.wire_name().to_owned(), text));
                self.parts.query.extend(named);
            }
            Location::Header => {
                self.parts.headers.insert(header_name(member.wire_name())?, header::write(member, value)?);
            }
            Location::Headers => {
                let entries = TextWriter::entries(member, value, TimestampFormat::HttpDate)?;
                self.headers.push((member.wire_name_or(""), entries));
            }
            Location::StatusCode => {
                let text = TextWriter::texts(member, value, TimestampFormat::DateTime)?.concat();
                let status = text.parse().ok().filter(|status| (100..600).contains(status));
                self.parts.status =
                    Some(status.ok_or_else(|| CodecError::expected("a status code, 100 to 599", text))?);
            }
            Location::Body | Location::Payload => {}
        }
        Ok(())
    }
}

impl MemberWriter for Collector<'_> {
    fn member(&mut self, index: usize, value: &dyn Value) {
        let Some(member) = self.schema.members.get(index) else { return };
        let place = self.direction.location(member);
        if self.error.is_some() || matches!(place, Location::Body | Location::Payload) {
            return;
        }
        let bound = if !value.is_absent() {
            self.bind(member, value)
        } else if let Some(token) = self.filter.generated_value(member) {
            self.bind(member, &token)
        } else {
            Ok(())
        };
        self.error = bound.map_err(|error| error.in_member(member.name)).err();
    }
}
