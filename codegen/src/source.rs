//! A file that is being read, and what was found wrong with it so far.

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::Pointer;
use crate::read::extras::Merged;
use crate::suggest::nearest;
use std::path::PathBuf;

/// How many times one file's problems may be given the nearest existing name: each costs a walk over all names.
const SUGGESTIONS: usize = 100;

/// A file that is being read.
#[derive(Debug)]
pub(crate) struct Source {
    file: PathBuf,
    merged: Option<Merged>,
    found: Diagnostics,
    suggestions: usize,
}

impl Source {
    pub(crate) fn new(file: PathBuf) -> Self {
        Self { file, merged: None, found: Diagnostics::new(), suggestions: SUGGESTIONS }
    }

    /// The same file with the nodes of another merged into it, whose problems belong to that file.
    pub(crate) fn with(mut self, merged: Merged) -> Self {
        self.merged = Some(merged);
        self
    }

    /// Notes a problem at a node, and what would be right.
    pub(crate) fn report(&mut self, at: &Pointer, message: impl Into<String>, help: impl Into<String>) {
        let diagnostic = match self.merged.as_ref().and_then(|merged| merged.origin(at)) {
            Some((file, node)) => Diagnostic::at(file, &node, message),
            None => Diagnostic::at(&self.file, at, message),
        };
        self.found.push(diagnostic.with_help(help));
    }

    /// `did you mean …?` with the nearest of the names that exist, else `otherwise`.
    pub(crate) fn suggest<'n>(
        &mut self,
        name: &str,
        names: impl IntoIterator<Item = &'n str>,
        otherwise: impl Into<String>,
    ) -> String {
        let Some(left) = self.suggestions.checked_sub(1) else { return otherwise.into() };
        self.suggestions = left;
        nearest(name, names).map_or_else(|| otherwise.into(), |near| format!("did you mean `{near}`?"))
    }

    /// Hands over what was found.
    pub(crate) fn finish(self, diagnostics: &mut Diagnostics) {
        diagnostics.extend(self.found);
    }
}
