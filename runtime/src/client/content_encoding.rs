//! The header field `content-encoding`.

use crate::codec::CodecError;
use http::{HeaderMap, HeaderValue, header::CONTENT_ENCODING};

/// Adds the name of an encoding behind those that the body has already, which may come from the input.
pub(super) fn append(headers: &mut HeaderMap, encoding: &str) -> Result<(), CodecError> {
    let mut all = Vec::new();
    for value in headers.get_all(CONTENT_ENCODING).iter().filter(|value| !value.is_empty()) {
        all.extend_from_slice(value.as_bytes());
        all.extend_from_slice(b", ");
    }
    all.extend_from_slice(encoding.as_bytes());
    let value = HeaderValue::try_from(all).map_err(|error| CodecError::new(error.to_string()))?;
    headers.insert(CONTENT_ENCODING, value);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_encoding_follows_those_before_it() {
        let mut headers = HeaderMap::new();
        for (encoding, expected) in [("gzip", "gzip"), ("aws-chunked", "gzip, aws-chunked")] {
            append(&mut headers, encoding).unwrap();
            assert_eq!(headers[CONTENT_ENCODING], expected);
        }
        headers.append(CONTENT_ENCODING, HeaderValue::from_static(""));
        headers.append(CONTENT_ENCODING, HeaderValue::from_static("x"));
        append(&mut headers, "y").unwrap();
        assert_eq!(headers.get_all(CONTENT_ENCODING).iter().collect::<Vec<_>>(), ["gzip, aws-chunked, x, y"]);
    }
}
