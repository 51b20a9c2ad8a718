//! Forms, as the protocols `query` and `ec2` have them in requests: `Filters.member.1.Name=id`, one parameter for each
//! scalar, whose name is the way to it.

mod reader;
#[cfg(test)]
mod tests;
mod writer;

use super::Selection;
use crate::{
    codec::{CodecError, Structure},
    format::xml,
    schema::Member,
};
use std::borrow::Cow;
use writer::FormWriter;

/// What the two protocols do not agree on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dialect {
    /// The protocol `query`.
    Query,
    /// The protocol `ec2`: names begin with a capital letter, and lists have no name of their own for their elements.
    Ec2,
}

/// The form that asks for an action of an interface's version with the selected members of `value`.
pub(crate) fn write(
    dialect: Dialect,
    action: &str,
    version: &str,
    value: &dyn Structure,
    selection: Selection<'_>,
) -> Result<Vec<u8>, CodecError> {
    let mut writer = FormWriter::new(dialect, action, version);
    writer.members(value, selection);
    writer.finish()
}

/// Reads all members from a form.
pub(crate) fn read(dialect: Dialect, form: &[u8], into: &mut dyn Structure) -> Result<(), CodecError> {
    reader::read(dialect, form, into)
}

impl Dialect {
    /// The name of a structure's member.
    fn name(self, member: &'static Member) -> Cow<'static, str> {
        match (self, member.query_name) {
            (Self::Query, _) => xml::element_name(member).into(),
            (Self::Ec2, Some(name)) => name.into(),
            (Self::Ec2, None) => capitalised(member.body_name()),
        }
    }
}

/// Names of EC2's requests begin with a capital letter, whatever the model calls the member.
fn capitalised(name: &'static str) -> Cow<'static, str> {
    if name.starts_with(|first: char| first.is_ascii_lowercase()) {
        let mut name = name.to_owned();
        if let Some(first) = name.get_mut(..1) {
            first.make_ascii_uppercase();
        }
        return name.into();
    }
    name.into()
}
