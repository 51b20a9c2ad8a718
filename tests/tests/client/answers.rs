//! Answers that are not what was asked for, and answers of sloppy servers.

use crate::{
    client_of,
    customizations::{operation, shape},
    server,
};
use myrina::{
    ByteStream, Bytes, Error, ErrorKind, Timestamp,
    codegen::{Operation, OperationSchema, ServiceSchema, protocol, structure},
    customizations::s3::RequireDocument,
    error::ServiceError,
};
use myrina_lambda::list_functions::ListFunctions;
use myrina_test_services::{
    bedrock_runtime::converse_stream::ConverseStream,
    cloudwatch_query::get_metric_data::GetMetricData,
    dynamodb::{query::Query, types::AttributeValue},
    ec2::describe_instances::DescribeInstances,
    s3::{errors::NoSuchKey, get_object::GetObject, list_objects_v2::ListObjectsV2, put_object::PutObject},
};
use myrina_tests::MockResponse;

/// The outcome of a call that gets this response.
async fn answer<O: Operation>(input: O, response: MockResponse) -> Result<O::Response, Error> {
    let server = server([response]);
    client_of(&server).build().unwrap().send(input).await
}

async fn error<O: Operation>(input: O, response: MockResponse) -> Error {
    answer(input, response).await.expect_err("an error")
}

fn metrics() -> GetMetricData {
    GetMetricData::new(
        Vec::<myrina_test_services::cloudwatch_query::types::MetricDataQuery>::new(),
        Timestamp::EPOCH,
        Timestamp::EPOCH,
    )
}

const PAGE: &str = "<html><head></head><body>x</body></html>";

#[tokio::test]
async fn a_successful_page_is_an_error_that_names_the_root() {
    let page = || MockResponse::ok(PAGE);
    for error in [
        error(ListObjectsV2::new("bucket"), page()).await,
        error(PutObject::new("bucket", "key"), page()).await,
        error(CompleteMultipartUpload::new(), page()).await,
        error(DeleteObjects::new(), page()).await,
        error(ListRoles::new(), page()).await,
        error(ListHostedZones::new(), page()).await,
        error(ListTopics::new(), page()).await,
        error(DescribeInstances::new(), page()).await,
        error(metrics(), page()).await,
        error(Query::new("table"), page()).await,
        error(ListFunctions::new(), page()).await,
    ] {
        assert!(matches!(error.kind(), ErrorKind::Response { .. }), "{error}");
        assert!(error.to_string().contains("<html>") || error.to_string().contains("found \"<\""), "{error}");
    }
}

#[tokio::test]
async fn an_answer_of_another_operation_is_refused() {
    for (error, root) in [
        (
            error(
                ListObjectsV2::new("b"),
                MockResponse::ok("<ListVersionsResult><Name>b</Name></ListVersionsResult>"),
            )
            .await,
            "ListVersionsResult",
        ),
        (
            error(ListObjectsV2::new("b"), MockResponse::ok("<ListAllMyBucketsResult/>")).await,
            "ListAllMyBucketsResult",
        ),
        (
            error(DescribeInstances::new(), MockResponse::ok("<DescribeVpcsResponse/>")).await,
            "DescribeVpcsResponse",
        ),
        (error(metrics(), MockResponse::ok("<ListMetricsResponse/>")).await, "ListMetricsResponse"),
    ] {
        assert!(error.to_string().contains(&format!("found the element <{root}>")), "{error}");
    }
    for root in ["ListBucketResult", "ListObjectsV2Output", "ListObjectsV2Result", "ns:ListBucketResult"] {
        let body = format!("<{root}><Name>b</Name></{root}>");
        assert_eq!(
            answer(ListObjectsV2::new("b"), MockResponse::ok(&body)).await.unwrap().name.as_deref(),
            Some("b")
        );
    }
    // The model may name the root.
    let body = "<ListStorageLensConfigurationResult><Marker>m</Marker></ListStorageLensConfigurationResult>";
    let page = answer(ListStorageLensConfigurations::new(), MockResponse::ok(body)).await.unwrap();
    assert_eq!(page.marker.as_deref(), Some("m"));
    // One of the two elements may be missing.
    for body in [
        "<GetMetricDataResponse><GetMetricDataResult><NextToken>t</NextToken></GetMetricDataResult></GetMetricDataResponse>",
        "<GetMetricDataResult><NextToken>t</NextToken></GetMetricDataResult>",
        "<GetMetricDataResponse><NextToken>t</NextToken></GetMetricDataResponse>",
    ] {
        assert_eq!(
            answer(metrics(), MockResponse::ok(body)).await.unwrap().next_token.as_deref(),
            Some("t"),
            "{body}"
        );
    }
}

