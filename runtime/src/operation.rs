//! Operations: their static descriptions, and the traits through which the layers above act on them.
//!
//! [`OperationSchema`] and [`ServiceSchema`] are built in `const` context, by chaining, from generated code. They refer to the
//! wire protocol ([`Protocol`]), the endpoint rules ([`RuleSet`](crate::endpoint::RuleSet)) and the customizations as trait objects, so that this module
//! depends on no implementation.

mod interceptor;
mod outcome;
mod protocol;
mod schema;

pub use interceptor::{AttemptContext, CallContext, HookError, Hooks, Interceptor};
pub use outcome::Outcome;
pub use protocol::{Protocol, Request, RequestOptions, Response, ResponseBody};
pub use schema::{Auth, OperationSchema, ServiceSchema};

use crate::codec::Structure;

/// A request: what [`Client::send`](crate::Client::send) takes.
pub trait Operation: Structure {
    /// The output of the operation.
    type Response: Structure;

    /// The description of the operation.
    const SCHEMA: &'static OperationSchema;
}
