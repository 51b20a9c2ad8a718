//! Operations: their schemas, and the traits that protocols and interceptors implement.
//!
//! Generated code builds [`OperationSchema`] and [`ServiceSchema`] in `const` context, by chaining. They refer to the protocol,
//! the endpoint rules and the interceptors by trait objects and static data, so that this module depends on no implementation.

mod checksum;
mod interceptor;
mod outcome;
mod protocol;
mod schema;

pub use checksum::ChecksumSchema;
pub use interceptor::{AttemptContext, CallContext, HookError, Hooks, Interceptor};
pub use outcome::{Outcome, ResponseMetadata};
pub(crate) use outcome::{extended_request_id, request_id};
pub use protocol::{Protocol, Request, RequestOptions, Response, ResponseBody};
pub use schema::{Auth, OperationSchema, ServiceSchema};

use crate::codec::Structure;

/// The input of an operation: the request that [`Client::send`](crate::Client::send) takes.
pub trait Operation: Structure {
    /// The output of the operation.
    type Response: Structure;

    /// The schema of the operation.
    const SCHEMA: &'static OperationSchema;
}
