//! What an operation tells the endpoint rules.

/// A parameter of the endpoint rules to which an operation gives a value: `staticContextParams`, `contextParam`,
/// `operationContextParams`.
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
    /// It is always this.
    Text(&'static str),
    /// It is always this.
    Flag(bool),
    /// It is always these.
    Texts(&'static [&'static str]),
    /// A part of the input, or several.
    Path(&'static [Step]),
}

/// A step of the path to a part of the input.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Step {
    /// The member of this name in the model.
    Member(&'static str),
    /// Every element of a list.
    Each,
    /// Every key of a map.
    Keys,
    /// What each of these paths leads to.
    Any(&'static [&'static [Step]]),
}

/// A parameter that is always this text.
pub const fn text(name: &'static str, value: &'static str) -> ContextParam {
    ContextParam { name, source: ContextSource::Text(value) }
}

/// A parameter that is always this.
pub const fn flag(name: &'static str, value: bool) -> ContextParam {
    ContextParam { name, source: ContextSource::Flag(value) }
}

/// A parameter that is always these texts.
pub const fn texts(name: &'static str, values: &'static [&'static str]) -> ContextParam {
    ContextParam { name, source: ContextSource::Texts(values) }
}

/// A parameter that is a part of the input.
pub const fn path(name: &'static str, steps: &'static [Step]) -> ContextParam {
    ContextParam { name, source: ContextSource::Path(steps) }
}
