//! The data of `overrides.json`.

use crate::model::Pointer;
use indexmap::IndexMap;

/// The JSON schema of the file, for editors.
pub const SCHEMA: &str = include_str!("../../overrides.schema.json");

/// The overrides of a service.
#[derive(Clone, Debug, Default)]
pub struct Overrides {
    /// The documentation of the service, in Markdown.
    pub documentation: Option<String>,
    /// The reason of the overrides, in Markdown: the last paragraph of the documentation.
    pub reason: Option<String>,
    /// The customizations of all operations, by name or path.
    pub customizations: Vec<String>,
    /// `"builtin": false`: the built-in overrides of the service do not apply.
    pub without_built_in: bool,
    /// The overrides of operations, by name.
    pub operations: IndexMap<String, OperationOverride>,
    /// The overrides of shapes, by name.
    pub shapes: IndexMap<String, ShapeOverride>,
    /// The overrides of waiters, by name.
    pub waiters: IndexMap<String, IgnoreOverride>,
    /// The overrides of paginators, by operation.
    pub paginators: IndexMap<String, IgnoreOverride>,
}

impl Overrides {
    /// Whether nothing is overridden.
    pub fn is_empty(&self) -> bool {
        let Self {
            documentation,
            reason,
            customizations,
            without_built_in,
            operations,
            shapes,
            waiters,
            paginators,
        } = self;
        documentation.is_none()
            && reason.is_none()
            && customizations.is_empty()
            && !without_built_in
            && operations.is_empty()
            && shapes.is_empty()
            && waiters.is_empty()
            && paginators.is_empty()
    }
}

/// The override of an operation.
#[derive(Clone, Debug, Default)]
pub struct OperationOverride {
    /// Its location in the document.
    pub at: Pointer,
    /// The operation's name in Rust.
    pub rename: Option<String>,
    /// The documentation, in Markdown.
    pub documentation: Option<String>,
    /// The reason of the override, in Markdown: the last paragraph of the documentation.
    pub reason: Option<String>,
    /// The customizations of the operation, by name or path.
    pub customizations: Vec<String>,
    /// How long the service may send nothing before it responds, in seconds.
    pub read_timeout: Option<u32>,
    /// Whether the operation is left out.
    pub ignore: bool,
}

/// The override of a shape.
#[derive(Clone, Debug, Default)]
pub struct ShapeOverride {
    /// Its location in the document.
    pub at: Pointer,
    /// The shape's name in Rust.
    pub rename: Option<String>,
    /// The documentation, in Markdown.
    pub documentation: Option<String>,
    /// The reason of the override, in Markdown: the last paragraph of the documentation.
    pub reason: Option<String>,
    /// The path of a type, of the runtime or the user, that replaces the shape.
    pub replace: Option<String>,
    /// Whether members of this shape are redacted.
    pub sensitive: Option<bool>,
    /// Whether a structure has exactly one of its members.
    pub union: Option<bool>,
    /// Whether the shape is left out.
    pub ignore: bool,
    /// The overrides of members, by name.
    pub members: IndexMap<String, MemberOverride>,
    /// The overrides of an enum's values, by value.
    pub values: IndexMap<String, ValueOverride>,
}

/// The override of a member.
#[derive(Clone, Debug, Default)]
pub struct MemberOverride {
    /// Its location in the document.
    pub at: Pointer,
    /// The member's name in Rust.
    pub rename: Option<String>,
    /// The documentation, in Markdown.
    pub documentation: Option<String>,
    /// The reason of the override, in Markdown: the last paragraph of the documentation.
    pub reason: Option<String>,
    /// Whether the member is required.
    pub required: Option<bool>,
    /// `type`: `json`, `string`, `bytes`, ….
    pub value_type: Option<String>,
    /// Whether the member is redacted.
    pub sensitive: Option<bool>,
    /// Whether the member is left out.
    pub ignore: bool,
}

/// The override of an enum's value.
#[derive(Clone, Debug, Default)]
pub struct ValueOverride {
    /// Its location in the document.
    pub at: Pointer,
    /// The variant's name in Rust.
    pub rename: Option<String>,
    /// The documentation, in Markdown.
    pub documentation: Option<String>,
}

/// The override of a waiter or paginator.
#[derive(Clone, Debug, Default)]
pub struct IgnoreOverride {
    /// Its location in the document.
    pub at: Pointer,
    /// Whether it is left out.
    pub ignore: bool,
}

impl OperationOverride {
    /// The keys that it has.
    pub(super) fn keys(&self) -> impl Iterator<Item = &'static str> + use<> {
        let Self { at: _, rename, documentation, reason, customizations, read_timeout, ignore } = self;
        present([
            ("rename", rename.is_some()),
            ("documentation", documentation.is_some()),
            ("reason", reason.is_some()),
            ("customizations", !customizations.is_empty()),
            ("readTimeout", read_timeout.is_some()),
            ("ignore", *ignore),
        ])
    }
}

impl ShapeOverride {
    /// The keys that it has.
    pub(super) fn keys(&self) -> impl Iterator<Item = &'static str> + use<> {
        let Self { at: _, rename, documentation, reason, replace, sensitive, union, ignore, members, values } =
            self;
        present([
            ("rename", rename.is_some()),
            ("documentation", documentation.is_some()),
            ("reason", reason.is_some()),
            ("replace", replace.is_some()),
            ("sensitive", sensitive.is_some()),
            ("union", union.is_some()),
            ("ignore", *ignore),
            ("members", !members.is_empty()),
            ("values", !values.is_empty()),
        ])
    }
}

impl MemberOverride {
    /// The keys that it has.
    pub(super) fn keys(&self) -> impl Iterator<Item = &'static str> + use<> {
        let Self { at: _, rename, documentation, reason, required, value_type, sensitive, ignore } = self;
        present([
            ("rename", rename.is_some()),
            ("documentation", documentation.is_some()),
            ("reason", reason.is_some()),
            ("required", required.is_some()),
            ("type", value_type.is_some()),
            ("sensitive", sensitive.is_some()),
            ("ignore", *ignore),
        ])
    }
}

fn present<const N: usize>(keys: [(&'static str, bool); N]) -> impl Iterator<Item = &'static str> {
    keys.into_iter().filter(|(_, is_present)| *is_present).map(|(key, _)| key)
}
