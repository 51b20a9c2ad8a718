//! Errors in the input, each with its location. Work continues after an error, so that one run finds them all.

use crate::model::Pointer;
use std::path::PathBuf;

/// An error in an input file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The file.
    pub file: PathBuf,
    /// Where in the file.
    pub location: Location,
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// What would be right.
    pub help: Option<String>,
}

/// Where in a file an error is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Location {
    /// The file as a whole.
    File,
    /// A node of its JSON document.
    Node(Pointer),
    /// A line and column, both from 1, of a file that has no nodes or does not parse.
    Text {
        /// The line.
        line: usize,
        /// The column.
        column: usize,
    },
}

impl Diagnostic {
    /// An error at a node of a JSON document.
    pub fn at(file: impl Into<PathBuf>, node: &Pointer, message: impl Into<String>) -> Self {
        Self {
            file: file.into(),
            location: Location::Node(node.clone()),
            message: message.into(),
            help: None,
        }
    }

    /// An error about a file as a whole.
    pub fn in_file(file: impl Into<PathBuf>, message: impl Into<String>) -> Self {
        Self { file: file.into(), location: Location::File, message: message.into(), help: None }
    }

    /// Adds what would be right.
    #[must_use]
    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// The errors found so far.
#[derive(Clone, Debug, Default)]
pub struct Diagnostics(Vec<Diagnostic>);

impl Diagnostics {
    /// An empty list.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds an error.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.0.push(diagnostic);
    }

    /// Whether no errors were found.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The errors, in the order in which they were found.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.0.iter()
    }

    /// Adds all errors of another list that are not in this one: services share files.
    pub fn extend(&mut self, other: Self) {
        for diagnostic in other.0 {
            if !self.0.contains(&diagnostic) {
                self.0.push(diagnostic);
            }
        }
    }
}

impl From<Diagnostic> for Diagnostics {
    fn from(diagnostic: Diagnostic) -> Self {
        Self(vec![diagnostic])
    }
}
