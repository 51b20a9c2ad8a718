//! What a signature depends on besides the request.

use crate::{credentials::Credentials, time::Timestamp};
use http::HeaderName;

/// The credentials, scope, time and settings of a signature.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct SigningParams<'a> {
    /// The credentials to sign with.
    pub credentials: &'a Credentials,
    /// The signing region: `eu-central-1`.
    pub region: &'a str,
    /// The signing name of the service: `lambda`.
    pub service: &'a str,
    /// The time of the request. Services reject a time that differs from theirs by more than some minutes.
    pub time: Timestamp,
    /// What differs between services.
    pub settings: SigningSettings,
}

impl<'a> SigningParams<'a> {
    /// Creates parameters with the default settings.
    pub const fn new(
        credentials: &'a Credentials,
        region: &'a str,
        service: &'a str,
        time: Timestamp,
    ) -> Self {
        Self { credentials, region, service, time, settings: SigningSettings::DEFAULT }
    }

    /// Replaces the settings.
    #[must_use]
    pub const fn with_settings(mut self, settings: SigningSettings) -> Self {
        self.settings = settings;
        self
    }

    /// Replaces the time.
    #[must_use]
    pub const fn with_time(mut self, time: Timestamp) -> Self {
        self.time = time;
        self
    }
}

/// What differs between services. The default suits all except S3 and services like it, which need [`SigningSettings::S3`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct SigningSettings {
    /// How the path is encoded for the canonical request.
    pub path_encoding: PathEncoding,
    /// Whether empty and dot segments of the path are removed for the canonical request.
    pub uri_path_normalization: UriPathNormalization,
    /// Whether the request carries the hash of its body.
    pub content_sha256_header: ContentSha256Header,
    /// How a session token is sent.
    pub session_token: SessionToken,
}

impl SigningSettings {
    /// The settings for all services except S3 and services like it.
    pub const DEFAULT: Self = Self {
        path_encoding: PathEncoding::Double,
        uri_path_normalization: UriPathNormalization::Enabled,
        content_sha256_header: ContentSha256Header::Omit,
        session_token: SessionToken::Signed,
    };

    /// The settings for S3: the path is signed as it is sent, and the hash of the body is sent.
    pub const S3: Self = Self {
        path_encoding: PathEncoding::Single,
        uri_path_normalization: UriPathNormalization::Disabled,
        content_sha256_header: ContentSha256Header::Send,
        session_token: SessionToken::Signed,
    };

    /// Sets how the path is encoded.
    #[must_use]
    pub const fn with_path_encoding(mut self, encoding: PathEncoding) -> Self {
        self.path_encoding = encoding;
        self
    }

    /// Sets whether empty and dot segments of the path are removed.
    #[must_use]
    pub const fn with_uri_path_normalization(mut self, normalization: UriPathNormalization) -> Self {
        self.uri_path_normalization = normalization;
        self
    }

    /// Sets whether the request carries the hash of its body.
    #[must_use]
    pub const fn with_content_sha256_header(mut self, header: ContentSha256Header) -> Self {
        self.content_sha256_header = header;
        self
    }

    /// Sets how a session token is sent.
    #[must_use]
    pub const fn with_session_token(mut self, session_token: SessionToken) -> Self {
        self.session_token = session_token;
        self
    }
}

/// How the path of the request is encoded for the canonical request.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PathEncoding {
    /// Percent-encodes the path once more: `%` becomes `%25`.
    #[default]
    Double,
    /// Keeps the path as it is sent, and encodes only reserved characters that are not encoded yet.
    Single,
}

/// Whether empty and dot segments of the path are removed for the canonical request.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum UriPathNormalization {
    /// Removes dot segments (RFC 3986) and empty segments.
    #[default]
    Enabled,
    /// Keeps all segments.
    Disabled,
}

/// Whether the header field `x-amz-content-sha256` is added. The hash of the body is signed either way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ContentSha256Header {
    /// Leaves the field out; the service computes the hash.
    #[default]
    Omit,
    /// Sends the field, except with presigned requests.
    Send,
}

/// How a session token is sent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum SessionToken {
    /// As `x-amz-security-token`, which is signed.
    #[default]
    Signed,
    /// As `x-amz-security-token`, which is not signed: some services verify the signature without it.
    Unsigned,
    /// As `x-amz-s3session-token`, which is signed: for sessions of S3 directory buckets.
    S3Session,
}

impl SessionToken {
    pub(super) fn header(self) -> HeaderName {
        HeaderName::from_static(match self {
            Self::Signed | Self::Unsigned => "x-amz-security-token",
            Self::S3Session => "x-amz-s3session-token",
        })
    }

    pub(super) fn query_parameter(self) -> &'static str {
        match self {
            Self::Signed | Self::Unsigned => "X-Amz-Security-Token",
            Self::S3Session => "X-Amz-S3session-Token",
        }
    }
}
