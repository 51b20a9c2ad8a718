//! Header fields that are common to the protocols.

use crate::{
    codec::{CodecError, truncated_quote},
    error::ServiceError,
    operation,
};
use ::http::{
    HeaderMap, HeaderName, HeaderValue,
    header::{CONTENT_LENGTH, CONTENT_TYPE},
};

/// Checks the name of a header field: the rest of a prefixed name comes from the caller.
pub(super) fn header_name(name: &str) -> Result<HeaderName, CodecError> {
    HeaderName::from_bytes(name.as_bytes()).map_err(|_| {
        CodecError::expected(
            "the name of a header field, of letters, digits and dashes",
            truncated_quote(name),
        )
    })
}

/// Checks the value of a header field: a line break in it would start another field.
pub(super) fn header_value(text: &str) -> Result<HeaderValue, CodecError> {
    HeaderValue::from_bytes(text.as_bytes()).map_err(|_| {
        let control = text.char_indices().find(|(_, char)| char.is_ascii_control() && *char != '\t');
        let (offset, control) = control.unwrap_or_default();
        CodecError::expected(
            "a header field's value, without control characters or line breaks",
            format_args!("{control:?} at byte {offset} of {}", truncated_quote(text)),
        )
    })
}

/// Sets a header field whose name is a constant.
pub(super) fn set_header(headers: &mut HeaderMap, name: &'static str, text: &str) -> Result<(), CodecError> {
    headers.insert(HeaderName::from_static(name), header_value(text)?);
    Ok(())
}

/// Sets `content-type`, unless a member is bound to it, and `content-length`, unless the body is empty.
pub(super) fn set_content_headers(headers: &mut HeaderMap, media_type: Option<&'static str>, body: &[u8]) {
    if let Some(media_type) = media_type {
        headers.entry(CONTENT_TYPE).or_insert(HeaderValue::from_static(media_type));
    }
    if !body.is_empty() {
        headers.insert(CONTENT_LENGTH, HeaderValue::from(body.len()));
    }
}

/// Returns the text of a header field; several fields of the same name are joined by commas (RFC 9110, section 5.3).
pub(super) fn header_text(headers: &HeaderMap, name: &str) -> Option<String> {
    let mut values = headers.get_all(name).iter().map(decode);
    let first = values.next()?;
    Some(values.fold(first, |all, value| all + ", " + &value))
}

/// Returns an error with the identifiers of the request in the headers.
pub(super) fn service_error(status: u16, headers: &HeaderMap) -> ServiceError {
    ServiceError::new(status)
        .with_request_id(operation::request_id(headers).map(str::to_owned))
        .with_extended_request_id(operation::extended_request_id(headers).map(str::to_owned))
}

/// Sets the headers with the identifiers of the request.
pub(super) fn set_request_ids(headers: &mut HeaderMap, error: &ServiceError) -> Result<(), CodecError> {
    for (name, text) in
        [("x-amzn-requestid", error.request_id()), ("x-amz-id-2", error.extended_request_id())]
    {
        if let Some(text) = text {
            set_header(headers, name, text)?;
        }
    }
    Ok(())
}

/// Decodes UTF-8, or else ISO 8859-1, which older servers send.
fn decode(value: &HeaderValue) -> String {
    let text = std::str::from_utf8(value.as_bytes()).map(str::to_owned);
    text.unwrap_or_else(|_| value.as_bytes().iter().copied().map(char::from).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_with_a_line_break_is_an_error() {
        let error = header_value("a\r\nSet-Cookie: b").unwrap_err().to_string();
        assert_eq!(
            error,
            "expected a header field's value, without control characters or line breaks, found '\\r' at byte 1 of \
             \"a\\r\\nSet-Cookie: b\""
        );
        assert_eq!(header_value("é\t").unwrap().as_bytes(), "é\t".as_bytes());
        assert!(header_name("x-meta-a b").is_err());
    }
}
