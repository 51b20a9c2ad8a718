//! Bearer tokens, and the choice between authentication schemes.

use crate::service::{Ask, AskEitherWay, AskEverywhere, AskWithToken};
use myrina::{
    Builder, Client, Error, ErrorKind, Operation, Timestamp,
    config::Environment,
    credentials::{BearerToken, Credentials, CredentialsError, ProvideBearerToken},
    http::BoxFuture,
    testing::{FakeClock, InMemory},
};
use std::{
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

const NOW: Timestamp = Timestamp::new(1_767_268_800, 0);
/// That of `Plain Text`, as its signing name is `plain`.
const VARIABLE: &str = "AWS_BEARER_TOKEN_PLAIN";

fn builder(environment: Environment) -> Builder {
    Client::builder()
        .environment(environment)
        .region("eu-west-1")
        .credentials(Credentials::new("AKID", "SECRET-KEY"))
        .endpoint_url("https://plain.test")
        .clock(FakeClock::new(NOW))
}

/// The header `authorization` of the request.
async fn authorization(builder: Builder, request: impl Operation) -> Result<String, Error> {
    let transport = InMemory::queue([Ok(http::Response::new("".into()))]);
    builder.transport(transport.clone()).build()?.send(request).await?;
    let requests = transport.requests();
    let value = &requests[0].headers["authorization"];
    assert!(!format!("{value:?}").contains("SECRET"), "{value:?}");
    Ok(value.to_str().unwrap().to_owned())
}

const CONFIG: &str = "[default]\nsso_session = dev\n\
                      [profile bearer]\nsso_session = dev\nauth_scheme_preference = smithy.api#httpBearerAuth\n\
                      [sso-session dev]\nsso_region = eu-west-1\nsso_start_url = https://d-abc123.awsapps.com/start\n";

fn with_session(environment: Environment) -> Environment {
    let file = r#"{"accessToken":"SECRET-SESSION","expiresAt":"2099-01-01T00:00:00Z"}"#;
    environment
        .with("HOME", "/h")
        .with_file("/h/.aws/config", CONFIG)
        .with_file("/h/.aws/sso/cache/34c6fceca75e456f25e7e99531e2425c6c1de443.json", file)
}

#[tokio::test]
async fn tokens_come_from_the_program_or_the_variable_of_the_service_or_the_session_of_the_profile() {
    let session = with_session(Environment::empty());
    let variable = session.clone().with(VARIABLE, " SECRET-VARIABLE ").with("AWS_BEARER_TOKEN_OTHER", "no");
    let cases = [
        (builder(session), "Bearer SECRET-SESSION"),
        (builder(variable.clone()), "Bearer SECRET-VARIABLE"),
        (builder(variable).bearer_token(BearerToken::new("SECRET-PROGRAM")), "Bearer SECRET-PROGRAM"),
    ];
    for (builder, expected) in cases {
        assert_eq!(authorization(builder, AskWithToken::new("x")).await.unwrap(), expected);
    }
}

#[tokio::test]
async fn a_missing_token_is_reported_with_where_it_could_be() {
    let profile = |text: &str| Environment::empty().with("HOME", "/h").with_file("/h/.aws/config", text);
    let cases = [
        (Environment::empty(), "profile `default`: there is no profile `default`"),
        (profile("[default]\nregion = x"), "profile `default`: it has no `sso_session`"),
        (profile("[default]\nsso_session = a"), "has no section [sso-session a]"),
    ];
    for (environment, words) in cases {
        let error = authorization(builder(environment), AskWithToken::new("x")).await.unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::Credentials(_)), "{error:?}");
        let text = error.to_string();
        let start =
            "Plain Text.Ask: no bearer token to authenticate the request: AWS_BEARER_TOKEN_PLAIN is not set";
        assert!(text.starts_with(start) && text.contains(words), "{text}");
    }
}

#[tokio::test]
async fn a_token_is_sent_over_https_only_and_never_shown() {
    let token = || BearerToken::new("SECRET\n");
    let plain = builder(Environment::empty()).bearer_token(token()).endpoint_url("http://plain.test");
    let invalid = builder(Environment::empty()).bearer_token(token());
    let cases = [
        (plain, "a bearer token is sent over https only, but the endpoint is http://plain.test"),
        (invalid, "the bearer token contains characters that a header cannot have"),
    ];
    for (builder, words) in cases {
        assert!(!format!("{builder:?}").contains("SECRET"), "{builder:?}");
        let error = authorization(builder, AskWithToken::new("x")).await.unwrap_err();
        assert!(error.to_string().ends_with(words), "{error}");
        assert!(!format!("{error:?}").contains("SECRET"), "{error:?}");
    }
}

