//! Signs the parts of a body that follow a signed request: events, or chunks.

use crate::{
    checksum::SignChunks,
    codec::CodecError,
    credentials::Credentials,
    error::{Error, ErrorKind},
    event_stream::frame::{HeaderValue, Message},
    sign::{Signature, SigningParams, sign_chunk, sign_event, sign_trailer},
    time::Timestamp,
};
use bytes::Bytes;

/// Signs the parts of a body. Each signature builds on the one before.
#[derive(Debug)]
pub(crate) struct BodySigner {
    credentials: Credentials,
    region: String,
    service: String,
    time: Timestamp,
    previous: Signature,
}

impl BodySigner {
    /// Continues from the signature of a request with these parameters.
    pub(crate) fn new(params: &SigningParams<'_>, signature: Signature) -> Self {
        Self {
            credentials: params.credentials.clone(),
            region: params.region.to_owned(),
            service: params.service.to_owned(),
            time: params.time,
            previous: signature,
        }
    }

    /// Wraps a frame of an event stream in one that carries its signature, which is sent at the time `now`. An empty one ends the stream.
    pub(crate) fn sign_event(&mut self, frame: Bytes, now: Timestamp) -> Result<Bytes, Error> {
        // The signed text has the time without fractions of a second.
        let time = Timestamp::new(now.seconds(), 0);
        let params = SigningParams::new(&self.credentials, &self.region, &self.service, time);
        self.previous = sign_event(&params, &self.previous, &date_header(time), &frame);
        let signature = Bytes::copy_from_slice(self.previous.as_bytes());
        let message = Message::new(frame)
            .with(":date", HeaderValue::Timestamp(time))
            .with(":chunk-signature", HeaderValue::Bytes(signature));
        message.encode().map_err(|error| ErrorKind::Request(CodecError::new(error.to_string())).into())
    }
}

impl BodySigner {
    /// The parameters of the request.
    fn params(&self) -> SigningParams<'_> {
        SigningParams::new(&self.credentials, &self.region, &self.service, self.time)
    }
}

impl SignChunks for BodySigner {
    fn sign_chunk(&mut self, chunk: &[u8]) -> String {
        self.previous = sign_chunk(&self.params(), &self.previous, chunk);
        self.previous.to_string()
    }

    fn sign_trailer(&mut self, trailer: &[u8]) -> String {
        sign_trailer(&self.params(), &self.previous, trailer).to_string()
    }
}

/// The header `:date` as it is encoded in a frame: the length of the name, the name, the type 8, milliseconds.
fn date_header(time: Timestamp) -> Vec<u8> {
    let milliseconds = time.seconds().saturating_mul(1000);
    [b"\x05:date\x08", &milliseconds.to_be_bytes()[..]].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        event_stream::frame::Decoder,
        sign::{SignableBody, SignableRequest, sign_headers},
    };
    use http::HeaderMap;

    #[test]
    fn each_signature_builds_on_the_previous_one() {
        let credentials = Credentials::new("AKIDEXAMPLE", "secret");
        let time = Timestamp::new(1_600_000_000, 5);
        let params = SigningParams::new(&credentials, "eu-west-1", "s", time);
        let headers = HeaderMap::new();
        let request = SignableRequest::new("POST", "a.b", "/", &headers, SignableBody::Events);
        let signature = sign_headers(&request, &params).unwrap().signature;
        let mut signer = BodySigner::new(&params, signature);
        let mut signatures = vec![signature];
        for inner in [Message::new("one").encode().unwrap(), Bytes::new()] {
            let mut decoder = Decoder::default();
            decoder.push(signer.sign_event(inner.clone(), time).unwrap());
            let outer = decoder.next_message().unwrap().unwrap();
            assert_eq!(outer.payload, inner);
            let whole = Timestamp::new(1_600_000_000, 0);
            assert_eq!(outer.header(":date"), Some(&HeaderValue::Timestamp(whole)));
            // The signed header is the one that is sent.
            let sent = Message::default().with(":date", HeaderValue::Timestamp(whole)).encode().unwrap();
            assert_eq!(sent[12..sent.len() - 4], date_header(whole));
            let previous = signatures.last().unwrap();
            let expected = sign_event(&params.with_time(whole), previous, &date_header(whole), &inner);
            let bytes = Bytes::copy_from_slice(expected.as_bytes());
            assert_eq!(outer.header(":chunk-signature"), Some(&HeaderValue::Bytes(bytes)));
            signatures.push(expected);
        }
    }
}
