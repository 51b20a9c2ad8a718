//! Overrides: declarative corrections of a model, those that Myrina has built in and those of the workspace.

mod apply;
pub mod builtin;
mod check;
pub mod customizations;
mod data;
pub mod read;
pub(crate) mod type_override;

pub(crate) use apply::apply;
pub use apply::without_ignored;
pub use check::check;
pub use data::*;
