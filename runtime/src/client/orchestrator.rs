//! One call, from its input to its output. All of it is compiled once, for all operations.

use super::{
    Client, Inner,
    attempt::{Call, attempt},
    bucket_region::Redirect,
    checksum,
    interceptors::Interceptors,
    serialize::{add_client_headers, serialize},
    trace,
};
use crate::{
    clock,
    codec::Structure,
    error::{Error, ErrorKind, Timeout, TimeoutKind},
    http::{BoxFuture, RequestBody},
    operation::{CallContext, OperationSchema, Outcome, Request, ResponseMetadata},
    retry::{CallRetries, Decision},
};
use std::{
    pin::pin,
    sync::atomic::{AtomicU32, Ordering},
    time::Duration,
};

impl Client {
    /// Sends `input` and reads the response into `output`.
    pub(crate) fn call<'a>(
        &'a self,
        operation: &'static OperationSchema,
        input: &'a mut dyn Structure,
        output: &'a mut dyn Structure,
    ) -> BoxFuture<'a, Result<ResponseMetadata, Error>> {
        let inner = &*self.0;
        Box::pin(trace::call(operation, async move {
            let (start, attempts) = (inner.clock.elapsed(), AtomicU32::new(0));
            // Pinned here, as moving such a large future would take longer than most of its steps.
            let call = pin!(inner.call(operation, input, output, &attempts));
            let result = match inner.timeouts.operation {
                Some(limit) => clock::timeout(&*inner.clock, limit, call).await.unwrap_or_else(|| {
                    Err(ErrorKind::Timeout(Timeout::new(TimeoutKind::Operation, limit)).into())
                }),
                None => call.await,
            };
            let elapsed = inner.clock.elapsed().saturating_sub(start);
            trace::call_ended(attempts.load(Ordering::Relaxed), elapsed, result.is_ok());
            match result {
                Ok(outcome) => Ok(ResponseMetadata::new(outcome, elapsed)),
                Err(error) => Err(error
                    .in_operation(operation.service.id, operation.name)
                    .after_attempts(attempts.load(Ordering::Relaxed), elapsed)),
            }
        }))
    }
}

impl Inner {
    async fn call(
        &self,
        operation: &'static OperationSchema,
        input: &mut dyn Structure,
        output: &mut dyn Structure,
        attempts: &AtomicU32,
    ) -> Result<Outcome, Error> {
        let interceptors = Interceptors::new(operation, &self.interceptors);
        let mut call = CallContext::new(operation);
        let mut request = self.request(interceptors, &mut call, input)?;
        let (mut config, mut redirect) = Redirect::begin(self, operation, input);
        let retries = config.retries.clone().map_err(|error| ErrorKind::Config(error.into()))?;
        let mut retries = CallRetries::new(retries, operation, self.max_attempts);
        let max_attempts = retries.max_attempts();
        let mut number = 1;
        let (mut outcome, delay) = loop {
            // The last attempt takes the request itself. So does one whose body cannot be sent again.
            let may_repeat = number < max_attempts || redirect.is_possible();
            let next = if may_repeat { request.try_clone() } else { None };
            retries.before_attempt(&*self.clock).await;
            attempts.store(number, Ordering::Relaxed);
            let context = call.attempt(number, max_attempts);
            let mut outcome = {
                let attempt = pin!(attempt(
                    Call { inner: self, config: &config, interceptors },
                    context,
                    input,
                    request,
                    output
                ));
                trace::attempt(number, attempt).await
            };
            trace::attempt_ended(&outcome);
            if let Some(skew) = outcome.clock_skew() {
                self.skew.set(skew);
            }
            let region = next.as_ref().and_then(|_| redirect.follow(self, operation, &config, &outcome));
            let next = match (region, next) {
                (Some(region), Some(next)) => {
                    output.reset();
                    (request, number, config) = (next, number + 1, region);
                    continue;
                }
                (_, next) => next,
            };
            match (retries.after_attempt(&outcome, next.is_some(), &*self.clock), next) {
                (Decision::Retry(delay), Some(next))
                    if interceptors.before_retry(
                        &mut call.attempt(number, max_attempts),
                        &outcome,
                        delay,
                    ) =>
                {
                    trace::retry(delay);
                    self.sleep(delay).await;
                    output.reset();
                    (request, number) = (next, number + 1);
                }
                (Decision::NotReplayable, _) => {
                    outcome.result = outcome.result.map_err(Error::not_replayable);
                    break (outcome, Duration::ZERO);
                }
                (Decision::Retry(_), _) => {
                    retries.cancel();
                    break (outcome, Duration::ZERO);
                }
                (Decision::End(delay), _) => break (outcome, delay),
            }
        };
        self.sleep(delay).await;
        std::mem::replace(&mut outcome.result, Ok(()))?;
        interceptors.after_deserialization(&mut call, output, &outcome)?;
        Ok(outcome)
    }

    async fn sleep(&self, delay: Duration) {
        if !delay.is_zero() {
            self.clock.sleep(delay).await;
        }
    }

    /// Returns the request that all attempts start from: without an endpoint and a signature.
    fn request(
        &self,
        interceptors: Interceptors<'_>,
        call: &mut CallContext,
        input: &mut dyn Structure,
    ) -> Result<Request<RequestBody>, Error> {
        let operation = call.operation;
        interceptors.before_serialization(call, input)?;
        let mut request = serialize(self, operation, input)?;
        interceptors.after_serialization(call, &mut request)?;
        #[cfg(feature = "gzip")]
        super::compress::compress(self.config.bodies(), operation, input.schema(), &mut request)?;
        checksum::prepare(self.config.bodies(), operation, &mut request.headers, &mut call.extensions)?;
        add_client_headers(self, operation, &mut request.headers);
        Ok(request)
    }
}

#[cfg(feature = "testing")]
impl Client {
    /// Returns the request as the protocol writes it, compressed if the operation says so.
    pub(crate) fn request(
        &self,
        operation: &'static OperationSchema,
        input: &mut dyn Structure,
    ) -> Result<Request<RequestBody>, Error> {
        #[cfg_attr(not(feature = "gzip"), expect(unused_mut, reason = "nothing compresses"))]
        let mut request = serialize(&self.0, operation, input)?;
        #[cfg(feature = "gzip")]
        super::compress::compress(self.0.config.bodies(), operation, input.schema(), &mut request)?;
        Ok(request)
    }
}
