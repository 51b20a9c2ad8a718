//! Forms of the protocols `query` and `ec2`: one parameter for each scalar, whose name is the path to it, as in
//! `Filters.member.1.Name=id`.

mod dialect;
mod reader;
#[cfg(test)]
mod tests;
mod writer;

pub(crate) use dialect::Dialect;

use super::members::MemberFilter;
use crate::codec::{CodecError, Structure};
use writer::FormWriter;

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
