//! Who signs a request, and in which manner.

mod seal;

pub(super) use seal::Seal;

use super::{
    Inner,
    prepare::{Outgoing, Prepared},
};
use crate::{
    credentials::Credentials,
    endpoint::Scheme,
    error::{Error, ErrorKind},
    operation::Auth,
    sign::{PathEncoding, Payload, PayloadHash, Signable, SigningParams, SigningSettings, sign_headers},
    time::Timestamp,
};

/// Signs `outgoing` as its operation demands. Nothing of its head may change afterwards. Returns what signs the events of its
/// body, where there are such.
pub(super) async fn sign(
    inner: &Inner,
    request: &mut Prepared,
    outgoing: &mut reqwest::Request,
) -> Result<Option<Seal>, Error> {
    let service = request.operation.service;
    match request.operation.auth.unwrap_or(service.auth) {
        Auth::None => return Ok(None),
        Auth::SigV4 => {}
        Auth::Bearer => {
            let message = "the operation wants a bearer token, which this version does not support";
            return Err(ErrorKind::Credentials(message.to_owned()).into());
        }
    }
    let scheme = &request.endpoint.address.scheme;
    if let Some(names) = &scheme.unsupported {
        let way_out = match names.as_str() {
            "sigv4-s3express" => {
                "; `Client::builder().s3_disable_express_session_auth(true)` does without it"
            }
            _ => "",
        };
        let host = request.endpoint.address.url.authority();
        let message =
            format!("{host} wants a signature by `{names}`, which this version does not support{way_out}");
        return Err(ErrorKind::Credentials(message).into());
    }
    let region = match &scheme.region {
        Some(region) => region,
        None => inner.region().map_err(|error| ErrorKind::Config(error.to_string()))?,
    };
    let credentials = inner.credentials().await?;
    let name = scheme.service.as_deref().unwrap_or(service.signing_name);
    let payload = payload(request);
    let params = SigningParams {
        credentials: &credentials,
        region,
        service: name,
        time: Timestamp::now(),
        settings: settings(name, scheme, payload),
    };
    let signable = Signable::new(outgoing.method().as_str(), outgoing.url(), outgoing.headers(), payload);
    let signed = sign_headers(&signable, &params)
        .map_err(|error| ErrorKind::Credentials(format!("the request cannot be signed: {error}")))?;
    let seal = (payload == Payload::Events).then(|| Seal::new(&params, signed.signature));
    outgoing.headers_mut().extend(signed.parts);
    Ok(seal)
}

impl Inner {
    /// The credentials to sign with, or why there are none.
    pub(super) async fn credentials(&self) -> Result<Credentials, Error> {
        let provider = &self.credentials;
        provider.provide().await.map_err(|error| {
            let name = provider.name();
            ErrorKind::Credentials(format!("there are no credentials to sign with: {name}: {error}")).into()
        })
    }
}

/// The body, as far as it can be signed: the hash of a stream is not known when it is sent.
fn payload(request: &Prepared) -> Payload<'_> {
    match &request.body {
        Outgoing::Held(bytes) if !request.operation.unsigned_payload => Payload::Bytes(bytes),
        Outgoing::Events(_) => Payload::Events,
        Outgoing::Held(_) | Outgoing::Stream(_) => Payload::Unsigned,
    }
}

/// The service's manner. That a body is not signed, or piece by piece, must be told, as no service could guess it.
fn settings(name: &str, scheme: &Scheme, payload: Payload<'_>) -> SigningSettings {
    let manner = match name {
        "s3" | "s3express" | "s3-outposts" | "s3-object-lambda" => SigningSettings::S3,
        _ if scheme.encoded_once => {
            SigningSettings { path_encoding: PathEncoding::Single, ..SigningSettings::default() }
        }
        _ => SigningSettings::default(),
    };
    match payload {
        Payload::Bytes(_) => manner,
        _ => SigningSettings { payload_hash: PayloadHash::Sent, ..manner },
    }
}
