//! Profile files, with the SDKs' common test cases.

use myrina::config::{Environment, ProfileFiles, Profiles};
use serde_json::{Map, Value, json};
use std::fs;

const DATA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/conformance/credentials");

/// The cases of a file; none, with a line that says so, where the data is absent.
fn cases(file: &str) -> Vec<Value> {
    let path = format!("{DATA}/{file}");
    let Ok(text) = fs::read_to_string(&path) else {
        println!("skipped: the conformance data {file} is not there");
        return Vec::new();
    };
    let suite: Value = serde_json::from_str(&text).expect("the suite is JSON");
    suite["tests"].as_array().expect("tests").clone()
}

/// Profiles in the form of the suite.
fn shown<'a>(profiles: impl Iterator<Item = (&'a str, &'a myrina::config::Profile)>) -> Value {
    let one = |profile: &myrina::config::Profile| {
        profile.iter().map(|(name, value)| (name.to_owned(), json!(value))).collect::<Map<_, _>>()
    };
    Value::Object(profiles.map(|(name, profile)| (name.to_owned(), Value::Object(one(profile)))).collect())
}

#[test]
fn profile_file_cases_pass() {
    let mut failures = Vec::new();
    for case in cases("profile-parser-tests.json") {
        let text = |name: &str| case["input"][name].as_str().unwrap_or_default();
        let found = Profiles::parse(text("configFile"), text("credentialsFile"));
        let output = &case["output"];
        let fits = match (&found, output["errorContaining"].as_str()) {
            (Err(error), Some(words)) => error.to_string().contains(words),
            (Ok(profiles), None) => {
                let sessions = &output["config"]["sso_sessions"];
                shown(profiles.iter()) == output["config"]["profiles"]
                    && (sessions.is_null() || shown(profiles.sso_sessions()) == *sessions)
            }
            _ => false,
        };
        if !fits {
            failures.push(format!("{}: {found:?}, but expected {output}", case["name"]));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn profile_file_location_cases_pass() {
    for case in cases("file-location-tests.json") {
        let variables = case["environment"].as_object().expect("variables");
        let environment = variables.iter().fold(Environment::empty(), |all, (name, value)| {
            all.with(name, value.as_str().unwrap_or_default())
        });
        let windows = case["platform"] == "windows";
        let found = ProfileFiles::from_env(&if windows { environment.on_windows() } else { environment });
        assert_eq!(found.config.as_deref(), case["configLocation"].as_str(), "{case}");
        assert_eq!(found.credentials.as_deref(), case["credentialsLocation"].as_str(), "{case}");
        if let Some(profile) = case["profile"].as_str() {
            assert_eq!(found.profile.as_deref().unwrap_or("default"), profile, "{case}");
        }
    }
}

#[test]
fn home_directories_in_paths_are_expanded() {
    let environment = Environment::empty().with("HOME", "/home/u").with("AWS_CONFIG_FILE", "~/x/config");
    let found =
        ProfileFiles::from_env(&environment.with("AWS_SHARED_CREDENTIALS_FILE", "~other/credentials"));
    assert_eq!(found.config.as_deref(), Some("/home/u/x/config"));
    assert_eq!(found.credentials.as_deref(), Some("~other/credentials"));
    assert_eq!(ProfileFiles::from_env(&Environment::empty()).config, None);
}

#[test]
fn comments_between_nested_properties_are_ignored() {
    let text =
        "\u{feff}[profile a]\n # nothing above\ns3 =\n  # first\n  Name = 1 \r\n  ; last\n\n  other = 2\n";
    let profiles = Profiles::parse(text, "").unwrap();
    let profile = profiles.get("a").unwrap();
    assert_eq!(profile.nested("s3", "name"), Some("1"));
    assert_eq!(profile.nested("s3", "other"), Some("2"));
    assert_eq!(profile.nested("s3", "third"), None);
}

#[test]
fn parse_errors_name_the_line_and_hide_secrets() {
    let error = Profiles::parse("", "[default]\n\naws_secret_access_key").unwrap_err();
    assert!(error.to_string().starts_with("credentials file, line 3: Expected an '=' sign"), "{error}");
    let profiles = Profiles::parse("", "[default]\naws_secret_access_key = SECRET").unwrap();
    assert!(!format!("{profiles:?}").contains("SECRET"), "{profiles:?}");
}

#[test]
fn names_in_quotes_are_those_that_the_aws_cli_writes() {
    let config =
        "[profile \"my prof\"]\na = 1\n[profile 'p q']\nb = 2\n[profile 'plain']\n[services 'x y']\n";
    let credentials = "[my prof]\nc = 3\n['p q']\nd = 4\n[only here]\ne = 5\n";
    let profiles = Profiles::parse(config, credentials).unwrap();
    let get = |name: &str, property: &str| profiles.get(name)?.get(property).map(str::to_owned);
    let cases = [("my prof", "a", "1"), ("my prof", "c", "3"), ("p q", "b", "2"), ("p q", "d", "4")];
    for (name, property, value) in cases {
        assert_eq!(get(name, property).as_deref(), Some(value), "{name}");
    }
    assert!(profiles.get("plain").is_some() && profiles.services("x y").is_some());
    // The AWS CLI writes no quotes in the credentials file.
    assert_eq!(get("only here", "e").as_deref(), Some("5"));
    for bad in ["[profile 'a]", "[profile a b]", "[profile '']", "[profile a'b]"] {
        assert_eq!(Profiles::parse(bad, "").unwrap().iter().count(), 0, "{bad}");
    }
}
