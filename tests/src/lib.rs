//! Whole-system tests, and what they stand on: servers to talk to.

pub mod ministack;

/// Any error of a test: shown, never told apart.
pub type BoxError = Box<dyn std::error::Error + Send + Sync>;
