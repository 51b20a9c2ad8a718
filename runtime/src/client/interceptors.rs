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
use std::{sync::Arc, time::Duration};

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
        let hooks = all.iter().fold(Hooks::NONE, |hooks, interceptor| hooks.union(interceptor.hooks()));
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
            .map_err(Error::from_request_hook)
    }

    pub(super) fn after_serialization(
        self,
        call: &mut CallContext,
        request: &mut Request<RequestBody>,
    ) -> Result<(), Error> {
        self.run(Hooks::AFTER_SERIALIZATION, |one| one.after_serialization(call, request))
            .map_err(Error::from_request_hook)
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
        .map_err(Error::from_request_hook)?;
        Ok(endpoint)
    }

    pub(super) fn before_signing(
        self,
        attempt: &mut AttemptContext<'_>,
        request: &mut HttpRequest,
    ) -> Result<(), Error> {
        self.run(Hooks::BEFORE_SIGNING, |one| one.before_signing(attempt, request))
            .map_err(Error::from_request_hook)
    }

    pub(super) fn before_transmit(
        self,
        attempt: &mut AttemptContext<'_>,
        request: &mut HttpRequest,
    ) -> Result<(), Error> {
        self.run(Hooks::BEFORE_TRANSMIT, |one| one.before_transmit(attempt, request))
            .map_err(Error::from_request_hook)
    }

    /// An error is for the caller to convert: the response is in its hands.
    pub(super) fn before_deserialization(
        self,
        attempt: &mut AttemptContext<'_>,
        response: &mut Response,
    ) -> Result<(), HookError> {
        self.run(Hooks::BEFORE_DESERIALIZATION, |one| one.before_deserialization(attempt, response))
    }

    /// Runs every hook, as each may have to end what it began. The first error is that of an attempt that had none.
    pub(super) fn after_attempt(self, attempt: &mut AttemptContext<'_>, outcome: &mut Outcome) {
        let mut first = Ok(());
        let hook = Hooks::AFTER_ATTEMPT;
        for one in self.iter().filter(|one| one.hooks().intersects(hook)) {
            first = first.and(one.after_attempt(attempt, outcome));
        }
        if let (Err(error), true) = (first, outcome.result.is_ok()) {
            outcome.result = Err(response_error(error, outcome));
        }
    }

    /// Returns whether all of them agree to another attempt.
    pub(super) fn before_retry(
        self,
        attempt: &mut AttemptContext<'_>,
        outcome: &Outcome,
        delay: Duration,
    ) -> bool {
        let hook = Hooks::BEFORE_RETRY;
        !self.implement(hook)
            || self
                .iter()
                .filter(|one| one.hooks().intersects(hook))
                .all(|one| one.before_retry(attempt, outcome, delay))
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

/// The error of a hook that ran after a response.
pub(super) fn response_error(error: HookError, outcome: &Outcome) -> Error {
    match (error.downcast::<Error>(), outcome.status) {
        (Ok(error), _) => *error,
        (Err(error), None) => Error::from_request_hook(error),
        (Err(error), Some(status)) => {
            let request_id = outcome.request_id().map(ToOwned::to_owned);
            ErrorKind::Response { status, request_id, error: CodecError::from_hook(error) }.into()
        }
    }
}
