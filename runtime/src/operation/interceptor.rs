//! Hooks that run at the steps of a call.

use super::{OperationSchema, Outcome, Request, Response};
use crate::{
    codec::Structure,
    http::{HttpRequest, RequestBody},
};
use http::Extensions;
use std::{error::Error as StdError, fmt, time::Duration};

/// Any error of a hook. It ends the call.
///
/// A [`CodecError`](crate::codec::CodecError) becomes an error of the request or, after the response has arrived, of the
/// response; an [`Error`](crate::Error) stays as it is.
pub type HookError = Box<dyn StdError + Send + Sync>;

/// Hooks that run at the steps of a call. Each does nothing unless it is implemented.
///
/// The interceptors of the service run first, then those of the operation, then those of the client
/// ([`Builder::interceptor`](crate::Builder::interceptor)), at each hook in this order. State that one hook leaves for another
/// goes into the [extensions](http::Extensions) of the context, which live as long as the call.
///
/// The hooks of an attempt run once for each attempt, the others once for each call:
///
/// | hook | may change |
/// |-|-|
/// | [`before_serialization`](Self::before_serialization) | the input |
/// | [`after_serialization`](Self::after_serialization) | method, path, header fields and body, before the endpoint is known |
/// | [`endpoint`](Self::endpoint) | the URL of the service, for each attempt |
/// | [`before_signing`](Self::before_signing) | the whole request of an attempt |
/// | [`before_transmit`](Self::before_transmit) | what is not signed |
/// | [`before_deserialization`](Self::before_deserialization) | status, header fields and body of the response |
/// | [`after_attempt`](Self::after_attempt) | nothing: sees how the attempt ended |
/// | [`before_retry`](Self::before_retry) | whether there is another attempt |
/// | [`after_deserialization`](Self::after_deserialization) | the output of a call that succeeded |
pub trait Interceptor: fmt::Debug + Send + Sync + 'static {
    /// Returns the hooks that are implemented. A hook that is not among them may not be called.
    fn hooks(&self) -> Hooks {
        Hooks::ALL
    }

    /// Runs before the protocol serializes the input.
    fn before_serialization(
        &self,
        call: &mut CallContext,
        input: &mut dyn Structure,
    ) -> Result<(), HookError> {
        let _ = (call, input);
        Ok(())
    }

    /// Runs after the protocol has serialized the input. A streaming body is a part of `request` by now.
    fn after_serialization(
        &self,
        call: &mut CallContext,
        request: &mut Request<RequestBody>,
    ) -> Result<(), HookError> {
        let _ = (call, request);
        Ok(())
    }

    /// Returns the URL that requests go to in place of the service's, such as `https://host`. It is not asked for if the client
    /// has an endpoint URL of its own.
    fn endpoint(
        &self,
        attempt: &mut AttemptContext<'_>,
        input: &mut dyn Structure,
    ) -> Result<Option<String>, HookError> {
        let _ = (attempt, input);
        Ok(None)
    }

    /// Runs before an attempt is signed, once its URL is known.
    fn before_signing(
        &self,
        attempt: &mut AttemptContext<'_>,
        request: &mut HttpRequest,
    ) -> Result<(), HookError> {
        let _ = (attempt, request);
        Ok(())
    }

    /// Runs before an attempt is sent. A change of anything that is signed makes the service reject the request.
    fn before_transmit(
        &self,
        attempt: &mut AttemptContext<'_>,
        request: &mut HttpRequest,
    ) -> Result<(), HookError> {
        let _ = (attempt, request);
        Ok(())
    }

    /// Runs before the protocol deserializes a response, be it a success or an error. The body is in memory, unless the
    /// operation returns a stream.
    fn before_deserialization(
        &self,
        attempt: &mut AttemptContext<'_>,
        response: &mut Response,
    ) -> Result<(), HookError> {
        let _ = (attempt, response);
        Ok(())
    }

    /// Runs after an attempt, whether it succeeded or not. It runs for every interceptor, even if one fails. An error ends the
    /// call, unless the attempt failed already.
    fn after_attempt(&self, attempt: &mut AttemptContext<'_>, outcome: &Outcome) -> Result<(), HookError> {
        let _ = (attempt, outcome);
        Ok(())
    }

    /// Runs before the wait for another attempt. Returns whether there is one: `false` ends the call with this outcome.
    fn before_retry(&self, attempt: &mut AttemptContext<'_>, outcome: &Outcome, delay: Duration) -> bool {
        let _ = (attempt, outcome, delay);
        true
    }

    /// Runs after the last attempt has succeeded.
    fn after_deserialization(
        &self,
        call: &mut CallContext,
        output: &mut dyn Structure,
    ) -> Result<(), HookError> {
        let _ = (call, output);
        Ok(())
    }
}

/// One call, as its hooks see it.
#[derive(Debug)]
#[non_exhaustive]
pub struct CallContext {
    /// The operation that is called.
    pub operation: &'static OperationSchema,
    /// State that hooks leave for later ones.
    pub extensions: Extensions,
}

impl CallContext {
    /// Creates the context of a call.
    pub fn new(operation: &'static OperationSchema) -> Self {
        Self { operation, extensions: Extensions::new() }
    }

    /// Returns the context of the attempt with this number, which counts from one, of at most `max_attempts`.
    pub fn attempt(&mut self, number: u32, max_attempts: u32) -> AttemptContext<'_> {
        AttemptContext { operation: self.operation, number, max_attempts, extensions: &mut self.extensions }
    }
}

/// One attempt of a call, as its hooks see it.
#[derive(Debug)]
#[non_exhaustive]
pub struct AttemptContext<'c> {
    /// The operation that is called.
    pub operation: &'static OperationSchema,
    /// The number of the attempt, from one.
    pub number: u32,
    /// How many attempts there are at most.
    pub max_attempts: u32,
    /// State that hooks leave for later ones: that of the call.
    pub extensions: &'c mut Extensions,
}

/// A set of hooks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Hooks(u16);

impl Hooks {
    /// No hook.
    pub const NONE: Self = Self(0);
    /// [`Interceptor::before_serialization`].
    pub const BEFORE_SERIALIZATION: Self = Self(1);
    /// [`Interceptor::after_serialization`].
    pub const AFTER_SERIALIZATION: Self = Self(1 << 1);
    /// [`Interceptor::endpoint`].
    pub const ENDPOINT: Self = Self(1 << 2);
    /// [`Interceptor::before_signing`].
    pub const BEFORE_SIGNING: Self = Self(1 << 3);
    /// [`Interceptor::before_transmit`].
    pub const BEFORE_TRANSMIT: Self = Self(1 << 4);
    /// [`Interceptor::before_deserialization`].
    pub const BEFORE_DESERIALIZATION: Self = Self(1 << 5);
    /// [`Interceptor::after_attempt`].
    pub const AFTER_ATTEMPT: Self = Self(1 << 6);
    /// [`Interceptor::after_deserialization`].
    pub const AFTER_DESERIALIZATION: Self = Self(1 << 7);
    /// [`Interceptor::before_retry`].
    pub const BEFORE_RETRY: Self = Self(1 << 8);
    /// All hooks.
    pub const ALL: Self = Self(u16::MAX);

    /// Returns the hooks of both sets.
    #[must_use]
    pub const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether any hook of `other` is in this set.
    pub const fn intersects(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

impl OperationSchema {
    /// Returns the interceptors of the service, then those of the operation.
    pub fn all_interceptors(&self) -> impl Iterator<Item = &'static dyn Interceptor> + use<> {
        self.service.interceptors.iter().chain(self.interceptors).copied()
    }
}
