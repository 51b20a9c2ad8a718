//! Customizations of S3.

use super::{Empty, operation, rejected, sent, shape};
use crate::{client_of, server};
use http::header::HeaderName;
use http_body::{Body, Frame, SizeHint};
use myrina::{
    ByteStream, Bytes, ErrorKind, Map,
    codegen::{OperationSchema, ServiceSchema, protocol, structure},
    customizations::s3,
    http::HttpRequest,
    operation::{AttemptContext, HookError, Hooks, Interceptor},
};
use myrina_tests::MockResponse;
use std::{
    collections::VecDeque,
    convert::Infallible,
    pin::Pin,
    sync::{Arc, Mutex},
    task::{Context, Poll},
};

const S3: ServiceSchema = ServiceSchema::new("S3", "s3", "2006-03-01", "s3", &protocol::REST_XML);

shape! { Object new() { 0 KEY key: optional String = string("Key"); 1 TAG tag: optional String = string("ETag"); } }
shape! { Prefix new() { 0 PREFIX prefix: optional String = string("Prefix"); } }
shape! {
    List new() {
        0 ENCODING encoding: optional String = string("EncodingType").query("encoding-type");
        1 MARKER marker: optional String = string("Marker").query("marker");
    }
}
shape! {
    Listing new() {
        0 ENCODING encoding: optional String = string("EncodingType");
        1 NEXT next: optional String = string("NextMarker");
        2 CONTENTS contents: list Object = list("Contents", &structure::<Object>("")).flattened();
        3 PREFIXES prefixes: list Prefix = list("CommonPrefixes", &structure::<Prefix>("")).flattened();
        4 TOKEN token: optional String = string("NextContinuationToken");
    }
}
operation! { List => Listing S3 "GET" "/" s3::ListingKeys }

#[tokio::test]
async fn listed_keys_are_decoded_unless_the_caller_sets_the_encoding() {
    let reply = "<ListResult><EncodingType>url</EncodingType><NextMarker>a%2B</NextMarker>\
        <Contents><Key>a+b%0A%26</Key><ETag>a%2B</ETag></Contents><Contents><Key>plain</Key></Contents>\
        <CommonPrefixes><Prefix>%C3%A4/</Prefix></CommonPrefixes>\
        <NextContinuationToken>a%2B+</NextContinuationToken></ListResult>";
    let (request, listing) = sent(List::new().marker("x y"), reply).await;
    assert_eq!(request.uri(), "/?encoding-type=url&marker=x%20y");
    let listing = listing.unwrap();
    let keys = |listing: &Listing| {
        let contents = listing.contents.iter().flatten();
        contents.filter_map(|object| object.key.clone()).collect::<Vec<_>>()
    };
    assert_eq!(keys(&listing), ["a b\n&", "plain"]);
    assert_eq!(listing.contents.as_ref().unwrap()[0].tag.as_deref(), Some("a%2B"));
    assert_eq!(listing.prefixes.as_ref().unwrap()[0].prefix.as_deref(), Some("ä/"));
    assert_eq!(listing.next.as_deref(), Some("a+"));
    assert_eq!(listing.token.as_deref(), Some("a%2B+"));
    assert_eq!(listing.encoding, None);

    let (_, listing) = sent(List::new().encoding("url"), reply).await;
    let listing = listing.unwrap();
    assert_eq!(keys(&listing), ["a+b%0A%26", "plain"]);
    assert_eq!(listing.encoding.as_deref(), Some("url"));

    // A server that does not know the encoding sends keys as they are.
    let (_, listing) =
        sent(List::new(), "<ListOutput><Contents><Key>a+b</Key></Contents></ListOutput>").await;
    assert_eq!(keys(&listing.unwrap()), ["a+b"]);
}

shape! { GetLocation new() {} }
shape! { Location new() { 0 CONSTRAINT constraint: optional String = string("LocationConstraint"); } }
operation! { GetLocation => Location S3 "GET" "/?location" s3::WrapBucketLocation }

#[tokio::test]
async fn bucket_location_is_read_from_the_document_root() {
    const NS: &str = r#"xmlns="http://s3.amazonaws.com/doc/2006-03-01/""#;
    for (reply, location) in [
        (
            format!("<?xml version=\"1.0\"?>\n<LocationConstraint {NS}>eu-west-1</LocationConstraint>\n"),
            Some("eu-west-1"),
        ),
        ("<LocationConstraint>EU</LocationConstraint>".to_owned(), Some("EU")),
        (format!("<LocationConstraint {NS}></LocationConstraint>"), None),
        (format!("<?xml version=\"1.0\"?><LocationConstraint {NS}/>"), None),
        // As a server has it that follows the model.
        (
            "<GetLocationOutput><LocationConstraint>eu-west-1</LocationConstraint></GetLocationOutput>"
                .to_owned(),
            Some("eu-west-1"),
        ),
    ] {
        let (_, answer) = sent(GetLocation::new(), &reply).await;
        assert_eq!(answer.unwrap().constraint.as_deref(), location, "{reply}");
    }
}

