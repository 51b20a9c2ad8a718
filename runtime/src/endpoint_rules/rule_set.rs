//! Endpoint rule sets as static tables, which the generator makes from `endpoint-rule-set-1.json`.

use super::EndpointValue;

/// The rules that turn parameters into an endpoint.
#[derive(Clone, Copy, Debug)]
pub struct RuleSet {
    /// The parameters. A parameter's index here is its [`Slot`].
    pub parameters: &'static [Parameter],
    /// The names of the variables that conditions assign; their slots follow those of the parameters.
    pub variables: &'static [&'static str],
    /// The rules; the first that applies decides.
    pub rules: &'static [Rule],
}

/// A parameter of a rule set.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Parameter {
    /// The name: `Region`.
    pub name: &'static str,
    /// The type.
    pub parameter_type: ParameterType,
    /// The client setting that supplies the value if nothing more specific does: `AWS::Region`.
    pub built_in: Option<&'static str>,
    /// Whether the model lists the parameter in `clientContextParams`, so that a client can set it by name.
    pub client: bool,
    /// Whether resolution fails without a value.
    pub required: bool,
    /// The value if nothing else supplies one.
    pub default: Option<Expr>,
}

/// The type of a [`Parameter`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ParameterType {
    /// A string.
    String,
    /// `true` or `false`.
    Boolean,
    /// A list of strings.
    StringArray,
}

impl ParameterType {
    /// Whether a value is of this type.
    pub(super) fn accepts(self, value: &EndpointValue<'_>) -> bool {
        match (self, value) {
            (Self::String, EndpointValue::Text(_)) | (Self::Boolean, EndpointValue::Bool(_)) => true,
            (Self::StringArray, EndpointValue::List(items)) => {
                items.iter().all(|item| item.as_str().is_some())
            }
            _ => false,
        }
    }

    /// The type with its article, for error messages.
    pub(super) fn describe(self) -> &'static str {
        match self {
            Self::String => "a string",
            Self::Boolean => "a boolean",
            Self::StringArray => "a list of strings",
        }
    }
}

/// The index of a parameter or variable.
pub type Slot = u8;

/// A function of the rule language. Arguments of the wrong type make the result [`EndpointValue::None`], so that the condition
/// fails.
pub type Function = for<'a> fn(&[EndpointValue<'a>]) -> EndpointValue<'a>;

/// A rule. It applies if all of its conditions hold; a condition holds if its value is neither unset nor `false`.
#[derive(Clone, Copy, Debug)]
pub enum Rule {
    /// Nested rules. If the conditions hold, no later rule is tried, whether or not one of these applies.
    Tree(&'static [Expr], &'static [Rule]),
    /// No endpoint, with this message.
    Error(&'static [Expr], Expr),
    /// An endpoint that has a URL only.
    Url(&'static [Expr], Expr),
    /// An endpoint: URL, properties and header fields.
    Endpoint(&'static [Expr], Expr, Entries, Headers),
}

/// Expressions by name.
pub type Entries = &'static [(&'static str, Expr)];

/// Header fields by name, each with its values.
pub type Headers = &'static [(&'static str, &'static [Expr])];

/// An expression of the rule language.
#[derive(Clone, Copy, Debug)]
pub enum Expr {
    /// A literal string.
    Text(&'static str),
    /// A string with placeholders: `{Region}`, `{PartitionResult#dnsSuffix}`. Literal braces are doubled.
    Template(&'static str),
    /// `true` or `false`.
    Bool(bool),
    /// An integer.
    Number(i64),
    /// The value of a parameter or variable.
    Var(Slot),
    /// The value of an expression, which is also assigned to a variable for the conditions and rules that follow.
    Let(Slot, &'static Expr),
    /// A part of an object or list (`getAttr`): `dnsSuffix`, `resourceId[0]`, `[0]`.
    Get(&'static Expr, &'static str),
    /// The result of a function.
    Call(Function, &'static [Expr]),
    /// A list, in a property.
    List(&'static [Expr]),
    /// An object, in a property.
    Object(Entries),
}

/// A string parameter.
pub const fn string(name: &'static str) -> Parameter {
    Parameter::new(name, ParameterType::String)
}

/// A boolean parameter.
pub const fn boolean(name: &'static str) -> Parameter {
    Parameter::new(name, ParameterType::Boolean)
}

/// A parameter that is a list of strings.
pub const fn strings(name: &'static str) -> Parameter {
    Parameter::new(name, ParameterType::StringArray)
}

impl Parameter {
    const fn new(name: &'static str, parameter_type: ParameterType) -> Self {
        Self { name, parameter_type, built_in: None, client: false, required: false, default: None }
    }

    /// Takes the value from this client setting.
    #[must_use]
    pub const fn built_in(mut self, name: &'static str) -> Self {
        self.built_in = Some(name);
        self
    }

    /// Lets a client set the value by name.
    #[must_use]
    pub const fn client(mut self) -> Self {
        self.client = true;
        self
    }

    /// Makes resolution fail without a value.
    #[must_use]
    pub const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// Sets the value to use if nothing else supplies one.
    #[must_use]
    pub const fn default(mut self, value: Expr) -> Self {
        self.default = Some(value);
        self
    }
}

impl RuleSet {
    /// The slot of a parameter or variable.
    pub(super) fn slot(&self, name: &str) -> Option<usize> {
        let parameters = self.parameters.iter().map(|parameter| parameter.name);
        parameters.chain(self.variables.iter().copied()).position(|other| other == name)
    }
}
