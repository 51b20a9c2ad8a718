//! What is to be printed, with every decision taken: final names, final types, no words of the model language.

use crate::{jmespath::Step, markdown};

/// One crate.
#[derive(Clone, Debug)]
pub struct Crate {
    /// The package's name.
    pub name: String,
    /// The package's version.
    pub version: String,
    /// The path by which examples name the crate; without one, there are no examples.
    pub library: Option<String>,
    /// How the manifest names the runtime.
    pub runtime: Runtime,
    /// Other packages that the crate depends on, each with what its manifest says of it.
    pub dependencies: Vec<(String, String)>,
    /// The features of the runtime that customizations need.
    pub runtime_features: Vec<&'static str>,
    /// What the crate was made of, for headers: `models/lambda/2015-03-31`.
    pub input: String,
    /// What people type to run the generator, for headers.
    pub command: String,
    /// The service.
    pub service: Service,
    /// The rules that give requests their endpoint.
    pub endpoint_rules: Option<EndpointRules>,
    /// The operations, by name.
    pub operations: Vec<Operation>,
    /// The types that are not requests, responses or errors, by name.
    pub types: Vec<Item>,
    /// The error types, by name.
    pub errors: Vec<ErrorType>,
    /// The crate has only some of the service's operations.
    pub partial: bool,
    /// Types are nested so deep that the compiler must be allowed to follow.
    pub deep: bool,
    /// A type of the service has the name of one that is always in scope, such as `Option`: those are written by their
    /// full paths.
    pub shadows_prelude: bool,
}

/// How a generated manifest names the runtime.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Runtime {
    /// As a dependency of the workspace around, whose lints apply too.
    Workspace,
    /// By a version.
    Version(String),
    /// By a path, relative to the crate.
    Path(String),
    /// By a repository: the keys as they stand in a manifest, `git = "…", tag = "…"`.
    Git(String),
}

/// The service.
#[derive(Clone, Debug)]
pub struct Service {
    /// The name that people use: `AWS Lambda`.
    pub title: String,
    /// `serviceId`.
    pub id: String,
    /// The folder in the catalogue.
    pub name: String,
    /// `apiVersion`.
    pub api_version: String,
    /// `endpointPrefix`.
    pub endpoint_prefix: String,
    /// The wire protocol.
    pub protocol: Protocol,
    /// What else the description says, as calls of `ServiceSchema`'s methods.
    pub traits: Vec<Call>,
    /// The paths of the statics that keep rules for all operations.
    pub customizations: Vec<String>,
    /// The documentation.
    pub docs: Docs,
}

/// A wire protocol of the runtime.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Protocol {
    /// `json`.
    Json,
    /// `rest-json`.
    RestJson,
    /// `rest-xml`.
    RestXml,
    /// `smithy-rpc-v2-cbor`.
    Cbor,
    /// `query`.
    Query,
    /// `ec2`.
    Ec2,
}

impl Protocol {
    /// As models and `myrina.toml` call it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::RestJson => "rest-json",
            Self::RestXml => "rest-xml",
            Self::Cbor => "smithy-rpc-v2-cbor",
            Self::Query => "query",
            Self::Ec2 => "ec2",
        }
    }

    /// Whether members are elements or parameters, which may be flat, be attributes, and have namespaces.
    pub const fn has_elements(self) -> bool {
        matches!(self, Self::RestXml | Self::Query | Self::Ec2)
    }
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
    /// `#[deprecated]`, with its note.
    pub deprecated: Option<String>,
    /// The HTTP method.
    pub method: String,
    /// The path and literal query.
    pub uri: String,
    /// The request.
    pub request: Structure,
    /// The response.
    pub response: Response,
    /// The traits of the reference to the input, as calls of `Member`'s methods.
    pub input_traits: Vec<Call>,
    /// What else the description says, as calls of `OperationSchema`'s methods.
    pub traits: Vec<Call>,
    /// What the operation tells the endpoint rules.
    pub context: Vec<ContextParam>,
    /// The paths of the statics that keep rules for this operation.
    pub customizations: Vec<String>,
    /// The error types that the model lists.
    pub errors: Vec<String>,
    /// A Rust expression that makes the request, for the example; `None` where it would be long beyond use.
    pub example: Option<String>,
}

