//! Endpoint rules, and the values that operations give to their parameters.

/// The service's endpoint rules. Variables are numbered, the parameters first.
#[derive(Clone, Debug, PartialEq)]
pub struct EndpointRules {
    /// The parameters that a rule refers to.
    pub parameters: Vec<RuleParameter>,
    /// The variables that conditions assign.
    pub variables: Vec<Variable>,
    /// Properties that more than one endpoint has.
    pub shared: Vec<Properties>,
    /// The rules.
    pub rules: Vec<Rule>,
}

/// Properties of an endpoint, by name.
pub type Properties = Vec<(String, Expr)>;

/// A parameter or variable of endpoint rules.
#[derive(Clone, Debug, PartialEq)]
pub struct Variable {
    /// The name in the rules.
    pub name: String,
    /// The constant with the variable's number.
    pub constant: String,
}

/// A parameter of endpoint rules.
#[derive(Clone, Debug, PartialEq)]
pub struct RuleParameter {
    /// The names.
    pub variable: Variable,
    /// The type.
    pub kind: ParameterKind,
    /// The client setting that gives the value: `AWS::Region`.
    pub built_in: Option<String>,
    /// A client may set it by name.
    pub client: bool,
    /// It must have a value.
    pub required: bool,
    /// The value if nothing else gives one.
    pub default: Option<Expr>,
}

/// The type of a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParameterKind {
    /// Text.
    String,
    /// `true` or `false`.
    Boolean,
    /// A list of strings.
    Strings,
}

/// An endpoint rule; the first vector has its conditions.
#[derive(Clone, Debug, PartialEq)]
pub enum Rule {
    /// More rules.
    Tree(Vec<Expr>, Vec<Rule>),
    /// No endpoint: an error with this message.
    Error(Vec<Expr>, Expr),
    /// An endpoint.
    Endpoint {
        /// The conditions.
        conditions: Vec<Expr>,
        /// The URL.
        url: Expr,
        /// The properties.
        properties: PropertiesOf,
        /// The headers, by name.
        headers: Vec<(String, Vec<Expr>)>,
    },
}

/// The properties of an endpoint.
#[derive(Clone, Debug, PartialEq)]
pub enum PropertiesOf {
    /// Properties of this endpoint alone.
    Own(Properties),
    /// An index into [`EndpointRules::shared`].
    Shared(usize),
}

/// An expression of endpoint rules.
#[derive(Clone, Debug, PartialEq)]
pub enum Expr {
    /// Text.
    Text(String),
    /// Text with placeholders.
    Template(String),
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Number(i64),
    /// A parameter or variable.
    Variable(usize),
    /// A value that is assigned to a variable.
    Let(usize, Box<Expr>),
    /// A part of a value: `getAttr`.
    Get(Box<Expr>, String),
    /// A call of a function.
    Call(RuleFunction, Vec<Expr>),
    /// A list.
    List(Vec<Expr>),
    /// An object.
    Object(Vec<(String, Expr)>),
}

/// A function of endpoint rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RuleFunction {
    /// Whether a value is there.
    IsSet,
    /// Negates a boolean.
    Not,
    /// Compares strings or booleans.
    Equals,
    /// The partition of a region.
    Partition,
    /// Parses an ARN.
    ParseArn,
    /// Whether a bucket can be a part of the host name.
    IsVirtualHostableBucket,
    /// Parses a URL.
    ParseUrl,
    /// Whether a string is a valid host label.
    IsValidHostLabel,
    /// A part of a string.
    Substring,
    /// Percent-encodes a string.
    UriEncode,
    /// Splits a string.
    Split,
    /// The first value that is there.
    Coalesce,
    /// If, then, else.
    Ite,
}

/// A parameter of the endpoint rules to which an operation gives a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContextParam {
    /// The parameter.
    pub name: String,
    /// The source of its value.
    pub source: ContextSource,
}

/// The source of a [`ContextParam`]'s value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ContextSource {
    /// A constant string.
    Text(String),
    /// A constant boolean.
    Flag(bool),
    /// A constant list of strings.
    Texts(Vec<String>),
    /// The value at this path of the input.
    Path(Vec<ContextStep>),
}

/// A step of a path into the input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ContextStep {
    /// A member of a structure.
    Member(String),
    /// Every element of a list.
    Each,
    /// Every key of a map.
    Keys,
    /// The values at each of several paths.
    Any(Vec<Vec<ContextStep>>),
}
