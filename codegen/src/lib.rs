//! Generates Rust crates from AWS service models.

pub mod diagnostic;
pub mod model;
pub mod overrides;
