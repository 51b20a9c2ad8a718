//! The crate to generate, with every decision made: final names, final types, typed traits.
//!
//! Lowering builds it, `emit` prints it, and `diff` and `inspect` describe it. It imports nothing but the protocol table, and
//! contains neither words of the model language nor names of the runtime's builder methods.

mod endpoint_rules;
mod traits;
mod types;

pub use endpoint_rules::{
    ContextParam, ContextSource, ContextStep, EndpointRules, Expr, ParameterKind, Properties, PropertiesOf,
    Rule, RuleFunction, RuleParameter, Variable,
};
pub use traits::{
    Auth, Binding, Checksum, ErrorTraits, InputTraits, MemberTraits, OperationTraits, ServiceTraits,
    XmlNamespace,
};
pub use types::{Module, Path, Type};

use crate::protocol::{Protocol, TimestampFormat};

/// One crate.
#[derive(Clone, Debug)]
pub struct Crate {
    /// The package's name.
    pub name: String,
    /// The package's version.
    pub version: String,
    /// The path by which examples name the crate; `None` for no examples.
    pub library: Option<String>,
    /// How the manifest names the runtime.
    pub runtime: Runtime,
    /// Other packages that the crate depends on, each with its value in the manifest.
    pub dependencies: Vec<(String, String)>,
    /// The features of the runtime that the crate needs.
    pub runtime_features: Vec<&'static str>,
    /// The model's folder, for headers: `models/lambda/2015-03-31`.
    pub input: String,
    /// The command that runs the generator, for headers.
    pub command: String,
    /// The service.
    pub service: Service,
    /// The service's endpoint rules.
    pub endpoint_rules: Option<EndpointRules>,
    /// The operations, by module name.
    pub operations: Vec<Operation>,
    /// The types that are neither requests, responses nor errors, by name.
    pub types: Vec<TypeDef>,
    /// The error types, by name.
    pub errors: Vec<ErrorType>,
    /// The operation that the README links to: an index into `operations`.
    pub sample: Option<usize>,
    /// The crate has only some of the service's operations.
    pub partial: bool,
    /// Types are nested too deeply for the compiler's default recursion limit.
    pub needs_recursion_limit: bool,
    /// A type of the service has the name of a type in the prelude, such as `Option`: prelude types are written by their full
    /// paths.
    pub shadows_prelude: bool,
}

/// How a generated manifest names the runtime.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Runtime {
    /// A dependency of the surrounding workspace, whose lints apply too.
    Workspace,
    /// A version.
    Version(String),
    /// A path, relative to the crate.
    Path(String),
    /// A repository: the keys as a manifest has them, `git = "…", tag = "…"`.
    Git(String),
}

/// The service.
#[derive(Clone, Debug)]
pub struct Service {
    /// The name for people: `AWS Lambda`.
    pub title: String,
    /// `serviceId`.
    pub id: String,
    /// The service's folder in botocore's data.
    pub name: String,
    /// `apiVersion`.
    pub api_version: String,
    /// `endpointPrefix`.
    pub endpoint_prefix: String,
    /// The wire protocol.
    pub protocol: Protocol,
    /// The traits.
    pub traits: ServiceTraits,
    /// The paths of the customizations for all operations.
    pub customizations: Vec<String>,
    /// The documentation.
    pub docs: Docs,
}

/// Documentation: lines of Markdown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Docs {
    /// The lines, without a leading space.
    pub lines: Vec<String>,
}

/// One operation: a module, a request and a response.
#[derive(Clone, Debug)]
pub struct Operation {
    /// The name in the model.
    pub wire_name: String,
    /// The module.
    pub module: String,
    /// The documentation.
    pub docs: Docs,
    /// The note of `#[deprecated]`.
    pub deprecated: Option<String>,
    /// The HTTP method.
    pub method: String,
    /// The path and literal query.
    pub uri: String,
    /// The request.
    pub request: Structure,
    /// The response.
    pub response: Response,
    /// The traits of the reference to the input.
    pub input_traits: InputTraits,
    /// The traits of the operation.
    pub traits: OperationTraits,
    /// The values that the operation gives to parameters of the endpoint rules.
    pub context: Vec<ContextParam>,
    /// The paths of the customizations for this operation.
    pub customizations: Vec<String>,
    /// The error types that the model lists.
    pub errors: Vec<String>,
}

/// The response of an operation.
#[derive(Clone, Debug)]
pub enum Response {
    /// A structure that only this operation uses.
    Own(Structure),
    /// A type alias of a structure that the service uses elsewhere too.
    Shared {
        /// The alias: `CreateFunctionResponse`.
        name: String,
        /// The documentation of the alias.
        docs: Docs,
        /// The type.
        target: Path,
        /// The type's members, for the operation's page.
        members: Vec<Member>,
    },
}

/// The definition of a type that is neither request, response nor error.
#[derive(Clone, Debug)]
pub enum TypeDef {
    /// A structure.
    Structure(Structure),
    /// A union.
    Union(Union),
    /// An open enum.
    Enumeration(Enumeration),
}

