//! Reports about services: what changed between two versions of a model, and what a model holds.

pub mod diff;
pub mod inspect;
