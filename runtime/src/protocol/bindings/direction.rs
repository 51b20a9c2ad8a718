//! The direction of a message, which decides which of its members' bindings apply.

use crate::{
    codec::Strictness,
    schema::{Location, Member},
};

/// The direction of a message. A member that is bound to a part which only the other direction has goes into the body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Direction {
    Request,
    Response,
}

impl Direction {
    /// The part of the message that carries the member.
    pub(super) fn location(self, member: &Member) -> Location {
        match (self, member.location) {
            (Self::Request, Location::StatusCode) | (Self::Response, Location::Label | Location::Query) => {
                Location::Body
            }
            (_, location) => location,
        }
    }

    /// How members that cannot be read are treated.
    pub(super) fn strictness(self) -> Strictness {
        match self {
            Self::Request => Strictness::Strict,
            Self::Response => Strictness::Lenient,
        }
    }

    /// The predicate that selects the members of the body's document.
    pub(super) fn is_in_body(self) -> fn(&Member) -> bool {
        match self {
            Self::Request => |member| Self::Request.location(member) == Location::Body,
            Self::Response => |member| Self::Response.location(member) == Location::Body,
        }
    }
}
