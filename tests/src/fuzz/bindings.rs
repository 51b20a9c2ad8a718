//! Targets for HTTP bindings and errors.

use super::{
    laws::{self, Keeps},
    message::Parts,
    operations::{
        BOUND_JSON, BOUND_XML, PAPER_AWS, PAPER_CBOR, PAPER_JSON, THING_EC2, THING_QUERY, THING_XML,
    },
    shapes::{Bound, Broken},
};
use myrina::operation::OperationSchema;

/// The status, the header fields and the body of a response.
pub(super) fn response(data: &[u8]) {
    let parts = Parts::of(data);
    for operation in [&BOUND_JSON, &BOUND_XML] {
        laws::response::<Bound>(operation, parts.response(), Keeps::NotEmptiness);
    }
}

/// The path, the query, the header fields and the body of a request.
pub(super) fn request(data: &[u8]) {
    let parts = Parts::of(data);
    for operation in [&BOUND_JSON, &BOUND_XML] {
        laws::request::<Bound>(operation, &parts.request(), Keeps::NotEmptiness);
    }
}

const ALL: [&OperationSchema; 6] =
    [&PAPER_JSON, &PAPER_AWS, &PAPER_CBOR, &THING_XML, &THING_QUERY, &THING_EC2];

/// A response that says an error, in each protocol: it always says one, and what was read of it is written and read as the
/// same.
pub(super) fn error(data: &[u8]) {
    let parts = Parts::of(data);
    for operation in ALL {
        let protocol = operation.service.protocol;
        _ = protocol.is_error_in_success(operation, &parts.response());
        let first = protocol.read_error(operation, parts.response());
        assert_eq!(first.status(), parts.response().status);
        laws::sentence(&first.to_string().chars().take(200).collect::<String>());
        let written = match protocol.write_error(operation, &first) {
            Ok(written) => written,
            Err(error) => {
                laws::report(&error);
                continue;
            }
        };
        let second = protocol.read_error(operation, written);
        assert_eq!(first.status(), second.status());
        match (first.modeled::<Broken>(), second.modeled::<Broken>()) {
            (Some(one), Some(other)) => {
                laws::same(one, other, Keeps::NotEmptiness);
                assert_eq!(first.code(), second.code());
            }
            (one, other) => assert_eq!(one.is_some(), other.is_some()),
        }
    }
}