#[tokio::test]
async fn where_several_schemes_are_accepted_the_preferred_one_is_used() {
    let none = Environment::empty;
    let preferring = |names: &str| none().with("AWS_AUTH_SCHEME_PREFERENCE", names);
    let token = || BearerToken::new("SECRET");
    let cases = [
        // SigV4A, which the service prefers, is not there yet.
        (builder(none()), "AWS4-HMAC-SHA256"),
        (builder(preferring("sigv4a, unknown")), "AWS4-HMAC-SHA256"),
        (builder(with_session(preferring("httpBearerAuth, sigv4"))), "Bearer"),
        (builder(with_session(none())).profile("bearer"), "Bearer"),
        // A token that someone set is meant to be used, and what the program prefers counts most.
        (builder(none().with(VARIABLE, "SECRET")), "Bearer"),
        (builder(preferring("sigv4").with(VARIABLE, "SECRET")), "Bearer"),
        (builder(none()).bearer_token(token()), "Bearer"),
        (builder(none().with(VARIABLE, "SECRET")).auth_scheme_preference("sigv4"), "AWS4-HMAC-SHA256"),
        (builder(none().with("AWS_BEARER_TOKEN_OTHER", "SECRET")), "AWS4-HMAC-SHA256"),
    ];
    for (builder, expected) in cases {
        let shown = format!("{builder:?}");
        let found = authorization(builder, AskEitherWay::new("x")).await.unwrap();
        assert_eq!(found.split(' ').next(), Some(expected), "{shown}");
    }
    // A preference chooses among what is accepted.
    let found = authorization(builder(preferring("httpBearerAuth")), Ask::new("x")).await.unwrap();
    assert!(found.starts_with("AWS4-HMAC-SHA256"), "{found}");
}

#[tokio::test]
async fn a_scheme_that_is_not_there_is_named() {
    let error = authorization(builder(Environment::empty()), AskEverywhere::new("x")).await.unwrap_err();
    let words = "plain.test requires the authentication scheme `sigv4a`, which this version does not support";
    assert!(error.to_string().ends_with(words), "{error}");
}

/// Provides a new token each time, which lasts an hour.
#[derive(Debug)]
struct Numbered(Arc<AtomicU32>, FakeClock);

impl ProvideBearerToken for Numbered {
    fn name(&self) -> &'static str {
        "numbers"
    }

    fn provide_token(&self) -> BoxFuture<'_, Result<BearerToken, CredentialsError>> {
        let number = self.0.fetch_add(1, Ordering::Relaxed);
        let expires_at = myrina::clock::Clock::now(&self.1) + Duration::from_hours(1);
        Box::pin(async move {
            match number {
                2 => Err(CredentialsError::provider_error("there are no more")),
                _ => Ok(BearerToken::new(format!("token-{number}")).with_expiry(expires_at)),
            }
        })
    }
}

#[tokio::test]
async fn a_token_of_a_provider_is_kept_until_shortly_before_it_expires() {
    let clock = FakeClock::new(NOW);
    let provider = Numbered(Arc::default(), clock.clone());
    let transport = InMemory::new(|_| Ok(http::Response::new("".into())));
    let builder = builder(Environment::empty()).clock(clock.clone()).bearer_token(provider);
    let client = builder.transport(transport.clone()).build().unwrap();
    for minutes in [0, 30, 25] {
        clock.advance(Duration::from_mins(minutes));
        client.send(AskWithToken::new("x")).await.unwrap();
    }
    let sent = transport
        .requests()
        .iter()
        .map(|request| request.headers["authorization"].clone())
        .collect::<Vec<_>>();
    assert_eq!(sent, ["Bearer token-0", "Bearer token-0", "Bearer token-1"]);
    clock.advance(Duration::from_hours(2));
    let error = client.send(AskWithToken::new("x")).await.unwrap_err().to_string();
    let words = "no bearer token to authenticate the request: numbers: there are no more";
    assert!(error.ends_with(words), "{error}");
}
