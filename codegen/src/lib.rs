//! Generates Rust crates from AWS service models.

pub mod builder;
pub mod builtin;
pub mod cli;
pub mod config;
pub mod customise;
pub mod diagnostic;
pub mod emit;
pub mod files;
mod html;
pub mod import;
pub mod ir;
pub mod jmespath;
pub mod json;
pub mod lower;
pub mod model;
pub mod overrides;
pub mod pipeline;
pub mod read;
pub mod render;
pub mod rules;
mod text;
