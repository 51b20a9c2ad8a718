//! Providers of credentials that a program makes, and the cache of a client under load.

use myrina::{
    Client, Timestamp,
    config::Environment,
    credentials::{
        AssumeRole, Cache, Credentials, CredentialsError, Finding, ProvideCredentials as _, from_fn,
    },
    http::{BoxFuture, HttpClient, HttpError, HttpRequest, HttpResponse},
    testing::{FakeClock, InMemory, RecordedRequest},
};
use myrina_test_services::sts::get_caller_identity::GetCallerIdentity;
use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

const ROLE: &str = "arn:aws:iam::123456789012:role/reader";
const ASSUMED: &str = "<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>ROLE</AccessKeyId>\
    <SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken><Expiration>2030-01-01T00:00:00Z</Expiration></Credentials>\
    <AssumedRoleUser><AssumedRoleId>id:report</AssumedRoleId><Arn>arn:aws:sts::123456789012:assumed-role/reader/report</Arn>\
    </AssumedRoleUser></AssumeRoleResult></AssumeRoleResponse>";
const IDENTITY: &str = "<GetCallerIdentityResponse><GetCallerIdentityResult><Account>1</Account></GetCallerIdentityResult>\
    </GetCallerIdentityResponse>";

fn clock() -> FakeClock {
    FakeClock::new(Timestamp::new(1_700_000_000, 0))
}

fn fields(request: &RecordedRequest) -> Vec<(String, String)> {
    form_urlencoded::parse(&request.body).into_owned().collect()
}

fn key_id(request: &RecordedRequest) -> String {
    let header = request.headers["authorization"].to_str().unwrap();
    header.split("Credential=").nth(1).unwrap().split('/').next().unwrap().to_owned()
}

#[tokio::test]
async fn a_role_is_assumed_once_with_all_that_it_was_built_with() {
    let transport = InMemory::new(|_| Ok(http::Response::new(ASSUMED.into())));
    let base = Client::builder().environment(Environment::empty()).region("eu-west-1").clock(clock());
    // That of what the program calls, not of STS.
    let base = base.endpoint_url("http://localhost:9").transport(transport.clone()).build().unwrap();
    let role = AssumeRole::new(ROLE)
        .session_name("report")
        .external_id("42")
        .duration(Duration::from_mins(20))
        .policy("{}")
        .policy_arn("arn:aws:iam::aws:policy/ReadOnlyAccess")
        .tag("team", "blue")
        .transitive_tag_key("team")
        .source_identity("ann")
        .source(Credentials::new("BASE", "s"));
    let provider = role.provider(&base);
    for _ in 0..3 {
        let keys = provider.provide().await.unwrap();
        assert_eq!((keys.access_key_id(), keys.account_id()), ("ROLE", Some("123456789012")));
    }
    let requests = transport.requests();
    assert_eq!((requests.len(), &*requests[0].url), (1, "https://sts.eu-west-1.amazonaws.com/"));
    assert_eq!(key_id(&requests[0]), "BASE");
    let expected = [
        ("Action", "AssumeRole"),
        ("Version", "2011-06-15"),
        ("RoleArn", ROLE),
        ("RoleSessionName", "report"),
        ("PolicyArns.member.1.arn", "arn:aws:iam::aws:policy/ReadOnlyAccess"),
        ("Policy", "{}"),
        ("DurationSeconds", "1200"),
        ("Tags.member.1.Key", "team"),
        ("Tags.member.1.Value", "blue"),
        ("TransitiveTagKeys.member.1", "team"),
        ("ExternalId", "42"),
        ("SourceIdentity", "ann"),
    ];
    assert_eq!(fields(&requests[0]), expected.map(|(name, value)| (name.to_owned(), value.to_owned())));
}

#[tokio::test]
async fn a_role_without_source_credentials_says_so() {
    let environment = Environment::empty().with("AWS_EC2_METADATA_DISABLED", "true");
    let base = Client::builder().environment(environment).region("eu-west-1").build().unwrap();
    let error = AssumeRole::new(ROLE).provider(&base).provide().await.unwrap_err();
    assert!(!error.is_not_loaded());
    assert_eq!(error.to_string(), "no credentials to assume it with: the default chain");
}

#[tokio::test]
async fn explicit_credentials_and_functions_explain_themselves() {
    let client = Client::builder().credentials(Credentials::new("AKID", "SECRET").with_account_id("1"));
    let client = client.environment(Environment::empty()).build().unwrap();
    let text = client.credentials().explain().await.to_string();
    assert_eq!(text, "1. the explicit credentials: access key AKID of account 1");
    let vault = from_fn("the vault", || async { Err(CredentialsError::provider_error("it is\nlocked")) });
    let explanation = Cache::new(vault).explain().await;
    assert!(matches!(&explanation.places()[0].finding, Finding::Failed(_)), "{explanation:?}");
    assert_eq!(explanation.to_string(), "1. the vault: it is; locked");
}

/// A transport that lets others run before it answers.
#[derive(Clone, Debug)]
struct Busy {
    /// How often credentials were asked for.
    loads: Arc<AtomicUsize>,
}

impl HttpClient for Busy {
    fn call(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, HttpError>> {
        Box::pin(async move {
            for _ in 0..5 {
                tokio::task::yield_now().await;
            }
            if request.url.path() != "/keys" {
                return Ok(http::Response::new(IDENTITY.into()));
            }
            let number = self.loads.fetch_add(1, Ordering::SeqCst);
            // Each lasts two minutes longer than the one before.
            let end = Timestamp::new(1_700_000_120 + 120 * i64::try_from(number).unwrap(), 0);
            Ok(http::Response::new(
                format!(r#"{{"AccessKeyId":"KEY-{number}","SecretAccessKey":"s","Token":"t","Expiration":"{end}"}}"#)
                    .into(),
            ))
        })
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_hundred_calls_share_one_request_for_credentials() {
    let (busy, clock) = (Busy { loads: Arc::default() }, clock().manual());
    let environment =
        Environment::empty().with("AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://localhost/keys");
    let client = Client::builder().environment(environment).region("eu-west-1").clock(clock.clone());
    let client = client.transport(busy.clone()).build().unwrap();
    for expected_loads in [1, 2, 3] {
        let calls = (0..200).map(|_| {
            let client = client.clone();
            tokio::spawn(async move { client.send(GetCallerIdentity::new()).await.map(drop) })
        });
        for call in calls.collect::<Vec<_>>() {
            call.await.unwrap().unwrap();
        }
        assert_eq!(busy.loads.load(Ordering::SeqCst), expected_loads);
        clock.advance(Duration::from_secs(119));
    }
}
