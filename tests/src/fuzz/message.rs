//! HTTP messages as text that can be read and mutated: a first line, headers, an empty line, the body.

use http::{HeaderMap, HeaderName, HeaderValue};
use myrina::{
    Bytes,
    operation::{Request, Response},
};

/// The parts of such a text. Lines that are no header field are passed over: an HTTP library would not let them through.
pub(super) struct Parts<'a> {
    pub(super) first: &'a str,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
}

impl<'a> Parts<'a> {
    pub(super) fn of(data: &'a [u8]) -> Self {
        let (first, mut rest) = line(data);
        let mut headers = HeaderMap::new();
        while !rest.is_empty() {
            let (field, after) = line(rest);
            rest = after;
            if field.is_empty() {
                break;
            }
            let Some(colon) = field.iter().position(|byte| *byte == b':') else { continue };
            let name = HeaderName::from_bytes(&field[..colon]);
            let value = HeaderValue::from_bytes(field[colon + 1..].trim_ascii());
            if let (Ok(name), Ok(value)) = (name, value) {
                headers.append(name, value);
            }
        }
        let first = std::str::from_utf8(first).unwrap_or_default();
        Self { first, headers, body: Bytes::copy_from_slice(rest) }
    }

    /// As a response, whose status is the first line.
    pub(super) fn response(&self) -> Response {
        let status = self.first.trim().parse().unwrap_or(200);
        Response::new(status, self.headers.clone(), self.body.clone())
    }

    /// As a request, whose path and query are the first line.
    pub(super) fn request(&self) -> Request {
        let mut request = Request::new("POST", self.first);
        request.headers = self.headers.clone();
        request.body = self.body.clone();
        request
    }
}

/// The text of such a message.
pub(super) fn text(first: &str, headers: &HeaderMap, body: &[u8]) -> Vec<u8> {
    let mut text = format!("{first}\n").into_bytes();
    for (name, value) in headers {
        text.extend([name.as_str().as_bytes(), b": ", value.as_bytes(), b"\n"].concat());
    }
    text.push(b'\n');
    text.extend(body);
    text
}

fn line(data: &[u8]) -> (&[u8], &[u8]) {
    match data.iter().position(|byte| *byte == b'\n') {
        Some(end) => (&data[..end], &data[end + 1..]),
        None => (data, &[]),
    }
}
