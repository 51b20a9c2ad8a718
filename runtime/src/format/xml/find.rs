//! Which member an element or attribute is.

use super::element_name;
use crate::schema::{Member, Schema};

/// The member whose element has this name, with or without a prefix. It is looked for at `next` first: services mostly keep
/// the model's order.
pub(super) fn element(schema: &'static Schema, name: &str, next: usize) -> Option<(usize, &'static Member)> {
    let found = named(schema, name, next);
    match name.split_once(':') {
        Some((_, local)) if found.is_none() => named(schema, local, next),
        _ => found,
    }
}

fn named(schema: &'static Schema, name: &str, next: usize) -> Option<(usize, &'static Member)> {
    let (before, after) = schema.members.split_at_checked(next).unwrap_or((schema.members, &[]));
    let named = |member: &'static Member| element_name(member) == name && !member.attribute;
    let ahead = after.iter().position(named).map(|place| next + place);
    let index = ahead.or_else(|| before.iter().position(named))?;
    Some((index, schema.members.get(index)?))
}

/// The member that is this attribute. Prefixes do not matter.
pub(super) fn attribute(schema: &'static Schema, name: &str) -> Option<(usize, &'static Member)> {
    let mut members = schema.members.iter().enumerate();
    members.find(|(_, member)| member.attribute && local(member.wire_name()) == local(name))
}

/// Whether an element with this name is what is called `wanted`.
pub(super) fn is_named(name: &str, wanted: &str) -> bool {
    name == wanted || local(name) == wanted
}

/// The name without its prefix.
pub(super) fn local(name: &str) -> &str {
    name.split_once(':').map_or(name, |(_, local)| local)
}