/// What an operation answers.
#[derive(Clone, Debug)]
pub enum Response {
    /// A structure of its own.
    Own(Structure),
    /// A structure that the service uses elsewhere too, under the operation's name for it.
    Shared {
        /// `CreateFunctionResponse`.
        name: String,
        /// The type.
        target: Path,
        /// Its members, for the operation's page.
        members: Vec<Member>,
    },
}

/// A type beside requests, responses and errors.
#[derive(Clone, Debug)]
pub enum Item {
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
    /// `#[deprecated]`, with its note.
    pub deprecated: Option<String>,
    /// The members in the model's order.
    pub members: Vec<Member>,
    /// Holds a stream, and so can be neither cloned nor compared.
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
    /// `#[deprecated]`, with its note.
    pub deprecated: Option<String>,
    /// The cases: `field` is the case, `lens` the prism, always `Mark::Required`.
    pub cases: Vec<Member>,
    /// The case of what the model does not know.
    pub unknown: String,
}

/// A member of a structure, or a case of a union.
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
    /// `#[deprecated]`, with its note.
    pub deprecated: Option<String>,
    /// Whether and how it may be absent.
    pub mark: Mark,
    /// The type; of a member that may be absent without its `Option`.
    pub ty: Type,
    /// The static description.
    pub description: Description,
}

/// Whether and how a member may be absent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// Never.
    Required,
    /// In an `Option`.
    Optional,
}

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
    /// `myrina::EventStream` of these.
    Events(Path),
    /// A generated type.
    Named(Path),
    /// In a `Box`.
    Boxed(Box<Type>),
    /// `Option`: an element that may be null.
    Nullable(Box<Type>),
    /// `Vec`.
    List(Box<Type>),
    /// `myrina::Map`.
    Map(Box<Type>, Box<Type>),
}

/// A type beside those of the language and the runtime, by module and name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Path {
    /// The module.
    pub module: Module,
    /// The name.
    pub name: String,
}

/// The modules that generated types may be in, operations aside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Module {
    /// `types`.
    Types,
    /// `errors`.
    Errors,
    /// None of the crate's own: the name is a whole path, `money::Amount`, that an override gives.
    Foreign,
}

/// The static description of a reference: a call of a constructor, and calls of `Member`'s methods on what it gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Description {
    /// The name of the member in the model; empty for elements.
    pub name: String,
    /// What it refers to.
    pub target: Target,
    /// The traits.
    pub traits: Vec<Call>,
}

/// What a description refers to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// By the name of the constructor: `string`.
    Simple(&'static str),
    /// A structure or union.
    Structure(Path),
    /// A stream of events.
    Events(Path),
    /// A list.
    List(Box<Description>),
    /// A map.
    Map(Box<Description>, Box<Description>),
}

/// A call of a builder's method.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// The method.
    pub method: &'static str,
    /// The arguments.
    pub arguments: Vec<Argument>,
}

/// An argument of a [`Call`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Argument {
    /// Text.
    Text(String),
    /// A number.
    Number(u16),
    /// A variant of `Auth`.
    Auth(&'static str),
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
    /// `#[deprecated]`, with its note.
    pub deprecated: Option<String>,
    /// The variants in the model's order.
    pub variants: Vec<Variant>,
    /// The variant of what the model does not know.
    pub unknown: String,
}

/// A variant of an open enum.
#[derive(Clone, Debug)]
pub struct Variant {
    /// The text on the wire.
    pub text: String,
    /// The name.
    pub name: String,
    /// The documentation.
    pub docs: Docs,
}

/// The rules that give requests their endpoint. Variables are numbered, the parameters first.
#[derive(Clone, Debug, PartialEq)]
pub struct EndpointRules {
    /// The parameters that any rule asks for.
    pub parameters: Vec<RuleParameter>,
    /// What conditions give names to.
    pub variables: Vec<Variable>,
    /// Properties that several endpoints have.
    pub shared: Vec<Properties>,
    /// The rules.
    pub rules: Vec<Rule>,
}

/// Properties of an endpoint, by name.
pub type Properties = Vec<(String, Expr)>;

