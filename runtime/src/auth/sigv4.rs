//! The authentication scheme `sigv4`.

use super::{AuthParams, AuthScheme, BodySigner, Identity, IdentityKind, RequestHead};
use crate::{
    error::{Error, ErrorKind},
    operation::Auth,
    sign::{
        ContentSha256Header, PathEncoding, SignableBody, SignableRequest, SigningParams, SigningSettings,
        sign_headers,
    },
};
use http::HeaderName;

const CONTENT_SHA256: HeaderName = HeaderName::from_static("x-amz-content-sha256");

/// The signing names of services that sign the path as it is sent and send the hash of the body.
const S3_SIGNING_NAMES: [&str; 4] = ["s3", "s3express", "s3-outposts", "s3-object-lambda"];

/// Signs requests with AWS Signature Version 4.
#[derive(Debug)]
pub(crate) struct SigV4;

impl AuthScheme for SigV4 {
    fn id(&self) -> &'static str {
        Auth::SigV4.name()
    }

    fn identity_kind(&self) -> IdentityKind {
        IdentityKind::AwsCredentials
    }

    fn sign(
        &self,
        request: RequestHead<'_>,
        identity: &Identity,
        params: &AuthParams<'_>,
    ) -> Result<Option<BodySigner>, Error> {
        let Identity::AwsCredentials(credentials) = identity else {
            return Err(error("SigV4 needs AWS credentials"));
        };
        let RequestHead { is_encrypted: _, method, host, target, headers, body } = request;
        // An operation may have the hash as a member. The service compares it with the one that is signed.
        let explicit_hash = match body {
            SignableBody::Unsigned => headers.get(CONTENT_SHA256).cloned(),
            _ => None,
        };
        let explicit_hash = explicit_hash.as_ref().and_then(|hash| hash.to_str().ok());
        let body = explicit_hash.map_or(body, SignableBody::Sha256);
        let signing =
            SigningParams::new(credentials, params.signing_region, params.signing_name, params.time)
                .with_settings(settings(params, body));
        let signed = sign_headers(&SignableRequest::new(method, host, target, headers, body), &signing)
            .map_err(|problem| error(format!("the request cannot be signed: {problem}")))?;
        for (name, value) in signed.instructions {
            headers.insert(name, value);
        }
        let has_signed_parts = matches!(body, SignableBody::Events | SignableBody::ChunksWithTrailer);
        Ok(has_signed_parts.then(|| BodySigner::new(&signing, signed.signature)))
    }
}

/// What the service expects. If the body is not signed as a whole, the header must say so.
fn settings(params: &AuthParams<'_>, body: SignableBody<'_>) -> SigningSettings {
    let settings = if S3_SIGNING_NAMES.contains(&params.signing_name) {
        SigningSettings::S3
    } else if params.disable_double_encoding {
        SigningSettings::DEFAULT.with_path_encoding(PathEncoding::Single)
    } else {
        SigningSettings::DEFAULT
    };
    match body {
        SignableBody::Bytes(_) => settings,
        _ => settings.with_content_sha256_header(ContentSha256Header::Send),
    }
}

fn error(message: impl Into<String>) -> Error {
    ErrorKind::Credentials(message.into().into()).into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{credentials::Credentials, time::Timestamp};
    use http::{HeaderMap, HeaderValue};

    fn signed(headers: &mut HeaderMap, signing_name: &str, body: SignableBody<'_>) -> bool {
        let identity = Identity::AwsCredentials(Credentials::new("AKIDEXAMPLE", "secret"));
        let params = AuthParams {
            signing_name,
            signing_region: "eu-west-1",
            disable_double_encoding: false,
            time: Timestamp::EPOCH,
        };
        let request =
            RequestHead { is_encrypted: true, method: "POST", host: "a.b", target: "/", headers, body };
        SigV4.sign(request, &identity, &params).unwrap().is_some()
    }

    #[test]
    fn the_hash_is_sent_unless_the_service_computes_it() {
        let hash = |signing_name: &str, body| {
            let mut headers = HeaderMap::new();
            signed(&mut headers, signing_name, body);
            headers.get(CONTENT_SHA256).map(|hash| hash.to_str().unwrap().to_owned())
        };
        assert_eq!(hash("lambda", SignableBody::Bytes(b"")), None);
        assert_eq!(hash("lambda", SignableBody::Unsigned).as_deref(), Some("UNSIGNED-PAYLOAD"));
        assert!(hash("s3", SignableBody::Bytes(b"")).is_some_and(|hash| hash.len() == 64));
    }

    #[test]
    fn a_hash_that_the_operation_sends_is_signed_and_sent_once() {
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_SHA256, HeaderValue::from_static("00ff"));
        signed(&mut headers, "codeartifact", SignableBody::Unsigned);
        assert_eq!(headers.get_all(CONTENT_SHA256).iter().collect::<Vec<_>>(), ["00ff"]);
    }

    #[test]
    fn only_bodies_whose_parts_are_signed_have_a_signer() {
        assert!(signed(&mut HeaderMap::new(), "s3", SignableBody::ChunksWithTrailer));
        assert!(signed(&mut HeaderMap::new(), "lambda", SignableBody::Events));
        assert!(!signed(&mut HeaderMap::new(), "lambda", SignableBody::Unsigned));
    }
}
