//! Sessions of `aws login`: their files, and how they are renewed.

use myrina::{
    Client, Timestamp,
    config::Environment,
    credentials::{Credentials, CredentialsError, DefaultChain, ProvideCredentials as _},
    http::{HttpError, HttpResponse},
    testing::{FakeClock, InMemory},
    time::TimestampFormat,
};
use serde_json::{Value, json};
use std::error::Error as _;

const CONFIG: &str =
    "[profile dev]\nregion = eu-west-1\nlogin_session = arn:aws:sts::012345678910:assumed-role/Admin/admin\n";
/// SHA-256 of the ARN.
const NAME: &str = "4b0ba8f99f075c0633e122fd73346ce203a3faf18ea0310eb2d29df1bab2e255.json";
/// A key for tests, from the SDKs' common test cases.
const KEY: &str = "-----BEGIN EC PRIVATE KEY-----\nMHcCAQEEIPt/u8InPLpQeQLJTvVX+sNDzni8vMDMt3Liu+nMBigfoAoGCCqGSM49\n\
                   AwEHoUQDQgAEILkGG7rNOnxiIJlMgimY1UPP8eDMFP0DAY6WGjngP4bvTAiUCQ/I\n\
                   ffut2379uP+OBCm2ovGpBOJRgrl1RspUOQ==\n-----END EC PRIVATE KEY-----\n";

fn now() -> Timestamp {
    Timestamp::parse("2026-01-01T12:00:00Z", TimestampFormat::DateTime).unwrap()
}

/// A file with credentials that expire at this time of the day.
fn session(expires_at: &str) -> Value {
    json!({
        "accessToken": {
            "accessKeyId": "AKID", "secretAccessKey": "SECRET-KEY", "sessionToken": "SECRET-SESSION",
            "accountId": "012345678901", "expiresAt": format!("2026-01-01T{expires_at}Z"),
        },
        "clientId": "client", "refreshToken": "SECRET-REFRESH", "dpopKey": KEY, "idToken": "SECRET-ID",
    })
}

fn path() -> String {
    format!("/h/.aws/login/cache/{NAME}")
}

fn environment(file: &Value) -> Environment {
    let environment = Environment::empty().with("HOME", "/h").with_file("/h/.aws/config", CONFIG);
    environment.with_file(path(), file.to_string())
}

async fn load(environment: &Environment, transport: &InMemory) -> Result<Credentials, CredentialsError> {
    let builder = Client::builder().environment(environment.clone()).profile("dev");
    let client = builder.transport(transport.clone()).clock(FakeClock::new(now())).build().unwrap();
    DefaultChain::new(&client).provide().await
}

#[allow(clippy::unnecessary_wraps, reason = "what a transport returns")]
fn response(status: u16, body: &Value) -> Result<HttpResponse, HttpError> {
    Ok(http::Response::builder().status(status).body(body.to_string().into()).unwrap())
}

fn denied(reason: &str) -> Result<HttpResponse, HttpError> {
    response(403, &json!({"__type": "AccessDeniedException", "error": reason, "message": "no"}))
}

fn text(error: &CredentialsError) -> String {
    let text = format!("{error}: {}", error.source().map(ToString::to_string).unwrap_or_default());
    assert!(!format!("{text} {error:?}").contains("SECRET") && !text.contains("MHcC"), "{error:?}");
    text
}

#[tokio::test]
async fn a_session_that_lasts_gives_its_credentials() {
    let transport = InMemory::queue([]);
    let elsewhere = Environment::empty().with("HOME", "/h").with_file("/h/.aws/config", CONFIG);
    let elsewhere = elsewhere.with("AWS_LOGIN_CACHE_DIRECTORY", "/cache/");
    let elsewhere = elsewhere.with_file(format!("/cache/{NAME}"), session("12:06:00").to_string());
    for environment in [environment(&session("12:06:00")), elsewhere] {
        let found = load(&environment, &transport).await.unwrap();
        assert_eq!((found.access_key_id(), found.secret_access_key()), ("AKID", "SECRET-KEY"));
        assert_eq!(
            (found.session_token(), found.account_id()),
            (Some("SECRET-SESSION"), Some("012345678901"))
        );
        assert_eq!(found.expires_at().unwrap().to_string(), "2026-01-01T12:06:00Z");
    }
    assert!(transport.requests().is_empty());
}

