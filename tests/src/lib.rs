//! Whole-system tests, and what they are made with.

mod scripted;

pub use scripted::{Gate, Recorded, Reply, ScriptedServer};
