//! What is hard about the names and shapes of the catalogue, in one small service: keywords, the names of Rust's prelude, names
//! that a generator might invent, values of enums that are no identifiers, shapes in several roles, recursion.
//!
//! That all of it compiles without a warning is half of the test; `tests/` has the other half, that it is right on the wire.

include!(concat!(env!("OUT_DIR"), "/hazards.rs"));
