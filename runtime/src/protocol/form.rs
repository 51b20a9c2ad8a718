//! What the protocols `query` and `ec2` share.

use super::{Request, Settings, http};
use crate::{
    codec::{CodecError, Structure},
    format::{
        Selection,
        query::{self, Dialect},
    },
    schema::OperationSchema,
};
use ::http::{HeaderMap, HeaderValue, header::CONTENT_TYPE};

/// The request that asks for `operation` by a form.
pub(super) fn write_request(
    dialect: Dialect,
    operation: &'static OperationSchema,
    input: &dyn Structure,
    settings: &Settings<'_>,
) -> Result<Request, CodecError> {
    let selection = Selection { tokens: Some(settings.idempotency_token), ..Selection::ALL };
    let version = operation.service.api_version;
    let body = query::write(dialect, operation.name, version, input, selection)?;
    let mut headers = HeaderMap::new();
    let kind = HeaderValue::from_static("application/x-www-form-urlencoded; charset=utf-8");
    headers.insert(CONTENT_TYPE, kind);
    http::describe(&mut headers, None, &body);
    Ok(Request {
        method: "POST",
        uri: "/".to_owned(),
        headers,
        body: body.into(),
        host_prefix: http::host_prefix(operation, input)?,
    })
}
