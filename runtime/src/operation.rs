//! What makes a generated structure a request.

use crate::{codec::Structure, schema::OperationSchema};

/// A request: what [`Client::send`](crate::Client::send) takes.
pub trait Operation: Structure {
    /// What the service answers.
    type Response: Structure;

    /// The description of the operation.
    const SCHEMA: &'static OperationSchema;
}
