//! Files of cases: profile files and their places, the addresses of containers and of the metadata service, traces in Lambda.

use super::{BoxError, Report, environment, expect_error, json, provide};
use myrina::{
    config::{Environment, Profile, ProfileFiles, Profiles},
    http::{HttpError, HttpErrorKind},
    testing::InMemory,
};
use serde_json::{Map, Value, json};
use std::path::Path;

/// A file, the list in it, and the check of one of its cases.
type Suite = (&'static str, fn(&Value) -> Result<(), String>);

const SUITES: [Suite; 4] = [
    ("profile-parser-tests.json", parse),
    ("file-location-tests.json", locate),
    ("ecs-tests.json", container),
    ("imds-config/imds-endpoint-tests.json", metadata),
];

/// What our errors say where the suite has other words.
const ERRORS: &[(&str, &str)] = &[
    (
        "all fields unset provider is not enabled",
        "neither AWS_CONTAINER_CREDENTIALS_RELATIVE_URI nor AWS_CONTAINER_CREDENTIALS_FULL_URI is set",
    ),
    ("invalid full uri", "is not a URL with a host"),
    (
        "invalid endpoint mode override",
        "AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE must be IPv4 or IPv6, but it is `error`",
    ),
    (
        "invalid config endpoint mode",
        "`ec2_metadata_service_endpoint_mode` of profile `default` must be IPv4 or IPv6, but it is `IPv7`",
    ),
    ("invalid uri", "the endpoint `not a uri` (AWS_EC2_METADATA_SERVICE_ENDPOINT) is not a valid URL"),
];

pub(super) fn run(folder: &Path, report: &mut Report) -> Result<(), BoxError> {
    for (file, check) in SUITES {
        let suite = json(&folder.join(file))?;
        let cases = suite["tests"].as_array().ok_or_else(|| format!("{file} has no cases"))?;
        for (index, case) in cases.iter().enumerate() {
            report.record(format!("{file}/{index}"), file, "cases", check(case));
        }
    }
    for file in ["login-provider-test-cases.json", "default-token-provider-chain", "recursion-detection.json"]
    {
        report
            .leave_out(format!("{file}: not credentials of the default build; see the tests of the runtime"));
    }
    Ok(())
}

fn parse(case: &Value) -> Result<(), String> {
    let text = |name: &str| case["input"][name].as_str().unwrap_or_default();
    let found = Profiles::parse(text("configFile"), text("credentialsFile"));
    let output = &case["output"];
    match (found, output["errorContaining"].as_str()) {
        (Err(error), Some(words)) => expect_error(&error.to_string(), words),
        (Ok(profiles), None) => {
            same(&shown(profiles.iter()), &output["config"]["profiles"])?;
            let sessions = &output["config"]["sso_sessions"];
            if sessions.is_null() { Ok(()) } else { same(&shown(profiles.sso_sessions()), sessions) }
        }
        (found, _) => Err(format!("expected {output}, found {found:?}")),
    }
}

/// Profiles in the form of the suite.
fn shown<'a>(profiles: impl Iterator<Item = (&'a str, &'a Profile)>) -> Value {
    let one = |profile: &Profile| {
        profile.iter().map(|(name, value)| (name.to_owned(), json!(value))).collect::<Map<_, _>>()
    };
    Value::Object(profiles.map(|(name, profile)| (name.to_owned(), Value::Object(one(profile)))).collect())
}

fn locate(case: &Value) -> Result<(), String> {
    let environment = environment(&case["environment"]);
    let is_windows = case["platform"] == "windows";
    let found = ProfileFiles::from_env(&if is_windows { environment.on_windows() } else { environment });
    same(&json!(found.config), &case["configLocation"])?;
    same(&json!(found.credentials), &case["credentialsLocation"])?;
    let Some(profile) = case["profile"].as_str() else { return Ok(()) };
    same(&json!(found.profile.as_deref().unwrap_or("default")), &json!(profile))
}

fn container(case: &Value) -> Result<(), String> {
    let environment = environment(&case["env"]).with("AWS_EC2_METADATA_DISABLED", "true");
    first_url(environment, case)
}

/// What a program sets stands above the variables of the process: it is the same variable in the environment of the client.
fn metadata(case: &Value) -> Result<(), String> {
    let mut environment = environment(&case["env"]);
    for (path, text) in case["fs"].as_object().into_iter().flatten() {
        environment = environment.with_file(path, text.as_str().unwrap_or_default());
    }
    for (key, variable) in [
        ("endpoint_override", "AWS_EC2_METADATA_SERVICE_ENDPOINT"),
        ("mode_override", "AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE"),
    ] {
        if let Some(value) = case[key].as_str() {
            environment = environment.with(variable, value);
        }
    }
    first_url(environment, case)
}

/// Compares the first request, which gets no answer, or the error without one.
fn first_url(environment: Environment, case: &Value) -> Result<(), String> {
    let transport = InMemory::new(|_| Err(HttpError::new(HttpErrorKind::Connect, "refused")));
    let found = provide(environment, None, transport.clone()).err().unwrap_or_default();
    let expected = &case["result"];
    match (transport.requests().first(), expected["Ok"].as_str()) {
        (Some(request), Some(url)) => same(&json!(request.url), &json!(url)),
        (None, None) => {
            let docs = case["docs"].as_str().unwrap_or_default();
            let words = ERRORS.iter().find(|(name, _)| *name == docs).map(|(_, words)| *words);
            expect_error(&found, words.unwrap_or("(add the words of the error)"))
        }
        (request, _) => Err(format!("expected {expected}, found {request:?} and {found:?}")),
    }
}

fn same(found: &Value, expected: &Value) -> Result<(), String> {
    if found == expected { Ok(()) } else { Err(format!("expected {expected}, found {found}")) }
}
