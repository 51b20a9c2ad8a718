//! Runs the interceptors of a call.

use crate::{
    codec::{CodecError, Structure},
    error::{Error, ErrorKind},
    http::{HttpRequest, RequestBody},
    operation::{
        AttemptContext, CallContext, HookError, Hooks, Interceptor, OperationSchema, Outcome, Request,
        Response,
    },
};
use std::sync::Arc;

/// The interceptors of one call: those of its schema, then those of the client.
#[derive(Clone, Copy)]
pub(super) struct Interceptors<'a> {
    operation: &'static OperationSchema,
    client: &'a [Arc<dyn Interceptor>],
    /// The hooks that any of them implements.
    hooks: Hooks,
}

impl<'a> Interceptors<'a> {
    pub(super) fn new(operation: &'static OperationSchema, client: &'a [Arc<dyn Interceptor>]) -> Self {
        let all = Self { operation, client, hooks: Hooks::ALL };
        let hooks = all.iter().fold(Hooks::NONE, |hooks, interceptor| hooks.and(interceptor.hooks()));
        Self { hooks, ..all }
    }

    fn iter(self) -> impl Iterator<Item = &'a dyn Interceptor> {
        let of_schema = self.operation.all_interceptors().map(|one| -> &'a dyn Interceptor { one });
        of_schema.chain(self.client.iter().map(|one| &**one))
    }

    /// Whether any interceptor implements `hook`.
    pub(super) fn implement(self, hook: Hooks) -> bool {
        self.hooks.intersects(hook)
    }

    fn run(
        self,
        hook: Hooks,
        mut run: impl FnMut(&dyn Interceptor) -> Result<(), HookError>,
    ) -> Result<(), HookError> {
        if !self.implement(hook) {
            return Ok(());
        }
        self.iter().filter(|one| one.hooks().intersects(hook)).try_for_each(&mut run)
    }

    pub(super) fn before_serialization(
        self,
        call: &mut CallContext,
        input: &mut dyn Structure,
    ) -> Result<(), Error> {
        self.run(Hooks::BEFORE_SERIALIZATION, |one| one.before_serialization(call, input))
            .map_err(request_error)
    }

    pub(super) fn after_serialization(
        self,
        call: &mut CallContext,
        request: &mut Request<RequestBody>,
    ) -> Result<(), Error> {
        self.run(Hooks::AFTER_SERIALIZATION, |one| one.after_serialization(call, request))
            .map_err(request_error)
    }

    /// Returns the endpoint of the last interceptor that has one.
    pub(super) fn endpoint(
        self,
        attempt: &mut AttemptContext<'_>,
        input: &mut dyn Structure,
    ) -> Result<Option<String>, Error> {
        let mut endpoint = None;
        self.run(Hooks::ENDPOINT, |one| {
            endpoint = one.endpoint(attempt, input)?.or(endpoint.take());
            Ok(())
        })
        .map_err(request_error)?;
        Ok(endpoint)
    }

    pub(super) fn before_signing(
        self,
        attempt: &mut AttemptContext<'_>,
        request: &mut HttpRequest,
    ) -> Result<(), Error> {
        self.run(Hooks::BEFORE_SIGNING, |one| one.before_signing(attempt, request)).map_err(request_error)
    }

    pub(super) fn before_transmit(
        self,
        attempt: &mut AttemptContext<'_>,
        request: &mut HttpRequest,
    ) -> Result<(), Error> {
        self.run(Hooks::BEFORE_TRANSMIT, |one| one.before_transmit(attempt, request)).map_err(request_error)
    }

    /// An error is for the caller to convert: the response is in its hands.
    pub(super) fn before_deserialization(
        self,
        attempt: &mut AttemptContext<'_>,
        response: &mut Response,
    ) -> Result<(), HookError> {
        self.run(Hooks::BEFORE_DESERIALIZATION, |one| one.before_deserialization(attempt, response))
    }

    pub(super) fn after_attempt(
        self,
        attempt: &mut AttemptContext<'_>,
        outcome: &Outcome,
    ) -> Result<(), Error> {
        self.run(Hooks::AFTER_ATTEMPT, |one| one.after_attempt(attempt, outcome))
            .map_err(|error| response_error(error, outcome))
    }

    pub(super) fn after_deserialization(
        self,
        call: &mut CallContext,
        output: &mut dyn Structure,
        outcome: &Outcome,
    ) -> Result<(), Error> {
        self.run(Hooks::AFTER_DESERIALIZATION, |one| one.after_deserialization(call, output))
            .map_err(|error| response_error(error, outcome))
    }
}

/// The error of a hook that ran before there was a response.
fn request_error(error: HookError) -> Error {
    classify(error).unwrap_or_else(|error| ErrorKind::Request(error).into())
}

/// The error of a hook that ran after a response.
pub(super) fn response_error(error: HookError, outcome: &Outcome) -> Error {
    classify(error).unwrap_or_else(|error| match outcome.status {
        Some(status) => {
            let request_id = outcome.request_id().map(ToOwned::to_owned);
            ErrorKind::Response { status, request_id, error }.into()
        }
        None => ErrorKind::Request(error).into(),
    })
}

/// An error of ours as it is, or else as one of reading or writing.
fn classify(error: HookError) -> Result<Error, CodecError> {
    let error = match error.downcast::<Error>() {
        Ok(error) => return Ok(*error),
        Err(error) => error,
    };
    Err(error.downcast().map_or_else(|other| CodecError::new(other.to_string()), |error| *error))
}
