//! The difficult names and shapes of the catalogue in one small service: keywords, names of Rust's prelude, names that a
//! generator might use itself, enum values that are not identifiers, shapes in several roles, recursion.
//!
//! It must compile without a warning; the tests in `tests/` check that it is correct on the wire.

include!(concat!(env!("OUT_DIR"), "/hazards.rs"));
