//! What a generated crate says of its shapes and operations: static descriptions that every protocol reads, in both
//! directions.
//!
//! A description names wire facts only: names, bindings, traits. How a protocol writes a shape is the protocol's affair
//! ([`protocol`](crate::protocol)), and which Rust type holds it is the generated code's ([`Structure`], [`Value`]).
//! Everything here is built in `const` context, by chaining, from generated code.
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

/// The description of one structure, union or error shape.
#[derive(Debug)]
#[non_exhaustive]
pub struct Schema {
    /// The shape's name in the model.
    pub name: &'static str,
    /// The members in the model's order; a member's place here is its index in [`Structure`](crate::codec::Structure).
    pub members: &'static [Member],
    /// The members' names in the generated code, in the same order.
    pub fields: &'static [&'static str],
    /// Exactly one member is set.
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

    /// The first member bound to `location`, with its index.
    pub fn bound_to(&self, location: Location) -> Option<(usize, &'static Member)> {
        self.members.iter().enumerate().find(|(_, member)| member.location == location)
    }

    /// The member that is the whole body, with its index.
    pub fn payload(&self) -> Option<(usize, &'static Member)> {
        self.bound_to(Location::Payload)
    }

    /// Whether any member goes into a body document.
    pub fn has_body(&self) -> bool {
        self.bound_to(Location::Body).is_some()
    }
}
