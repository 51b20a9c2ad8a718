//! Targets for event streams: frames and the events in them, in chunks of any size.

use super::{
    laws,
    operations::{TALK_AWS, TALK_CBOR, TALK_JSON, TALK_XML},
    shapes::{Event, Talk},
};
use futures_core::Stream as _;
use http::HeaderMap;
use http_body::Frame;
use myrina::{
    ByteStream, Bytes, EventStream, StreamError,
    codec::Structure,
    event_stream::frame::{Decoder, FrameError, Message},
    operation::{OperationSchema, Response, ResponseBody},
};
use std::{
    collections::VecDeque,
    pin::{Pin, pin},
    task::{Context, Poll, Waker},
};

/// Frames as they are, and with checksums that fit.
pub(super) fn frames(data: &[u8]) {
    for bytes in [data.to_vec(), sealed(data)] {
        let (messages, error) = decode(&bytes, bytes.len().max(1));
        for piece in [1, 7, 64] {
            assert_eq!(decode(&bytes, piece), (messages.clone(), error.clone()), "in pieces of {piece}");
        }
        if let Some(error) = &error {
            laws::sentence(&error.to_string());
        }
        let written: Vec<u8> = messages.iter().flat_map(|message| message.encode().unwrap()).collect();
        assert_eq!(bytes.get(..written.len()), Some(&*written), "what is written is not what was read");
        assert!(error.is_some() || written.len() == bytes.len());
    }
}

/// Events in frames whose checksums fit.
pub(super) fn events(data: &[u8]) {
    let bytes = sealed(data);
    for operation in [&TALK_JSON, &TALK_AWS, &TALK_XML, &TALK_CBOR] {
        let whole = read(operation, &bytes, bytes.len().max(1));
        let pieces = read(operation, &bytes, 13);
        // Not-a-number differs from itself, in its own type.
        assert!(whole == pieces || format!("{whole:?}") == format!("{pieces:?}"), "{whole:?}\n{pieces:?}");
        for outcome in whole {
            match outcome {
                Ok(event) => back(operation, &event),
                Err(error) => laws::sentence(&error),
            }
        }
    }
}

/// An event that was read is written and reads as the same.
fn back(operation: &'static OperationSchema, event: &Event) {
    if matches!(event, Event::Unknown(_) | Event::Broken(_)) {
        return;
    }
    let Some(frame) = written(operation, event.clone()) else { return };
    match &read(operation, &frame, 64)[..] {
        [Ok(read)] => laws::same(event, read, laws::Keeps::NotEmptiness),
        other => panic!("{event:?} was written and reads as {other:?}"),
    }
}

/// The frame that carries an event.
pub(super) fn written(operation: &'static OperationSchema, event: Event) -> Option<Bytes> {
    let mut frames = pin!(EventStream::from(vec![event]).into_body(operation));
    now(std::future::poll_fn(|context| frames.as_mut().poll_next(context)))?.ok()
}

fn read(operation: &'static OperationSchema, bytes: &[u8], piece: usize) -> Vec<Result<Event, String>> {
    let chunks = bytes.chunks(piece).map(Bytes::copy_from_slice).collect();
    let body = ResponseBody::Stream(ByteStream::from_body(Chunks(chunks)));
    let mut talk = <Talk as Structure>::empty();
    let response = Response::new(200, HeaderMap::new(), body);
    operation
        .service
        .protocol
        .read_response(operation, response, &mut talk)
        .expect("a stream is taken unread");
    let mut outcomes = Vec::new();
    while let Some(event) = now(talk.events.next()) {
        outcomes.push(event.map_err(|error| format!("{error}: {error:?}")));
    }
    outcomes
}

/// The outcome of what need not wait.
fn now<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(outcome) => outcome,
        Poll::Pending => panic!("it waits, although all bytes are there"),
    }
}

struct Chunks(VecDeque<Bytes>);

impl http_body::Body for Chunks {
    type Data = Bytes;
    type Error = StreamError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, StreamError>>> {
        Poll::Ready(self.0.pop_front().map(|chunk| Ok(Frame::data(chunk))))
    }
}

/// The messages in `bytes`, which come in pieces of this length, and the error after them.
fn decode(bytes: &[u8], piece: usize) -> (Vec<Message>, Option<FrameError>) {
    let mut decoder = Decoder::default();
    let mut messages = Vec::new();
    for chunk in bytes.chunks(piece) {
        decoder.push(Bytes::copy_from_slice(chunk));
        loop {
            match decoder.next_message() {
                Ok(Some(message)) => messages.push(message),
                Ok(None) => break,
                Err(error) => return (messages, Some(error)),
            }
        }
    }
    (messages, decoder.end().err())
}

/// The same bytes with checksums that fit the lengths as they are: otherwise nothing made up would get past them.
fn sealed(data: &[u8]) -> Vec<u8> {
    let mut bytes = data.to_vec();
    let mut rest = &mut bytes[..];
    while rest.len() >= 16 {
        let sum = crc32(&rest[..8]);
        rest[8..12].copy_from_slice(&sum.to_be_bytes());
        let total = u32::from_be_bytes([rest[0], rest[1], rest[2], rest[3]]) as usize;
        if !(16..=rest.len()).contains(&total) {
            break;
        }
        let (frame, after) = rest.split_at_mut(total);
        let sum = crc32(&frame[..total - 4]);
        frame[total - 4..].copy_from_slice(&sum.to_be_bytes());
        rest = after;
    }
    bytes
}

fn crc32(bytes: &[u8]) -> u32 {
    const TABLE: [u32; 256] = {
        let mut table = [0; 256];
        let (mut index, mut number) = (0, 0_u32);
        while index < 256 {
            let (mut sum, mut bit) = (number, 0);
            while bit < 8 {
                sum = if sum & 1 == 1 { (sum >> 1) ^ 0xedb8_8320 } else { sum >> 1 };
                bit += 1;
            }
            table[index] = sum;
            (index, number) = (index + 1, number + 1);
        }
        table
    };
    !bytes.iter().fold(u32::MAX, |sum, byte| TABLE[((sum ^ u32::from(*byte)) & 0xff) as usize] ^ (sum >> 8))
}
