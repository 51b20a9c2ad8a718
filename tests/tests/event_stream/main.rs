//! Event streams: the encoding of messages, and the typed stream on top of it.

mod differential;
mod feed;
mod frames;
mod hostile;
mod lambda;
mod received;
mod sample;
mod sent;

use myrina::{
    Bytes,
    event_stream::frame::{Decoder, FrameError, Message},
};

/// All messages in `bytes`, which come in pieces of this length.
fn decode(bytes: &[u8], piece: usize) -> Result<Vec<Message>, FrameError> {
    let mut decoder = Decoder::default();
    let mut messages = Vec::new();
    for chunk in bytes.chunks(piece) {
        decoder.push(Bytes::copy_from_slice(chunk));
        while let Some(message) = decoder.next_message()? {
            messages.push(message);
        }
    }
    decoder.end().map(|()| messages)
}

/// An event, as a service sends it.
fn event(name: &str, payload: impl Into<Bytes>) -> Message {
    Message::new(payload).with(":message-type", "event").with(":event-type", name)
}

/// The frames of these messages, one after the other.
fn encode<'a>(messages: impl IntoIterator<Item = &'a Message>) -> Vec<u8> {
    messages.into_iter().flat_map(|message| message.encode().unwrap()).collect()
}
