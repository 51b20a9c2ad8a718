//! Overrides: declarative corrections of a model, those that Myrina has built in and those of the workspace.

mod apply;
pub(crate) mod built_in;
mod check;
pub(crate) mod customizations;
mod data;
mod read;
pub(crate) mod type_override;

pub(crate) use apply::apply;
pub use apply::without_ignored;
pub use check::check;
pub use data::*;
pub use read::read_file;
