//! Bytes as text.

use super::{CodecError, truncated_quote};
use base64::{
    Engine as _,
    alphabet::STANDARD,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};
use bytes::Bytes;

/// The alphabet of RFC 4648, section 4. Padding is written, and not missed where it is not there.
const ENGINE: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// The text of `bytes`.
pub(crate) fn encode(bytes: &[u8]) -> String {
    ENGINE.encode(bytes)
}

/// The bytes of `text`.
pub(crate) fn decode(text: &str) -> Result<Bytes, CodecError> {
    let bytes = ENGINE.decode(text);
    bytes.map(Into::into).map_err(|error| {
        CodecError::expected("a blob in base64", format_args!("{}: {error}", truncated_quote(text)))
    })
}
