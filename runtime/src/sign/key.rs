//! Hashes, the signing key, and the string to sign.

use super::SigningParams;
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use std::fmt;
use zeroize::Zeroizing;

/// A signature. Displays as 64 lower-case hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Signature([u8; 32]);

impl Signature {
    /// Returns the bytes, which event stream messages carry.
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Display for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex(&self.0))
    }
}

impl fmt::Debug for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Signature({self})")
    }
}

/// The SHA-256 in lower-case hexadecimal digits.
pub(super) fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// The time and the credential scope of a signature.
pub(super) struct Scope {
    /// `20150830T123600Z`.
    pub(super) time: String,
    /// `20150830/us-east-1/service/aws4_request`.
    pub(super) text: String,
}

impl Scope {
    pub(super) fn new(params: &SigningParams<'_>) -> Self {
        let time = params.time.to_sigv4();
        let text = format!("{}/{}/{}/aws4_request", date(&time), params.region, params.service);
        Self { time, text }
    }

    /// The string to sign: algorithm, time, scope, and the lines that depend on the algorithm.
    pub(super) fn string_to_sign(&self, algorithm: &str, lines: &[String]) -> String {
        let Self { time, text } = self;
        format!("{algorithm}\n{time}\n{text}\n{}", lines.join("\n"))
    }

    /// Signs the text with the key that is derived from the secret for this day, region and service.
    ///
    /// The key is derived each time: that takes four short hashes, and keeps no derived key in memory.
    pub(super) fn sign(&self, params: &SigningParams<'_>, text: &str) -> Signature {
        let secret = params.credentials.secret_access_key();
        // With enough room, no copy is left behind.
        let mut key = Zeroizing::new(String::with_capacity("AWS4".len() + secret.len()));
        key.push_str("AWS4");
        key.push_str(secret);
        let day = Zeroizing::new(hmac(key.as_bytes(), date(&self.time)));
        let region = Zeroizing::new(hmac(&*day, params.region));
        let service = Zeroizing::new(hmac(&*region, params.service));
        let request = Zeroizing::new(hmac(&*service, "aws4_request"));
        Signature(hmac(&*request, text))
    }
}

/// The date of a time: `20150830`.
fn date(time: &str) -> &str {
    time.get(..8).unwrap_or(time)
}

fn hmac(key: &[u8], text: &str) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC accepts keys of any length");
    mac.update(text.as_bytes());
    mac.finalize().into_bytes().into()
}

/// The bytes in lower-case hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    let digit = |value: u8| char::from(if value < 10 { b'0' + value } else { b'a' + value - 10 });
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}
