//! The signatures of the events behind a signed request.

use crate::{
    codec::CodecError,
    credentials::Credentials,
    error::{Error, ErrorKind},
    event_stream::frame::{HeaderValue, Message},
    sign::{Signature, SigningParams, SigningSettings, sign_event},
    time::Timestamp,
};
use bytes::Bytes;

/// Puts each frame into another that carries its signature, which builds on the one before.
pub(in crate::client) struct Seal {
    credentials: Credentials,
    region: String,
    service: String,
    prior: Signature,
}

impl Seal {
    /// The seal of a request that was signed so.
    pub(super) fn new(params: &SigningParams<'_>, signature: Signature) -> Self {
        Self {
            credentials: params.credentials.clone(),
            region: params.region.to_owned(),
            service: params.service.to_owned(),
            prior: signature,
        }
    }

    /// The frame around `frame`; around nothing, the one that ends the stream.
    pub(in crate::client) fn close(&mut self, frame: Bytes) -> Result<Bytes, Error> {
        self.close_at(frame, Timestamp::now())
    }

    fn close_at(&mut self, frame: Bytes, now: Timestamp) -> Result<Bytes, Error> {
        // The time is a part of the text that is signed, which has no fractions.
        let time = Timestamp::new(now.seconds(), 0);
        let params = SigningParams {
            credentials: &self.credentials,
            region: &self.region,
            service: &self.service,
            time,
            settings: SigningSettings::default(),
        };
        self.prior = sign_event(&params, &self.prior, &date_header(time), &frame);
        let signature = Bytes::copy_from_slice(self.prior.as_bytes());
        let message = Message::new(frame)
            .with(":date", HeaderValue::Timestamp(time))
            .with(":chunk-signature", HeaderValue::Bytes(signature));
        message.encode().map_err(|error| ErrorKind::Request(CodecError::new(error.to_string())).into())
    }
}

/// The header `:date` as it is in a frame: the length of the name, the name, the type 8, milliseconds.
fn date_header(time: Timestamp) -> Vec<u8> {
    let milliseconds = time.seconds().saturating_mul(1000);
    [b"\x05:date\x08", &milliseconds.to_be_bytes()[..]].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        event_stream::frame::Decoder,
        sign::{Payload, Signable, sign_headers},
    };
    use http::HeaderMap;

    #[test]
    fn frames_are_wrapped_with_a_chain_of_signatures() {
        let credentials = Credentials::new("AKIDEXAMPLE", "secret");
        let time = Timestamp::new(1_600_000_000, 5);
        let settings = SigningSettings::default();
        let params =
            SigningParams { credentials: &credentials, region: "eu-west-1", service: "s", time, settings };
        let headers = HeaderMap::new();
        let payload = Payload::Events;
        let request =
            Signable { method: "POST", host: "a.b", path: "/", query: None, headers: &headers, payload };
        let signature = sign_headers(&request, &params).unwrap().signature;
        let mut seal = Seal::new(&params, signature);
        let mut signatures = vec![signature];
        for inner in [Message::new("one").encode().unwrap(), Bytes::new()] {
            let mut decoder = Decoder::default();
            decoder.push(seal.close_at(inner.clone(), time).unwrap());
            let outer = decoder.next_message().unwrap().unwrap();
            assert_eq!(outer.payload, inner);
            let whole = Timestamp::new(1_600_000_000, 0);
            assert_eq!(outer.header(":date"), Some(&HeaderValue::Timestamp(whole)));
            // The header that is signed is the one that is sent.
            let sent = Message::default().with(":date", HeaderValue::Timestamp(whole)).encode().unwrap();
            assert_eq!(sent[12..sent.len() - 4], date_header(whole));
            let prior = signatures.last().unwrap();
            let expected =
                sign_event(&SigningParams { time: whole, ..params }, prior, &date_header(whole), &inner);
            let bytes = Bytes::copy_from_slice(expected.as_bytes());
            assert_eq!(outer.header(":chunk-signature"), Some(&HeaderValue::Bytes(bytes)));
            signatures.push(expected);
        }
    }
}
