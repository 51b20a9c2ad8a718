//! Keeps credentials and tokens until shortly before they expire.

use super::{
    BearerToken, Context, Credentials, CredentialsError, CredentialsFuture, Explanation, ProvideCredentials,
};
use crate::{
    clock::{self, Clock, SystemClock, random_fraction},
    http::BoxFuture,
    time::Timestamp,
};
use std::{
    sync::{
        Arc, PoisonError, RwLock,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};
use tokio::sync::{Mutex, MutexGuard};

/// Keeps the credentials of another provider until shortly before they expire.
///
/// - Credentials without an expiry are kept forever.
/// - In the last 15 minutes, less a random part of at most 3, one caller loads new ones; the others use the old ones meanwhile. In the
///   last 10 minutes all callers wait for new ones. Credentials that last less than an hour have windows that are shorter in
///   proportion.
/// - All who wait share one load, and its error. A load that fails is not kept: the next caller tries again.
/// - While the old credentials last, a failing load does no harm: they are used, and loaded again after some 30 seconds.
#[derive(Debug)]
pub struct Cache {
    provider: Arc<dyn ProvideCredentials>,
    kept: Kept<Credentials>,
}

/// What is kept until shortly before it expires: the rules of [`Cache`].
#[derive(Debug)]
pub(super) struct Kept<T> {
    clock: Arc<dyn Clock>,
    windows: Windows,
    load_timeout: Duration,
    /// Writers hold the lock only to exchange the pointer.
    current: RwLock<Option<Arc<Entry<T>>>>,
    /// Held by the caller that loads.
    loading: Mutex<LastLoad>,
    /// How many loads have ended.
    ended: AtomicU64,
}

/// What may expire.
pub(super) trait Expire: Clone {
    /// When it expires; `None` if it does not.
    fn expires_at(&self) -> Option<Timestamp>;
}

impl Expire for Credentials {
    fn expires_at(&self) -> Option<Timestamp> {
        self.expires_at()
    }
}

impl Expire for BearerToken {
    fn expires_at(&self) -> Option<Timestamp> {
        self.expires_at()
    }
}

/// The lengths of the times before the expiry in which new credentials are loaded.
#[derive(Clone, Copy, Debug)]
struct Windows {
    /// One caller loads, the others do not wait.
    advisory: Duration,
    /// All wait.
    mandatory: Duration,
}

/// How the last load ended.
#[derive(Debug, Default)]
struct LastLoad(Option<CredentialsError>);

#[derive(Debug)]
struct Entry<T> {
    value: T,
    /// From when on one caller loads new ones. `None` for never.
    advisory: Option<Timestamp>,
    /// From when on all callers wait for new ones.
    mandatory: Option<Timestamp>,
}

/// What to do with what is there.
#[derive(Debug, PartialEq, Eq)]
enum State {
    Fresh,
    Advisory,
    Mandatory,
}

const WINDOWS: Windows = Windows { advisory: Duration::from_mins(15), mandatory: Duration::from_mins(10) };
/// The time-out of a load. A chain may ask several places, and a program that a profile names may take a minute.
const LOAD_TIMEOUT: Duration = Duration::from_secs(90);
/// How long a load that failed is not repeated while the old credentials last.
const PAUSE: Duration = Duration::from_secs(30);

impl Cache {
    /// Creates a cache around `provider`.
    pub fn new(provider: impl ProvideCredentials) -> Self {
        Self::with_clock(Arc::new(provider), Arc::new(SystemClock::default()))
    }

    /// A cache with the clock of `context`.
    pub(crate) fn within(context: &Context, provider: impl ProvideCredentials) -> Self {
        Self::with_clock(Arc::new(provider), Arc::clone(context.clock()))
    }

    fn with_clock(provider: Arc<dyn ProvideCredentials>, clock: Arc<dyn Clock>) -> Self {
        Self { provider, kept: Kept::new(clock) }
    }

    /// Sets how long a load may take. The default is 90 seconds.
    #[must_use]
    pub fn load_timeout(mut self, limit: Duration) -> Self {
        self.kept.load_timeout = limit;
        self
    }

    /// Sets the clock, for tests.
    #[doc(hidden)]
    #[must_use]
    pub fn clock(mut self, clock: impl Clock) -> Self {
        self.kept.clock = Arc::new(clock);
        self
    }
}

impl<T: Expire> Kept<T> {
    pub(super) fn new(clock: Arc<dyn Clock>) -> Self {
        Self {
            clock,
            windows: WINDOWS,
            load_timeout: LOAD_TIMEOUT,
            current: RwLock::default(),
            loading: Mutex::default(),
            ended: AtomicU64::new(0),
        }
    }

    /// Returns what is kept, or what `load` returns.
    pub(super) async fn get<F>(&self, load: impl FnOnce() -> F) -> Result<T, CredentialsError>
    where
        F: Future<Output = Result<T, CredentialsError>>,
    {
        // Read before the credentials are looked at, so that a load that ends from then on is noticed.
        let seen = self.ended.load(Ordering::Acquire);
        let now = self.clock.now();
        let last = match self.current() {
            Some(entry) => match entry.state(now) {
                State::Fresh => return Ok(entry.value.clone()),
                State::Advisory => match self.loading.try_lock() {
                    Ok(last) => last,
                    Err(_) => return Ok(entry.value.clone()),
                },
                State::Mandatory => self.loading.lock().await,
            },
            None => self.loading.lock().await,
        };
        if self.ended.load(Ordering::Acquire) == seen {
            return self.load(load(), last).await;
        }
        match (self.current().filter(|entry| entry.state(now) != State::Mandatory), &last.0) {
            (Some(entry), _) => Ok(entry.value.clone()),
            (None, Some(error)) => Err(error.clone()),
            (None, None) => self.load(load(), last).await,
        }
    }

    fn current(&self) -> Option<Arc<Entry<T>>> {
        self.current.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn replace(&self, entry: Entry<T>) {
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::new(entry));
    }

    /// Asks the provider. If the caller is dropped, the next one that waits does it.
    async fn load(
        &self,
        load: impl Future<Output = Result<T, CredentialsError>>,
        mut last: MutexGuard<'_, LastLoad>,
    ) -> Result<T, CredentialsError> {
        let loaded = clock::timeout(&*self.clock, self.load_timeout, load).await;
        let loaded = loaded.unwrap_or_else(|| {
            let message = format!("no credentials came within {:?}", self.load_timeout);
            Err(CredentialsError::provider_error(message))
        });
        let now = self.clock.now();
        let random = random_fraction(&*self.clock);
        let result = match loaded {
            Ok(value) => {
                self.replace(Entry::new(value.clone(), now, self.windows, random));
                Ok(value)
            }
            Err(error) => match self.current().filter(|entry| entry.lasts(now)) {
                Some(entry) => {
                    self.replace(entry.postponed(now + PAUSE.mul_f64(0.5 + random)));
                    Ok(entry.value.clone())
                }
                None => Err(error),
            },
        };
        last.0 = result.as_ref().err().cloned();
        self.ended.fetch_add(1, Ordering::Release);
        result
    }
}

impl<T: Expire> Entry<T> {
    fn new(value: T, now: Timestamp, windows: Windows, random: f64) -> Self {
        let Some(expires_at) = value.expires_at() else {
            return Self { value, advisory: None, mandatory: None };
        };
        let lifetime = expires_at.since(now);
        if lifetime.is_zero() {
            // Of a clock that is wrong, theirs or ours. They may work; to ask again at once would not help.
            let later = now + PAUSE.mul_f64(0.5 + random);
            return Self { value, advisory: Some(later), mandatory: Some(later) };
        }
        let advisory = windows.advisory.min(lifetime / 4);
        // The earliest mandatory time is later than the latest advisory one.
        let mandatory = windows.mandatory.min(lifetime / 6);
        Self {
            value,
            advisory: Some(expires_at - advisory + advisory.mul_f64(random / 5.0)),
            mandatory: Some(expires_at - mandatory),
        }
    }

    fn state(&self, now: Timestamp) -> State {
        let is_in = |start: Option<Timestamp>| start.is_some_and(|start| now >= start);
        match (is_in(self.advisory), is_in(self.mandatory)) {
            (_, true) => State::Mandatory,
            (true, false) => State::Advisory,
            (false, false) => State::Fresh,
        }
    }

    fn lasts(&self, now: Timestamp) -> bool {
        self.value.expires_at().is_none_or(|expires_at| now < expires_at)
    }

    /// The same value, which is not loaded again before `time`.
    fn postponed(&self, time: Timestamp) -> Self {
        let end = self.value.expires_at().unwrap_or(time);
        let later = |start: Option<Timestamp>| start.map(|start| start.max(time).min(end));
        Self { value: self.value.clone(), advisory: later(self.advisory), mandatory: later(self.mandatory) }
    }
}

impl ProvideCredentials for Cache {
    fn name(&self) -> &str {
        self.provider.name()
    }

    fn provide(&self) -> CredentialsFuture<'_> {
        Box::pin(self.kept.get(|| self.provider.provide()))
    }

    fn explain(&self) -> BoxFuture<'_, Explanation> {
        self.provider.explain()
    }
}

#[cfg(all(test, feature = "testing"))]
mod tests;