#[tokio::test]
async fn a_session_is_renewed_five_minutes_before_its_expiry_with_a_proof_of_its_key() {
    let new = json!({"accessKeyId": "NEW", "secretAccessKey": "SECRET-NEW", "sessionToken": "SECRET-NEW"});
    let body = json!({"accessToken": new, "tokenType": "urn:aws:params:oauth:token-type:access_token_sigv4",
        "refreshToken": "SECRET-NEXT", "expiresIn": 900});
    for (region, host) in [(None, "eu-west-1"), (Some("us-east-2"), "us-east-2")] {
        let transport = InMemory::queue([response(200, &body)]);
        let mut file = session("12:04:59");
        if let Some(region) = region {
            file["signInRegion"] = region.into();
        }
        let environment = environment(&file);
        let found = load(&environment, &transport).await.unwrap();
        assert_eq!((found.access_key_id(), found.account_id()), ("NEW", Some("012345678901")));
        assert_eq!(found.expires_at().unwrap().to_string(), "2026-01-01T12:15:00Z");
        let request = &transport.requests()[0];
        assert_eq!(request.url, format!("https://{host}.signin.aws.amazon.com/v1/token"));
        let sent: Value = serde_json::from_slice(&request.body).unwrap();
        let expected =
            json!({"clientId": "client", "grantType": "refresh_token", "refreshToken": "SECRET-REFRESH"});
        assert_eq!(sent, expected);
        assert!(!request.headers.contains_key("authorization"));
        assert_eq!(request.headers["dpop"].to_str().unwrap().split('.').count(), 3);

        let written: Value = serde_json::from_str(&environment.read(&path()).unwrap().unwrap()).unwrap();
        file["accessToken"]["accessKeyId"] = "NEW".into();
        file["accessToken"]["secretAccessKey"] = "SECRET-NEW".into();
        file["accessToken"]["sessionToken"] = "SECRET-NEW".into();
        file["accessToken"]["expiresAt"] = "2026-01-01T12:15:00Z".into();
        file["refreshToken"] = "SECRET-NEXT".into();
        assert_eq!(written, file);
    }
}

#[tokio::test]
async fn a_session_that_cannot_be_renewed_is_used_while_it_lasts_and_then_says_why() {
    let transport = InMemory::queue([denied("TOKEN_EXPIRED")]);
    let found = load(&environment(&session("12:00:01")), &transport).await.unwrap();
    assert_eq!(found.access_key_id(), "AKID");
    let cases = [
        ("TOKEN_EXPIRED", "(the session has ended)"),
        ("USER_CREDENTIALS_CHANGED", "(the user's password was changed)"),
        ("INSUFFICIENT_PERMISSIONS", "(the identity needs the permission signin:CreateOAuth2Token)"),
    ];
    for (reason, words) in cases {
        let transport = InMemory::queue([denied(reason)]);
        let error = load(&environment(&session("12:00:00")), &transport).await.unwrap_err();
        let text = text(&error);
        let words = format!("expired at 2026-01-01T12:00:00Z, and they cannot be renewed {words}");
        assert!(text.contains(&words) && text.ends_with("run `aws login` with this profile"), "{text}");
    }
}

#[tokio::test]
async fn what_a_file_lacks_is_said_with_what_to_do() {
    let without = |name: &str| {
        let mut file = session("11:00:00");
        file.as_object_mut().unwrap().remove(name);
        file
    };
    let mut other_key = session("11:00:00");
    other_key["dpopKey"] = "SECRET".into();
    let mut no_expiry = session("11:00:00");
    no_expiry["accessToken"].as_object_mut().unwrap().remove("expiresAt");
    let cases = [
        (without("accessToken"), "is broken: it has no `accessToken`; run `aws login`"),
        (without("refreshToken"), "it has no `refreshToken`"),
        (without("clientId"), "it has no `clientId`"),
        (without("dpopKey"), "it has no `dpopKey`"),
        (other_key, "`dpopKey` is not a private key of the curve P-256 as PEM"),
        (no_expiry, "in `accessToken`, it has no `expiresAt`"),
    ];
    for (file, words) in cases {
        let transport = InMemory::queue([]);
        let error = load(&environment(&file), &transport).await.unwrap_err();
        assert!(text(&error).contains(words), "{}", text(&error));
        assert!(!error.is_not_loaded() && transport.requests().is_empty());
    }
}
