//! Errors that a service's model describes.

use crate::{codec::Structure, schema::Schema};
use std::{any::Any, fmt};

/// A generated error type: the data of one kind of error of a service.
pub trait ModeledError: Structure + std::error::Error + Any {
    /// The description of this value's error.
    fn error_schema(&self) -> &'static ErrorSchema;
}

/// The description of one error shape.
#[non_exhaustive]
pub struct ErrorSchema {
    /// The code that the service sends.
    pub code: &'static str,
    /// The HTTP status code that goes with it.
    pub status: Option<u16>,
    /// The caller is at fault, says the model; where false, the service is, or the model does not say.
    pub sender_fault: bool,
    /// The request may be sent again.
    pub retryable: bool,
    /// The request may be sent again after a while, as there were too many.
    pub throttling: bool,
    /// The structure's description.
    pub schema: fn() -> &'static Schema,
    /// An empty value of the error's type, to be read into.
    pub empty: fn() -> Box<dyn ModeledError>,
}

impl ErrorSchema {
    /// The error of type `E` with the code that the service sends.
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

    /// The HTTP status code.
    #[must_use]
    pub const fn status(mut self, status: u16) -> Self {
        self.status = Some(status);
        self
    }

    /// The caller is at fault.
    #[must_use]
    pub const fn sender_fault(mut self) -> Self {
        self.sender_fault = true;
        self
    }

    /// The request may be sent again.
    #[must_use]
    pub const fn retryable(mut self) -> Self {
        self.retryable = true;
        self
    }

    /// The request may be sent again after a while.
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
