//! Maps the names of elements and attributes to members.

use crate::schema::{Member, Schema, Target};

/// Returns the name of a member's element. The elements of a flattened list have the member's name if the model gives it one,
/// or else that of the list's element (Smithy's rule for `xmlFlattened`).
pub(in crate::format) fn element_name(member: &'static Member) -> &'static str {
    match member.target {
        Target::List(element) if member.flattened => member.wire_name_or(element.wire_name_or(member.name)),
        _ => member.body_name(),
    }
}

/// Whether the elements of a list or map have no element around them: only a member of a structure can be flattened.
pub(super) fn is_flattened(at: &Member) -> bool {
    at.flattened && !at.name.is_empty()
}

/// Finds the member whose element has this name, with or without a prefix. The search starts at index `next`: most services
/// keep the model's order.
pub(super) fn find_element(
    schema: &'static Schema,
    name: &str,
    next: usize,
) -> Option<(usize, &'static Member)> {
    let found = find_exact(schema, name, next);
    match name.split_once(':') {
        Some((_, local)) if found.is_none() => find_exact(schema, local, next),
        _ => found,
    }
}

fn find_exact(schema: &'static Schema, name: &str, next: usize) -> Option<(usize, &'static Member)> {
    let (before, after) = schema.members.split_at_checked(next).unwrap_or((schema.members, &[]));
    let has_name = |member: &'static Member| element_name(member) == name && !member.attribute;
    let ahead = after.iter().position(has_name).map(|offset| next + offset);
    let index = ahead.or_else(|| before.iter().position(has_name))?;
    Some((index, schema.members.get(index)?))
}

/// Finds the member that is this attribute. Prefixes are ignored.
pub(super) fn find_attribute(schema: &'static Schema, name: &str) -> Option<(usize, &'static Member)> {
    let mut members = schema.members.iter().enumerate();
    members.find(|(_, member)| member.attribute && local_name(member.wire_name()) == local_name(name))
}

/// Whether an element's name is `expected`, with or without a prefix.
pub(super) fn matches(name: &str, expected: &str) -> bool {
    name == expected || local_name(name) == expected
}

/// Returns the name without its prefix.
pub(super) fn local_name(name: &str) -> &str {
    name.split_once(':').map_or(name, |(_, local)| local)
}
