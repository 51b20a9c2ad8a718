//! What the whole-system tests have in common: values whose shapes come from a model at run time, and the public suites.

pub mod dynamic;
pub mod suite;
pub mod tree;
