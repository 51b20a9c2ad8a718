//! Tests of the cache, with a clock that stands still. They need no runtime: each caller is a future that is polled by hand.

use super::*;
use crate::testing::FakeClock;
use std::{
    collections::VecDeque,
    pin::Pin,
    sync::Mutex as StdMutex,
    task::{Context as TaskContext, Poll, Waker},
};

const START: Timestamp = Timestamp::new(1_000_000, 0);

/// What the provider does next.
enum Step {
    /// Gives a key of this name that lasts so long.
    Give(&'static str, Option<Duration>),
    Fail(&'static str),
    /// Is not ready once, and then does the next step.
    Wait,
    Hang,
}

#[derive(Clone, Debug)]
struct Scripted(Arc<StdMutex<Script>>);

struct Script {
    clock: FakeClock,
    steps: VecDeque<Step>,
    loads: usize,
}

impl std::fmt::Debug for Script {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Script")
    }
}

impl Scripted {
    fn loads(&self) -> usize {
        self.0.lock().unwrap().loads
    }
}

impl ProvideCredentials for Scripted {
    fn name(&self) -> &'static str {
        "scripted"
    }

    fn provide(&self) -> CredentialsFuture<'_> {
        self.0.lock().unwrap().loads += 1;
        Box::pin(std::future::poll_fn(|_| {
            let mut script = self.0.lock().unwrap();
            match script.steps.pop_front().expect("no load is expected") {
                Step::Give(id, lifetime) => {
                    let keys = Credentials::new(id, "secret");
                    let now = script.clock.now();
                    Poll::Ready(Ok(match lifetime {
                        Some(lifetime) => keys.with_expiry(now + lifetime),
                        None => keys,
                    }))
                }
                Step::Fail(message) => Poll::Ready(Err(CredentialsError::provider_error(message))),
                Step::Wait => Poll::Pending,
                Step::Hang => {
                    script.steps.push_front(Step::Hang);
                    Poll::Pending
                }
            }
        }))
    }
}

fn cache(steps: impl IntoIterator<Item = Step>) -> (FakeClock, Scripted, Cache) {
    let clock = FakeClock::new(START).manual();
    let script = Script { clock: clock.clone(), steps: steps.into_iter().collect(), loads: 0 };
    let provider = Scripted(Arc::new(StdMutex::new(script)));
    let cache = Cache::new(provider.clone()).clock(clock.clone());
    (clock, provider, cache)
}

fn poll<F: Future + ?Sized>(future: &mut Pin<Box<F>>) -> Poll<F::Output> {
    future.as_mut().poll(&mut TaskContext::from_waker(Waker::noop()))
}

/// The key or the error that the cache has at once.
fn now(cache: &Cache) -> String {
    shown(poll(&mut cache.provide()))
}

fn shown(result: Poll<Result<Credentials, CredentialsError>>) -> String {
    match result {
        Poll::Ready(Ok(keys)) => keys.access_key_id().to_owned(),
        Poll::Ready(Err(error)) => error.to_string(),
        Poll::Pending => "pending".to_owned(),
    }
}

const fn minutes(minutes: u64) -> Duration {
    Duration::from_mins(minutes)
}

fn give(id: &'static str, lifetime: u64) -> Step {
    Step::Give(id, Some(minutes(lifetime)))
}

#[test]
fn credentials_without_an_expiry_are_loaded_once() {
    let (clock, provider, cache) = cache([Step::Give("a", None)]);
    for _ in 0..3 {
        assert_eq!(now(&cache), "a");
        clock.advance(minutes(100_000));
    }
    assert_eq!(provider.loads(), 1);
}

#[test]
fn all_who_wait_share_one_load() {
    let (_, provider, cache) = cache([Step::Wait, give("a", 60)]);
    let mut callers: Vec<_> = (0..200).map(|_| cache.provide()).collect();
    for caller in &mut callers {
        assert_eq!(shown(poll(caller)), "pending");
    }
    for caller in &mut callers {
        assert_eq!(shown(poll(caller)), "a");
    }
    assert_eq!(provider.loads(), 1);
}

#[test]
fn all_who_wait_share_an_error_and_the_next_caller_tries_again() {
    let (_, provider, cache) = cache([Step::Wait, Step::Fail("down"), give("a", 60)]);
    let mut callers: Vec<_> = (0..200).map(|_| cache.provide()).collect();
    for caller in &mut callers {
        assert_eq!(shown(poll(caller)), "pending");
    }
    for caller in &mut callers {
        assert_eq!(shown(poll(caller)), "down");
    }
    assert_eq!(provider.loads(), 1);
    assert_eq!(now(&cache), "a");
}

