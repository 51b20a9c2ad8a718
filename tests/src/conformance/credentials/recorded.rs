//! A transport that plays back recorded traffic, and compares the requests with the recorded ones.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use myrina::{
    Bytes,
    http::{HttpError, HttpErrorKind, HttpResponse},
    testing::{InMemory, RecordedRequest},
};
use serde_json::Value;
use std::sync::{Arc, Mutex, PoisonError};

/// One request and its answer.
#[derive(Clone, Debug, Default)]
struct Exchange {
    request: Value,
    request_body: Vec<u8>,
    response: Value,
    response_body: Vec<u8>,
}

/// How the requests differ from the recorded ones, so far.
#[derive(Clone, Debug, Default)]
pub(super) struct Differences(Arc<Mutex<Vec<String>>>);

/// The headers that are compared. Others are those of another implementation.
const COMPARED: [&str; 5] = [
    "accept",
    "authorization",
    "x-amz-sso_bearer_token",
    "x-aws-ec2-metadata-token",
    "x-aws-ec2-metadata-token-ttl-seconds",
];

/// The transport of a file of traffic.
pub(super) fn transport(traffic: &Value) -> (InMemory, Differences) {
    let mut exchanges: Vec<Exchange> = Vec::new();
    for event in traffic["events"].as_array().into_iter().flatten() {
        let index =
            event["connection_id"].as_u64().and_then(|id| usize::try_from(id).ok()).unwrap_or_default();
        if exchanges.len() <= index {
            exchanges.resize(index + 1, Exchange::default());
        }
        let (exchange, action) = (&mut exchanges[index], &event["action"]);
        let data = &action["Data"];
        if !action["Request"].is_null() {
            exchange.request = action["Request"]["request"].clone();
        } else if !action["Response"].is_null() {
            exchange.response = action["Response"]["response"].clone();
        } else if data["direction"] == "Request" {
            exchange.request_body.extend(bytes(&data["data"]));
        } else if !data.is_null() {
            exchange.response_body.extend(bytes(&data["data"]));
        }
    }
    let differences = Differences::default();
    let shared = differences.clone();
    let mut exchanges = exchanges.into_iter();
    let mut last: Option<Exchange> = None;
    let transport = InMemory::new(move |request| {
        // The suite records one answer of a server that fails, however often it is asked.
        let repeated = last.take().filter(|exchange| exchange.status() >= 500);
        let Some(exchange) = exchanges.next().or(repeated) else {
            shared.add(format!("{} {} is one request more than recorded", request.method, request.url));
            return Err(HttpError::new(HttpErrorKind::Connect, "nothing more was recorded"));
        };
        exchange.compare(request, &shared);
        last = Some(exchange.clone());
        exchange.answer()
    });
    (transport, differences)
}

fn bytes(data: &Value) -> Vec<u8> {
    match (data["Utf8"].as_str(), data["Base64"].as_str()) {
        (Some(text), _) => text.into(),
        (_, Some(text)) => STANDARD.decode(text).unwrap_or_default(),
        _ => Vec::new(),
    }
}

impl Exchange {
    fn compare(&self, request: &RecordedRequest, differences: &Differences) {
        let recorded = &self.request;
        let same = |what: &str, expected: &str, found: &str| {
            if expected != found {
                differences.add(format!("{what}: expected {expected:?}, found {found:?}"));
            }
        };
        same("method", recorded["method"].as_str().unwrap_or_default(), request.method.as_str());
        same("URL", &sorted_query(recorded["uri"].as_str().unwrap_or_default()), &sorted_query(&request.url));
        for name in COMPARED {
            let Some(expected) = recorded["headers"][name][0].as_str() else { continue };
            let found = request.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
            same(name, key_id(expected), key_id(found));
        }
        let action = |body: &[u8]| form_field(body, "Action");
        same("action", &action(&self.request_body), &action(&request.body));
    }

    fn status(&self) -> u16 {
        u16::try_from(self.response["Ok"]["status"].as_u64().unwrap_or(500)).unwrap_or(500)
    }

    fn answer(self) -> Result<HttpResponse, HttpError> {
        let mut response = http::Response::builder().status(self.status());
        for (name, values) in self.response["Ok"]["headers"].as_object().into_iter().flatten() {
            // Recorded bodies were changed after they were recorded.
            if !name.eq_ignore_ascii_case("content-length") {
                response = response.header(name, values[0].as_str().unwrap_or_default());
            }
        }
        response
            .body(Bytes::from(self.response_body).into())
            .map_err(|error| HttpError::new(HttpErrorKind::Other, error))
    }
}

impl Differences {
    fn add(&self, difference: String) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(difference);
    }

    /// Fails if there are any.
    pub(super) fn check(&self) -> Result<(), String> {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if all.is_empty() { Ok(()) } else { Err(all.join("; ")) }
    }
}

/// The identifier of the key in a signature; of another header, all of it. The rest depends on the time.
fn key_id(value: &str) -> &str {
    let id = value.split_once("Credential=").and_then(|(_, rest)| rest.split_once('/'));
    id.map_or(value, |(id, _)| id)
}

/// The URL with its parameters in order and a path.
fn sorted_query(url: &str) -> String {
    let (base, query) = url.split_once('?').unwrap_or((url, ""));
    let mut parameters: Vec<_> = query.split('&').collect();
    parameters.sort_unstable();
    let slash = if base.matches('/').count() == 2 { "/" } else { "" };
    format!("{base}{slash}?{}", parameters.join("&"))
}

/// A field of a form, decoded.
pub(super) fn form_field(form: &[u8], name: &str) -> String {
    let form = String::from_utf8_lossy(form);
    let value = form.split('&').find_map(|field| field.strip_prefix(name)?.strip_prefix('='));
    percent_encoding::percent_decode_str(value.unwrap_or_default()).decode_utf8_lossy().into_owned()
}
