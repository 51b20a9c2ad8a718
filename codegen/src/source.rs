//! A JSON file that is being read, and the errors found in it so far.

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::did_you_mean::did_you_mean;
use crate::model::Pointer;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// How many errors of a file get a "did you mean": each compares a name with all others.
const MAX_SUGGESTIONS: usize = 100;

/// A JSON file that is being read.
#[derive(Debug)]
pub(crate) struct Source {
    file: PathBuf,
    merged: Option<MergedFile>,
    found: Diagnostics,
    suggestions_left: usize,
}

/// A second file that was merged into the document, and the nodes that came from it.
#[derive(Debug)]
pub(crate) struct MergedFile {
    pub(crate) file: PathBuf,
    /// The key of the file under which the merged nodes are.
    pub(crate) key: &'static str,
    pub(crate) nodes: BTreeSet<Vec<String>>,
}

impl MergedFile {
    /// The file and pointer of a node that was merged in.
    fn origin(&self, at: &Pointer) -> Option<(&Path, Pointer)> {
        let steps: Vec<String> = at.steps().collect();
        let is_merged =
            (1..=steps.len()).any(|depth| steps.get(..depth).is_some_and(|path| self.nodes.contains(path)));
        let pointer = || steps.iter().fold(Pointer::ROOT.key(self.key), |node, step| node.key(step));
        is_merged.then(|| (self.file.as_path(), pointer()))
    }
}

impl Source {
    pub(crate) fn new(file: PathBuf) -> Self {
        Self { file, merged: None, found: Diagnostics::new(), suggestions_left: MAX_SUGGESTIONS }
    }

    /// Reports errors in the nodes of a merged file as errors of that file.
    pub(crate) fn with_merged(mut self, merged: MergedFile) -> Self {
        self.merged = Some(merged);
        self
    }

    /// Records an error at a node, and what would be right.
    pub(crate) fn report(&mut self, at: &Pointer, message: impl Into<String>, help: impl Into<String>) {
        let diagnostic = match self.merged.as_ref().and_then(|merged| merged.origin(at)) {
            Some((file, node)) => Diagnostic::at(file, &node, message),
            None => Diagnostic::at(&self.file, at, message),
        };
        self.found.push(diagnostic.with_help(help));
    }

    /// ``did you mean `x`?`` with the closest of the names, or else `otherwise`.
    pub(crate) fn did_you_mean<'n>(
        &mut self,
        name: &str,
        names: impl IntoIterator<Item = &'n str>,
        otherwise: impl Into<String>,
    ) -> String {
        let Some(left) = self.suggestions_left.checked_sub(1) else { return otherwise.into() };
        self.suggestions_left = left;
        did_you_mean(name, names, otherwise)
    }

    /// Hands the errors over.
    pub(crate) fn finish(self, diagnostics: &mut Diagnostics) {
        diagnostics.extend(self.found);
    }
}
