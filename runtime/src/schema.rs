//! Schemas of shapes: static data that generated crates contain and every protocol reads, for requests and responses.
//!
//! A schema contains what the model says about the wire: names, bindings, traits. How to write a shape is up to the
//! [`protocol`](crate::protocol), and which Rust type holds it up to the generated code ([`Structure`], [`Value`]). Generated
//! code builds schemas in `const` context, by chaining.
//!
//! [`Structure`]: crate::codec::Structure
//! [`Value`]: crate::codec::Value

pub(crate) mod context;
mod member;

pub use context::{ContextParam, ContextSource, Step};
pub use member::{
    Location, Member, Namespace, Target, blob, boolean, date_time, document, double, epoch_seconds, float,
    http_date, integer, list, long, map, stream, string, timestamp,
};

/// The schema of a structure, union or error.
#[derive(Debug)]
#[non_exhaustive]
pub struct Schema {
    /// The shape's name in the model.
    pub name: &'static str,
    /// The members in the model's order. The index of a member here is its index in [`Structure`](crate::codec::Structure).
    pub members: &'static [Member],
    /// The members' names in the generated code, in the same order.
    pub fields: &'static [&'static str],
    /// Whether it is a union: exactly one member is set.
    pub union: bool,
}

impl Schema {
    /// The schema of a structure. `fields` are the members' names in the generated code, in the same order.
    pub const fn structure(
        name: &'static str,
        members: &'static [Member],
        fields: &'static [&'static str],
    ) -> Self {
        Self { name, members, fields, union: false }
    }

    /// The schema of a union: exactly one of the members is set.
    pub const fn union(
        name: &'static str,
        members: &'static [Member],
        fields: &'static [&'static str],
    ) -> Self {
        Self { name, members, fields, union: true }
    }

    /// Returns the first member bound to `location`, with its index.
    pub fn bound_to(&self, location: Location) -> Option<(usize, &'static Member)> {
        self.members.iter().enumerate().find(|(_, member)| member.location == location)
    }

    /// Returns the member that is the whole body, with its index.
    pub fn payload(&self) -> Option<(usize, &'static Member)> {
        self.bound_to(Location::Payload)
    }

    /// Returns whether the body document has any members.
    pub fn has_body(&self) -> bool {
        self.bound_to(Location::Body).is_some()
    }
}
