//! What providers work with, and the services that they call.

use super::metadata::Metadata;
use crate::{
    clock::{Clock, random_fraction},
    codec::Structure,
    config::{Environment, SettingsReader},
    credentials::Credentials,
    error::Error,
    http::{BoxFuture, HttpClient},
    operation::{Interceptor, Operation, OperationSchema},
};
use std::{
    fmt,
    sync::{Arc, OnceLock},
    time::Duration,
};

/// What providers work with: the environment and profile, the transport and the clock of a [`Client`](crate::Client), from which it
/// comes by `as_ref`. Cheap to clone.
#[derive(Clone)]
pub struct Context(Arc<Inner>);

struct Inner {
    settings: Arc<SettingsReader>,
    services: Arc<dyn Services>,
    direct: Arc<dyn HttpClient>,
    clock: Arc<dyn Clock>,
    metadata: OnceLock<Metadata>,
}

/// Calls the services that providers need: the client implements it, which is above this module.
pub(crate) trait Services: fmt::Debug + Send + Sync {
    /// Sends `input` and reads the response into `output`.
    fn call<'a>(
        &'a self,
        call: ServiceCall,
        input: &'a mut dyn Structure,
        output: &'a mut dyn Structure,
    ) -> BoxFuture<'a, Result<(), Error>>;
}

/// What a call to a service needs besides its input.
#[derive(Debug)]
pub(crate) struct ServiceCall {
    pub(crate) operation: &'static OperationSchema,
    /// What the request is signed with; `None` if the operation is not authenticated.
    pub(crate) credentials: Option<Credentials>,
    /// Another region than that of the client.
    pub(crate) region: Option<String>,
    /// What adds to the request.
    pub(crate) interceptor: Option<Arc<dyn Interceptor>>,
}

impl Context {
    /// `direct` sends requests without a proxy.
    pub(crate) fn new(
        settings: Arc<SettingsReader>,
        services: Arc<dyn Services>,
        direct: Arc<dyn HttpClient>,
        clock: Arc<dyn Clock>,
    ) -> Self {
        Self(Arc::new(Inner { settings, services, direct, clock, metadata: OnceLock::new() }))
    }

    pub(super) fn settings(&self) -> &SettingsReader {
        &self.0.settings
    }

    pub(super) fn environment(&self) -> &Environment {
        self.0.settings.environment()
    }

    pub(super) fn clock(&self) -> &Arc<dyn Clock> {
        &self.0.clock
    }

    /// What sends requests to places near the program, without a proxy.
    pub(super) fn direct(&self) -> &dyn HttpClient {
        &*self.0.direct
    }

    /// The metadata of the EC2 instance: one session for all who ask.
    pub(super) fn metadata(&self) -> &Metadata {
        self.0.metadata.get_or_init(Metadata::default)
    }

    /// The region of the EC2 instance, if the program runs on one.
    pub(crate) async fn instance_region(&self) -> Option<String> {
        self.metadata().region(self).await
    }

    /// Waits before the attempt after `attempt`: up to 0.1 s, 0.2 s, 0.4 s and so on.
    pub(super) async fn pause(&self, attempt: u32) {
        let longest = Duration::from_millis(100) * 2_u32.saturating_pow(attempt.saturating_sub(1));
        self.0.clock.sleep(longest.mul_f64(random_fraction(&*self.0.clock))).await;
    }

    /// Calls an operation, signed with `credentials`, or not at all.
    #[cfg_attr(not(any(feature = "sts", feature = "sso")), expect(dead_code, reason = "used by features"))]
    pub(super) async fn send<O: Operation>(
        &self,
        request: O,
        credentials: Option<&Credentials>,
        region: Option<&str>,
    ) -> Result<O::Response, Error> {
        let (credentials, region) = (credentials.cloned(), region.map(str::to_owned));
        self.call(request, ServiceCall { operation: O::SCHEMA, credentials, region, interceptor: None }).await
    }

    /// Makes a call, whose operation is that of the request.
    pub(super) async fn call<O: Operation>(
        &self,
        mut request: O,
        call: ServiceCall,
    ) -> Result<O::Response, Error> {
        let mut response = <O::Response as Structure>::empty();
        self.0.services.call(call, &mut request, &mut response).await?;
        Ok(response)
    }
}

impl AsRef<Self> for Context {
    fn as_ref(&self) -> &Self {
        self
    }
}

impl fmt::Debug for Context {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Context").field("profile", &self.settings().profile_name()).finish_non_exhaustive()
    }
}
