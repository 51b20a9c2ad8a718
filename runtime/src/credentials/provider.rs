//! The trait for sources of credentials.

use super::{Credentials, Explanation};
use crate::http::BoxFuture;
use std::{error::Error as StdError, fmt, pin::Pin, sync::Arc};

/// The future that [`ProvideCredentials::provide`] returns.
pub type CredentialsFuture<'a> =
    Pin<Box<dyn Future<Output = Result<Credentials, CredentialsError>> + Send + 'a>>;

/// A source of credentials.
///
/// A client calls [`provide`](Self::provide) once for each attempt to send a signed request. A provider that asks someone else
/// belongs into a [`Cache`](super::Cache), which asks it again only shortly before its credentials expire. An `Arc` of a provider is
/// a provider too, so several clients can share one. [`from_fn`](super::from_fn) makes one of a function.
///
/// ```
/// use myrina::credentials::{Credentials, CredentialsFuture, ProvideCredentials};
///
/// #[derive(Debug)]
/// struct Vault;
///
/// impl ProvideCredentials for Vault {
///     fn name(&self) -> &str {
///         "the vault"
///     }
///
///     fn provide(&self) -> CredentialsFuture<'_> {
///         Box::pin(async { Ok(Credentials::new("AKIDEXAMPLE", "from the vault")) })
///     }
/// }
/// ```
pub trait ProvideCredentials: fmt::Debug + Send + Sync + 'static {
    /// Returns the provider's name in error messages.
    fn name(&self) -> &str;

    /// Provides credentials for the request that is about to be signed.
    fn provide(&self) -> CredentialsFuture<'_>;

    /// Looks for credentials and describes what was found, without secrets. A provider that looks in several places lists each.
    fn explain(&self) -> BoxFuture<'_, Explanation> {
        Box::pin(async { Explanation::of(self.name(), &self.provide().await) })
    }
}

/// Why a provider returned no credentials. Its text is the message alone; the cause is its source.
#[derive(Clone, Debug)]
pub struct CredentialsError {
    message: String,
    not_loaded: bool,
    source: Option<Arc<dyn StdError + Send + Sync>>,
}

impl CredentialsError {
    /// Creates an error for a source that has no credentials. A chain goes on to its next provider.
    pub fn not_loaded(message: impl Into<String>) -> Self {
        Self { message: message.into(), not_loaded: true, source: None }
    }

    /// Creates an error for a source that is configured but fails. A chain ends here, because the next provider's credentials
    /// could be those of another identity.
    pub fn provider_error(message: impl Into<String>) -> Self {
        Self { message: message.into(), not_loaded: false, source: None }
    }

    /// Adds the cause.
    #[must_use]
    pub fn with_source(mut self, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        self.source = Some(source.into().into());
        self
    }

    /// Puts this error below another message.
    pub(crate) fn wrap(self, message: impl Into<String>) -> Self {
        Self { message: message.into(), not_loaded: self.not_loaded, source: Some(Arc::new(self)) }
    }

    /// The same error for a source that the user configured: a chain ends here.
    pub(super) fn of_configured(self) -> Self {
        Self { not_loaded: false, ..self }
    }

    /// Whether the source has no credentials, so that a chain goes on to its next provider.
    pub fn is_not_loaded(&self) -> bool {
        self.not_loaded
    }
}

impl fmt::Display for CredentialsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl StdError for CredentialsError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.source.as_deref().map(|source| source as &(dyn StdError + 'static))
    }
}

/// Provides these credentials.
impl ProvideCredentials for Credentials {
    fn name(&self) -> &'static str {
        "the explicit credentials"
    }

    fn provide(&self) -> CredentialsFuture<'_> {
        Box::pin(std::future::ready(Ok(self.clone())))
    }
}

impl<P: ProvideCredentials + ?Sized> ProvideCredentials for Arc<P> {
    fn name(&self) -> &str {
        (**self).name()
    }

    fn provide(&self) -> CredentialsFuture<'_> {
        (**self).provide()
    }

    fn explain(&self) -> BoxFuture<'_, Explanation> {
        (**self).explain()
    }
}

impl<P: ProvideCredentials + ?Sized> ProvideCredentials for Box<P> {
    fn name(&self) -> &str {
        (**self).name()
    }

    fn provide(&self) -> CredentialsFuture<'_> {
        (**self).provide()
    }

    fn explain(&self) -> BoxFuture<'_, Explanation> {
        (**self).explain()
    }
}

/// A provider that calls a function.
struct FromFn<F> {
    name: &'static str,
    load: F,
}

/// Creates a provider that calls `load` for each request. `name` is its name in messages.
///
/// ```
/// use myrina::credentials::{self, Cache, Credentials};
///
/// let vault = credentials::from_fn("the vault", || async {
///     Ok(Credentials::new("AKIDEXAMPLE", "from the vault"))
/// });
/// // Asks the vault again only shortly before the credentials expire.
/// let provider = Cache::new(vault);
/// ```
pub fn from_fn<F, R>(name: &'static str, load: F) -> impl ProvideCredentials
where
    F: Fn() -> R + Send + Sync + 'static,
    R: Future<Output = Result<Credentials, CredentialsError>> + Send + 'static,
{
    FromFn { name, load }
}

impl<F, R> ProvideCredentials for FromFn<F>
where
    F: Fn() -> R + Send + Sync + 'static,
    R: Future<Output = Result<Credentials, CredentialsError>> + Send + 'static,
{
    fn name(&self) -> &str {
        self.name
    }

    fn provide(&self) -> CredentialsFuture<'_> {
        Box::pin((self.load)())
    }
}

impl<F> fmt::Debug for FromFn<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("FromFn").field(&self.name).finish()
    }
}
