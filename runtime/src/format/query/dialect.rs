//! The differences between the forms of `query` and `ec2`.

use crate::{format::xml::element_name, schema::Member};
use std::borrow::Cow;

/// The protocol that a form belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dialect {
    /// The protocol `query`.
    Query,
    /// The protocol `ec2`: names start with a capital letter, and lists do not name their elements.
    Ec2,
}

impl Dialect {
    /// Returns the name of a structure's member.
    pub(super) fn member_name(self, member: &'static Member) -> Cow<'static, str> {
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
