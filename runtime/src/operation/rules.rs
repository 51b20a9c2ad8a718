//! Endpoint rule sets as static tables: what the generator makes of `endpoint-rule-set-1.json`.

mod value;

pub use value::Value;

/// The rules that turn parameters into an endpoint.
#[derive(Clone, Copy, Debug)]
pub struct RuleSet {
    /// What the rules depend on. A parameter's place here is its [`Slot`].
    pub parameters: &'static [Parameter],
    /// The names that conditions give to what they find; their slots follow those of the parameters.
    pub variables: &'static [&'static str],
    /// The rules, of which the first that applies counts.
    pub rules: &'static [Rule],
}

/// A parameter of a rule set.
#[derive(Clone, Copy, Debug)]
pub struct Parameter {
    /// Its name: `Region`.
    pub name: &'static str,
    /// What it is.
    pub kind: Kind,
    /// Which setting of the client it takes where nothing else gives it: `AWS::Region`.
    pub built_in: Option<&'static str>,
    /// The model lists it among `clientContextParams`: a client may be given a value for it by name.
    pub client: bool,
    /// Without a value there is no endpoint.
    pub required: bool,
    /// Its value where nothing gives one.
    pub default: Option<Expr>,
}

/// The type of a [`Parameter`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Text.
    String,
    /// `true` or `false`.
    Boolean,
    /// A list of texts.
    Strings,
}

impl Kind {
    /// Whether a value is of this kind.
    pub(crate) fn fits(self, value: &Value<'_>) -> bool {
        match (self, value) {
            (Self::String, Value::Text(_)) | (Self::Boolean, Value::Bool(_)) => true,
            (Self::Strings, Value::List(items)) => items.iter().all(|item| item.text().is_some()),
            _ => false,
        }
    }

    /// What such a value is, with its article, for messages.
    pub(crate) fn described(self) -> &'static str {
        match self {
            Self::String => "a text",
            Self::Boolean => "a boolean",
            Self::Strings => "a list of texts",
        }
    }
}

/// The place of a parameter or variable.
pub type Slot = u8;

/// A function of the rule language. What does not fit its arguments makes the result [`Value::None`], and so a condition
/// fail.
pub type Function = for<'a> fn(&[Value<'a>]) -> Value<'a>;

/// A rule: it applies where all of its conditions hold. A condition holds where its value is neither absent nor `false`.
#[derive(Clone, Copy, Debug)]
pub enum Rule {
    /// More rules; where this applies, none behind it counts, whether or not one of these does.
    Tree(&'static [Expr], &'static [Rule]),
    /// There is no endpoint, for this reason.
    Error(&'static [Expr], Expr),
    /// An endpoint that is an address and nothing more.
    Url(&'static [Expr], Expr),
    /// An endpoint: its address, properties and header fields.
    Endpoint(&'static [Expr], Expr, Entries, Headers),
}

/// Values by name.
pub type Entries = &'static [(&'static str, Expr)];

/// Header fields by name, each with its values.
pub type Headers = &'static [(&'static str, &'static [Expr])];

/// An expression of the rule language.
#[derive(Clone, Copy, Debug)]
pub enum Expr {
    /// Text as it is.
    Text(&'static str),
    /// Text with places to be filled in: `{Region}`, `{PartitionResult#dnsSuffix}`; braces are doubled.
    Template(&'static str),
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Number(i64),
    /// A parameter or variable.
    Var(Slot),
    /// What this is, and the variable that keeps it for the conditions and rules behind.
    Let(Slot, &'static Expr),
    /// A part of an object or list: `dnsSuffix`, `resourceId[0]`, `[0]`.
    Get(&'static Expr, &'static str),
    /// The value of a function.
    Call(Function, &'static [Expr]),
    /// A list, of a property.
    List(&'static [Expr]),
    /// An object, of a property.
    Object(Entries),
}

/// A text parameter.
pub const fn string(name: &'static str) -> Parameter {
    Parameter::new(name, Kind::String)
}

/// A parameter that is `true` or `false`.
pub const fn boolean(name: &'static str) -> Parameter {
    Parameter::new(name, Kind::Boolean)
}

/// A parameter that is a list of texts.
pub const fn strings(name: &'static str) -> Parameter {
    Parameter::new(name, Kind::Strings)
}

impl Parameter {
    const fn new(name: &'static str, kind: Kind) -> Self {
        Self { name, kind, built_in: None, client: false, required: false, default: None }
    }

    /// Taken from this setting of the client.
    #[must_use]
    pub const fn built_in(mut self, name: &'static str) -> Self {
        self.built_in = Some(name);
        self
    }

    /// Given by name to a client.
    #[must_use]
    pub const fn client(mut self) -> Self {
        self.client = true;
        self
    }

    /// Without a value there is no endpoint.
    #[must_use]
    pub const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// Its value where nothing gives one.
    #[must_use]
    pub const fn default(mut self, value: Expr) -> Self {
        self.default = Some(value);
        self
    }
}

impl RuleSet {
    /// The slot of a parameter or variable.
    pub(crate) fn slot(&self, name: &str) -> Option<usize> {
        let parameters = self.parameters.iter().map(|parameter| parameter.name);
        parameters.chain(self.variables.iter().copied()).position(|other| other == name)
    }
}
