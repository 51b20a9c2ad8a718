//! Values within values: on one line as far as they fit, or else each part on its own.

use super::WIDTH;
use std::fmt;

/// A value of a table.
#[derive(Clone, Debug)]
pub(crate) enum Node {
    /// What is never broken.
    Word(String),
    /// What stands around the parts, and they.
    Group(String, Vec<Node>, &'static str),
}

impl Node {
    pub(crate) fn word(text: impl Into<String>) -> Self {
        Self::Word(text.into())
    }

    /// `&[…]`.
    pub(crate) fn slice(items: impl IntoIterator<Item = Self>) -> Self {
        Self::Group("&[".to_owned(), items.into_iter().collect(), "]")
    }

    /// `(…)`.
    pub(crate) fn tuple(items: impl IntoIterator<Item = Self>) -> Self {
        Self::Group("(".to_owned(), items.into_iter().collect(), ")")
    }

    /// `function(…)`.
    pub(crate) fn call(function: &str, arguments: impl IntoIterator<Item = Self>) -> Self {
        Self::Group(format!("{function}("), arguments.into_iter().collect(), ")")
    }

    /// `Name { … }`, always a field a line.
    pub(crate) fn structure(name: &str, fields: impl IntoIterator<Item = Self>) -> Self {
        let line = |text: String, field: Self| text + "    " + &field.lay_out(4, 1) + ",\n";
        let fields = fields.into_iter().fold(String::new(), line);
        Self::Word(format!("{name} {{\n{fields}}}"))
    }

    /// `&…`.
    pub(crate) fn referred(self) -> Self {
        match self {
            Self::Word(text) => Self::Word(format!("&{text}")),
            Self::Group(open, parts, close) => Self::Group(format!("&{open}"), parts, close),
        }
    }

    /// `name: …`, of a structure.
    pub(crate) fn field(self, name: &str) -> Self {
        match self {
            Self::Word(text) => Self::Word(format!("{name}: {text}")),
            Self::Group(open, parts, close) => Self::Group(format!("{name}: {open}"), parts, close),
        }
    }

    /// The text where `indent` spaces are before its line, and the line has `taken` letters beside it.
    pub(crate) fn lay_out(&self, indent: usize, taken: usize) -> String {
        let whole = self.to_string();
        let Self::Group(open, parts, close) = self else { return whole };
        let one_word = matches!(parts.as_slice(), [] | [Self::Word(_)]);
        if one_word || indent + taken + whole.len() <= WIDTH {
            return whole;
        }
        // What stands alone needs no line of its own.
        if let [part @ Self::Group(..)] = parts.as_slice() {
            let part = part.lay_out(indent, taken + open.len());
            if part.contains('\n') {
                return format!("{open}{part}{close}");
            }
        }
        // Only the last part is long: what is before it stays on the line, and it is broken.
        if let Some((last, before)) = parts.split_last().filter(|_| !open.ends_with('[')) {
            let before = before.iter().fold(String::new(), |text, part| text + &part.to_string() + ", ");
            let head = format!("{open}{before}");
            if let Self::Group(open, inner, _) = last
                && !inner.is_empty()
                && indent + taken + head.len() + open.len() <= WIDTH
            {
                let last = last.lay_out(indent, taken + head.len());
                return format!("{head}{last}{close}");
            }
        }
        let inner = indent + 4;
        let pad = " ".repeat(inner);
        let line = |text: String, part: &Self| text + &pad + &part.lay_out(inner, 1) + ",\n";
        let lines = parts.iter().fold(String::new(), line);
        format!("{open}\n{lines}{}{close}", " ".repeat(indent))
    }
}

/// On one line.
impl fmt::Display for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Word(text) => f.write_str(text),
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
    fn what_fits_stays_on_a_line() {
        let words = |count: usize| Node::slice((0..count).map(|_| Node::word("some_value")));
        assert_eq!(Node::call("F", [words(2)]).lay_out(0, 0), "F(&[some_value, some_value])");
        let long = Node::call("F", [words(1), words(12)]).lay_out(4, 0);
        assert!(long.starts_with("F(&[some_value], &[\n        some_value,\n"), "{long}");
        assert!(long.ends_with("        some_value,\n    ])"), "{long}");
        assert!(long.lines().all(|line| line.len() < WIDTH));
    }
}
