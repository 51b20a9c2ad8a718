//! Tokens of IAM Identity Center: their files, and how they are renewed.

use myrina::{
    Client, Timestamp,
    config::Environment,
    credentials::{Credentials, CredentialsError, DefaultChain, ProvideCredentials as _},
    http::{HttpError, HttpResponse},
    testing::{FakeClock, InMemory, RecordedRequest},
    time::TimestampFormat,
};
use serde_json::{Value, json};
use std::{error::Error as _, fs, time::Duration};

const CONFIG: &str = "[profile dev]\nsso_session = dev\nsso_account_id = 012345678901\nsso_role_name = Reader\n\
                      [sso-session dev]\nsso_region = eu-west-1\nsso_start_url = https://d-abc123.awsapps.com/start\n\
                      [profile legacy]\nsso_start_url = https://ssotest.awsapps.com/start\nsso_region = us-east-2\n\
                      sso_account_id = 012345678901\nsso_role_name = Reader\n";
/// SHA-1 of `dev`, and of the start URL of the profile `legacy`.
const DEV: &str = "/h/.aws/sso/cache/34c6fceca75e456f25e7e99531e2425c6c1de443.json";
const LEGACY: &str = "/h/.aws/sso/cache/dace00cba5f8355ec9d274ceb2bcebdfbeed0e12.json";

fn now() -> Timestamp {
    Timestamp::parse("2026-01-01T12:00:00Z", TimestampFormat::DateTime).unwrap()
}

/// A file with a token that expires at this time of the day.
fn token_file(expires_at: &str) -> String {
    json!({
        "accessToken": "SECRET-ACCESS", "expiresAt": format!("2026-01-01T{expires_at}Z"),
        "refreshToken": "SECRET-REFRESH", "clientId": "client", "clientSecret": "SECRET-CLIENT",
        "registrationExpiresAt": "2026-03-01T00:00:00Z", "startUrl": "https://d-abc123.awsapps.com/start", "custom": 1
    })
    .to_string()
}

fn environment(path: &str, file: &str) -> Environment {
    let environment = Environment::empty().with("HOME", "/h").with("AWS_REGION", "us-east-1");
    environment.with_file("/h/.aws/config", CONFIG).with_file(path, file)
}

async fn load(
    environment: &Environment,
    profile: &str,
    transport: &InMemory,
) -> Result<Credentials, CredentialsError> {
    let builder = Client::builder().environment(environment.clone()).profile(profile);
    let client = builder.transport(transport.clone()).clock(FakeClock::new(now())).build().unwrap();
    DefaultChain::new(&client).provide().await
}

#[allow(clippy::unnecessary_wraps, reason = "what a transport returns")]
fn response(status: u16, body: &Value) -> Result<HttpResponse, HttpError> {
    let body = body.to_string().into();
    Ok(http::Response::builder().status(status).body(body).unwrap())
}

fn role_credentials() -> Result<HttpResponse, HttpError> {
    response(
        200,
        &json!({"roleCredentials": {
            "accessKeyId": "AKID", "secretAccessKey": "SECRET-KEY", "sessionToken": "SECRET-SESSION", "expiration": 1_767_272_400_000_i64,
        }}),
    )
}

fn renewed() -> Result<HttpResponse, HttpError> {
    response(200, &json!({"accessToken": "SECRET-NEW", "expiresIn": 3600, "refreshToken": "SECRET-NEXT"}))
}

fn text(error: &CredentialsError) -> String {
    let text = format!("{error}: {}", error.source().map(ToString::to_string).unwrap_or_default());
    assert!(!format!("{text} {error:?}").contains("SECRET"), "{error:?}");
    text
}

fn shown_token(request: &RecordedRequest) -> &str {
    request.headers["x-amz-sso_bearer_token"].to_str().unwrap()
}

#[tokio::test]
async fn a_token_that_lasts_is_exchanged_for_credentials_in_the_region_of_the_session() {
    for (profile, path, region) in [("dev", DEV, "eu-west-1"), ("legacy", LEGACY, "us-east-2")] {
        let transport = InMemory::queue([role_credentials()]);
        let found = load(&environment(path, &token_file("12:06:00")), profile, &transport).await.unwrap();
        assert_eq!((found.access_key_id(), found.account_id()), ("AKID", Some("012345678901")));
        assert_eq!(found.session_token(), Some("SECRET-SESSION"));
        assert_eq!(found.expires_at(), Some(now() + Duration::from_hours(1)));
        let request = &transport.requests()[0];
        let url = "amazonaws.com/federation/credentials?role_name=Reader&account_id=012345678901";
        assert_eq!(request.url, format!("https://portal.sso.{region}.{url}"));
        assert_eq!(shown_token(request), "SECRET-ACCESS");
        assert!(!request.headers.contains_key("authorization"));
    }
}

