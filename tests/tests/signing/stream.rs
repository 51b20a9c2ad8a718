//! Signatures of chunks, trailers and events: AWS's example of S3, and the official signer's events.

use crate::{example_credentials, example_params};
use aws_sigv4::{event_stream::sign_empty_message, sign::v4};
use http::HeaderMap;
use myrina::{
    Timestamp,
    sign::{
        SignableBody, SignableRequest, Signed, SigningParams, SigningSettings, sign_chunk, sign_event,
        sign_headers, sign_trailer,
    },
};
use std::time::SystemTime;

/// The example's upload of 65 KiB, with the header fields that differ between its two versions.
fn upload(
    params: &SigningParams<'_>,
    body: SignableBody<'_>,
    fields: &[(&'static str, &str)],
) -> Signed<myrina::sign::SigningHeaders> {
    let shared = [
        ("x-amz-storage-class", "REDUCED_REDUNDANCY"),
        ("content-encoding", "aws-chunked"),
        ("x-amz-decoded-content-length", "66560"),
    ];
    let fields = shared.iter().chain(fields);
    let headers: HeaderMap =
        fields.map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect();
    let target = "/examplebucket/chunkObject.txt";
    let request = SignableRequest::new("PUT", "s3.amazonaws.com", target, &headers, body);
    sign_headers(&request, params).unwrap()
}

#[test]
fn chunk_signatures_chain_from_the_request_signature() {
    let credentials = example_credentials();
    let params = example_params(&credentials);
    let seed = upload(&params, SignableBody::Chunks, &[("content-length", "66824")]).signature;
    assert_eq!(seed.to_string(), "4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9");
    let first = sign_chunk(&params, &seed, &vec![b'a'; 65_536]);
    assert_eq!(first.to_string(), "ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648");
    let second = sign_chunk(&params, &first, &[b'a'; 1_024]);
    assert_eq!(second.to_string(), "0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497");
    let last = sign_chunk(&params, &second, &[]);
    assert_eq!(last.to_string(), "b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9");
}

#[test]
fn a_trailer_signature_chains_from_the_last_chunk() {
    let credentials = example_credentials();
    let params = example_params(&credentials);
    let seed =
        upload(&params, SignableBody::ChunksWithTrailer, &[("x-amz-trailer", "x-amz-checksum-crc32c")])
            .signature;
    assert_eq!(seed.to_string(), "106e2a8a18243abcf37539882f36619c00e2dfc72633413f02d3b74544bfeb8e");
    let chunks = [vec![b'a'; 65_536], vec![b'a'; 1_024], Vec::new()];
    let last = chunks.iter().fold(seed, |previous, chunk| sign_chunk(&params, &previous, chunk));
    assert_eq!(last.to_string(), "2ca2aba2005185cf7159c6277faf83795951dd77a3a99e6e65d5c9f85863f992");
    let trailer = sign_trailer(&params, &last, b"x-amz-checksum-crc32c:sOO8/Q==\n");
    assert_eq!(trailer.to_string(), "d81f82fc3505edab99d459891051a732e8730629a2e4a59689829ca17fe2e435");
}

#[test]
fn event_signatures_equal_those_of_aws_sigv4() {
    let credentials = example_credentials();
    let time = Timestamp::new(1_440_938_160, 123_456_789);
    let params =
        SigningParams::new(&credentials, "us-east-1", "transcribe", time).with_settings(SigningSettings::S3);
    let previous = upload(&params, SignableBody::Events, &[]).signature;
    // The header field `:date`: its name, the type of a point in time, milliseconds.
    let mut date = b"\x05:date\x08".to_vec();
    date.extend_from_slice(&(time.seconds() * 1_000).to_be_bytes());

    let keys = (credentials.access_key_id(), credentials.secret_access_key());
    let identity = aws_credential_types::Credentials::new(keys.0, keys.1, None, None, "test").into();
    let theirs = v4::SigningParams::builder().identity(&identity).region(params.region).name(params.service);
    let theirs = theirs.time(SystemTime::try_from(time).unwrap()).settings(()).build().unwrap();
    let (_, signature) = sign_empty_message(&previous.to_string(), &theirs).unwrap().into_parts();
    assert_eq!(sign_event(&params, &previous, &date, &[]).to_string(), signature);
}
