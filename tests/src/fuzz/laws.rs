//! The promises that hold for every reader.

use crate::suite::prune;
use myrina::{
    codec::{CodecError, Structure},
    dynamic::{self, Blobs},
    operation::{OperationSchema, Request, RequestOptions, Response, ResponseBody},
};
use serde_json::Value;
use std::fmt::Debug;

/// The longest error text: a message names a place and what is there, and does not repeat the document.
const LONGEST: usize = 1 << 14;

/// Asserts that an error says something, and not too much, and names its place: a member, a byte of the text, the
/// path of a request.
///
/// # Panics
///
/// If it does not.
pub(super) fn report(error: &CodecError) {
    let text = error.to_string();
    sentence(&text);
    assert!(!error.message().is_empty());
    let placed = error.path().next().is_some()
        || ["byte ", "a path such as", "found the element <"].iter().any(|at| text.contains(at));
    assert!(placed, "an error without a place: {text}");
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

/// Asserts that two values are the same, as far as the format can tell. Points in time are left out: they are read in all
/// formats, and written in one that may have no fractions of a second, or shorter ones.
///
/// # Panics
///
/// If they are not.
pub(super) fn same<S: Structure + PartialEq>(first: &S, second: &S, keeps: Keeps) {
    if first == second {
        return;
    }
    // Not-a-number differs from itself, in its own type.
    let [first, second] = [first, second].map(|value| {
        let mut plain = plain(value, keeps);
        drop_times(&mut plain);
        plain
    });
    assert_eq!(first, second, "what was read is not what was written");
}

fn plain(value: &dyn Structure, keeps: Keeps) -> Value {
    let mut plain = dynamic::write(value, Blobs::Base64).unwrap_or_default();
    if keeps == Keeps::NotEmptiness {
        prune(&mut plain);
    }
    plain
}

/// The members that are points in time.
const TIMES: [&str; 9] = ["at", "date", "dates", "epoch", "since", "xDate", "xDates", "xEpochs", "xIso"];

fn drop_times(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(drop_times),
        Value::Object(members) => {
            members.retain(|name, _| !TIMES.contains(&name.as_str()));
            members.values_mut().for_each(drop_times);
        }
        _ => {}
    }
}

/// Sends a value as a round trip, which gives the same; and once more, which changes nothing at all.
fn back<S: Structure + PartialEq>(first: &S, keeps: Keeps, trip: impl Fn(&S) -> Option<S>) {
    let Some(second) = trip(first) else { return };
    if *first == second {
        return;
    }
    same(first, &second, keeps);
    let third = trip(&second).expect("what was written once is written again");
    assert_eq!(plain(&second, keeps), plain(&third, keeps), "what was written is not what was read");
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
    let mut first = S::empty();
    if let Err(error) = protocol.read_response(operation, response, &mut first) {
        return report(&error);
    }
    back(&first, keeps, |value| {
        let written = protocol.write_response(operation, value, 200);
        let written = written.map_err(|error| report(&error)).ok()?;
        let (shown, mut read) = (show(&written), S::empty());
        if let Err(error) = protocol.read_response(operation, written, &mut read) {
            panic!("what was written cannot be read: {error}\n{shown}\n{value:?}");
        }
        Some(read)
    });
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
    let mut first = S::empty();
    if let Err(error) = protocol.read_request(operation, request, &mut first) {
        return report(&error);
    }
    let settings = RequestOptions::new(&|| "token".to_owned());
    back(&first, keeps, |value| {
        let written = protocol.write_request(operation, value, &settings);
        let written = written.map_err(|error| report(&error)).ok()?;
        let mut read = S::empty();
        if let Err(error) = protocol.read_request(operation, &written, &mut read) {
            panic!("what was written cannot be read: {error}\n{written:?}\n{value:?}");
        }
        Some(read)
    });
}

fn show(response: &Response) -> String {
    match &response.body {
        ResponseBody::Bytes(bytes) => format!("{:?} {}", response.headers, bytes.escape_ascii()),
        ResponseBody::Stream(_) => String::new(),
    }
}
