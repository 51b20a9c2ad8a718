//! What holds of every reader, whatever it reads.

use crate::suite::prune;
use myrina::{
    codec::{CodecError, Structure},
    dynamic::{self, Blobs},
    protocol::{Body, Request, Response, Settings},
    schema::OperationSchema,
};
use serde_json::Value;
use std::fmt::Debug;

/// The longest error text: a message names a place and what is there, and does not repeat the document.
const LONGEST: usize = 1 << 14;

/// Asserts that an error says something, and not too much.
///
/// # Panics
///
/// If it does not.
pub(super) fn told(error: &CodecError) {
    sentence(&error.to_string());
    assert!(!error.message().is_empty());
}

/// The same for the text of any error.
///
/// # Panics
///
/// If it says nothing, or too much.
pub(super) fn sentence(text: &str) {
    assert!(!text.trim().is_empty(), "an error without words");
    assert!(text.len() <= LONGEST, "an error of {} bytes: {text:.200}…", text.len());
}

/// How much a format must keep of a value.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Keeps {
    /// Everything.
    All,
    /// Everything but whether a list, map or structure is empty or not there.
    NotEmptiness,
}

/// Asserts that two values are the same, as far as the format can tell.
///
/// # Panics
///
/// If they are not.
pub(super) fn same<S: Structure + PartialEq>(first: &S, second: &S, keeps: Keeps) {
    if first == second {
        return;
    }
    // Not-a-number differs from itself, in its own type.
    let (first, second) = (plain(first, keeps), plain(second, keeps));
    assert_eq!(first, second, "what was read is not what was written");
}

fn plain(value: &dyn Structure, keeps: Keeps) -> Value {
    let mut plain = dynamic::write(value, Blobs::Base64).unwrap_or_default();
    if keeps == Keeps::NotEmptiness {
        prune(&mut plain);
    }
    plain
}

/// Reads a response; if that can be read, what it carries is written as a response, and that must read as the same.
///
/// # Panics
///
/// If it does not.
pub(super) fn response<S: Structure + PartialEq + Debug>(
    operation: &'static OperationSchema,
    response: Response,
    keeps: Keeps,
) {
    let protocol = operation.service.protocol;
    let mut first = S::blank();
    if let Err(error) = protocol.read_response(operation, response, &mut first) {
        return told(&error);
    }
    match protocol.write_response(operation, &first, 200) {
        Ok(written) => {
            let shown = show(&written);
            let mut second = S::blank();
            if let Err(error) = protocol.read_response(operation, written, &mut second) {
                panic!("what was written cannot be read: {error}\n{shown}\n{first:?}");
            }
            same(&first, &second, keeps);
        }
        Err(error) => told(&error),
    }
}

/// The same for a request.
///
/// # Panics
///
/// If what was written does not read as the same.
pub(super) fn request<S: Structure + PartialEq + Debug>(
    operation: &'static OperationSchema,
    request: &Request,
    keeps: Keeps,
) {
    let protocol = operation.service.protocol;
    let mut first = S::blank();
    if let Err(error) = protocol.read_request(operation, request, &mut first) {
        return told(&error);
    }
    let settings = Settings { idempotency_token: &|| "token".to_owned() };
    match protocol.write_request(operation, &first, &settings) {
        Ok(written) => {
            let mut second = S::blank();
            if let Err(error) = protocol.read_request(operation, &written, &mut second) {
                panic!("what was written cannot be read: {error}\n{written:?}\n{first:?}");
            }
            same(&first, &second, keeps);
        }
        Err(error) => told(&error),
    }
}

fn show(response: &Response) -> String {
    match &response.body {
        Body::Bytes(bytes) => format!("{:?} {}", response.headers, bytes.escape_ascii()),
        Body::Stream(_) => String::new(),
    }
}