#[tokio::test]
async fn an_error_with_a_successful_status_is_the_services_error() {
    const EC2: &str =
        "<Response><Errors><Error><Code>X</Code><Message>m</Message></Error></Errors></Response>";
    const QUERY: &str = "<ErrorResponse><Error><Code>X</Code><Message>m</Message></Error></ErrorResponse>";
    for error in [
        error(DescribeInstances::new(), MockResponse::ok(EC2)).await,
        error(metrics(), MockResponse::ok(QUERY)).await,
        error(metrics(), MockResponse::ok(EC2)).await,
        error(ListObjectsV2::new("b"), MockResponse::ok("<Error><Code>X</Code><Message>m</Message></Error>"))
            .await,
    ] {
        assert_eq!(
            (error.code(), error.service().and_then(ServiceError::message)),
            (Some("X"), Some("m")),
            "{error}"
        );
    }
}

const S3: ServiceSchema = ServiceSchema::new("S3", "s3", "2006-03-01", "s3", &protocol::REST_XML);
const IAM: ServiceSchema = ServiceSchema::new("IAM", "iam", "2010-05-08", "iam", &protocol::AWS_QUERY);
const SNS: ServiceSchema = ServiceSchema::new("SNS", "sns", "2010-03-31", "sns", &protocol::AWS_QUERY);
const ROUTE_53: ServiceSchema =
    ServiceSchema::new("Route 53", "route53", "2013-04-01", "route53", &protocol::REST_XML);

shape! { DeleteObjects new() {} }
shape! { ListRoles new() {} }
shape! { ListTopics new() {} }
shape! { ListHostedZones new() {} }
shape! { ListStorageLensConfigurations new() {} }
shape! { Page new() { 0 MARKER marker: optional String = string("Marker"); } }
operation! { DeleteObjects => Page S3 "POST" "/bucket?delete" }
operation! { ListRoles => Page IAM "POST" "/" }
operation! { ListTopics => Page SNS "POST" "/" }
operation! { ListHostedZones => Page ROUTE_53 "GET" "/2013-04-01/hostedzone" }

impl Operation for ListStorageLensConfigurations {
    type Response = Page;
    const SCHEMA: &'static OperationSchema = &OperationSchema::new(
        &S3,
        "ListStorageLensConfigurations",
        "GET",
        "/lenses",
        myrina::codec::structure::<ListStorageLensConfigurations>(""),
        myrina::codec::structure::<Page>(""),
    )
    .output_root("ListStorageLensConfigurationResult");
}

shape! { CompleteMultipartUpload new() {} }
shape! { CopyObject new() {} }
shape! { UploadPartCopy new() {} }
shape! { Completed new() { 0 KEY key: optional String = string("Key"); } }
operation! { CompleteMultipartUpload => Completed S3 "POST" "/key" RequireDocument }
operation! { CopyObject => Completed S3 "PUT" "/key" RequireDocument }
operation! { UploadPartCopy => Completed S3 "PUT" "/key" RequireDocument }

