//! Signature Version 4, compared with the official signer and with requests on the wire. The conformance runner runs the
//! public suite.

mod official;
mod stream;
mod wire;

use myrina::{
    Credentials, Timestamp,
    sign::{SigningParams, SigningSettings},
};

/// The identity of AWS's own examples.
fn example_credentials() -> Credentials {
    Credentials::new("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")
}

/// S3 in us-east-1 on 24 May 2013, as AWS's own examples have it.
fn example_params(credentials: &Credentials) -> SigningParams<'_> {
    let time = Timestamp::parse_any("2013-05-24T00:00:00Z").unwrap();
    SigningParams::new(credentials, "us-east-1", "s3", time).with_settings(SigningSettings::S3)
}
