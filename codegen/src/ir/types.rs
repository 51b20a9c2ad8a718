//! Rust types and their paths.

/// A Rust type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Type {
    /// `bool`.
    Bool,
    /// `i32`.
    I32,
    /// `i64`.
    I64,
    /// `f32`.
    F32,
    /// `f64`.
    F64,
    /// `String`.
    String,
    /// `myrina::Bytes`.
    Bytes,
    /// `myrina::Timestamp`.
    Timestamp,
    /// `myrina::Document`.
    Document,
    /// `myrina::Json`.
    Json,
    /// `myrina::ByteStream`.
    ByteStream,
    /// `myrina::EventStream` of a union.
    Events(Path),
    /// A generated type, or a type that an override names.
    Named(Path),
    /// `Box`.
    Boxed(Box<Type>),
    /// `Option`: an element that may be null.
    Nullable(Box<Type>),
    /// `Vec`.
    List(Box<Type>),
    /// `myrina::Map`.
    Map(Box<Type>, Box<Type>),
}

/// The path of a type.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Path {
    /// The module.
    pub module: Module,
    /// The name.
    pub name: String,
}

/// The module that a [`Path`] begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Module {
    /// `types`.
    Types,
    /// `errors`.
    Errors,
    /// None: the name is a whole path, `money::Amount`, that an override gives.
    Foreign,
}

impl Path {
    /// The path of an error type.
    pub fn error(name: impl Into<String>) -> Self {
        Self { module: Module::Errors, name: name.into() }
    }
}
