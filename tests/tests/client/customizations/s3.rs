//! Customizations of S3.

use super::{Empty, operation, rejected, sent, shape};
use http::header::HeaderName;
use myrina::{
    Bytes, Map,
    codegen::{OperationSchema, ServiceSchema, protocol, structure},
    customizations::s3,
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
