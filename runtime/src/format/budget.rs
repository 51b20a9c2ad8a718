//! Limits the memory that a document may become: three bytes of it can be a value of a thousand.

use crate::codec::CodecError;
use serde_json::Value as Document;

/// What the elements of any document may take.
const BASE: usize = 64 << 20;

/// What each byte of a document adds. Documents of services become less than ten times as large as they are.
const PER_BYTE: usize = 16;

/// What a JSON value takes.
const DOCUMENT: usize = size_of::<Document>();

/// What a JSON object takes besides, as it has room for several entries.
const OBJECT: usize = 12 * (size_of::<String>() + size_of::<Document>());

/// A part of a JSON value.
#[derive(Clone, Copy)]
pub(super) enum DocumentPart {
    Object,
    /// Anything but an object.
    Value,
}

/// The memory that the elements of a document may still take.
#[derive(Clone, Copy)]
pub(super) struct Budget {
    left: usize,
    total: usize,
}

impl Budget {
    /// The budget of a document of this many bytes.
    pub(super) fn of(length: usize) -> Self {
        let total = length.saturating_mul(PER_BYTE).saturating_add(BASE);
        Self { left: total, total }
    }

    /// Takes the memory of one element. Fails if there is not enough.
    #[inline]
    pub(super) fn spend(&mut self, size: usize) -> Result<(), CodecError> {
        match self.left.checked_sub(size) {
            Some(left) => {
                self.left = left;
                Ok(())
            }
            None => Err(self.exceeded()),
        }
    }

    /// Takes the memory of a part of a JSON value. Fails if there is not enough.
    pub(super) fn spend_document(&mut self, kind: DocumentPart) -> Result<(), CodecError> {
        self.spend(match kind {
            DocumentPart::Value => DOCUMENT,
            DocumentPart::Object => DOCUMENT + OBJECT,
        })
    }

    #[cold]
    fn exceeded(&self) -> CodecError {
        CodecError::new(format!(
            "the values of the document take more than {} bytes of memory, which no response of its size needs",
            self.total
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::{BASE, Budget, DocumentPart};

    #[test]
    fn a_budget_grows_with_the_document_and_ends() {
        let mut budget = Budget::of(1);
        assert!(budget.spend(BASE).is_ok() && budget.spend(16).is_ok());
        assert!(budget.spend(1).unwrap_err().to_string().contains("67108880 bytes of memory"));
        assert!(Budget::of(0).spend_document(DocumentPart::Object).is_ok());
        assert!(Budget::of(usize::MAX).spend(usize::MAX).is_ok());
    }
}
