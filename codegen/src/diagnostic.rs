//! What is wrong with the input: all of it, each with its place.

use crate::model::Pointer;
use std::path::PathBuf;

/// One problem.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The file it is in.
    pub file: PathBuf,
    /// Where in the file.
    pub place: PlaceInFile,
    /// What is wrong, in one sentence without a full stop.
    pub problem: String,
    /// What would be right.
    pub remedy: Option<String>,
}

/// Where in a file a problem is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PlaceInFile {
    /// The file as a whole.
    Whole,
    /// A node of its JSON document.
    Node(Pointer),
    /// A line and column, from one, where the document does not parse.
    Text {
        /// The line.
        line: usize,
        /// The column.
        column: usize,
    },
}

impl Diagnostic {
    /// A problem at a node.
    pub fn at(file: impl Into<PathBuf>, node: &Pointer, problem: impl Into<String>) -> Self {
        Self {
            file: file.into(),
            place: PlaceInFile::Node(node.clone()),
            problem: problem.into(),
            remedy: None,
        }
    }

    /// A problem with a file as a whole.
    pub fn in_file(file: impl Into<PathBuf>, problem: impl Into<String>) -> Self {
        Self { file: file.into(), place: PlaceInFile::Whole, problem: problem.into(), remedy: None }
    }

    /// The same, with what would be right.
    #[must_use]
    pub fn remedy(mut self, remedy: impl Into<String>) -> Self {
        self.remedy = Some(remedy.into());
        self
    }
}

/// The problems found so far. Work goes on after one, so that all are found in one run.
#[derive(Clone, Debug, Default)]
pub struct Diagnostics(Vec<Diagnostic>);

impl Diagnostics {
    /// None yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds one.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.0.push(diagnostic);
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The problems, in the order in which they were found.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.0.iter()
    }

    /// Adds all of another.
    pub fn extend(&mut self, other: Self) {
        self.0.extend(other.0);
    }
}