#[test]
fn a_caller_that_gives_up_leaves_the_load_to_the_next() {
    let (_, provider, cache) = cache([Step::Wait, give("a", 60)]);
    let mut first = cache.provide();
    let mut second = cache.provide();
    assert_eq!((shown(poll(&mut first)), shown(poll(&mut second))), ("pending".into(), "pending".into()));
    drop(first);
    assert_eq!(shown(poll(&mut second)), "a");
    assert_eq!(provider.loads(), 2);
}

#[test]
fn in_the_advisory_window_one_caller_loads_and_the_others_use_the_old() {
    let (clock, provider, cache) = cache([give("old", 60), Step::Wait, give("new", 60)]);
    assert_eq!(now(&cache), "old");
    clock.advance(Duration::from_secs(45 * 60 - 1));
    assert_eq!((&*now(&cache), provider.loads()), ("old", 1));
    // The random part is at most three minutes.
    clock.advance(minutes(3) + Duration::from_secs(1));
    let mut first = cache.provide();
    assert_eq!(shown(poll(&mut first)), "pending");
    assert_eq!(now(&cache), "old");
    assert_eq!(shown(poll(&mut first)), "new");
    assert_eq!((&*now(&cache), provider.loads()), ("new", 2));
}

#[test]
fn in_the_mandatory_window_all_wait_for_new_ones() {
    let (clock, provider, cache) = cache([give("old", 60), Step::Wait, give("new", 60)]);
    assert_eq!(now(&cache), "old");
    clock.advance(minutes(50));
    let (mut first, mut second) = (cache.provide(), cache.provide());
    assert_eq!((shown(poll(&mut first)), shown(poll(&mut second))), ("pending".into(), "pending".into()));
    assert_eq!((shown(poll(&mut first)), shown(poll(&mut second))), ("new".into(), "new".into()));
    assert_eq!(provider.loads(), 2);
}

#[test]
fn the_start_of_the_window_differs_by_chance() {
    let keys = || Credentials::new("a", "s").with_expiry(START + minutes(60));
    let starts = [0.0, 0.5, 0.999].map(|random| {
        let entry = Entry::new(keys(), START, WINDOWS, random);
        assert!(entry.advisory < entry.mandatory);
        entry.advisory.unwrap().since(START).as_secs()
    });
    assert_eq!(starts, [45 * 60, 45 * 60 + 90, 45 * 60 + 179]);
}

#[test]
fn a_failing_refresh_keeps_the_old_ones_while_they_last() {
    let fails = || std::iter::repeat_with(|| Step::Fail("down")).take(50);
    let steps = std::iter::once(give("old", 60)).chain(fails());
    let (clock, provider, cache) = cache(steps);
    assert_eq!(now(&cache), "old");
    clock.advance(minutes(52));
    assert_eq!((&*now(&cache), provider.loads()), ("old", 2));
    // It is not tried again at once.
    assert_eq!((&*now(&cache), provider.loads()), ("old", 2));
    clock.advance(minutes(1));
    assert_eq!((&*now(&cache), provider.loads()), ("old", 3));
    clock.advance(minutes(7));
    assert_eq!(now(&cache), "down");
}

#[test]
fn credentials_that_last_two_minutes_are_not_loaded_by_every_call() {
    let (clock, provider, cache) = cache([give("a", 2), give("b", 2)]);
    assert_eq!(now(&cache), "a");
    clock.advance(Duration::from_secs(80));
    assert_eq!((&*now(&cache), provider.loads()), ("a", 1));
    clock.advance(Duration::from_secs(20));
    assert_eq!((&*now(&cache), provider.loads()), ("b", 2));
}

#[test]
fn credentials_that_have_expired_by_our_clock_are_used_and_soon_loaded_again() {
    let (clock, provider, cache) = cache([Step::Give("a", Some(Duration::ZERO)), give("b", 60)]);
    assert_eq!((&*now(&cache), &*now(&cache), provider.loads()), ("a", "a", 1));
    clock.advance(minutes(1));
    assert_eq!((&*now(&cache), provider.loads()), ("b", 2));
}

#[test]
fn a_load_that_takes_too_long_is_an_error() {
    let (clock, _, cache) = cache([Step::Hang]);
    let mut caller = cache.provide();
    assert_eq!(shown(poll(&mut caller)), "pending");
    clock.advance(LOAD_TIMEOUT);
    assert_eq!(shown(poll(&mut caller)), "no credentials came within 90s");
}