shape! {
    Copy new(source: required String) {
        0 SOURCE source: required String = string("CopySource").required().header("x-amz-copy-source");
        1 KEY key: optional Bytes = string("SSECustomerKey").header("x-key");
        2 HASH hash: optional String = string("SSECustomerKeyMD5").header("x-hash");
        3 SOURCE_KEY source_key: optional Bytes = string("CopySourceSSECustomerKey").header("x-source-key");
        4 SOURCE_HASH source_hash: optional String = string("CopySourceSSECustomerKeyMD5").header("x-source-hash");
    }
}
operation! { Copy => Empty S3 "PUT" "/copy" s3::CopySource, s3::CustomerKeys }

#[tokio::test]
async fn copy_sources_are_percent_encoded() {
    for (source, encoded) in [
        ("bucket/key", "bucket/key"),
        ("bucket/ä +?%", "bucket/%C3%A4%20%2B%3F%25"),
        ("bucket/k?versionId=a+b/c", "bucket/k?versionId=a+b/c"),
        ("bucket/k?versionId=x?versionId=y", "bucket/k%3FversionId%3Dx?versionId=y"),
        ("bucket/k?versionId=", "bucket/k%3FversionId%3D"),
        ("bucket/k?versionId=a b", "bucket/k%3FversionId%3Da%20b"),
    ] {
        let (request, _) = sent(Copy::new(source), "").await;
        assert_eq!(request.header("x-amz-copy-source").as_deref(), Some(encoded));
    }
}

#[tokio::test]
async fn customer_keys_are_sent_with_their_md5() {
    // The MD5 of `message digest`, as RFC 1321 has it, in base64.
    let copy = Copy::new("a/b").key("message digest").source_key("a").source_hash("given");
    let (request, _) = sent(copy, "").await;
    let header = |name: &'static str| request.header(HeaderName::from_static(name).as_str());
    assert_eq!(header("x-key").as_deref(), Some("bWVzc2FnZSBkaWdlc3Q="));
    assert_eq!(header("x-hash").as_deref(), Some("+WtpfXy3k41SWi8xqvFh0A=="));
    assert_eq!(header("x-source-key").as_deref(), Some("YQ=="));
    assert_eq!(header("x-source-hash").as_deref(), Some("given"));
    let (request, _) = sent(Copy::new("a/b"), "").await;
    assert_eq!((request.header("x-key"), request.header("x-hash")), (None, None));
}

#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub(crate) struct Put {
    pub(crate) metadata: Option<Map<String, String>>,
}

structure! {
    Put "PutObjectRequest" new() {
        0 METADATA metadata: map String, String = map("Metadata", &string(""), &string("")).headers("x-amz-meta-");
    }
}
operation! { Put => Empty S3 "PUT" "/put" s3::AsciiMetadata }

#[tokio::test]
async fn metadata_outside_ascii_is_rejected() {
    let (request, _) = sent(Put::new().metadata([("album", "cats")]), "").await;
    assert_eq!(request.header("x-amz-meta-album").as_deref(), Some("cats"));
    let error = rejected(Put::new().metadata([("album", "cats"), ("name", "Größe")])).await;
    assert!(error.contains("at Metadata[\"name\"]: S3 accepts metadata in US-ASCII only"), "{error}");
}

#[tokio::test]
async fn metadata_keys_that_differ_only_in_case_are_refused() {
    for metadata in [[("A", "1"), ("a", "2")], [("a-B", "1"), ("A-b", "1")], [("Key", ""), ("KEY", "x")]] {
        let error = rejected(Put::new().metadata(metadata)).await;
        let [(one, _), (other, _)] = metadata;
        assert!(error.contains("at Metadata: expected keys that differ in more than case"), "{error}");
        assert!(error.contains(&format!("{one:?} and {other:?}")), "{error}");
    }
    let (request, _) = sent(Put::new().metadata([("A", "1"), ("b", "2")]), "").await;
    assert_eq!(request.header("x-amz-meta-a").as_deref(), Some("1"));
}

#[tokio::test]
async fn thousands_of_metadata_entries_are_an_error_and_no_panic() {
    for count in [8_193, 24_577, 40_000] {
        let error = rejected(Put::new().metadata((0..count).map(|key| (key.to_string(), "x")))).await;
        assert!(
            error.contains(&format!(
                "at Metadata: expected at most 8192 entries, as each is a header field, found {count}"
            )),
            "{error}"
        );
    }
}

#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub(crate) struct Secrets {
    pub(crate) key: Option<String>,
    pub(crate) entries: Option<Map<String, String>>,
}

