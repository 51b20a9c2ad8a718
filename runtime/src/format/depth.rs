//! The limit on nesting, which keeps hostile input from exhausting the stack.

use crate::codec::CodecError;

/// How many levels deep the values of a document may be nested.
pub(super) const MAX_DEPTH: usize = 128;

/// Returns the error of a document in which `what` are nested deeper.
pub(super) fn too_deep(what: &str) -> CodecError {
    CodecError::new(format!("{what} are nested more than {MAX_DEPTH} levels deep"))
}

/// Returns the error of a document in which `what` are nested deeper at this byte.
pub(super) fn too_deep_at(what: &str, offset: usize) -> CodecError {
    CodecError::new(format!("{what} are nested more than {MAX_DEPTH} levels deep at byte {offset}"))
}
