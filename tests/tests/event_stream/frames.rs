//! The encoding of frames: the public test data, and further cases.

use crate::{decode, encode, event};
use myrina::{
    Bytes, Timestamp,
    event_stream::frame::{Decoder, FrameError, HeaderProblem, HeaderValue, Limits, Message},
};
use std::{fs, path::Path};

#[test]
fn frames_of_the_public_suite_decode() {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/conformance/eventstream"));
    let Ok(files) = fs::read_dir(folder) else {
        println!("no public frames: there is no folder {}", folder.display());
        return;
    };
    let mut count = 0;
    for file in files {
        let path = file.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        let bytes = fs::read(&path).unwrap();
        for piece in [1, 7, bytes.len()] {
            match decode(&bytes, piece) {
                Ok(messages) if name.starts_with("valid") => assert_eq!(encode(&messages), bytes, "{name}"),
                Err(error) if name.starts_with("invalid") => println!("{name}: {error}"),
                other => panic!("{name} in pieces of {piece} gives {other:?}"),
            }
        }
        count += 1;
    }
    assert_eq!(count, 11, "frames in {}", folder.display());
}

#[test]
fn every_header_type_round_trips() {
    let message = Message::new("payload")
        .with("yes", HeaderValue::Bool(true))
        .with("no", HeaderValue::Bool(false))
        .with("byte", HeaderValue::Byte(-1))
        .with("short", HeaderValue::Short(i16::MIN))
        .with("int", HeaderValue::Int(i32::MAX))
        .with("long", HeaderValue::Long(i64::MIN))
        .with("bytes", HeaderValue::Bytes(Bytes::from_static(&[0, 255])))
        .with("empty", HeaderValue::Bytes(Bytes::new()))
        .with("text", "ä")
        .with("time", HeaderValue::Timestamp(Timestamp::new(-2, 250_000_000)))
        .with("uuid", HeaderValue::Uuid(*b"0123456789abcdef"));
    let read = decode(&encode([&message]), 3).unwrap();
    assert_eq!(read.first(), Some(&message));
    assert_eq!(message.header("text").and_then(HeaderValue::as_str), Some("ä"));
    assert_eq!(message.header("other"), None);
}

#[test]
fn frames_split_at_any_byte_decode() {
    let messages = [event("A", "one"), Message::default(), event("B", vec![7; 70_000])];
    let bytes = encode(&messages);
    for piece in [1, 12, 16, 65_536, bytes.len()] {
        assert_eq!(decode(&bytes, piece).unwrap(), messages);
    }
    for length in 1..60 {
        let error = decode(&bytes[..length], length).err();
        let whole = length == encode(&messages[..1]).len();
        assert_eq!(error.is_none(), whole, "{length} bytes give {error:?}");
    }
}

/// A frame's first twelve bytes, with the right checksum.
fn prelude(total: u32, headers: u32) -> Vec<u8> {
    let mut bytes = [total.to_be_bytes(), headers.to_be_bytes()].concat();
    bytes.extend(crate::hostile::crc32(&bytes).to_be_bytes());
    bytes
}

#[test]
fn wrong_frame_lengths_are_rejected() {
    let error = |total, headers| decode(&prelude(total, headers), 1).unwrap_err().to_string();
    assert_eq!(error(15, 0), "0 bytes of headers and 16 bytes around do not fit into a frame of 15 bytes");
    assert_eq!(error(40, 25), "25 bytes of headers and 16 bytes around do not fit into a frame of 40 bytes");
    assert_eq!(error(0, u32::MAX).split(' ').next(), Some("4294967295"));
    assert_eq!(error(u32::MAX, 0), "a payload of 4294967279 bytes; at most 25165824 are allowed");
    assert_eq!(error(1 << 20, 1 << 19), "headers of 524288 bytes; at most 131072 are allowed");
    assert_eq!(error(100, 20), "the stream ended within a frame, after 12 of 100 bytes");
    let short = decode(&[0, 0, 0], 1).unwrap_err().to_string();
    assert_eq!(short, "the stream ended within a frame, after 3 bytes");
}

#[test]
fn frame_size_limits_are_configurable() {
    let frame = encode([&event("A", vec![0; 100])]);
    let mut decoder = Decoder::with_limits(Limits::default().payload(99));
    decoder.push(frame.clone().into());
    let error = decoder.next_message().unwrap_err();
    assert_eq!(error, FrameError::TooLong { part: "a payload", length: 100, limit: 99 });
    // The place of the next frame is lost.
    decoder.push(frame.into());
    assert_eq!(decoder.next_message(), Err(error.clone()));
    assert_eq!(decoder.end(), Err(error));
}

#[test]
fn oversized_headers_are_rejected() {
    let error = |message: Message| message.encode().unwrap_err();
    let message = Message::default();
    assert_eq!(
        error(message.clone().with("a", "b").with("", "x")),
        FrameError::Header { offset: 6, problem: HeaderProblem::NoName }
    );
    assert_eq!(
        error(message.clone().with("n".repeat(256), "x")).to_string(),
        "a header's name of 256 bytes; at most 255 are allowed"
    );
    assert_eq!(
        error(message.clone().with("n", "x".repeat(65_536))).to_string(),
        "a header's value of 65536 bytes; at most 65535 are allowed"
    );
    let long = "x".repeat(65_535);
    let error = error(message.with("a", long.clone()).with("b", long.clone()).with("c", long));
    assert_eq!(error.to_string(), "headers of 196620 bytes; at most 131072 are allowed");
}
