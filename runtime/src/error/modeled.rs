//! Errors in service models.

use crate::{codec::Structure, schema::Schema};
use std::{any::Any, fmt};

/// The trait of generated error types.
pub trait ModeledError: Structure + std::error::Error + Any {
    /// Returns the schema of the error.
    fn error_schema(&self) -> &'static ErrorSchema;
}

/// The schema of an error.
#[non_exhaustive]
pub struct ErrorSchema {
    /// The code that the service sends.
    pub code: &'static str,
    /// The HTTP status code of the error.
    pub status: Option<u16>,
    /// Whether the caller is at fault. If false, the service is, or the model does not say.
    pub sender_fault: bool,
    /// Whether the same request may succeed later.
    pub retryable: bool,
    /// Whether the service throttles requests.
    pub throttling: bool,
    /// Returns the schema of the structure.
    pub schema: fn() -> &'static Schema,
    /// Creates an empty value of the error's type, to read into.
    pub empty: fn() -> Box<dyn ModeledError>,
}

impl ErrorSchema {
    /// Creates the schema of the error type `E` with the code that the service sends.
    pub const fn new<E: ModeledError>(code: &'static str) -> Self {
        Self {
            code,
            status: None,
            sender_fault: false,
            retryable: false,
            throttling: false,
            schema: E::schema_of,
            empty: || Box::new(E::empty()),
        }
    }

    /// Sets the HTTP status code.
    #[must_use]
    pub const fn status(mut self, status: u16) -> Self {
        self.status = Some(status);
        self
    }

    /// Marks an error that is the caller's fault.
    #[must_use]
    pub const fn sender_fault(mut self) -> Self {
        self.sender_fault = true;
        self
    }

    /// Marks an error after which the same request may succeed.
    #[must_use]
    pub const fn retryable(mut self) -> Self {
        self.retryable = true;
        self
    }

    /// Marks a throttling error.
    #[must_use]
    pub const fn throttling(mut self) -> Self {
        self.throttling = true;
        self
    }
}

impl fmt::Debug for ErrorSchema {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ErrorSchema")
            .field("code", &self.code)
            .field("status", &self.status)
            .finish_non_exhaustive()
    }
}
