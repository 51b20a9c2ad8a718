//! Presigned copies of requests.

use super::{Empty, operation, rejected, sent, shape};
use crate::{client_of, server};
use myrina::{
    codegen::{OperationSchema, ServiceSchema, protocol, structure},
    customizations::presigned,
    http::RequestBody,
    operation::{CallContext, HookError, Interceptor, Request},
};
use myrina_tests::{MockResponse, RecordedRequest};
use percent_encoding::percent_decode_str;

const EC2: ServiceSchema = ServiceSchema::new("EC2", "ec2", "2016-11-15", "ec2", &protocol::EC2_QUERY);
const RDS: ServiceSchema = ServiceSchema::new("RDS", "rds", "2014-10-31", "rds", &protocol::AWS_QUERY);

shape! {
    CopySnapshot new(id: required String) {
        0 ID id: required String = string("SourceSnapshotId").required();
        1 REGION region: optional String = string("SourceRegion");
        2 URL url: optional String = string("PresignedUrl").named("presignedUrl");
    }
}
operation! { CopySnapshot => Empty EC2 "POST" "/" presigned::EC2_COPY }

shape! {
    CopyDbSnapshot new(id: required String) {
        0 ID id: required String = string("SourceDBSnapshotIdentifier").required();
        1 REGION region: optional String = string("SourceRegion");
        2 URL url: optional String = string("PreSignedUrl");
    }
}
operation! { CopyDbSnapshot => Empty RDS "POST" "/" presigned::RDS_COPY }

/// A parameter of a form or query, decoded.
fn parameter(form: &str, name: &str) -> Option<String> {
    let value = form.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))?;
    Some(percent_decode_str(value).decode_utf8().unwrap().into_owned())
}

fn of(request: &RecordedRequest, name: &str) -> Option<String> {
    parameter(&request.text(), name)
}

#[tokio::test]
async fn ec2_copies_send_the_presigned_url_and_both_regions() {
    let (request, _) = sent(CopySnapshot::new("snap-1 ä").region("us-east-1"), "<R/>").await;
    assert_eq!(of(&request, "SourceRegion").as_deref(), Some("us-east-1"));
    assert_eq!(of(&request, "DestinationRegion").as_deref(), Some("eu-west-1"));
    assert_eq!(request.header("content-length").unwrap(), request.body.len().to_string());
    let url = of(&request, "PresignedUrl").unwrap();
    let (address, query) = url.split_once('?').unwrap();
    assert!(address.starts_with("http://127.0.0.1:") && address.ends_with('/'), "{address}");
    for (name, value) in [
        ("Action", "CopySnapshot"),
        ("SourceRegion", "us-east-1"),
        ("SourceSnapshotId", "snap-1 ä"),
        ("DestinationRegion", "eu-west-1"),
        ("X-Amz-Expires", "3600"),
        ("X-Amz-SignedHeaders", "host"),
    ] {
        assert_eq!(parameter(query, name).as_deref(), Some(value), "{name} in {query}");
    }
    let credential = parameter(query, "X-Amz-Credential").unwrap();
    assert!(
        credential.starts_with("AKIDEXAMPLE/") && credential.ends_with("/us-east-1/ec2/aws4_request"),
        "{credential}"
    );
    assert_eq!(parameter(query, "X-Amz-Signature").map(|signature| signature.len()), Some(64));
}

#[tokio::test]
async fn rds_copies_send_the_presigned_url_without_the_source_region() {
    let (request, _) = sent(CopyDbSnapshot::new("s").region("us-east-1"), "<R/>").await;
    assert_eq!((of(&request, "SourceRegion"), of(&request, "DestinationRegion")), (None, None));
    let url = of(&request, "PreSignedUrl").unwrap();
    let (_, query) = url.split_once('?').unwrap();
    assert_eq!(parameter(query, "SourceRegion"), None);
    assert_eq!(parameter(query, "DestinationRegion").as_deref(), Some("eu-west-1"));
    assert!(parameter(query, "X-Amz-Credential").unwrap().ends_with("/us-east-1/rds/aws4_request"));
}

#[tokio::test]
async fn a_given_presigned_url_is_kept_and_none_is_made_without_a_source_region() {
    let given = CopyDbSnapshot::new("s").region("us-east-1").url("https://given");
    let (request, _) = sent(given, "<R/>").await;
    assert_eq!(of(&request, "SourceRegion"), None);
    assert_eq!(of(&request, "PreSignedUrl").as_deref(), Some("https://given"));
    let (request, _) = sent(CopyDbSnapshot::new("s"), "<R/>").await;
    assert_eq!(request.text(), "Action=CopyDbSnapshot&Version=2014-10-31&SourceDBSnapshotIdentifier=s");
}

#[tokio::test]
async fn a_source_region_that_is_no_host_label_is_refused() {
    for region in ["evil.example:x", "evil.example", "us-east-1/", "a@b", "-a", "a-", "ä"] {
        for error in [
            rejected(CopySnapshot::new("snap-1").region(region)).await,
            rejected(CopyDbSnapshot::new("snap-1").region(region)).await,
        ] {
            assert!(
                error.contains("SourceRegion: expected a region such as eu-central-1"),
                "{region}: {error}"
            );
        }
    }
}

/// Counts the bytes of a body, or some such thing.
#[derive(Debug)]
struct Wraps;

impl Interceptor for Wraps {
    fn after_serialization(
        &self,
        _: &mut CallContext,
        request: &mut Request<RequestBody>,
    ) -> Result<(), HookError> {
        request.body.wrap(|stream| stream);
        Ok(())
    }
}

#[tokio::test]
async fn a_copy_whose_form_a_hook_wraps_has_its_url_too() {
    let server = server([MockResponse::ok("")]);
    let client = client_of(&server).interceptor(Wraps).build().unwrap();
    let _ = client.send(CopySnapshot::new("s").region("us-east-1")).await;
    let form = server.requests()[0].text();
    assert!(form.contains("PresignedUrl=http"), "{form}");
}