/// A structure.
#[derive(Clone, Debug)]
pub struct Structure {
    /// The name in the model.
    pub wire_name: String,
    /// The type's name.
    pub name: String,
    /// The documentation.
    pub docs: Docs,
    /// The note of `#[deprecated]`.
    pub deprecated: Option<String>,
    /// The members in the model's order.
    pub members: Vec<Member>,
    /// The structure has a stream as a member, and so can be neither cloned nor compared.
    pub streaming: bool,
}

/// A union.
#[derive(Clone, Debug)]
pub struct Union {
    /// The name in the model.
    pub wire_name: String,
    /// The type's name.
    pub name: String,
    /// The documentation.
    pub docs: Docs,
    /// The note of `#[deprecated]`.
    pub deprecated: Option<String>,
    /// The variants: `field` is the variant, `lens` the prism, `required` always true.
    pub variants: Vec<Member>,
    /// The variant for members that the model does not know.
    pub unknown: String,
    /// It is DynamoDB's attribute value, by its variants and their types: conversions come with it.
    pub attribute_value: bool,
}

/// A member of a structure, or a variant of a union.
#[derive(Clone, Debug)]
pub struct Member {
    /// The name in the model.
    pub wire_name: String,
    /// The field.
    pub field: String,
    /// The lens.
    pub lens: String,
    /// The documentation.
    pub docs: Docs,
    /// The note of `#[deprecated]`.
    pub deprecated: Option<String>,
    /// The member is always there: its field has no `Option`, and the constructor takes it.
    pub required: bool,
    /// The type, without the `Option` of an optional member.
    pub ty: Type,
    /// The schema.
    pub schema: MemberSchema,
}

/// The schema of a reference to a shape: of a member, the element of a list, or the key or value of a map.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemberSchema {
    /// The name of the member in the model; empty for elements, keys and values.
    pub name: String,
    /// The part of a message that carries the value.
    pub binding: Binding,
    /// The shape.
    pub shape: ShapeRef,
    /// The other traits.
    pub traits: MemberTraits,
}

/// The shape that a schema refers to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ShapeRef {
    /// `true` or `false`.
    Boolean,
    /// A 32-bit integer.
    Integer,
    /// A 64-bit integer.
    Long,
    /// A 32-bit floating-point number.
    Float,
    /// A 64-bit floating-point number.
    Double,
    /// Text, including enum values.
    String,
    /// Bytes.
    Blob,
    /// Bytes that are never held as a whole.
    Stream,
    /// A timestamp; `None` for the format that is the default at its place.
    Timestamp(Option<TimestampFormat>),
    /// Any JSON value.
    Document,
    /// A list.
    List(Box<MemberSchema>),
    /// A map: key and value.
    Map(Box<MemberSchema>, Box<MemberSchema>),
    /// A structure or union.
    Structure(Path),
    /// A stream of events.
    Events(Path),
}

/// An open enum.
#[derive(Clone, Debug)]
pub struct Enumeration {
    /// The name in the model.
    pub wire_name: String,
    /// The type's name.
    pub name: String,
    /// The documentation.
    pub docs: Docs,
    /// The note of `#[deprecated]`.
    pub deprecated: Option<String>,
    /// The variants in the model's order.
    pub variants: Vec<EnumVariant>,
    /// The variant for values that the model does not know.
    pub unknown: String,
}

/// A variant of an open enum.
#[derive(Clone, Debug)]
pub struct EnumVariant {
    /// The text on the wire.
    pub text: String,
    /// The name.
    pub name: String,
    /// The documentation.
    pub docs: Docs,
}

/// An error type.
#[derive(Clone, Debug)]
pub struct ErrorType {
    /// The structure.
    pub structure: Structure,
    /// The code on the wire.
    pub code: String,
    /// The traits.
    pub traits: ErrorTraits,
    /// The field that holds the message.
    pub message: Option<String>,
}

impl Docs {
    /// One line.
    pub fn line(line: impl Into<String>) -> Self {
        Self { lines: vec![line.into()] }
    }

    /// Whether there is no line.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }
}

impl Response {
    /// The name of the type.
    pub fn name(&self) -> &str {
        match self {
            Self::Own(structure) => &structure.name,
            Self::Shared { name, .. } => name,
        }
    }

    /// The members.
    pub fn members(&self) -> &[Member] {
        match self {
            Self::Own(structure) => &structure.members,
            Self::Shared { members, .. } => members,
        }
    }
}

impl TypeDef {
    /// The type's name.
    pub fn name(&self) -> &str {
        match self {
            Self::Structure(structure) => &structure.name,
            Self::Union(union) => &union.name,
            Self::Enumeration(enumeration) => &enumeration.name,
        }
    }

    /// The name in the model.
    pub fn wire_name(&self) -> &str {
        match self {
            Self::Structure(structure) => &structure.wire_name,
            Self::Union(union) => &union.wire_name,
            Self::Enumeration(enumeration) => &enumeration.wire_name,
        }
    }
}

impl Structure {
    /// The members that the constructor takes.
    pub fn required(&self) -> impl Iterator<Item = &Member> {
        self.members.iter().filter(|member| member.required)
    }
}

impl Member {
    /// The field without the `r#` of raw identifiers.
    pub fn plain_field(&self) -> &str {
        self.field.trim_start_matches("r#")
    }
}
