//! What `overrides.json` says beside a model: declarative corrections, each of which must have an effect.

use crate::model::Pointer;
use indexmap::IndexMap;

/// The JSON schema of the file, for editors.
pub const SCHEMA: &str = include_str!("../../overrides.schema.json");

/// The whole file.
#[derive(Clone, Debug, Default)]
pub struct Overrides {
    /// Documentation of the service, in Markdown.
    pub documentation: Option<String>,
    /// Why, in Markdown: the last paragraph of the documentation.
    pub reason: Option<String>,
    /// `customizations`: the customizations of all requests, by name or path.
    pub customizations: Vec<String>,
    /// `builtin`, where it is false: what Myrina knows of the service is left out.
    pub without_builtin: bool,
    /// By operation name.
    pub operations: IndexMap<String, OperationOverride>,
    /// By shape name.
    pub shapes: IndexMap<String, ShapeOverride>,
    /// By waiter name.
    pub waiters: IndexMap<String, Ignorable>,
    /// By paginator name.
    pub paginators: IndexMap<String, Ignorable>,
}

impl Overrides {
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        let Self {
            documentation,
            reason,
            customizations,
            without_builtin,
            operations,
            shapes,
            waiters,
            paginators,
        } = self;
        documentation.is_none()
            && reason.is_none()
            && customizations.is_empty()
            && !without_builtin
            && operations.is_empty()
            && shapes.is_empty()
            && waiters.is_empty()
            && paginators.is_empty()
    }
}

/// What may be said of an operation.
#[derive(Clone, Debug, Default)]
pub struct OperationOverride {
    /// The place.
    pub at: Pointer,
    /// `rename`: the operation's name in the generated code.
    pub rename: Option<String>,
    /// `documentation`, in Markdown.
    pub documentation: Option<String>,
    /// Why, in Markdown: the last paragraph of the documentation.
    pub reason: Option<String>,
    /// `customizations`: the customizations of its requests, by name or path.
    pub customizations: Vec<String>,
    /// `ignore`: it is not generated.
    pub ignore: bool,
}

/// What may be said of a shape.
#[derive(Clone, Debug, Default)]
pub struct ShapeOverride {
    /// The place.
    pub at: Pointer,
    /// `rename`: the shape's name in the generated code.
    pub rename: Option<String>,
    /// `documentation`, in Markdown.
    pub documentation: Option<String>,
    /// `replace`: the path of a runtime or user type that takes its place.
    pub replace: Option<String>,
    /// `ignore`: it is not generated.
    pub ignore: bool,
    /// `members`, by name.
    pub members: IndexMap<String, MemberOverride>,
    /// `values`: documentation of an enum's values, by value.
    pub values: IndexMap<String, ValueOverride>,
}

/// What may be said of a member.
#[derive(Clone, Debug, Default)]
pub struct MemberOverride {
    /// The place.
    pub at: Pointer,
    /// `rename`: the member's name in the generated code.
    pub rename: Option<String>,
    /// `documentation`, in Markdown.
    pub documentation: Option<String>,
    /// Why, in Markdown: the last paragraph of the documentation.
    pub reason: Option<String>,
    /// `required`.
    pub required: Option<bool>,
    /// `type`: `json`, `string`, `bytes`, ….
    pub retype: Option<String>,
    /// `ignore`: it is not generated.
    pub ignore: bool,
}

/// What may be said of an enum's value.
#[derive(Clone, Debug, Default)]
pub struct ValueOverride {
    /// The place.
    pub at: Pointer,
    /// `rename`: the variant's name in the generated code.
    pub rename: Option<String>,
    /// `documentation`, in Markdown.
    pub documentation: Option<String>,
}

/// What may be said of a waiter or paginator.
#[derive(Clone, Debug, Default)]
pub struct Ignorable {
    /// The place.
    pub at: Pointer,
    /// `ignore`: it is not generated.
    pub ignore: bool,
}
