//! The pages, as services send them, and their readers and writers.
//!
//! Each page is read and written by the runtime with the generated types of `tests/services`, and by a library with derived
//! types of the same shape: the same members with the same types, except that an enum, which accepts unknown values here,
//! is a `String` there. Timestamps become points in time and blobs bytes on both sides. Both results are compared before
//! anything is measured.

mod cloudwatch;
mod dynamodb;
mod ec2;
mod s3;
mod xml;

use myrina::{
    Bytes, Operation,
    codec::Structure,
    operation::{Response, ResponseBody},
};
use std::{fmt::Debug, hint::black_box};

/// What is measured.
pub(crate) type Work = dyn Fn();

/// The same work, done by two.
pub(crate) struct Comparison {
    page: &'static str,
    way: &'static str,
    /// The size of what is read or written.
    pub(crate) bytes: usize,
    /// The runtime's side.
    pub(crate) ours: Box<Work>,
    /// The other side.
    pub(crate) theirs: Box<Work>,
    /// Who the other is.
    pub(crate) library: &'static str,
}

impl Comparison {
    /// What is measured, in words.
    pub(crate) fn name(&self) -> String {
        format!("{}, {}", self.page, self.way)
    }
}

/// Everything that is compared. Fails if the two sides do not understand the same.
pub(crate) fn all() -> Vec<Comparison> {
    let pages = [dynamodb::query(), ec2::describe_instances(), s3::list_objects()];
    let metrics = [cloudwatch::cbor(), cloudwatch::query()];
    pages.into_iter().chain(metrics).flatten().chain([cloudwatch::form()]).collect()
}

/// A page of `O`'s answers as a service sends it, and the other side's way with it.
struct Page<T> {
    name: &'static str,
    text: Vec<u8>,
    library: &'static str,
    read: fn(&[u8]) -> T,
    write: fn(&T) -> Vec<u8>,
}

impl<T: Debug + PartialEq + 'static> Page<T> {
    /// Reading and writing, if both sides agree on what the page says.
    fn compare<O: Operation>(self) -> [Comparison; 2]
    where
        O::Response: PartialEq,
    {
        let Self { name: page, text, library, read: their_read, write: their_write } = self;
        let (ours, theirs) = (read::<O>(&text.clone().into()), their_read(&text));
        let (written, their_written) = (write::<O>(&ours), their_write(&theirs));
        assert!(
            read::<O>(&their_written.clone().into()) == ours,
            "{page}: what they write is not what we read"
        );
        assert_eq!(their_read(&written), theirs, "{page}: what we write is not what they read");
        let near = |length: usize, other: usize| length.abs_diff(other) * 20 < other;
        assert!(near(written.len(), their_written.len()), "{page}: one of both writes more");
        assert!(near(written.len(), xml::compact(&text).len()), "{page}: not all of it is read");

        let (bytes, input) = (text.len(), Bytes::from(text.clone()));
        let reading = Comparison {
            page,
            way: "read",
            bytes,
            ours: Box::new(move || drop(black_box(read::<O>(black_box(&input))))),
            theirs: Box::new(move || drop(black_box(their_read(black_box(&text))))),
            library,
        };
        let writing = Comparison {
            page,
            way: "write",
            bytes: written.len(),
            ours: Box::new(move || drop(black_box(write::<O>(black_box(&ours))))),
            theirs: Box::new(move || drop(black_box(their_write(black_box(&theirs))))),
            library,
        };
        [reading, writing]
    }
}

/// What a client does with a response.
fn read<O: Operation>(body: &Bytes) -> O::Response {
    let mut output = <O::Response as Structure>::empty();
    let response = Response::new(200, http::HeaderMap::new(), body.clone());
    O::SCHEMA.service.protocol.read_response(O::SCHEMA, response, &mut output).expect("the page can be read");
    output
}

/// What a server does to answer.
fn write<O: Operation>(output: &O::Response) -> Vec<u8> {
    let response = O::SCHEMA.service.protocol.write_response(O::SCHEMA, output, 200);
    match response.expect("the page can be written").body {
        ResponseBody::Bytes(bytes) => bytes.into(),
        ResponseBody::Stream(_) => panic!("the page is no stream"),
    }
}

/// A number that looks like chance and is not.
fn noise(seed: usize) -> u64 {
    let mut mixed =
        u64::try_from(seed).expect("a small number").wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}
