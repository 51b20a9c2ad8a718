//! Targets for documents: the input is the body of a response and of a request, in each protocol of the format.

use super::{
    laws::{self, Keeps},
    operations::{PAPER_AWS, PAPER_CBOR, PAPER_JSON, THING_EC2, THING_QUERY, THING_XML},
    shapes::{Paper, Thing},
};
use http::HeaderMap;
use myrina::{
    Bytes,
    codec::Structure,
    operation::{OperationSchema, Request, Response, ResponseBody},
};
use std::fmt::Debug;

/// JSON, of `rest-json` and `json`.
pub(super) fn json(data: &[u8]) {
    both::<Paper>(&PAPER_JSON, data, Keeps::All);
    both::<Paper>(&PAPER_AWS, data, Keeps::All);
}

/// CBOR, of `smithy-rpc-v2-cbor`.
pub(super) fn cbor(data: &[u8]) {
    both::<Paper>(&PAPER_CBOR, data, Keeps::All);
}

/// XML, of `rest-xml`, `query` and `ec2`; only the first has requests of it.
pub(super) fn xml(data: &[u8]) {
    both::<Thing>(&THING_XML, data, Keeps::NotEmptiness);
    laws::response::<Thing>(&THING_QUERY, response(data), Keeps::NotEmptiness);
    laws::response::<Thing>(&THING_EC2, response(data), Keeps::NotEmptiness);
}

/// Forms, of `query` and `ec2`.
pub(super) fn form(data: &[u8]) {
    laws::request::<Thing>(&THING_QUERY, &request(&THING_QUERY, data), Keeps::NotEmptiness);
    laws::request::<Thing>(&THING_EC2, &request(&THING_EC2, data), Keeps::NotEmptiness);
}

fn both<S: Structure + PartialEq + Debug>(operation: &'static OperationSchema, data: &[u8], keeps: Keeps) {
    laws::response::<S>(operation, response(data), keeps);
    laws::request::<S>(operation, &request(operation, data), keeps);
}

fn response(data: &[u8]) -> Response {
    Response::new(200, HeaderMap::new(), body(data))
}

fn request(operation: &OperationSchema, data: &[u8]) -> Request {
    let mut request = Request::new(operation.method, operation.uri);
    request.body = Bytes::copy_from_slice(data);
    request
}

fn body(data: &[u8]) -> ResponseBody {
    ResponseBody::Bytes(Bytes::copy_from_slice(data))
}