/// A parameter or variable of endpoint rules.
#[derive(Clone, Debug, PartialEq)]
pub struct Variable {
    /// Its name in the rules.
    pub name: String,
    /// The constant for its number.
    pub constant: String,
}

/// A parameter of endpoint rules.
#[derive(Clone, Debug, PartialEq)]
pub struct RuleParameter {
    /// Its names.
    pub variable: Variable,
    /// What it is.
    pub kind: ParameterKind,
    /// The setting that it takes.
    pub built_in: Option<String>,
    /// A client may be given it by name.
    pub client: bool,
    /// It must have a value.
    pub required: bool,
    /// Its value where nothing gives one.
    pub default: Option<Expr>,
}

/// What a parameter of endpoint rules is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParameterKind {
    /// Text.
    String,
    /// `true` or `false`.
    Boolean,
    /// A list of texts.
    Strings,
}

/// An endpoint rule; the expressions are its conditions.
#[derive(Clone, Debug, PartialEq)]
pub enum Rule {
    /// More rules.
    Tree(Vec<Expr>, Vec<Rule>),
    /// There is no endpoint.
    Error(Vec<Expr>, Expr),
    /// There is one.
    Endpoint {
        /// The conditions.
        conditions: Vec<Expr>,
        /// The address.
        url: Expr,
        /// The properties.
        properties: PropertiesOf,
        /// The header fields, by name.
        headers: Vec<(String, Vec<Expr>)>,
    },
}

/// Where the properties of an endpoint stand.
#[derive(Clone, Debug, PartialEq)]
pub enum PropertiesOf {
    /// With it.
    Own(Properties),
    /// Among those that several have, with this number.
    Shared(usize),
}

/// An expression of endpoint rules.
#[derive(Clone, Debug, PartialEq)]
pub enum Expr {
    /// Text.
    Text(String),
    /// Text with places to be filled in.
    Template(String),
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Number(i64),
    /// A parameter or variable.
    Variable(usize),
    /// A value that a variable keeps.
    Let(usize, Box<Expr>),
    /// A part of a value.
    Get(Box<Expr>, String),
    /// A function of the runtime.
    Call(&'static str, Vec<Expr>),
    /// A list.
    List(Vec<Expr>),
    /// An object.
    Object(Vec<(String, Expr)>),
}

/// A parameter of the endpoint rules to which an operation gives a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContextParam {
    /// The parameter.
    pub name: String,
    /// Where its value comes from.
    pub source: ContextSource,
}

/// Where the value of a [`ContextParam`] comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ContextSource {
    /// It is always this.
    Text(String),
    /// It is always this.
    Flag(bool),
    /// It is always these.
    Texts(Vec<String>),
    /// A part of the input.
    Path(Vec<Step>),
}

/// An error type.
#[derive(Clone, Debug)]
pub struct ErrorType {
    /// Its structure.
    pub structure: Structure,
    /// The code on the wire.
    pub code: String,
    /// What else the description says, as calls of `ErrorSchema`'s methods.
    pub traits: Vec<Call>,
    /// The field that holds the message.
    pub message: Option<String>,
}

impl Path {
    /// Whether it is the runtime's type for any JSON value.
    pub fn is_document(&self) -> bool {
        self.module == Module::Foreign && self.name == "myrina::Document"
    }
}

impl Call {
    /// A call without arguments.
    pub fn flag(method: &'static str) -> Self {
        Self { method, arguments: Vec::new() }
    }

    /// A call with one text.
    pub fn text(method: &'static str, text: impl Into<String>) -> Self {
        Self { method, arguments: vec![Argument::Text(text.into())] }
    }

    /// A call with one number.
    pub fn number(method: &'static str, number: u16) -> Self {
        Self { method, arguments: vec![Argument::Number(number)] }
    }
}

impl Docs {
    /// The first paragraph, in one line.
    pub fn summary(&self) -> String {
        markdown::summary(&self.lines)
    }

    /// Whether there is none.
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

impl Structure {
    /// The members without which there is no value.
    pub fn required(&self) -> impl Iterator<Item = &Member> {
        self.members.iter().filter(|member| member.mark == Mark::Required)
    }
}
