//! Base64.

use super::{CodecError, truncated_quote};
use base64::{
    Engine as _,
    alphabet::STANDARD,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};
use bytes::Bytes;

/// The alphabet of RFC 4648, section 4. Padding is written; when read, it is optional.
const ENGINE: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// Encodes bytes.
pub(crate) fn encode(bytes: &[u8]) -> String {
    ENGINE.encode(bytes)
}

/// Decodes text, with or without padding.
pub(crate) fn decode(text: &str) -> Result<Bytes, CodecError> {
    let bytes = ENGINE.decode(text);
    bytes.map(Into::into).map_err(|error| {
        CodecError::expected("a blob in base64", format_args!("{}: {error}", truncated_quote(text)))
    })
}
