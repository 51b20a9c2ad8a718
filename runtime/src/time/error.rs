//! The error of timestamps.

use std::fmt;

/// Text that is not a timestamp, or a timestamp that a format or type cannot represent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimestampError(String);

impl TimestampError {
    pub(super) fn new(message: impl Into<String>) -> Self {
        Self(message.into())
    }

    /// The error of `text` that is not `expected`.
    pub(super) fn unreadable(text: &str, expected: &str, reason: &str) -> Self {
        // Longer text is not a timestamp anyway and would fill a log.
        const MAX_CHARS: usize = 60;
        let start: String = text.chars().take(MAX_CHARS).collect();
        let ellipsis = if start.len() < text.len() { "…" } else { "" };
        Self(format!("expected {expected}, found {start:?}{ellipsis}: {reason}"))
    }
}

impl fmt::Display for TimestampError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for TimestampError {}
