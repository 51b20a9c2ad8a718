//! The authentication scheme `sigv4`.

use super::{AuthParams, AuthScheme, EventSigner, Identity, IdentityKind, RequestHead};
use crate::{
    error::{Error, ErrorKind},
    sign::{
        ContentSha256Header, PathEncoding, SignableBody, SignableRequest, SigningParams, SigningSettings,
        sign_headers,
    },
};

/// The signing names of services that sign the path as it is sent and send the hash of the body.
const S3_SIGNING_NAMES: [&str; 4] = ["s3", "s3express", "s3-outposts", "s3-object-lambda"];

/// Signs requests with AWS Signature Version 4.
#[derive(Debug)]
pub(crate) struct SigV4;

impl AuthScheme for SigV4 {
    fn id(&self) -> &'static str {
        "sigv4"
    }

    fn identity_kind(&self) -> IdentityKind {
        IdentityKind::AwsCredentials
    }

    fn sign(
        &self,
        request: RequestHead<'_>,
        identity: &Identity,
        params: &AuthParams<'_>,
    ) -> Result<Option<EventSigner>, Error> {
        let Identity::AwsCredentials(credentials) = identity else {
            return Err(error("SigV4 needs AWS credentials"));
        };
        let RequestHead { method, host, target, headers, body } = request;
        let signing =
            SigningParams::new(credentials, params.signing_region, params.signing_name, params.time)
                .with_settings(settings(params, body));
        let signed = sign_headers(&SignableRequest::new(method, host, target, headers, body), &signing)
            .map_err(|problem| error(format!("the request cannot be signed: {problem}")))?;
        for (name, value) in signed.instructions {
            headers.insert(name, value);
        }
        let has_signed_events = body == SignableBody::Events;
        Ok(has_signed_events.then(|| EventSigner::new(&signing, signed.signature)))
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
    ErrorKind::Credentials(message.into()).into()
}
