//! Compresses the bodies of requests with gzip.

use super::{content_encoding, serialize::streaming_member};
use crate::{
    config::BodySettings,
    error::{Error, ErrorKind},
    http::RequestBody,
    operation::{OperationSchema, Request},
    schema::Schema,
    stream::{ByteStream, StreamError},
};
use bytes::Bytes;
use flate2::{Compression, write::GzEncoder};
use futures_core::Stream as _;
use http::{HeaderValue, header::CONTENT_LENGTH};
use http_body::{Body, Frame};
use std::{
    io::{self, Write as _},
    pin::Pin,
    task::{Context, Poll, ready},
};

/// Compresses the body of a request if the service accepts that. Bodies that are small stay as they are, and so do streams whose
/// length the service needs before their bytes.
pub(super) fn compress(
    settings: &BodySettings,
    operation: &OperationSchema,
    input: &'static Schema,
    request: &mut Request<RequestBody>,
) -> Result<(), Error> {
    if !operation.compress_requests {
        return Ok(());
    }
    let least = settings.min_compressed.clone().map_err(|error| ErrorKind::Config(error.into()))?;
    let Some(least) = least else { return Ok(()) };
    match &request.body {
        RequestBody::Bytes(bytes) if bytes.len() < least => return Ok(()),
        RequestBody::Bytes(bytes) => {
            let bytes = gzip(bytes).map_err(|error| Error::from_request_body(error.into()))?;
            request.headers.insert(CONTENT_LENGTH, HeaderValue::from(bytes.len()));
            request.body = bytes.into();
        }
        RequestBody::Events(_) => return Ok(()),
        _ if streaming_member(input).is_some_and(|(_, member)| member.requires_length) => return Ok(()),
        _ => {
            request.headers.remove(CONTENT_LENGTH);
            request.body.wrap(|stream| ByteStream::from_body(Gzip::new(stream)));
        }
    }
    content_encoding::append(&mut request.headers, "gzip").map_err(|error| ErrorKind::Request(error).into())
}

fn gzip(bytes: &[u8]) -> io::Result<Bytes> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes)?;
    encoder.finish().map(Bytes::from)
}

/// A stream of bytes, compressed on its way.
struct Gzip {
    stream: ByteStream,
    /// `None` once the stream has ended.
    encoder: Option<GzEncoder<Vec<u8>>>,
}

impl Gzip {
    fn new(stream: ByteStream) -> Self {
        Self { stream, encoder: Some(GzEncoder::new(Vec::new(), Compression::default())) }
    }

    /// Takes the next chunk, or the end. Returns what has been compressed so far.
    fn push(&mut self, chunk: Option<&[u8]>) -> io::Result<Vec<u8>> {
        match (self.encoder.as_mut(), chunk) {
            (Some(encoder), Some(chunk)) => {
                encoder.write_all(chunk)?;
                Ok(std::mem::take(encoder.get_mut()))
            }
            (None, _) => Ok(Vec::new()),
            (Some(_), None) => self.encoder.take().map_or(Ok(Vec::new()), GzEncoder::finish),
        }
    }
}

impl Body for Gzip {
    type Data = Bytes;
    type Error = StreamError;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, StreamError>>> {
        let this = self.get_mut();
        while this.encoder.is_some() {
            let chunk = ready!(Pin::new(&mut this.stream).poll_next(context)).transpose();
            let compressed = chunk.and_then(|chunk| Ok(this.push(chunk.as_deref())?));
            match compressed {
                Ok(bytes) if bytes.is_empty() => {}
                Ok(bytes) => return Poll::Ready(Some(Ok(Frame::data(bytes.into())))),
                Err(error) => {
                    this.encoder = None;
                    return Poll::Ready(Some(Err(error)));
                }
            }
        }
        Poll::Ready(None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stream::tests::of_chunks;
    use flate2::read::GzDecoder;
    use std::io::Read as _;

    fn decoded(bytes: &[u8]) -> Vec<u8> {
        let mut decoded = Vec::new();
        GzDecoder::new(bytes).read_to_end(&mut decoded).unwrap();
        decoded
    }

    #[tokio::test]
    async fn streams_are_compressed_whatever_their_chunks_are() {
        let chunks = |count: u32| (0..count).map(|number| format!("chunk {number}, ").repeat(500));
        for count in [0, 1, 100] {
            let stream = Gzip::new(of_chunks(chunks(count).map(Ok)));
            let compressed = ByteStream::from_body(stream).collect().await.unwrap();
            let expected: String = chunks(count).collect();
            assert_eq!(decoded(&compressed), expected.as_bytes());
            assert!(compressed.len() < 100 + expected.len() / 10, "{count}: {}", compressed.len());
        }
    }

    #[tokio::test]
    async fn the_error_of_a_stream_is_that_of_the_compressed_one() {
        let failing = of_chunks([Ok("start"), Err("broken".into()), Ok("more")]);
        let mut stream = ByteStream::from_body(Gzip::new(failing));
        let error = loop {
            if let Err(error) = stream.next().await.unwrap() {
                break error;
            }
        };
        assert_eq!(error.to_string(), "broken");
        assert!(stream.next().await.is_none());
    }
}
