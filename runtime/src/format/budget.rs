//! Limits the memory that a document may become: three bytes of it can be a value of a thousand.

use crate::codec::CodecError;

/// What the elements of any document may take.
const BASE: usize = 64 << 20;

/// What each byte of a document adds. Documents of services become less than ten times as large as they are.
const PER_BYTE: usize = 16;

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

    #[cold]
    fn exceeded(&self) -> CodecError {
        CodecError::new(format!(
            "the lists and maps of the document take more than {} bytes of memory, which no response of its size needs",
            self.total
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::{BASE, Budget};

    #[test]
    fn a_budget_grows_with_the_document_and_ends() {
        let mut budget = Budget::of(1);
        assert!(budget.spend(BASE).is_ok() && budget.spend(16).is_ok());
        assert!(budget.spend(1).unwrap_err().to_string().contains("67108880 bytes of memory"));
        assert!(Budget::of(usize::MAX).spend(usize::MAX).is_ok());
    }
}
