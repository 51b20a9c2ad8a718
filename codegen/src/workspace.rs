//! The workspace around the generated crates: its configuration, its models, and commands that change them.

pub mod add;
pub mod config;
pub mod import;
pub mod sources;
pub mod update;
