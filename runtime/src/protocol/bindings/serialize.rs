//! Writes the members that are bound to other parts of a message than its body.

use super::{direction::Direction, header};
use crate::{
    codec::{CodecError, MemberWriter, PathSegment, Structure, Value, text::TextWriter, truncated_quote},
    format::MemberFilter,
    protocol::headers::{header_name, header_value},
    schema::{Location, Member, Schema, Target},
    time::TimestampFormat,
};
use ::http::{HeaderMap, HeaderName};

/// The parts of a message before its body.
#[derive(Default)]
pub(super) struct MessageHead {
    /// The labels of the path by name, not encoded.
    pub(super) labels: Vec<(&'static str, String)>,
    /// The query parameters in order, not encoded.
    pub(super) query: Vec<(String, String)>,
    pub(super) headers: HeaderMap,
    /// The status code, if a member is bound to it.
    pub(super) status: Option<u16>,
}

impl MessageHead {
    /// Writes the bound members of `value`.
    pub(super) fn new(
        value: &dyn Structure,
        direction: Direction,
        idempotency_token: Option<&dyn Fn() -> String>,
    ) -> Result<Self, CodecError> {
        let mut serializer = BindingSerializer {
            schema: value.schema(),
            direction,
            filter: MemberFilter { idempotency_token, ..MemberFilter::ALL },
            head: Self::default(),
            query_maps: Vec::new(),
            prefix_headers: Vec::new(),
            error: None,
        };
        value.write(&mut serializer);
        serializer.finish()
    }
}

/// The most header fields that entries of maps may make, many more than a server accepts. A [`HeaderMap`] panics beyond 24,576.
const MAX_PREFIXED: usize = 8192;

/// Inserts the entries of a map of header fields. Fields in `bound` have members of their own and take precedence.
///
/// Fails if two keys differ only in case: the names of header fields ignore it, so that one entry would replace the other.
fn insert_prefixed(
    headers: &mut HeaderMap,
    bound: &[HeaderName],
    member: &'static Member,
    entries: &[(String, Vec<String>)],
) -> Result<(), CodecError> {
    if entries.len() > MAX_PREFIXED {
        return Err(CodecError::expected(
            &format!("at most {MAX_PREFIXED} entries, as each is a header field"),
            entries.len(),
        ));
    }
    let prefix = member.wire_name_or("");
    for (key, texts) in entries {
        let name = header_name(&format!("{prefix}{key}"))?;
        if bound.contains(&name) {
            continue;
        }
        let mut value =
            header_value(&texts.join(", ")).map_err(|error| error.at(PathSegment::Key(key.clone())))?;
        value.set_sensitive(member.is_sensitive());
        let replaced = headers.try_insert(name, value).map_err(|error| CodecError::new(error.to_string()))?;
        if replaced.is_some() {
            let other = entries.iter().find(|(other, _)| other.eq_ignore_ascii_case(key));
            let other = other.map_or(key, |(other, _)| other);
            return Err(CodecError::expected(
                "keys that differ in more than case, as each is the name of a header field",
                format_args!("{} and {}", truncated_quote(other), truncated_quote(key)),
            ));
        }
    }
    Ok(())
}

/// The entries of a map: a key and its values.
type Entries = Vec<(String, Vec<String>)>;

struct BindingSerializer<'a> {
    schema: &'static Schema,
    direction: Direction,
    filter: MemberFilter<'a>,
    head: MessageHead,
    /// The entries of maps of query parameters. Written last, as parameters with a member of their own take precedence.
    query_maps: Entries,
    /// The entries of maps of header fields, by prefix. Written last, for the same reason.
    prefix_headers: Vec<(&'static Member, Entries)>,
    error: Option<CodecError>,
}

impl BindingSerializer<'_> {
    fn finish(mut self) -> Result<MessageHead, CodecError> {
        if let Some(error) = self.error {
            return Err(error);
        }
        let bound = self.head.query.len();
        for (key, texts) in self.query_maps {
            let is_bound = self.head.query.iter().take(bound).any(|(name, _)| *name == key);
            if !is_bound {
                self.head.query.extend(texts.into_iter().map(|text| (key.clone(), text)));
            }
        }
        let bound: Vec<HeaderName> = self.head.headers.keys().cloned().collect();
        for (member, entries) in self.prefix_headers {
            insert_prefixed(&mut self.head.headers, &bound, member, &entries)
                .map_err(|error| error.in_schema_member(member))?;
        }
        Ok(self.head)
    }

    fn write(&mut self, member: &'static Member, value: &dyn Value) -> Result<(), CodecError> {
        let is_map = matches!(member.target, Target::Map(..));
        match self.direction.location(member) {
            Location::Label => {
                let text = TextWriter::texts(member, value, TimestampFormat::DateTime)?.concat();
                self.head.labels.push((member.wire_name(), text));
            }
            Location::Query if is_map => {
                self.query_maps.extend(TextWriter::entries(member, value, TimestampFormat::DateTime)?);
            }
            Location::Query => {
                let texts = TextWriter::texts(member, value, TimestampFormat::DateTime)?;
                let parameters = texts.into_iter().map(|text| (member.wire_name().to_owned(), text));
                self.head.query.extend(parameters);
            }
            Location::Header => {
                let name = header_name(member.wire_name())?;
                self.head.headers.insert(name, header::write_value(member, value)?);
            }
            Location::Headers => {
                let entries = TextWriter::entries(member, value, TimestampFormat::HttpDate)?;
                self.prefix_headers.push((member, entries));
            }
            Location::StatusCode => {
                let text = TextWriter::texts(member, value, TimestampFormat::DateTime)?.concat();
                let status = text.parse().ok().filter(|status| (100..600).contains(status));
                self.head.status =
                    Some(status.ok_or_else(|| CodecError::expected("a status code, 100 to 599", text))?);
            }
            Location::Body | Location::Payload => {}
        }
        Ok(())
    }
}

impl MemberWriter for BindingSerializer<'_> {
    fn member(&mut self, index: usize, value: &dyn Value) {
        let Some(member) = self.schema.members.get(index) else { return };
        let location = self.direction.location(member);
        if self.error.is_some() || matches!(location, Location::Body | Location::Payload) {
            return;
        }
        let written = if !value.is_absent() {
            self.write(member, value)
        } else if let Some(value) = self.filter.generated_value(member) {
            self.write(member, &value)
        } else {
            Ok(())
        };
        self.error = written.map_err(|error| error.in_schema_member(member)).err();
    }
}
