//! The content encoding `aws-chunked`: chunks with their lengths, then a trailer with the checksum of them all.

use super::algorithm::{Algorithm, Hasher};
use crate::{
    codec::{CodecError, base64},
    stream::{ByteStream, StreamError},
};
use bytes::{Bytes, BytesMut};
use futures_core::Stream as _;
use http_body::{Body, Frame, SizeHint};
use std::{
    pin::Pin,
    sync::{Arc, OnceLock},
    task::{Context, Poll, ready},
};

/// The number of bytes of all chunks but the last.
const CHUNK: usize = 64 * 1024;

/// Signs the parts of a body in this encoding. Each signature, in hexadecimal digits, builds on the one before.
pub(crate) trait SignChunks: Send {
    /// Signs a chunk. The last one is empty.
    fn sign_chunk(&mut self, chunk: &[u8]) -> String;

    /// Signs the trailers, each a name, a colon, a value and a line feed.
    fn sign_trailer(&mut self, trailer: &[u8]) -> String;
}

/// A body in this encoding.
pub(crate) struct AwsChunked {
    stream: ByteStream,
    /// The bytes that the stream still has to give, by the request's head.
    remaining: u64,
    /// Bytes of a chunk that is not complete.
    pending: BytesMut,
    algorithm: &'static Algorithm,
    /// `None` after the end.
    hasher: Option<Box<dyn Hasher>>,
    /// The checksum of the first attempt that came to its end.
    checksum: Arc<OnceLock<String>>,
    signer: Option<Box<dyn SignChunks>>,
    /// The bytes of this body still to come.
    encoded: u64,
}

const SIGNATURE: &str = ";chunk-signature=";
const TRAILER_SIGNATURE: &str = "x-amz-trailer-signature:";

/// The number of hexadecimal digits of a signature.
const DIGITS: usize = 64;

impl AwsChunked {
    /// Encodes a stream of `length` bytes. `checksum` is set once it is known; if it is, it is sent in place of what the stream has
    /// now, so that the service notices another body.
    ///
    /// Fails without the feature of the algorithm.
    pub(crate) fn new(
        stream: ByteStream,
        length: u64,
        algorithm: &'static Algorithm,
        checksum: Arc<OnceLock<String>>,
        signer: Option<Box<dyn SignChunks>>,
    ) -> Result<Self, CodecError> {
        let hasher = Some(Algorithm::find(algorithm.name)?.start()).flatten();
        let encoded = encoded_length(length, algorithm, signer.is_some());
        let pending = BytesMut::new();
        Ok(Self { stream, remaining: length, pending, algorithm, hasher, checksum, signer, encoded })
    }

    /// Takes the next bytes of the stream, or its end. Returns what is complete, if anything is.
    fn push(&mut self, data: Option<Bytes>) -> Result<Bytes, CodecError> {
        let mut encoded = BytesMut::new();
        let Some(data) = data else {
            if self.remaining > 0 {
                return Err(CodecError::new(format!(
                    "the body ended {} bytes before the length that the request says",
                    self.remaining
                )));
            }
            let last = self.pending.split().freeze();
            if !last.is_empty() {
                self.chunk(&last, &mut encoded);
            }
            self.end(&mut encoded);
            return Ok(encoded.freeze());
        };
        let rest = self.remaining.checked_sub(data.len() as u64);
        self.remaining = rest.ok_or_else(|| {
            CodecError::new("the body has more bytes than the length that the request says")
        })?;
        if let Some(hasher) = &mut self.hasher {
            hasher.update(&data);
        }
        let mut data = &*data;
        while self.pending.len() + data.len() >= CHUNK {
            let (head, rest) = data.split_at(CHUNK - self.pending.len());
            if self.pending.is_empty() {
                self.chunk(head, &mut encoded);
            } else {
                self.pending.extend_from_slice(head);
                let whole = self.pending.split().freeze();
                self.chunk(&whole, &mut encoded);
            }
            data = rest;
        }
        self.pending.extend_from_slice(data);
        Ok(encoded.freeze())
    }

    fn chunk(&mut self, data: &[u8], encoded: &mut BytesMut) {
        encoded.reserve(data.len() + 128);
        encoded.extend_from_slice(format!("{:x}", data.len()).as_bytes());
        if let Some(signer) = &mut self.signer {
            encoded.extend_from_slice(SIGNATURE.as_bytes());
            encoded.extend_from_slice(signer.sign_chunk(data).as_bytes());
        }
        encoded.extend_from_slice(b"\r\n");
        if !data.is_empty() {
            encoded.extend_from_slice(data);
            encoded.extend_from_slice(b"\r\n");
        }
    }

    /// The last chunk, the trailers and the end.
    fn end(&mut self, encoded: &mut BytesMut) {
        self.chunk(&[], encoded);
        let computed = self.hasher.take().map(|hasher| base64::encode(&hasher.finish())).unwrap_or_default();
        let trailer = format!("{}:{}", self.algorithm.header, self.checksum.get_or_init(|| computed));
        encoded.extend_from_slice(trailer.as_bytes());
        encoded.extend_from_slice(b"\r\n");
        if let Some(signer) = &mut self.signer {
            let signature = signer.sign_trailer(format!("{trailer}\n").as_bytes());
            encoded.extend_from_slice(format!("{TRAILER_SIGNATURE}{signature}\r\n").as_bytes());
        }
        encoded.extend_from_slice(b"\r\n");
    }
}

