//! What a signature depends on beside the request.

use crate::{credentials::Credentials, time::Timestamp};
use http::HeaderName;

/// Who signs, for which service, when, and in which manner.
#[derive(Clone, Copy, Debug)]
pub struct SigningParams<'a> {
    /// The keys to sign with.
    pub credentials: &'a Credentials,
    /// The region of the signature: `eu-central-1`.
    pub region: &'a str,
    /// The service's name in signatures: `lambda`.
    pub service: &'a str,
    /// The time of the request; services refuse what is some minutes off their own clock.
    pub time: Timestamp,
    /// The service's manner.
    pub settings: SigningSettings,
}

/// What differs between services. The default holds for all but S3 and what is like it: [`SigningSettings::S3`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SigningSettings {
    /// How the path as it is sent becomes the path that is signed.
    pub path_encoding: PathEncoding,
    /// Whether empty and dot segments of the path count.
    pub path_segments: PathSegments,
    /// Whether the hash of the body is sent, too.
    pub payload_hash: PayloadHash,
    /// What becomes of a session token.
    pub session_token: SessionToken,
}

impl SigningSettings {
    /// The manner of S3: the path counts as it is, the hash of the body is sent.
    pub const S3: Self = Self {
        path_encoding: PathEncoding::Single,
        path_segments: PathSegments::AsSent,
        payload_hash: PayloadHash::Sent,
        session_token: SessionToken::Signed,
    };
}

/// How the path as it is sent becomes the path that is signed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PathEncoding {
    /// Percent-encoded a second time, so that `%` is `%25`.
    #[default]
    Double,
    /// Percent-encoded once: as it is sent, but for reserved characters that were left as they are.
    Single,
}

/// Whether empty and dot segments of the path count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PathSegments {
    /// Removed: dot segments as RFC 3986 says, and one slash for several.
    #[default]
    Normalized,
    /// Signed as they are sent.
    AsSent,
}

/// Whether the hash of the body is sent as the header field `x-amz-content-sha256`. It is signed either way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PayloadHash {
    /// The service works it out for itself.
    #[default]
    Implied,
    /// It is sent. In presigned requests it is not.
    Sent,
}

/// What becomes of a session token.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SessionToken {
    /// Sent and signed as `x-amz-security-token`.
    #[default]
    Signed,
    /// Sent but not signed: some services check the signature without it.
    Unsigned,
    /// Sent and signed as `x-amz-s3session-token`: what S3 calls sessions in directory buckets.
    S3Session,
}

impl SessionToken {
    pub(super) fn header(self) -> HeaderName {
        HeaderName::from_static(match self {
            Self::Signed | Self::Unsigned => "x-amz-security-token",
            Self::S3Session => "x-amz-s3session-token",
        })
    }

    pub(super) fn parameter(self) -> &'static str {
        match self {
            Self::Signed | Self::Unsigned => "X-Amz-Security-Token",
            Self::S3Session => "X-Amz-S3session-Token",
        }
    }
}
