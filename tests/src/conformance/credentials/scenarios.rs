//! Folders of scenarios: `env.json`, `fs/`, `http-traffic.json` and `test-case.json`.

use super::{BoxError, Report, environment, expect_error, json, provide, recorded};
use myrina::{config::Environment, credentials::Credentials};
use serde_json::Value;
use std::{fs, path::Path};

/// The folders of scenarios.
const GROUPS: [&str; 2] = ["default-credential-provider-chain", PROFILES];
/// The one whose scenarios are about a profile and nothing beside it.
const PROFILES: &str = "profile-provider";

/// What our errors say.
const ERRORS: &[(&str, &str)] = &[
    (
        "eks_pod_identity_no_token_file",
        "there is no file /token.jwt, which AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE names",
    ),
    ("imds_disabled", "AWS_EC2_METADATA_DISABLED turns it off"),
    (
        "imds_no_iam_role",
        "`credential_source` Ec2InstanceMetadata has no credentials: the metadata of the EC2 instance: the instance has no role",
    ),
    (
        "profile_overrides_web_identity",
        "`credential_source` Environment has no credentials: the environment: AWS_ACCESS_KEY_ID is not set",
    ),
    ("sso_server_error", "status 503"),
    (
        "web_identity_token_invalid_jwt",
        "InvalidIdentityToken: No OpenIDConnect provider found in your account",
    ),
    ("credential_process_failure", "the credential_process `exit …` failed (exit status: 1)"),
    ("credential_process_invalid", "printed something else than credentials: it is not JSON"),
    ("invalid_config", "/home/.aws/config, line 2: Property did not have a name"),
    (
        "invalid_sso_credentials_config",
        "has an access token of IAM Identity Center, but neither `sso_account_id`",
    ),
    ("sso_token", "has an access token of IAM Identity Center, but neither `sso_account_id`"),
];

pub(super) fn run(folder: &Path, report: &mut Report) -> Result<(), BoxError> {
    for group in GROUPS {
        let mut cases: Vec<_> = fs::read_dir(folder.join(group))?.collect::<Result<_, _>>()?;
        cases.sort_by_key(fs::DirEntry::file_name);
        for case in cases {
            let name = case.file_name().to_string_lossy().into_owned();
            let profile = (group == PROFILES).then_some("default");
            let outcome = check(&name, profile, &case.path())?;
            report.record(format!("{group}/{name}"), group, "cases", outcome);
        }
    }
    Ok(())
}

fn check(name: &str, profile: Option<&str>, folder: &Path) -> Result<Result<(), String>, BoxError> {
    // The data has one folder twice, a level too deep.
    let root = if folder.join("env.json").is_file() { folder.to_owned() } else { folder.join("fs") };
    let expected = &json(&root.join("test-case.json"))?["result"];
    let (transport, differences) = recorded::transport(&json(&root.join("http-traffic.json"))?);
    let environment = environment(&json(&root.join("env.json"))?);
    let environment = with_files(environment, &folder.join("fs"), "")?;
    let found = provide(environment, profile, transport);
    Ok(match (found, expected["Ok"].is_null()) {
        (Ok(found), false) => same(&found, &expected["Ok"]).and_then(|()| differences.check()),
        (Err(found), true) => {
            let words = ERRORS.iter().find(|(case, _)| *case == name);
            expect_error(&found, words.map_or("(add the words of the error)", |(_, words)| words))
        }
        (Ok(_), true) => Err("expected an error, found credentials".to_owned()),
        (Err(found), false) => {
            let difference = differences.check().err();
            Err(format!("expected credentials, found an error: {found} ({difference:?})"))
        }
    })
}

/// Adds the files below `folder`, as they were at the root of a file system.
fn with_files(mut environment: Environment, folder: &Path, path: &str) -> Result<Environment, BoxError> {
    let Ok(entries) = fs::read_dir(folder) else { return Ok(environment) };
    for entry in entries {
        let entry = entry?;
        let path = format!("{path}/{}", entry.file_name().to_string_lossy());
        environment = if entry.path().is_dir() {
            with_files(environment, &entry.path(), &path)?
        } else {
            environment.with_file(path, fs::read_to_string(entry.path())?)
        };
    }
    Ok(environment)
}

fn same(found: &Credentials, expected: &Value) -> Result<(), String> {
    let text = |name: &str| expected[name].as_str().map(str::to_owned);
    let expected = (
        text("access_key_id").unwrap_or_default(),
        text("secret_access_key").unwrap_or_default(),
        text("session_token"),
        text("account_id"),
        expected["expiry"].as_i64(),
    );
    let found = (
        found.access_key_id().to_owned(),
        found.secret_access_key().to_owned(),
        found.session_token().map(str::to_owned),
        found.account_id().map(str::to_owned),
        found.expires_at().map(myrina::Timestamp::seconds),
    );
    if found == expected { Ok(()) } else { Err(format!("expected {expected:?}, found {found:?}")) }
}
