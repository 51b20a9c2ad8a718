//! Credentials of requests.

use crate::{client_of, server, service::Ask};
use myrina::{
    Client, Error, ErrorKind,
    config::Environment,
    credentials::{Credentials, CredentialsError, CredentialsFuture, ProvideCredentials},
};
use myrina_tests::MockResponse;
use std::error::Error as _;

const FILE: &str = "[default]\nAWS_ACCESS_KEY_ID = of-default\naws_secret_access_key = s\naws_session_token = t\n\
                    [other]\naws_access_key_id = of-other\naws_secret_access_key = s\n\
                    [half]\naws_access_key_id = id";

const CONFIG: &str = "[default]\naws_access_key_id = of-config\n\
                      [profile role]\nrole_arn = arn:aws:iam::1:role/x\naws_access_key_id = no\naws_secret_access_key = s\n\
                      [profile sso]\nsso_session = s\n\
                      [profile program]\ncredential_process = /bin/get-no-credentials\n\
                      [profile plain]\nregion = eu-west-1";

/// An environment that is not on EC2.
fn nowhere() -> Environment {
    Environment::empty().with("AWS_EC2_METADATA_DISABLED", "true")
}

fn files() -> Environment {
    nowhere().with("HOME", "/h").with_file("/h/.aws/credentials", FILE).with_file("/h/.aws/config", CONFIG)
}

fn with_keys(environment: Environment) -> Environment {
    environment.with("AWS_ACCESS_KEY_ID", "of-variable").with("AWS_SECRET_ACCESS_KEY", "s")
}

/// The identifier of the key that a request is signed with.
async fn signer(environment: Environment, profile: Option<&str>) -> Result<String, Error> {
    let server = server([MockResponse::ok("")]);
    let builder = Client::builder().environment(environment).region("eu-west-1").endpoint_url(server.url());
    let builder = if let Some(profile) = profile { builder.profile(profile) } else { builder };
    builder.build()?.send(Ask::new("x")).await?;
    let authorization = server.requests()[0].header("authorization").unwrap();
    let id = authorization.split("Credential=").nth(1).unwrap().split('/').next().unwrap();
    Ok(id.to_owned())
}

#[tokio::test]
async fn credential_sources_are_tried_in_order() {
    let other = files().with("AWS_PROFILE", "other");
    let blank = files().with("AWS_ACCESS_KEY_ID", " ").with("AWS_SECRET_ACCESS_KEY", " ");
    let cases = [
        (with_keys(files()), None, "of-variable"),
        (with_keys(other.clone()), None, "of-variable"),
        (files(), None, "of-default"),
        (blank, None, "of-default"),
        (other.clone(), None, "of-other"),
        // Who names a profile in the program means it.
        (with_keys(files()), Some("other"), "of-other"),
        (with_keys(other), Some("default"), "of-default"),
    ];
    for (environment, profile, expected) in cases {
        assert_eq!(
            signer(environment.clone(), profile).await.unwrap(),
            expected,
            "{environment:?} {profile:?}"
        );
    }
}

#[tokio::test]
async fn missing_credentials_are_reported_with_every_place_on_a_line_and_a_remedy() {
    let error = signer(nowhere().with("HOME", "/h"), None).await.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Credentials(_)), "{error:?}");
    assert_eq!(
        error.to_string(),
        "Plain Text.Ask: no credentials to sign the request: the default chain: there are no credentials in any of these places:\n\
         1. the environment: AWS_ACCESS_KEY_ID is not set\n\
         2. profile `default`: there is no profile `default` (there is no file /h/.aws/config or /h/.aws/credentials)\n\
         3. the web identity token: AWS_WEB_IDENTITY_TOKEN_FILE is not set\n\
         4. the container: neither AWS_CONTAINER_CREDENTIALS_RELATIVE_URI nor AWS_CONTAINER_CREDENTIALS_FULL_URI is set\n\
         5. the metadata of the EC2 instance: http://169.254.169.254: AWS_EC2_METADATA_DISABLED turns it off\n\
         Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or configure a profile (`aws configure`) and select it with \
         AWS_PROFILE, or pass credentials to `Client::builder()`; on AWS, give the function, task or instance a role."
    );
}

#[tokio::test]
async fn an_unusable_source_ends_the_search_and_is_named() {
    let half = nowhere().with("AWS_ACCESS_KEY_ID", "id");
    let profile = |name: &str| files().with("AWS_PROFILE", name);
    let cases = [
        (half, "AWS_SECRET_ACCESS_KEY is not"),
        (profile("half"), "profile `half` has aws_access_key_id, but no aws_secret_access_key"),
        (
            profile("role"),
            "profile `role` has `role_arn`, but neither `source_profile` nor `credential_source`",
        ),
        (profile("sso"), "profile `sso` names the `sso_session` `s`, but the config file has no section"),
        (profile("program"), "the credential_process `/bin/get-no-credentials …` failed"),
        (profile("plain"), "profile `plain`: it has no aws_access_key_id"),
        (profile("nobody"), "there is no profile `nobody`"),
    ];
    for (environment, words) in cases {
        let text = signer(environment, None).await.unwrap_err().to_string();
        assert!(text.starts_with("Plain Text.Ask: ") && text.contains(words), "{text}");
    }
}

#[derive(Debug)]
struct Vault(Result<&'static str, &'static str>);

impl ProvideCredentials for Vault {
    fn name(&self) -> &'static str {
        "the vault"
    }

    fn provide(&self) -> CredentialsFuture<'_> {
        Box::pin(async {
            tokio::task::yield_now().await;
            self.0.map(|id| Credentials::new(id, "s")).map_err(CredentialsError::provider_error)
        })
    }
}

#[tokio::test]
async fn custom_credentials_providers_are_used() {
    let server = server([MockResponse::ok("")]);
    let client = client_of(&server).credentials(Vault(Ok("of-vault"))).build().unwrap();
    client.send(Ask::new("x")).await.unwrap();
    assert!(server.requests()[0].header("authorization").unwrap().contains("Credential=of-vault/"));
    let client = client_of(&server).credentials(Vault(Err("it is locked"))).build().unwrap();
    let error = client.send(Ask::new("x")).await.unwrap_err();
    assert!(error.to_string().contains("the vault: it is locked"), "{error}");
    assert!(error.source().is_none(), "the text has the causes");
    let ErrorKind::Credentials(cause) = error.kind() else { panic!("{error:?}") };
    assert!(cause.is::<CredentialsError>());
    assert_eq!(cause.source().unwrap().to_string(), "it is locked");
}