#[tokio::test]
async fn a_blank_answer_is_an_error_if_the_object_may_not_exist() {
    for body in ["", " \n\t"] {
        for (error, operation) in [
            (error(CompleteMultipartUpload::new(), MockResponse::ok(body)).await, "CompleteMultipartUpload"),
            (error(CopyObject::new(), MockResponse::ok(body)).await, "CopyObject"),
            (error(UploadPartCopy::new(), MockResponse::ok(body)).await, "UploadPartCopy"),
        ] {
            let expected = format!("expected the document of {operation}, found an empty body");
            assert!(error.to_string().contains(&expected), "{error}");
        }
    }
    let body = "<CompleteMultipartUploadResult><Key>k</Key></CompleteMultipartUploadResult>";
    let completed = answer(CompleteMultipartUpload::new(), MockResponse::ok(body)).await.unwrap();
    assert_eq!(completed.key.as_deref(), Some("k"));
    assert_eq!(error(CopyObject::new(), MockResponse::new(500)).await.code(), None);
}

/// The code and the message of an error.
type Expected<'a> = (Option<&'a str>, Option<&'a str>);

#[tokio::test]
async fn errors_of_others_have_a_code_and_a_message() {
    let long = "word ".repeat(1000);
    let page =
        "<!DOCTYPE html>\n<html><head><title>503 Service\n Unavailable</title></head><body>no</body></html>";
    let cases: [(u16, &[u8], Expected<'_>); 17] = [
        (403, b"Forbidden", (None, Some("Forbidden"))),
        (404, b"<UnknownOperationException/>", (Some("UnknownOperationException"), None)),
        (403, b"<AccessDeniedException><Message>m</Message></AccessDeniedException>", (Some("AccessDeniedException"), Some("m"))),
        (502, b"Bad Gateway", (None, Some("Bad Gateway"))),
        (503, page.as_bytes(), (None, Some("503 Service"))),
        (503, b"<html><body><b>Http/1.1 Service Unavailable</b></body></html>", (None, Some("Http/1.1 Service Unavailable"))),
        (
            400,
            b"<ErrorResponse><Error><Type>Sender</Type><Code>AWS.NonExistentQueue</Code><Message>no &amp; queue</Message></Error>\
              <RequestId>r</RequestId></ErrorResponse>",
            (Some("AWS.NonExistentQueue"), Some("no & queue")),
        ),
        (403, br#"{"Error":{"Code":"ExpiredToken","Message":"m"}}"#, (Some("ExpiredToken"), Some("m"))),
        (403, br#"{"message":"forbidden","code":"AccessDenied"}"#, (Some("AccessDenied"), Some("forbidden"))),
        (403, br#"{"__type":"com.a#InvalidSignatureException","message":"m"}"#, (Some("InvalidSignatureException"), Some("m"))),
        (400, b"{\"__type\":\"X\",\"message\":\"a\xffb\"}", (Some("X"), Some("a\u{fffd}b"))),
        (400, br#"{"__type":"X","message":"cut \ud83d"}"#, (Some("X"), Some("cut \u{fffd}"))),
        (400, b"\xef\xbb\xbf{\"__type\":\"X\",\"message\":\"m\"}", (Some("X"), Some("m"))),
        (502, b"\n  upstream\tfailed\n second line", (None, Some("upstream failed"))),
        (502, long.as_bytes(), (None, Some(&*format!("{}…", &long[..200])))),
        (502, b"\x00\x01\x02", (None, None)),
        (502, b"", (None, None)),
    ];
    for (status, body, expected) in cases {
        let reply = || MockResponse::new(status).body(body).header("content-type", "text/plain");
        for error in [
            error(ListObjectsV2::new("b"), reply()).await,
            error(Query::new("t"), reply()).await,
            error(DescribeInstances::new(), reply()).await,
            error(metrics(), reply()).await,
            error(ListFunctions::new(), reply()).await,
        ] {
            let found = (error.code(), error.service().and_then(ServiceError::message));
            assert_eq!(found, expected, "{error} of {:?}", String::from_utf8_lossy(body));
            assert_eq!((error.status(), error.body()), (Some(status), Some(body)));
            assert_eq!(error.headers().unwrap()["content-type"], "text/plain");
        }
    }
    // The error's type in the model is found by the code.
    let body = "<Error><Code>ResourceNotFoundException</Code><Message>m</Message></Error>";
    let modeled = error(Query::new("t"), MockResponse::new(400).body(body)).await;
    let modeled = modeled.modeled::<myrina_test_services::dynamodb::errors::ResourceNotFoundException>();
    assert_eq!(modeled.unwrap().message.as_deref(), Some("m"));
    // A long body is kept in part.
    let body = "x".repeat(3 << 20);
    let error = error(Query::new("t"), MockResponse::new(400).body(&body)).await;
    assert_eq!(error.body().map(<[u8]>::len), Some(64 << 10));
}

shape! { Head new() {} }
shape! { Headed new() { 0 TAG tag: optional String = string("ETag").header("etag"); } }

impl Operation for Head {
    type Response = Headed;
    const SCHEMA: &'static OperationSchema = &OperationSchema::new(
        &S3,
        "HeadObject",
        "HEAD",
        "/key",
        myrina::codec::structure::<Head>(""),
        myrina::codec::structure::<Headed>(""),
    )
    .errors(&[NoSuchKey::ERROR]);
}

#[tokio::test]
async fn errors_of_head_have_a_code_and_the_region() {
    let missing = error(Head::new(), MockResponse::new(404)).await;
    assert_eq!((missing.code(), missing.status()), (Some("NotFound"), Some(404)));
    assert!(missing.modeled::<NoSuchKey>().is_some());
    for (status, code) in [(301, "PermanentRedirect"), (400, "BadRequest")] {
        let moved =
            error(Head::new(), MockResponse::new(status).header("x-amz-bucket-region", "eu-west-1")).await;
        assert_eq!(moved.code(), Some(code));
        assert_eq!(moved.headers().unwrap()["x-amz-bucket-region"], "eu-west-1");
        assert!(moved.to_string().contains("the bucket is in the region eu-west-1"), "{moved}");
        assert!(moved.modeled::<NoSuchKey>().is_none());
    }
    assert_eq!(error(Head::new(), MockResponse::new(403)).await.code(), Some("Forbidden"));
    assert_eq!(error(Head::new(), MockResponse::new(503)).await.code(), None);
}

#[tokio::test]
async fn a_document_is_not_a_stream_of_events() {
    for (media_type, body, line) in [
        ("application/json", "{\"message\":\"m\"}", "found application/json: {\"message\":\"m\"}"),
        ("text/html; charset=utf-8", PAGE, "found text/html: x"),
        ("text/plain", "busy", "found text/plain: busy"),
    ] {
        let error =
            error(ConverseStream::new("model"), MockResponse::ok(body).header("content-type", media_type))
                .await;
        let text = error.to_string();
        assert!(text.contains("expected a stream of events") && text.contains(line), "{text}");
        assert!(!text.contains("checksum"), "{text}");
    }
}

shape! {
    Sloppy new() {
        0 COUNT count: optional i64 = long("Size");
        1 FLAG flag: optional bool = boolean("IsTruncated");
        2 AT at: optional Timestamp = timestamp("LastModified");
        3 RATE rate: optional f64 = double("Rate");
        4 DATA data: optional Bytes = blob("Data");
        5 NAME name: optional String = string("Name");
        6 AGE age: optional i32 = integer("Age").header("x-age");
        7 PROCESSED processed: optional i64 = long("BytesProcessed");
        8 EXPIRES expires: optional Timestamp = timestamp("Expires").header("x-expires");
    }
}
shape! { Ask new() {} }
operation! { Ask => Sloppy S3 "GET" "/" }

#[tokio::test]
async fn a_bad_optional_member_does_not_lose_the_answer() {
    for members in [
        "<Size/><IsTruncated/><LastModified></LastModified><Rate> </Rate><BytesProcessed/>",
        "<Size>many</Size><IsTruncated>perhaps</IsTruncated><LastModified>soon</LastModified><Rate>x</Rate>",
        "<Size><a>1</a></Size><IsTruncated><b><c/></b></IsTruncated>",
    ] {
        let body = format!("<AskResult>{members}<Name>n</Name></AskResult>");
        let reply = MockResponse::ok(&body).header("x-age", "old");
        assert!(answer(Ask::new(), reply).await.unwrap() == Sloppy::new().name("n"), "{body}");
    }
    // Strings and blobs are not left out: without its token, a page would look like the last one.
    for (members, path) in [
        ("<Data>!</Data>", "at Data: "),
        ("<Data><b><c/></b></Data>", "at Data: "),
        ("<Name><b/></Name>", "at Name: "),
    ] {
        let body = format!("<AskResult><Size>1</Size>{members}</AskResult>");
        let error = error(Ask::new(), MockResponse::ok(&body)).await;
        assert!(matches!(error.kind(), ErrorKind::Response { .. }), "{error:?}");
        assert!(error.to_string().contains(path), "{error}");
    }
    for flag in ["True", "TRUE", "true"] {
        let body = format!("<AskResult><IsTruncated>{flag}</IsTruncated></AskResult>");
        assert_eq!(answer(Ask::new(), MockResponse::ok(&body)).await.unwrap().flag, Some(true));
    }
    let body = "\u{feff}{\"Count\":\"many\",\"ScannedCount\":2,\"Unknown\":\"\\ud83d\",\"Items\":[{\"a\":{\"S\":\"\\udc00\"},\"b\":{\"S\":\"cut \\ud83d\"}}]}";
    let page = answer(Query::new("t"), MockResponse::ok(body)).await.unwrap();
    assert_eq!((page.count, page.scanned_count), (None, Some(2)));
    let items = page.items.unwrap();
    assert_eq!(items[0]["a"], AttributeValue::S("\u{fffd}".to_owned()));
    assert_eq!(items[0]["b"], AttributeValue::S("cut \u{fffd}".to_owned()));
}

#[tokio::test]
async fn times_of_sloppy_servers_are_read() {
    for (text, expected) in [
        ("2021-01-20 09:02:29.571913", Timestamp::new(1_611_133_349, 571_913_000)),
        ("2018-03-13T17:25:04.123456", Timestamp::new(1_520_961_904, 123_456_000)),
        ("Tue, 18 Aug 2020 04:56:25 +0000", Timestamp::new(1_597_726_585, 0)),
        ("Tue, 18 Aug 2020 06:56:25 +0200", Timestamp::new(1_597_726_585, 0)),
        ("2018-03-13 17:25:04", Timestamp::new(1_520_961_904, 0)),
    ] {
        let body = format!("<AskResult><LastModified>{text}</LastModified></AskResult>");
        let reply = MockResponse::ok(&body).header("x-expires", text);
        let found = answer(Ask::new(), reply).await.unwrap();
        assert_eq!((found.at, found.expires), (Some(expected), Some(expected)), "{text}");
    }
}

#[tokio::test]
async fn streams_are_collected_up_to_a_limit_and_end_after_an_error() {
    let body = "x".repeat(100_000);
    let stream = answer(GetObject::new("b", "k"), MockResponse::ok(&body)).await.unwrap().body;
    let mut slot = stream;
    let stream = ByteStream::take_from(&mut slot).unwrap();
    assert!(stream.collect_up_to(99_999).await.unwrap_err().to_string().contains("more than 99999 bytes"));
    assert_eq!(ByteStream::from("abc").collect_up_to(3).await.unwrap(), "abc");
    assert!(ByteStream::from("abc").collect_up_to(2).await.is_err());
    let mut slot = answer(GetObject::new("b", "k"), MockResponse::ok(&body).cut(8)).await.unwrap().body;
    let mut stream = ByteStream::take_from(&mut slot).unwrap();
    while let Some(Ok(_)) = stream.next().await {}
    assert!(stream.next().await.is_none(), "the error was the last item");
}