/// The number of bytes of a body of `length` bytes in this encoding.
pub(crate) fn encoded_length(length: u64, algorithm: &Algorithm, is_signed: bool) -> u64 {
    let signature = if is_signed { (SIGNATURE.len() + DIGITS) as u64 } else { 0 };
    let chunk = |size: u64| format!("{size:x}").len() as u64 + signature + size + 4;
    let (whole, rest) = (length / CHUNK as u64, length % CHUNK as u64);
    let chunks = whole * chunk(CHUNK as u64) + if rest > 0 { chunk(rest) } else { 0 };
    let trailer = algorithm.header.as_str().len() + 1 + algorithm.encoded_size() + 2;
    let trailer_signature = if is_signed { TRAILER_SIGNATURE.len() + DIGITS + 2 } else { 0 };
    chunks + 1 + signature + 2 + (trailer + trailer_signature + 2) as u64
}

impl Body for AwsChunked {
    type Data = Bytes;
    type Error = StreamError;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, StreamError>>> {
        let this = self.get_mut();
        while this.hasher.is_some() {
            let data = ready!(Pin::new(&mut this.stream).poll_next(context)).transpose();
            match data.and_then(|data| Ok(this.push(data)?)) {
                Ok(encoded) if encoded.is_empty() => {}
                Ok(encoded) => {
                    this.encoded = this.encoded.saturating_sub(encoded.len() as u64);
                    return Poll::Ready(Some(Ok(Frame::data(encoded))));
                }
                Err(error) => {
                    this.hasher = None;
                    return Poll::Ready(Some(Err(error)));
                }
            }
        }
        Poll::Ready(None)
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.encoded)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stream::tests::of_chunks;

    /// A signature that says what it is of.
    struct Digits(u8);

    impl SignChunks for Digits {
        fn sign_chunk(&mut self, _: &[u8]) -> String {
            self.0 += 1;
            char::from(self.0).to_string().repeat(DIGITS)
        }

        fn sign_trailer(&mut self, trailer: &[u8]) -> String {
            assert_eq!(trailer, b"x-amz-checksum-crc32:6y3oFw==\n");
            "f".repeat(DIGITS)
        }
    }

    fn body(stream: ByteStream, length: u64, with_signer: bool) -> AwsChunked {
        let signer = with_signer.then(|| Box::new(Digits(b'`')) as Box<dyn SignChunks>);
        AwsChunked::new(stream, length, Algorithm::find("CRC32").unwrap(), Arc::default(), signer).unwrap()
    }

    async fn encoded(body: AwsChunked) -> Result<Bytes, StreamError> {
        let expected = body.size_hint().exact().unwrap();
        let encoded = ByteStream::from_body(body).collect().await?;
        assert_eq!(encoded.len() as u64, expected);
        Ok(encoded)
    }

    #[tokio::test]
    async fn the_layout_of_the_frames() {
        let stream = || of_chunks([Ok("hello "), Ok(""), Ok("world")]);
        let plain = encoded(body(stream(), 11, false)).await.unwrap();
        assert_eq!(plain, "b\r\nhello world\r\n0\r\nx-amz-checksum-crc32:DUoRhQ==\r\n\r\n");
        let empty = encoded(body(ByteStream::default(), 0, false)).await.unwrap();
        assert_eq!(empty, "0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n");
    }

    #[tokio::test]
    async fn signatures_are_in_each_chunk_and_behind_the_trailer() {
        let [a, b, c, f] = ["a", "b", "c", "f"].map(|digit| digit.repeat(DIGITS));
        let stream = of_chunks([Ok(vec![b'x'; CHUNK - 1]), Ok(b"xy".to_vec())]);
        let signed = encoded(body(stream, CHUNK as u64 + 1, true)).await.unwrap();
        let data = "x".repeat(CHUNK);
        let expected = format!(
            "10000;chunk-signature={a}\r\n{data}\r\n1;chunk-signature={b}\r\ny\r\n0;chunk-signature={c}\r\n\
             x-amz-checksum-crc32:6y3oFw==\r\nx-amz-trailer-signature:{f}\r\n\r\n"
        );
        assert!(signed == expected, "{:?}", signed.len());
    }

    #[tokio::test]
    async fn the_length_is_exact_whatever_the_chunks_of_the_stream_are() {
        for length in [1, 15, 16, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 3 * CHUNK + 17] {
            for piece in [7_001, CHUNK, 10 * CHUNK] {
                let data = vec![b'x'; length];
                let stream = of_chunks(data.chunks(piece).map(|piece| Ok(piece.to_vec())));
                encoded(body(stream, length as u64, false)).await.unwrap();
            }
        }
    }

    #[tokio::test]
    async fn a_stream_of_another_length_than_stated_is_an_error() {
        for (length, expected) in [(4, "more bytes"), (6, "ended 1 bytes before")] {
            let error = encoded(body("12345".into(), length, false)).await.unwrap_err().to_string();
            assert!(error.contains(expected), "{error}");
        }
    }

    #[tokio::test]
    async fn the_checksum_of_the_first_attempt_is_sent_again() {
        let checksum: Arc<OnceLock<String>> = Arc::default();
        for text in ["first", "other"] {
            let crc32 = Algorithm::find("CRC32").unwrap();
            let body = AwsChunked::new(text.into(), 5, crc32, checksum.clone(), None).unwrap();
            let encoded = encoded(body).await.unwrap();
            let expected = crc32.of(b"first").unwrap();
            assert!(encoded.ends_with(format!(":{expected}\r\n\r\n").as_bytes()), "{encoded:?}");
        }
    }
}
