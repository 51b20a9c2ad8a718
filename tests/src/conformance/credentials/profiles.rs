//! Chains of profiles: which keys are used, and which roles are assumed with them, by the requests that are sent.

use super::{BoxError, Report, expect_error, json, provide, recorded::form_field};
use myrina::{
    config::Environment,
    http::{HttpError, HttpErrorKind, HttpResponse},
    testing::{InMemory, RecordedRequest},
};
use serde_json::{Map, Value, json};
use std::path::Path;

const FILE: &str = "assume-role-tests.json";

/// What our errors say, by the description of the case.
const ERRORS: &[(&str, &str)] = &[
    (
        "role_arn without source source_profile",
        "has `role_arn`, but neither `source_profile` nor `credential_source`",
    ),
    (
        "source profile and credential source both present",
        "has both `source_profile` and `credential_source`",
    ),
    (
        "partial credentials error (missing secret)",
        "profile `B` has aws_access_key_id, but no aws_secret_access_key",
    ),
    (
        "partial credentials error (missing access key)",
        "profile `B` has aws_secret_access_key, but no aws_access_key_id",
    ),
    ("missing credentials error (empty source profile)", "profile `B` has nothing that leads to credentials"),
    ("profile only contains configuration", "profile `A`: it has no aws_access_key_id, and nothing else"),
    (
        "missing source profile",
        "`source_profile` of profile `A` names the profile `B`, but there is no profile `B`",
    ),
    ("missing root profile (should never happen in practice)", "there is no profile `A`"),
    ("assume role profile infinite loop", "without end: `A` → `B` → `A`"),
    ("infinite loop with static credentials", "without end: `A` → `B` → `A`"),
    ("web identity role", "has `web_identity_token_file`, but no `role_arn`"),
    (
        "invalid SSO credentials configuration: missing account ID",
        "has `sso_role_name`, but no `sso_account_id`",
    ),
    (
        "invalid SSO credentials configuration: missing role name",
        "has `sso_account_id`, but no `sso_role_name`",
    ),
    (
        "invalid SSO token configuration: sso_region must be in sso-session",
        "`sso_region` belongs into the section [sso-session A]",
    ),
    ("invalid SSO token configuration: sso-session not found", "has no section [sso-session oops]"),
    // The other implementation finds a token there, which is no credentials.
    (
        "SSO token profile selected",
        "has an access token of IAM Identity Center, but neither `sso_account_id`",
    ),
];

const STS: &str = "https://sts.us-east-1.amazonaws.com/";
const TOKEN: &str = "the token";
const INSTANCE_KEY: &str = "INSTANCE-KEY";

pub(super) fn run(folder: &Path, report: &mut Report) -> Result<(), BoxError> {
    let cases = json(&folder.join(FILE))?;
    for (index, case) in cases.as_array().ok_or("the cases are no list")?.iter().enumerate() {
        report.record(format!("{FILE}/{index}"), FILE, "cases", check(case));
    }
    Ok(())
}

fn check(case: &Value) -> Result<(), String> {
    let input = &case["input"];
    let mut config = sections("profile ", &input["profiles"]);
    config.push_str(&sections("sso-session ", &input["sso_sessions"]));
    // Where no profile names the instance, the chain must not find its role.
    let without_instance = !config.contains("Ec2InstanceMetadata");
    let environment = Environment::empty()
        .with("AWS_EC2_METADATA_DISABLED", without_instance.to_string())
        .with("HOME", "/h")
        .with("AWS_REGION", "us-east-1")
        .with("AWS_PROFILE", input["selected_profile"].as_str().unwrap_or_default())
        .with_file("/h/.aws/config", config)
        .with_file("/var/token.jwt", TOKEN)
        // The start URL https://foo.bar.
        .with_file(
            "/h/.aws/sso/cache/7c459196c60f9c8b83244ac9c88b673bfec5eece.json",
            r#"{"accessToken":"t","expiresAt":"2199-01-01T00:00:00Z"}"#,
        );
    let transport = InMemory::new(answer);
    let found = provide(environment, None, transport.clone());
    let docs = case["docs"].as_str().unwrap_or_default();
    let words = ERRORS.iter().find(|(name, _)| *name == docs).map(|(_, words)| *words);
    match (found, words, &case["output"]["ProfileChain"]) {
        // One description stands for a chain as well.
        (Err(found), Some(words), _) => expect_error(&found, words),
        (Ok(keys), _, Value::Array(expected)) => {
            let found = chain(&transport.requests(), keys.access_key_id());
            let expected: Vec<Value> = expected.iter().map(without_secrets).collect();
            if found == expected { Ok(()) } else { Err(format!("expected {expected:?}, found {found:?}")) }
        }
        (found, _, _) => Err(format!("expected {}, found {:?}", case["output"], found.map(drop))),
    }
}

