//! Reports about services: what a model generates, and what a newer model changes.

pub mod diff;
pub mod inspect;
pub mod json;
pub mod print;
pub mod snapshot;
pub mod version;
