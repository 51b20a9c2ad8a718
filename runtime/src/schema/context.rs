//! Values that an operation gives to parameters of the endpoint rules.

/// A parameter of the endpoint rules that an operation gives a value: `staticContextParams`, `contextParam` or
/// `operationContextParams` of the model.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct ContextParam {
    /// The name of the parameter.
    pub name: &'static str,
    /// Where its value comes from.
    pub source: ContextSource,
}

/// Where the value of a [`ContextParam`] comes from.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum ContextSource {
    /// A constant string.
    Text(&'static str),
    /// A constant boolean.
    Flag(bool),
    /// A constant list of strings.
    Texts(&'static [&'static str]),
    /// One or several parts of the input.
    Path(&'static [Step]),
}

/// A step of the path to a part of the input.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Step {
    /// The member with this name in the model.
    Member(&'static str),
    /// Every element of a list.
    Each,
    /// Every key of a map.
    Keys,
    /// The parts that any of these paths leads to.
    Any(&'static [&'static [Step]]),
}

/// A parameter with a constant string.
pub const fn text(name: &'static str, value: &'static str) -> ContextParam {
    ContextParam { name, source: ContextSource::Text(value) }
}

/// A parameter with a constant boolean.
pub const fn flag(name: &'static str, value: bool) -> ContextParam {
    ContextParam { name, source: ContextSource::Flag(value) }
}

/// A parameter with a constant list of strings.
pub const fn texts(name: &'static str, values: &'static [&'static str]) -> ContextParam {
    ContextParam { name, source: ContextSource::Texts(values) }
}

/// A parameter that is taken from the input.
pub const fn path(name: &'static str, steps: &'static [Step]) -> ContextParam {
    ContextParam { name, source: ContextSource::Path(steps) }
}
