//! Copies between regions, which need a signature for the region of the source.

use crate::{
    auth::SigningContext,
    codec::{CodecError, truncated_quote},
    config::is_region,
    error::{Error, ErrorKind},
    http::{HttpRequest, RequestBody},
    operation::{AttemptContext, HookError, Hooks, Interceptor},
    percent::RESERVED,
    sign::{SignableBody, SignableRequest, SigningParams, presign},
};
use bytes::Bytes;
use http::{HeaderMap, header::CONTENT_LENGTH};
use percent_encoding::{percent_decode_str, utf8_percent_encode};
use std::time::Duration;
use url::{Position, Url};

/// How long the URL is valid.
const EXPIRY: Duration = Duration::from_hours(1);

const SOURCE: &str = "SourceRegion";
const DESTINATION: &str = "DestinationRegion";

/// Adds a presigned URL of the request to its own form, in the query protocols.
///
/// The service fetches the source of a copy with it, from the region of the source. The URL is that of a GET in the region
/// `SourceRegion` with the same parameters and `DestinationRegion`, and is valid for one hour. It is added if `SourceRegion` is
/// set and the request has no such URL. Its host is that of the request, with one region in place of the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PresignedCopy {
    /// The parameter that holds the URL.
    pub url: &'static str,
    /// Whether the service knows the parameters `SourceRegion` and `DestinationRegion`. Otherwise they are for the client alone.
    pub sends_regions: bool,
}

/// For EC2, which needs both regions.
pub static EC2_COPY: PresignedCopy = PresignedCopy { url: "PresignedUrl", sends_regions: true };

/// For RDS, Neptune and DocumentDB, which know neither region.
pub static RDS_COPY: PresignedCopy = PresignedCopy { url: "PreSignedUrl", sends_regions: false };

impl Interceptor for PresignedCopy {
    fn hooks(&self) -> Hooks {
        Hooks::BEFORE_SIGNING
    }

    fn before_signing(
        &self,
        attempt: &mut AttemptContext<'_>,
        request: &mut HttpRequest,
    ) -> Result<(), HookError> {
        let Some(signing) = attempt.extensions.get::<SigningContext>() else { return Ok(()) };
        let Some(body) = request.body.as_bytes() else {
            let error = CodecError::expected("a form in memory", "a stream");
            return Err(error.in_member(self.url).into());
        };
        let mut form = Form::of(body);
        let Some(source) = form.get(SOURCE).filter(|source| !source.is_empty()) else { return Ok(()) };
        // It becomes part of the host that the signed URL is for.
        if !is_region(&source) {
            let error = CodecError::expected("a region such as eu-central-1", truncated_quote(&source));
            return Err(error.in_member(SOURCE).into());
        }
        if !self.sends_regions {
            form.remove(SOURCE);
        }
        if form.get(self.url).is_none() {
            let region = signing
                .client_region
                .as_ref()
                .map_err(|error| Error::from(ErrorKind::Config(error.clone().into())))?;
            let params =
                SigningParams::new(&signing.credentials, &source, &signing.signing_name, signing.time);
            let url = presigned(&request.url, &form, region, &params)?;
            form.put(self.url, &url);
            if self.sends_regions {
                form.put(DESTINATION, region);
            }
        }
        let body = form.into_bytes();
        request.headers.insert(CONTENT_LENGTH, body.len().into());
        request.body = RequestBody::Bytes(body);
        Ok(())
    }
}

/// Returns the URL of the same request in the region of `params`.
fn presigned(
    url: &Url,
    form: &Form,
    destination: &str,
    params: &SigningParams<'_>,
) -> Result<String, CodecError> {
    let mut url = url.clone();
    let host = url.host_str().unwrap_or_default();
    let host: Vec<_> =
        host.split('.').map(|label| if label == destination { params.region } else { label }).collect();
    url.set_host(Some(&host.join("."))).map_err(|error| CodecError::new(format!("`{SOURCE}`: {error}")))?;
    let mut form = form.clone();
    form.put(DESTINATION, destination);
    url.set_query(std::str::from_utf8(&form.into_bytes()).ok());
    let headers = HeaderMap::new();
    let (host, target) = (&url[Position::BeforeHost..Position::AfterPort], &url[Position::BeforePath..]);
    let signable = SignableRequest::new("GET", host, target, &headers, SignableBody::Bytes(b""));
    let signed = presign(&signable, params, EXPIRY).map_err(|error| CodecError::new(error.to_string()))?;
    Ok(format!("{url}&{}", signed.to_query()))
}

/// The parameters of a form: their names, and their encoded values.
#[derive(Clone, Debug)]
struct Form(Vec<(String, String)>);

impl Form {
    fn of(body: &Bytes) -> Self {
        let text = String::from_utf8_lossy(body);
        let pairs = text.split('&').map(|pair| pair.split_once('=').unwrap_or((pair, "")));
        Self(pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).collect())
    }

    fn get(&self, name: &str) -> Option<String> {
        let (_, value) = self.0.iter().find(|(known, _)| known == name)?;
        percent_decode_str(value).decode_utf8().ok().map(std::borrow::Cow::into_owned)
    }

    fn remove(&mut self, name: &str) {
        self.0.retain(|(known, _)| known != name);
    }

    /// Sets a parameter, which becomes the last.
    fn put(&mut self, name: &str, value: &str) {
        self.remove(name);
        self.0.push((name.to_owned(), utf8_percent_encode(value, RESERVED).to_string()));
    }

    fn into_bytes(self) -> Bytes {
        let pairs = self.0.into_iter().map(|(name, value)| format!("{name}={value}"));
        pairs.collect::<Vec<_>>().join("&").into()
    }
}
