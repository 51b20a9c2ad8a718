//! Forms of the protocols `query` and `ec2`: one parameter for each scalar, whose name is the path to it, as in
//! `Filters.member.1.Name=id`.

mod reader;
#[cfg(test)]
mod tests;
mod writer;

use super::MemberFilter;
use crate::{
    codec::{CodecError, Structure},
    format::xml::element_name,
    schema::Member,
};
use std::borrow::Cow;
use writer::FormWriter;

/// The protocol that a form belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dialect {
    /// The protocol `query`.
    Query,
    /// The protocol `ec2`: names start with a capital letter, and lists do not name their elements.
    Ec2,
}

/// Writes the action, the version of the API and the selected members of `value`.
pub(crate) fn write(
    dialect: Dialect,
    action: &str,
    version: &str,
    value: &dyn Structure,
    filter: MemberFilter<'_>,
) -> Result<Vec<u8>, CodecError> {
    let mut writer = FormWriter::new(dialect, action, version);
    writer.members(value, filter);
    writer.finish()
}

/// Reads all members from a form.
pub(crate) fn read(dialect: Dialect, form: &[u8], into: &mut dyn Structure) -> Result<(), CodecError> {
    reader::read(dialect, form, into)
}

impl Dialect {
    /// Returns the name of a structure's member.
    fn member_name(self, member: &'static Member) -> Cow<'static, str> {
        match (self, member.query_name) {
            (Self::Query, _) => element_name(member).into(),
            (Self::Ec2, Some(name)) => name.into(),
            (Self::Ec2, None) => capitalized(member.body_name()),
        }
    }
}

/// Capitalizes the first letter.
fn capitalized(name: &'static str) -> Cow<'static, str> {
    if name.starts_with(|first: char| first.is_ascii_lowercase()) {
        let mut name = name.to_owned();
        if let Some(first) = name.get_mut(..1) {
            first.make_ascii_uppercase();
        }
        return name.into();
    }
    name.into()
}
