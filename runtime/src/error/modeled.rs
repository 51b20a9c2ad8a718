//! Errors that a service's model describes.

use crate::{codec::Structure, schema::ErrorSchema};
use std::any::Any;

/// A generated error type: the data of one kind of error of a service.
pub trait ModeledError: Structure + std::error::Error + Any {
    /// The description of this value's error.
    fn error_schema(&self) -> &'static ErrorSchema;

    /// The value as any value, to find its type again.
    fn as_any(&self) -> &dyn Any;

    /// The same, to be changed.
    fn as_any_mut(&mut self) -> &mut dyn Any;

    /// The value as a structure, to be read into.
    fn as_structure(&mut self) -> &mut dyn Structure;
}
