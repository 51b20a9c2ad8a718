//! The presigned copy of a request that goes along among its parameters.

use super::{
    Inner,
    prepare::{Outgoing, Prepared},
};
use crate::{
    auth,
    codec::CodecError,
    error::{Error, ErrorKind},
    operation::Interceptor,
    percent::RESERVED,
    sign::{SignableBody, SignableRequest, SigningParams, presign},
    time::Timestamp,
};
use bytes::Bytes;
use http::{HeaderMap, header::CONTENT_LENGTH};
use percent_encoding::{percent_decode_str, utf8_percent_encode};
use reqwest::Url;
use std::time::Duration;
use url::Position;

/// How long the other region may take to begin.
const EXPIRY: Duration = Duration::from_hours(1);

const SOURCE: &str = "SourceRegion";
const DESTINATION: &str = "DestinationRegion";

/// Adds the copy to `request` where a customization wants one and the parameters say of which region.
pub(super) async fn add_copy(inner: &Inner, request: &mut Prepared) -> Result<(), Error> {
    let operation = request.operation;
    let copy = operation.all_interceptors().find_map(Interceptor::presigned_copy);
    let (Some(copy), Outgoing::Held(body)) = (copy, &request.body) else { return Ok(()) };
    let auth = auth::select(operation, &request.endpoint.resolved)?;
    if auth.scheme.id() != "sigv4" {
        return Ok(());
    }
    let mut form = Form::of(body);
    let Some(source) = form.get(SOURCE).filter(|source| !source.is_empty()) else { return Ok(()) };
    if !copy.tells_regions {
        form.remove(SOURCE);
    }
    if form.get(copy.url).is_none() {
        let config = inner.config.service(operation.service.id);
        let region = config.region.as_ref().map_err(|error| ErrorKind::Config(error.to_string()))?;
        let credentials = inner.credentials().await?;
        let params = SigningParams::new(&credentials, &source, auth.signing_name, Timestamp::now());
        let url = presigned(&request.url, &form, region, &params).map_err(ErrorKind::Request)?;
        form.put(copy.url, &url);
        if copy.tells_regions {
            form.put(DESTINATION, region);
        }
    }
    let body = form.into_bytes();
    request.headers.insert(CONTENT_LENGTH, body.len().into());
    request.body = Outgoing::Held(body);
    Ok(())
}

/// The URL of the same request in the region of `params`.
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

/// The parameters of a form: their names, and their values as they are encoded.
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

    /// Sets a parameter, in the place of what it was.
    fn put(&mut self, name: &str, value: &str) {
        self.remove(name);
        self.0.push((name.to_owned(), utf8_percent_encode(value, RESERVED).to_string()));
    }

    fn into_bytes(self) -> Bytes {
        let pairs = self.0.into_iter().map(|(name, value)| format!("{name}={value}"));
        pairs.collect::<Vec<_>>().join("&").into()
    }
}