fn sections(kind: &str, sections: &Value) -> String {
    let mut text = String::new();
    for (name, properties) in sections.as_object().into_iter().flatten() {
        text.push_str(&format!("[{kind}{name}]\n"));
        for (property, value) in properties.as_object().into_iter().flatten() {
            text.push_str(&format!("{property} = {}\n", value.as_str().unwrap_or_default()));
        }
    }
    text
}

/// An expected step, without what requests do not show.
fn without_secrets(step: &Value) -> Value {
    let mut step = step.clone();
    for parts in step.as_object_mut().into_iter().flat_map(Map::values_mut) {
        if let Some(parts) = parts.as_object_mut() {
            for hidden in ["secret_access_key", "account_id", "sso_start_url", "sso_region"] {
                parts.remove(hidden);
            }
        }
    }
    step
}

/// The chain that the requests show, from the first credentials to the last role.
fn chain(requests: &[RecordedRequest], last_key: &str) -> Vec<Value> {
    let mut steps = Vec::new();
    for request in requests {
        let field = |name: &str| form_field(&request.body, name);
        let mut role = json!({ "role_arn": field("RoleArn") });
        let session = field("RoleSessionName");
        if !session.starts_with("myrina-") {
            role["role_session_name"] = json!(session);
        }
        if request.url.contains("/federation/credentials") {
            let parameter =
                |name: &str| form_field(request.url.split('?').nth(1).unwrap_or_default().as_bytes(), name);
            steps.push(json!({ "Sso": {
                "sso_account_id": parameter("account_id"), "sso_role_name": parameter("role_name"),
            } }));
        } else if field("Action") == "AssumeRoleWithWebIdentity" {
            if field("WebIdentityToken") == TOKEN {
                role["web_identity_token_file"] = json!("/var/token.jwt");
            }
            steps.push(json!({ "WebIdentityToken": role }));
        } else if field("Action") == "AssumeRole" {
            if steps.is_empty() {
                steps.push(base(signer(request)));
            }
            if !field("ExternalId").is_empty() {
                role["external_id"] = json!(field("ExternalId"));
            }
            steps.push(json!({ "AssumeRole": role }));
        }
    }
    if steps.is_empty() {
        steps.push(base(last_key));
    }
    steps
}

fn base(key: &str) -> Value {
    if key == INSTANCE_KEY {
        return json!({ "NamedSource": "Ec2InstanceMetadata" });
    }
    json!({ "AccessKey": { "access_key_id": key } })
}

/// The key that a request is signed with.
fn signer(request: &RecordedRequest) -> &str {
    let header = request.headers.get("authorization").and_then(|value| value.to_str().ok());
    let id = header.and_then(|value| value.split("Credential=").nth(1)?.split('/').next());
    id.unwrap_or_default()
}

/// STS, IAM Identity Center and the metadata service.
fn answer(request: &RecordedRequest) -> Result<HttpResponse, HttpError> {
    let keys = r#"{"AccessKeyId":"INSTANCE-KEY","SecretAccessKey":"s","Token":"t","Expiration":"2199-01-01T00:00:00Z"}"#;
    let body = if request.url == STS {
        let action = form_field(&request.body, "Action");
        format!(
            "<{action}Response><{action}Result><Credentials><AccessKeyId>ROLE-KEY</AccessKeyId><SecretAccessKey>s</SecretAccessKey>\
             <SessionToken>t</SessionToken><Expiration>2199-01-01T00:00:00Z</Expiration></Credentials></{action}Result></{action}Response>"
        )
    } else if request.url.contains("/federation/credentials") {
        r#"{"roleCredentials":{"accessKeyId":"SSO-KEY","secretAccessKey":"s","sessionToken":"t","expiration":7226582400000}}"#.to_owned()
    } else if request.url.ends_with("/latest/api/token") {
        "token".to_owned()
    } else if request.url.ends_with("/security-credentials/") {
        "role".to_owned()
    } else if request.url.ends_with("/security-credentials/role") {
        keys.to_owned()
    } else {
        return Err(HttpError::new(HttpErrorKind::Connect, "refused"));
    };
    let response =
        http::Response::builder().header("x-aws-ec2-metadata-token-ttl-seconds", "21600").body(body.into());
    response.map_err(|error| HttpError::new(HttpErrorKind::Other, error))
}
