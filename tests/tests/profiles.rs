//! Profile files. The conformance suite `credentials` has the SDKs' common test cases.

use myrina::config::{Environment, ProfileFiles, Profiles};

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
