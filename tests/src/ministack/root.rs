//! Sets up what a test needs, with the rights of the server's root user.

use super::{Ministack, http};
use crate::BoxError;

/// The response of a service to a request; `line` is method and path, `headers` are whole lines. Fails if it is no success.
///
/// The signature of the root's key, which the server has from the start, is the one that it does not check.
pub(super) async fn ask(
    endpoint: &str,
    service: &str,
    line: &str,
    headers: &str,
    body: &str,
) -> Result<String, BoxError> {
    let headers = format!(
        "{headers}x-amz-date: 20260101T000000Z\r\n\
         authorization: AWS4-HMAC-SHA256 Credential=test/20260101/{}/{service}/aws4_request, \
         SignedHeaders=host, Signature=0\r\n",
        Ministack::REGION
    );
    match http::ask(endpoint, line, &headers, body).await? {
        (200, answer) => Ok(answer),
        (status, answer) => Err(format!("{service}: {line} {body}: status {status}: {answer}").into()),
    }
}
