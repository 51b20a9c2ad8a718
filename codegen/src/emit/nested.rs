//! Prints nested values: on one line if they fit, or else one part per line.

use super::source_file::WIDTH;
use std::fmt;

/// A value of a table.
#[derive(Clone, Debug)]
pub(super) enum Value {
    /// Text that is never broken.
    Atom(String),
    /// Parts, with the text before and after them.
    Group(String, Vec<Value>, &'static str),
}

impl Value {
    pub(super) fn atom(text: impl Into<String>) -> Self {
        Self::Atom(text.into())
    }

    /// `&[…]`.
    pub(super) fn slice(items: impl IntoIterator<Item = Self>) -> Self {
        Self::Group("&[".to_owned(), items.into_iter().collect(), "]")
    }

    /// `(…)`.
    pub(super) fn tuple(items: impl IntoIterator<Item = Self>) -> Self {
        Self::Group("(".to_owned(), items.into_iter().collect(), ")")
    }

    /// `function(…)`.
    pub(super) fn call(function: &str, arguments: impl IntoIterator<Item = Self>) -> Self {
        Self::Group(format!("{function}("), arguments.into_iter().collect(), ")")
    }

    /// `Name { … }`, always one field per line.
    pub(super) fn structure(name: &str, fields: impl IntoIterator<Item = Self>) -> Self {
        let line = |text: String, field: Self| text + "    " + &field.print(4, 1) + ",\n";
        let fields = fields.into_iter().fold(String::new(), line);
        Self::Atom(format!("{name} {{\n{fields}}}"))
    }

    /// `&…`.
    pub(super) fn by_reference(self) -> Self {
        match self {
            Self::Atom(text) => Self::Atom(format!("&{text}")),
            Self::Group(open, parts, close) => Self::Group(format!("&{open}"), parts, close),
        }
    }

    /// `name: …`, of a structure.
    pub(super) fn field(self, name: &str) -> Self {
        match self {
            Self::Atom(text) => Self::Atom(format!("{name}: {text}")),
            Self::Group(open, parts, close) => Self::Group(format!("{name}: {open}"), parts, close),
        }
    }

    /// The text for a line that is indented by `indent` and has `used` other characters.
    pub(super) fn print(&self, indent: usize, used: usize) -> String {
        let whole = self.to_string();
        let Self::Group(open, parts, close) = self else { return whole };
        let is_atomic = matches!(parts.as_slice(), [] | [Self::Atom(_)]);
        if is_atomic || indent + used + whole.len() <= WIDTH {
            return whole;
        }
        // A single part needs no line of its own.
        if let [part @ Self::Group(..)] = parts.as_slice() {
            let part = part.print(indent, used + open.len());
            if part.contains('\n') {
                return format!("{open}{part}{close}");
            }
        }
        // If only the last part is long, the parts before it stay on the line and only it is broken.
        if let Some((last, before)) = parts.split_last().filter(|_| !open.ends_with('[')) {
            let before = before.iter().fold(String::new(), |text, part| text + &part.to_string() + ", ");
            let head = format!("{open}{before}");
            if let Self::Group(open, inner, _) = last
                && !inner.is_empty()
                && indent + used + head.len() + open.len() <= WIDTH
            {
                let last = last.print(indent, used + head.len());
                return format!("{head}{last}{close}");
            }
        }
        let inner = indent + 4;
        let pad = " ".repeat(inner);
        let line = |text: String, part: &Self| text + &pad + &part.print(inner, 1) + ",\n";
        let lines = parts.iter().fold(String::new(), line);
        format!("{open}\n{lines}{}{close}", " ".repeat(indent))
    }
}

/// Prints the value on one line.
impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Atom(text) => f.write_str(text),
            Self::Group(open, parts, close) => {
                f.write_str(open)?;
                for (index, part) in parts.iter().enumerate() {
                    f.write_str(if index == 0 { "" } else { ", " })?;
                    part.fmt(f)?;
                }
                f.write_str(close)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_that_fit_stay_on_one_line() {
        let atoms = |count: usize| Value::slice((0..count).map(|_| Value::atom("some_value")));
        assert_eq!(Value::call("F", [atoms(2)]).print(0, 0), "F(&[some_value, some_value])");
        let long = Value::call("F", [atoms(1), atoms(12)]).print(4, 0);
        assert!(long.starts_with("F(&[some_value], &[\n        some_value,\n"), "{long}");
        assert!(long.ends_with("        some_value,\n    ])"), "{long}");
        assert!(long.lines().all(|line| line.len() < WIDTH));
    }
}
