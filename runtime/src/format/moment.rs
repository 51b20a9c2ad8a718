//! Timestamps by the format of their place.

use crate::{
    codec::CodecError,
    schema::{Member, Target, TimestampFormat},
    time::Timestamp,
};

/// The format that the model gives the member, or else the usual one.
pub(crate) fn format_at(at: &Member, usual: TimestampFormat) -> TimestampFormat {
    match at.target {
        Target::Timestamp(Some(format)) => format,
        _ => usual,
    }
}

/// The timestamp that `text` says, in whichever format: services do not all keep to their models.
pub(crate) fn parse(text: &str) -> Result<Timestamp, CodecError> {
    Timestamp::parse_any(text).map_err(Into::into)
}

/// The timestamp of so many seconds.
pub(crate) fn epoch(number: &str) -> Result<Timestamp, CodecError> {
    Timestamp::parse(number, TimestampFormat::EpochSeconds).map_err(Into::into)
}
