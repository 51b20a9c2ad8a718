//! Hashes, keys and the text that is signed in the end.

use super::SigningParams;
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use std::{borrow::Cow, fmt};

/// A signature: 32 bytes, displayed as lower-case hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Signature([u8; 32]);

impl Signature {
    /// The bytes, as messages of event streams have them.
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

/// The SHA-256 in hexadecimal digits.
pub(super) fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// What the credentials are used for: `20150830/us-east-1/service/aws4_request`.
pub(super) fn scope(params: &SigningParams<'_>) -> String {
    format!("{}/{}/{}/aws4_request", date(params), params.region, params.service)
}

/// The text that is signed: the algorithm, the time, the scope and what is special to the algorithm, line by line.
pub(super) fn string_to_sign(algorithm: &str, params: &SigningParams<'_>, lines: &[String]) -> String {
    format!("{algorithm}\n{}\n{}\n{}", params.time.to_sigv4(), scope(params), lines.join("\n"))
}

/// Signs the text with the key that is made from the secret for this day, region and service.
///
/// The key is made anew each time: that takes four short hashes, and keeps no secret anywhere.
pub(super) fn sign(params: &SigningParams<'_>, text: &str) -> Signature {
    let secret = format!("AWS4{}", params.credentials.secret_access_key());
    let day = hmac(secret.as_bytes(), &date(params));
    let region = hmac(&day, params.region);
    let service = hmac(&region, params.service);
    Signature(hmac(&hmac(&service, "aws4_request"), text))
}

/// `20150830`.
fn date(params: &SigningParams<'_>) -> String {
    let mut date = params.time.to_sigv4();
    date.truncate(8);
    date
}

fn hmac(key: &[u8], text: &str) -> [u8; 32] {
    // A key fills a block of the hash, with zeros if it is shorter; one that is longer is hashed before.
    let key = if key.len() > 64 { Cow::Owned(Sha256::digest(key).to_vec()) } else { Cow::Borrowed(key) };
    let mut block = [0; 64];
    block.iter_mut().zip(key.iter()).for_each(|(place, byte)| *place = *byte);
    let mut mac = <Hmac<Sha256> as KeyInit>::new(&block.into());
    mac.update(text.as_bytes());
    mac.finalize().into_bytes().into()
}

/// The bytes in hexadecimal digits, lower case.
pub(crate) fn hex(bytes: &[u8]) -> String {
    let digit = |value: u8| char::from(if value < 10 { b'0' + value } else { b'a' + value - 10 });
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}
