//! Generates Rust crates from AWS service models.

pub mod diagnostic;
pub mod json;
pub mod model;
pub mod overrides;
pub mod read;