structure! {
    Secrets "Secrets" new() {
        0 KEY key: optional String = string("Key").header("x-key").sensitive();
        1 ENTRIES entries: map String, String = map("Entries", &string(""), &string("")).headers("x-entry-").sensitive();
    }
}

/// Notes the headers of a request as an interceptor could log them.
#[derive(Clone, Debug, Default)]
struct Logs(Arc<Mutex<String>>);

impl Interceptor for Logs {
    fn hooks(&self) -> Hooks {
        Hooks::BEFORE_TRANSMIT
    }

    fn before_transmit(
        &self,
        _: &mut AttemptContext<'_>,
        request: &mut HttpRequest,
    ) -> Result<(), HookError> {
        *self.0.lock().unwrap() = format!("{request:?}");
        Ok(())
    }
}
operation! { Secrets => Empty S3 "PUT" "/secrets" s3::AsciiMetadata }

#[tokio::test]
async fn sensitive_header_values_are_neither_in_errors_nor_in_debug_output() {
    for secrets in [Secrets::new().key("hunter2\n"), Secrets::new().entries([("a", "hunter2\n")])] {
        let error = rejected(secrets).await;
        assert!(error.contains("found a value that is sensitive and therefore not shown"), "{error}");
        assert!(!error.contains("hunter2"), "{error}");
    }
    let (server, logs) = (server([MockResponse::ok("")]), Logs::default());
    let client = client_of(&server).interceptor(logs.clone()).build().unwrap();
    client.send(Secrets::new().key("hunter2").entries([("a", "hunter3")])).await.unwrap();
    assert_eq!(server.requests()[0].header("x-key").as_deref(), Some("hunter2"));
    assert_eq!(server.requests()[0].header("x-entry-a").as_deref(), Some("hunter3"));
    let log = logs.0.lock().unwrap();
    assert!(log.contains("x-key") && log.contains("Sensitive") && !log.contains("hunter"), "{log}");
}

#[non_exhaustive]
pub(crate) struct PutBody {
    pub(crate) length: Option<i64>,
    pub(crate) body: Option<ByteStream>,
}

structure! {
    PutBody "PutBody" new() {
        0 LENGTH length: optional i64 = long("ContentLength").header("Content-Length");
        1 BODY body: optional ByteStream = stream("Body").payload();
    }
}
operation! { PutBody => Empty S3 "PUT" "/body" s3::AsciiMetadata }

/// A body of these chunks, whose length is not known, or is claimed.
struct Chunks(VecDeque<&'static str>, Option<u64>);

impl Body for Chunks {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        Poll::Ready(self.0.pop_front().map(|chunk| Ok(Frame::data(Bytes::from_static(chunk.as_bytes())))))
    }

    fn size_hint(&self) -> SizeHint {
        self.1.map_or_else(SizeHint::default, SizeHint::with_exact)
    }
}

fn chunks(chunks: &[&'static str], claimed: Option<u64>) -> ByteStream {
    ByteStream::from_body(Chunks(chunks.iter().copied().collect(), claimed))
}

#[tokio::test]
async fn bodies_of_another_length_than_stated_are_refused() {
    for (length, body, message) in [
        (Some(5), "0123456789".into(), "the body has 10 bytes, but the request says that it has 5"),
        (Some(15), "0123456789".into(), "the body has 10 bytes, but the request says that it has 15"),
        (
            Some(5),
            chunks(&["0123456789"], Some(10)),
            "the body has 10 bytes, but the request says that it has 5",
        ),
        (Some(5), chunks(&["0123456789"], None), "the body has more than 5 bytes"),
        (Some(5), chunks(&["01234", "56789"], None), "the body has more than 5 bytes"),
        (
            Some(5),
            chunks(&["01", "23"], None),
            "the body ended after 4 bytes, but the request says that it has 5",
        ),
        (None, chunks(&["01234", "56789"], Some(5)), "the body has more than 5 bytes"),
        (
            None,
            chunks(&["01", "23"], Some(5)),
            "the body ended after 4 bytes, but the request says that it has 5",
        ),
    ] {
        let server = server([MockResponse::ok("")]);
        let mut put = PutBody::new().body(body);
        put.length = length;
        let error = client_of(&server).build().unwrap().send(put).await.err().unwrap();
        assert!(matches!(error.kind(), ErrorKind::Request(_)), "{error:?}");
        assert!(error.to_string().contains(message), "{error}");
        assert!(server.requests().is_empty(), "no complete request arrives");
    }
    for (length, body) in [
        (Some(10), ByteStream::from("0123456789")),
        (Some(10), chunks(&["01234", "56789"], None)),
        (None, chunks(&["01234", "56789"], Some(10))),
        (None, chunks(&["01234", "56789"], None)),
    ] {
        let mut put = PutBody::new().body(body);
        put.length = length;
        let (request, answer) = sent(put, "").await;
        answer.unwrap();
        assert_eq!(request.text(), "0123456789");
    }
}
