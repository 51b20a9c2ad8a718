//! Whole-system tests, and what they stand on: servers to talk to.

pub mod ministack;

/// Any error of a test: shown, never told apart.
pub type BoxError = Box<dyn std::error::Error + Send + Sync>;
//! What the whole-system tests have in common: values whose shapes come from a model at run time, and the public suites.

pub mod dynamic;
pub mod suite;
pub mod tree;
//! Whole-system tests, and what they are made with.

mod scripted;

pub use scripted::{Gate, Recorded, Reply, ScriptedServer};
