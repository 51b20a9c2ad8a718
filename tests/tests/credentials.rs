//! Chains of credentials, with the SDKs' common test cases.

use myrina::{
    Client,
    config::Environment,
    credentials::{DefaultChain, ProvideCredentials as _},
};
use serde_json::Value;
use std::{fs, path::Path};

const DATA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/conformance/credentials");

/// The cases that keys at rest decide, with what an error says where one is expected.
const CASES: &[(&str, Option<&str>)] = &[
    ("default-credential-provider-chain/environment_variables_blank", None),
    ("default-credential-provider-chain/profile_static_keys", None),
    ("default-credential-provider-chain/profile_static_keys_case_insensitive", None),
    ("profile-provider/invalid_config", Some("/home/.aws/config, line 2: Property did not have a name")),
];

fn chain(environment: Environment) -> DefaultChain {
    DefaultChain::new(Client::builder().environment(environment).build().expect("a client"))
}

/// The environment of a case; `None`, with a line that says so, where the data is absent.
fn environment(case: &str) -> Option<Environment> {
    let folder = Path::new(DATA).join(case);
    let Ok(text) = fs::read_to_string(folder.join("env.json")) else {
        println!("skipped: the conformance data credentials/{case} is not there");
        return None;
    };
    let variables: Value = serde_json::from_str(&text).expect("the variables are JSON");
    let variables = variables.as_object().expect("variables");
    let mut environment = Environment::empty();
    for (name, value) in variables {
        environment = environment.with(name, value.as_str().expect("text"));
    }
    for file in ["/home/.aws/config", "/home/.aws/credentials"] {
        if let Ok(text) = fs::read_to_string(folder.join("fs").join(&file[1..])) {
            environment = environment.with_file(file, text);
        }
    }
    Some(environment)
}

#[tokio::test]
async fn static_credential_cases_pass() {
    for (case, error) in CASES {
        let Some(environment) = environment(case) else { continue };
        match (chain(environment).provide().await, error) {
            (Ok(found), None) => {
                let expected = fs::read_to_string(format!("{DATA}/{case}/test-case.json")).unwrap();
                let expected: Value = serde_json::from_str(&expected).expect("the case is JSON");
                let expected = &expected["result"]["Ok"];
                assert_eq!(found.access_key_id(), expected["access_key_id"], "{case}");
                assert_eq!(found.secret_access_key(), expected["secret_access_key"], "{case}");
            }
            (Err(found), Some(words)) => assert!(found.to_string().contains(words), "{case}: {found}"),
            (found, _) => panic!("{case}: {found:?}"),
        }
    }
}
