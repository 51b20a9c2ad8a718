//! The roots of XML responses: a document with another root is not that of the operation, but of a proxy, a login page or another
//! operation. Read as a response of the operation, it would be one without any values.

use super::foreign_error::html_page;
use crate::{
    codec::{CodecError, truncated_quote},
    format::xml,
    operation::{OperationSchema, Response, ResponseBody},
    schema::Schema,
};

/// Returns the root of a response, or `None` if it has no document. Fails if the root is that of something else.
///
/// The response of an operation without output may be malformed or have a root that no operation has, as nothing is read from it.
pub(super) fn checked(
    operation: &'static OperationSchema,
    body: &[u8],
    output: &'static Schema,
) -> Result<Option<String>, CodecError> {
    if let Some(error) = html_page(body) {
        return Err(error);
    }
    let root = match xml::root_name(body) {
        Err(_) if output.members.is_empty() => return Ok(None),
        root => root?,
    };
    match root {
        // Nothing is read from it, so that any root will do that is not one of another operation.
        Some(root)
            if output.members.is_empty() && !root.ends_with("Response") && !root.ends_with("Result") =>
        {
            Ok(None)
        }
        Some(root) if !is_root_of(operation, output, &root) => {
            let expected =
                format!("the response to {}, such as <{}>", operation.name, expected_root(operation, output));
            let found = format!("the element <{}>", truncated_quote(&root).trim_matches('"'));
            Err(CodecError::expected(&expected, found))
        }
        root => Ok(root.filter(|_| !output.members.is_empty())),
    }
}

/// Whether a response with a successful status is the document of an error.
pub(super) fn is_error(response: &Response) -> bool {
    let ResponseBody::Bytes(body) = &response.body else { return false };
    match xml::root_name(body).ok().flatten().as_deref() {
        Some("Error") => true,
        Some("ErrorResponse") => ["Error", "Errors", "Code"].iter().any(|name| xml::has_child(body, name)),
        Some("Response") => xml::has_child(body, "Errors"),
        _ => false,
    }
}

/// The root that the service itself sends.
fn expected_root(operation: &OperationSchema, output: &Schema) -> String {
    match (s3_root(operation), output.payload(), operation.service.protocol.name()) {
        (Some(root), ..) => root.to_owned(),
        (None, Some((_, member)), _) => {
            member.schema().map_or(member.wire_name(), |schema| schema.name).to_owned()
        }
        (None, None, "rest-xml") => operation.output.wire_name_or(output.name).to_owned(),
        (None, None, _) => format!("{}Response", operation.name),
    }
}

/// Whether a response to the operation may have this root: by the model, or because servers use it.
fn is_root_of(operation: &OperationSchema, output: &Schema, root: &str) -> bool {
    let of_operation = root
        .strip_prefix(operation.name)
        .is_some_and(|suffix| matches!(suffix, "Response" | "Result" | "Output"));
    let of_payload = output.payload().is_some_and(|(_, member)| {
        root == member.name
            || root == member.wire_name()
            || member.schema().is_some_and(|schema| schema.name == root)
            // The two kinds of copies are the same to some servers.
            || (is_copy(root) && is_copy(member.name))
    });
    // A document that consists of its root.
    let only = output.members.iter().any(|member| member.name == root && root == "LocationConstraint");
    of_operation
        || of_payload
        || only
        || root == output.name
        || operation.output.location_name == Some(root)
        || operation.result_wrapper == Some(root)
        || s3_root(operation) == Some(root)
}

fn is_copy(name: &str) -> bool {
    matches!(name, "CopyObjectResult" | "CopyPartResult" | "CopyObjectPartResult")
}

/// The root that S3 sends, for the operations where it follows from no name of the model that this catalogue has. Servers that are
/// compatible with S3 send the same.
fn s3_root(operation: &OperationSchema) -> Option<&'static str> {
    if operation.service.id != "S3" {
        return None;
    }
    Some(match operation.name {
        "CreateMultipartUpload" => "InitiateMultipartUploadResult",
        "DeleteObjects" => "DeleteResult",
        "GetBucketAccelerateConfiguration" => "AccelerateConfiguration",
        "GetBucketAcl" | "GetObjectAcl" => "AccessControlPolicy",
        "GetBucketCors" => "CORSConfiguration",
        "GetBucketLifecycle" | "GetBucketLifecycleConfiguration" => "LifecycleConfiguration",
        "GetBucketLogging" => "BucketLoggingStatus",
        "GetBucketNotification" | "GetBucketNotificationConfiguration" => "NotificationConfiguration",
        "GetBucketRequestPayment" => "RequestPaymentConfiguration",
        "GetBucketTagging" | "GetObjectTagging" => "Tagging",
        "GetBucketVersioning" => "VersioningConfiguration",
        "GetBucketWebsite" => "WebsiteConfiguration",
        "ListBucketAnalyticsConfigurations" => "ListBucketAnalyticsConfigurationResult",
        "ListBucketInventoryConfigurations" => "ListInventoryConfigurationsResult",
        "ListBucketMetricsConfigurations" => "ListMetricsConfigurationsResult",
        "ListBuckets" => "ListAllMyBucketsResult",
        "ListDirectoryBuckets" => "ListAllMyDirectoryBucketsResult",
        "ListObjectVersions" => "ListVersionsResult",
        "ListObjects" | "ListObjectsV2" => "ListBucketResult",
        _ => return None,
    })
}
