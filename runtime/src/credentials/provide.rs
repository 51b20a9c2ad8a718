//! The seam by which any source of credentials plugs in.

use super::Credentials;
use std::{error::Error as StdError, fmt, pin::Pin};

/// What a provider returns: credentials to come, or why there are none.
pub type CredentialsFuture<'a> =
    Pin<Box<dyn Future<Output = Result<Credentials, CredentialsError>> + Send + 'a>>;

/// A source of credentials. It is asked before each attempt to send a signed request, so one that takes its time keeps what
/// it got until shortly before it expires.
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
    /// What messages call it.
    fn name(&self) -> &str;

    /// Credentials for the request that is to be signed now.
    fn provide(&self) -> CredentialsFuture<'_>;
}

/// Why a provider has no credentials.
#[derive(Debug)]
pub struct CredentialsError {
    message: String,
    absent: bool,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

impl CredentialsError {
    /// Nothing there: the next provider of a chain is asked.
    pub fn absent(message: impl Into<String>) -> Self {
        Self { message: message.into(), absent: true, source: None }
    }

    /// There is something, but it cannot be used: a chain ends here, as another provider would stand for somebody else.
    pub fn failed(message: impl Into<String>) -> Self {
        Self { message: message.into(), absent: false, source: None }
    }

    /// The same with its cause.
    #[must_use]
    pub fn with_source(mut self, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        self.source = Some(source.into());
        self
    }

    /// Whether the next provider of a chain may be asked.
    pub fn is_absent(&self) -> bool {
        self.absent
    }
}

impl fmt::Display for CredentialsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        self.source.as_ref().map_or(Ok(()), |source| write!(f, ": {source}"))
    }
}

impl StdError for CredentialsError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.source.as_deref().map(|source| source as &(dyn StdError + 'static))
    }
}

/// Credentials that are given as they are.
impl ProvideCredentials for Credentials {
    fn name(&self) -> &'static str {
        "the given credentials"
    }

    fn provide(&self) -> CredentialsFuture<'_> {
        Box::pin(std::future::ready(Ok(self.clone())))
    }
}
