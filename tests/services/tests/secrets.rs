//! `Debug` shows no secret, not even those that the models forgot; `codegen/sensitive_members.json` lists them.

use myrina::Timestamp;
use myrina_test_services::{
    cognito_idp::{
        confirm_forgot_password::ConfirmForgotPassword, confirm_sign_up::ConfirmSignUp,
        types::DeviceSecretVerifierConfigType, verify_user_attribute::VerifyUserAttribute,
    },
    sts::{assume_role::AssumeRole, get_session_token::GetSessionToken, types::Credentials},
};
use std::fmt::Debug;

/// The services that are compiled here and have members of the table.
const SERVICES: [(&str, usize); 2] = [("Cognito Identity Provider", 5), ("STS", 4)];

#[test]
fn debug_shows_no_secret_that_a_model_forgot() {
    // A value that no name, type or other member contains.
    let secret = format!("hunter{}", std::process::id());
    let s = secret.as_str();
    let values: [&dyn Debug; 7] = [
        &Credentials::new("ASIAEXAMPLE", s, s, Timestamp::EPOCH),
        &AssumeRole::new("arn", "name").token_code(s),
        &GetSessionToken::new().token_code(s),
        &ConfirmSignUp::new("client", "user", s),
        &ConfirmForgotPassword::new("client", "user", s, s),
        &VerifyUserAttribute::new(s, "email", s),
        &DeviceSecretVerifierConfigType::new().password_verifier(s).salt("salt"),
    ];
    for value in values {
        for shown in [format!("{value:?}"), format!("{value:#?}")] {
            assert!(!shown.contains(s), "{shown}");
            assert!(shown.contains("(redacted)"), "{shown}");
        }
    }
}

#[test]
fn a_timestamp_is_shown_as_a_date_time() {
    let credentials = Credentials::new("ASIAEXAMPLE", "", "", Timestamp::new(1_422_172_800, 0));
    assert!(format!("{credentials:?}").contains("expiration: 2015-01-25T08:00:00Z"), "{credentials:?}");
}

#[test]
fn the_table_of_secrets_has_these_services() {
    let table: serde_json::Value =
        serde_json::from_str(include_str!("../../../codegen/sensitive_members.json")).unwrap();
    for (service, count) in SERVICES {
        let groups = table["services"][service].as_object().unwrap().values();
        let members = groups.flat_map(|group| group.as_object().unwrap().values());
        assert_eq!(
            members.map(|members| members.as_array().unwrap().len()).sum::<usize>(),
            count,
            "{service}"
        );
    }
}
