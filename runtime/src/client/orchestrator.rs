//! One call, from its input to its output. All of it is compiled once, for all operations.

use super::{
    Client, Inner,
    attempt::attempt,
    interceptors::Interceptors,
    serialize::{add_client_headers, serialize},
};
use crate::{
    clock,
    codec::Structure,
    error::{Error, ErrorKind, Timeout, TimeoutKind},
    http::BoxFuture,
    operation::{CallContext, OperationSchema, Outcome},
};
use std::time::Duration;

/// How often a request is sent at most.
pub(super) const MAX_ATTEMPTS: u32 = 1;

impl Client {
    /// Sends `input` and reads the response into `output`.
    pub(crate) fn call<'a>(
        &'a self,
        operation: &'static OperationSchema,
        input: &'a mut dyn Structure,
        output: &'a mut dyn Structure,
    ) -> BoxFuture<'a, Result<(), Error>> {
        let inner = &*self.0;
        Box::pin(async move {
            let call = inner.call(operation, input, output);
            let result = match inner.timeouts.operation {
                Some(limit) => clock::timeout(&*inner.clock, limit, call).await.unwrap_or_else(|| {
                    Err(ErrorKind::Timeout(Timeout::new(TimeoutKind::Operation, limit)).into())
                }),
                None => call.await,
            };
            result.map_err(|error| error.in_operation(operation.service.id, operation.name))
        })
    }
}

impl Inner {
    async fn call(
        &self,
        operation: &'static OperationSchema,
        input: &mut dyn Structure,
        output: &mut dyn Structure,
    ) -> Result<(), Error> {
        let interceptors = Interceptors::new(operation, &self.interceptors);
        let mut call = CallContext::new(operation);
        interceptors.before_serialization(&mut call, input)?;
        let mut request = serialize(self, operation, input)?;
        interceptors.after_serialization(&mut call, &mut request)?;
        add_client_headers(self, operation, &mut request.headers);
        let mut number = 1;
        let outcome = loop {
            // The last attempt takes the request itself. So does one whose body cannot be sent again.
            let next = if number < MAX_ATTEMPTS { request.try_clone() } else { None };
            let outcome = attempt(self, interceptors, call.attempt(number), input, request, output).await;
            match (next, retry_delay(&outcome)) {
                (Some(next), Some(delay)) => {
                    self.clock.sleep(delay).await;
                    output.reset();
                    (request, number) = (next, number + 1);
                }
                _ => break outcome,
            }
        };
        if outcome.result.is_ok() {
            interceptors.after_deserialization(&mut call, output, &outcome)?;
        }
        outcome.result
    }
}

/// Returns how long to wait before the next attempt, or `None` to end the call with this outcome. A retry policy belongs here.
fn retry_delay(_: &Outcome) -> Option<Duration> {
    None
}
