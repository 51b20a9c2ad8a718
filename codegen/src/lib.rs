//! Generates Rust crates from AWS service models.

pub mod builder;
pub mod cli;
pub mod diagnostic;
pub mod did_you_mean;
pub mod emit;
pub mod files;
pub mod generate;
pub mod ir;
pub mod jmespath;
pub mod json;
pub mod lower;
pub mod markdown;
pub mod model;
pub mod names;
mod nodes;
pub mod overrides;
pub mod parallel;
pub mod read;
pub mod render;
pub mod report;
pub mod rules;
mod source;
mod validate;
pub mod workspace;