#[tokio::test]
async fn a_token_is_renewed_five_minutes_before_its_expiry_and_written_with_all_else_in_the_file() {
    let transport = InMemory::queue([renewed(), role_credentials()]);
    let environment = environment(DEV, &token_file("12:04:59"));
    load(&environment, "dev", &transport).await.unwrap();
    let requests = transport.requests();
    assert_eq!(requests[0].url, "https://oidc.eu-west-1.amazonaws.com/token");
    let body: Value = serde_json::from_slice(&requests[0].body).unwrap();
    let expected = json!({
        "clientId": "client", "clientSecret": "SECRET-CLIENT", "grantType": "refresh_token", "refreshToken": "SECRET-REFRESH",
    });
    assert_eq!(body, expected);
    assert_eq!(shown_token(&requests[1]), "SECRET-NEW");
    let written: Value = serde_json::from_str(&environment.read(DEV).unwrap().unwrap()).unwrap();
    let mut expected: Value = serde_json::from_str(&token_file("13:00:00")).unwrap();
    expected["accessToken"] = "SECRET-NEW".into();
    expected["refreshToken"] = "SECRET-NEXT".into();
    assert_eq!(written, expected);
}

#[tokio::test]
async fn a_token_that_cannot_be_renewed_is_used_while_it_lasts() {
    let refused = || response(400, &json!({"error": "invalid_grant", "error_description": "revoked"}));
    let transport = InMemory::queue([refused(), role_credentials()]);
    load(&environment(DEV, &token_file("12:00:01")), "dev", &transport).await.unwrap();
    assert_eq!(shown_token(&transport.requests()[1]), "SECRET-ACCESS");

    let transport = InMemory::queue([refused()]);
    let error = load(&environment(DEV, &token_file("12:00:00")), "dev", &transport).await.unwrap_err();
    let text = text(&error);
    assert!(text.contains("expired at 2026-01-01T12:00:00Z, and it cannot be renewed ("), "{text}");
    assert!(text.contains("revoked") && text.ends_with("run `aws sso login --sso-session dev`"), "{text}");
}

#[tokio::test]
async fn a_token_that_another_program_renewed_meanwhile_is_used() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join(DEV.trim_start_matches("/h/"));
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(&path, token_file("11:00:00")).unwrap();
    let config = home.path().join(".aws/config").to_str().unwrap().to_owned();
    let environment = Environment::process().with("HOME", home.path().to_str().unwrap());
    let environment = environment.with("AWS_CONFIG_FILE", &config).with_file(config, CONFIG);
    let transport = InMemory::new(move |request| {
        if request.url != "https://oidc.eu-west-1.amazonaws.com/token" {
            return role_credentials();
        }
        fs::write(&path, token_file("13:00:00").replace("SECRET-ACCESS", "SECRET-OTHER")).unwrap();
        response(400, &json!({"error": "invalid_grant"}))
    });
    load(&environment, "dev", &transport).await.unwrap();
    assert_eq!(shown_token(transport.requests().last().unwrap()), "SECRET-OTHER");
}

#[tokio::test]
async fn what_is_in_the_way_of_a_token_is_said_with_what_to_do() {
    let without = |name: &str| token_file("11:00:00").replace(&format!("\"{name}\""), "\"other\"");
    let registration = token_file("11:00:00").replace("2026-03", "2025-03");
    let cases = [
        ("dev", LEGACY, token_file("12:30:00"), "does not exist: run `aws sso login --sso-session dev`"),
        (
            "dev",
            DEV,
            token_file("12:30:00")[..60].to_owned(),
            "is broken: it is not JSON (line 1, column 60)",
        ),
        ("dev", DEV, String::new(), "is broken: it is empty"),
        ("dev", DEV, without("accessToken"), "is broken: it has no `accessToken`; run `aws sso login"),
        ("dev", DEV, without("expiresAt"), "is broken: it has no `expiresAt`"),
        ("dev", DEV, token_file("noon"), "is broken: `expiresAt` is not a time"),
        ("dev", DEV, without("refreshToken"), "and the file has not what renews it"),
        ("dev", DEV, registration, "and the registration that renews it expired at 2025-03-01T00:00:00Z"),
        (
            "legacy",
            LEGACY,
            token_file("11:00:00"),
            "and one of a profile without `sso_session` cannot be renewed: run `aws sso login` with this profile",
        ),
    ];
    for (profile, path, file, words) in cases {
        let transport = InMemory::queue([]);
        let error = load(&environment(path, &file), profile, &transport).await.unwrap_err();
        let text = text(&error);
        assert!(text.contains(words), "{text}");
        assert!(!error.is_not_loaded() && transport.requests().is_empty(), "{text}");
    }
}

#[tokio::test]
async fn a_refusal_of_the_role_says_what_to_do() {
    let cases = [
        (401, "UnauthorizedException", "the session has ended: run `aws sso login --sso-session dev`"),
        (403, "ForbiddenException", "the user has no access to this role"),
    ];
    for (status, code, words) in cases {
        let transport = InMemory::queue([response(status, &json!({"__type": code, "message": "no"}))]);
        let error = load(&environment(DEV, &token_file("12:30:00")), "dev", &transport).await.unwrap_err();
        let text = text(&error);
        assert!(
            text.contains("for the role Reader in account 012345678901") && text.contains(words),
            "{text}"
        );
    }
}
