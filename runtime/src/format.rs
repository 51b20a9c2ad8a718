//! How values become bytes: what the wire protocols share.

#[cfg(feature = "cbor")]
pub(crate) mod cbor;
mod depth;
mod duplicate_keys;
#[cfg(test)]
pub(crate) mod fixtures;
pub(crate) mod json;
#[cfg(feature = "xml")]
pub(crate) mod query;
#[cfg(feature = "xml")]
pub(crate) mod xml;

use crate::schema::Member;

/// Which members of a message's outermost structure its document has.
#[derive(Clone, Copy)]
pub(crate) struct Selection<'a> {
    /// Whether a member is one of them; without it, all are.
    pub(crate) belongs: Option<fn(&Member) -> bool>,
    /// Makes the token for an idempotency member that is unset; only those of an operation's input are filled in.
    pub(crate) tokens: Option<&'a dyn Fn() -> String>,
}

impl Selection<'_> {
    /// Every member, as it is.
    pub(crate) const ALL: Self = Self { belongs: None, tokens: None };

    /// Whether a member is one of them.
    pub(crate) fn takes(&self, member: &Member) -> bool {
        self.belongs.is_none_or(|belongs| belongs(member))
    }

    /// What stands for the unset `member`, if anything does.
    pub(crate) fn token(&self, member: &Member) -> Option<String> {
        self.tokens.filter(|_| member.idempotency_token).map(|token| token())
    }
}
