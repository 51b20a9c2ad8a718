//! Generates Rust crates from AWS service models.

pub mod add;
pub mod builder;
pub mod builtin;
pub mod cli;
pub mod config;
pub mod customise;
pub mod diagnostic;
pub mod diff;
pub mod emit;
pub mod files;
pub mod html;
pub mod import;
pub mod inspect;
pub mod ir;
pub mod jmespath;
pub mod json;
pub mod lower;
pub mod model;
mod nodes;
pub mod overrides;
pub mod parallel;
pub mod pipeline;
pub mod read;
pub mod render;
pub mod rules;
mod text;
pub mod update;
