//! The calls that providers of credentials make: by a client like the one that they belong to.

use super::{
    Client, Inner, Timeouts, idempotency_token::IdempotencyTokenProvider, signing::AuthSettings,
    timeout::ReadTimeout,
};
use crate::{
    auth::Preference,
    clock::{Clock, LastSkew},
    codec::Structure,
    config::{ClientConfig, ExplicitParams, ExplicitSettings, Setting, SettingsReader},
    credentials::{
        BearerTokens, Context, Credentials, CredentialsError, ProvideCredentials, ServiceCall, Services,
        from_fn,
    },
    error::{Error, ErrorKind},
    http::{BoxFuture, HttpClient},
    operation::Interceptor,
};
use std::{fmt, sync::Arc, time::Duration};

/// What a client has in common with those that ask for its credentials.
#[derive(Clone)]
pub(super) struct Surroundings {
    pub(super) settings: Arc<SettingsReader>,
    pub(super) region: Option<Setting>,
    pub(super) params: ExplicitParams,
    pub(super) transport: Arc<dyn HttpClient>,
    /// The transport without a proxy.
    pub(super) direct: Arc<dyn HttpClient>,
    pub(super) clock: Arc<dyn Clock>,
}

/// How long a service may send nothing.
const READ_TIMEOUT: Duration = Duration::from_secs(10);
/// More than these services return.
const RESPONSE_LIMIT: usize = 1 << 20;

impl Surroundings {
    /// What providers work with.
    pub(super) fn context(&self) -> Context {
        let services: Arc<dyn Services> = Arc::new(self.clone());
        Context::new(self.settings.clone(), services, self.direct.clone(), self.clock.clone())
    }

    /// A client for one call. The endpoint that the builder sets is that of what the program calls, not of these services.
    fn client(
        &self,
        region: Option<String>,
        credentials: Arc<dyn ProvideCredentials>,
        interceptors: Vec<Arc<dyn Interceptor>>,
    ) -> Result<Client, Error> {
        let region = region.map(|region| Setting::new(region, "the region of the credentials"));
        let region = region.or_else(|| self.region.clone());
        let explicit =
            ExplicitSettings { region, params: self.params.clone(), ..ExplicitSettings::default() };
        let config = ClientConfig::new(self.settings.clone(), explicit);
        Ok(Client(Arc::new(Inner {
            config: Arc::new(config.map_err(|error| ErrorKind::Config(error.into()))?),
            endpoints: Arc::default(),
            bucket_regions: Arc::default(),
            context: self.context(),
            credentials,
            auth: Arc::new(AuthSettings {
                tokens: BearerTokens::new(None, self.context()),
                explicit: None,
                preference: Preference::default(),
            }),
            transport: self.transport.clone(),
            clock: self.clock.clone(),
            skew: Arc::new(LastSkew::default()),
            interceptors,
            timeouts: Timeouts { read: ReadTimeout::OfClient(Some(READ_TIMEOUT)), ..Timeouts::default() },
            max_attempts: None,
            idempotency_tokens: IdempotencyTokenProvider::default(),
            response_limit: RESPONSE_LIMIT,
        })))
    }
}

impl Services for Surroundings {
    fn call<'a>(
        &'a self,
        call: ServiceCall,
        input: &'a mut dyn Structure,
        output: &'a mut dyn Structure,
    ) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move {
            let credentials = call
                .credentials
                .map_or_else(|| Arc::new(nobody()) as Arc<_>, |keys| Arc::new(keys) as Arc<_>);
            let interceptors = call.interceptor.into_iter().collect();
            self.client(call.region, credentials, interceptors)?.call(call.operation, input, output).await?;
            Ok(())
        })
    }
}

/// For operations that are not signed.
fn nobody() -> impl ProvideCredentials {
    from_fn("a request for credentials", || async {
        Err::<Credentials, _>(CredentialsError::not_loaded("it is not signed"))
    })
}

impl fmt::Debug for Surroundings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Surroundings").finish_non_exhaustive()
    }
}
