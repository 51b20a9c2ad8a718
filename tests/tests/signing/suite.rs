//! The public suite: for each case a request, and what comes of it step by step, by header fields and by query.

use http::{HeaderMap, HeaderName, HeaderValue};
use myrina::{
    Credentials, Timestamp,
    sign::{
        PathEncoding, PathSegments, Payload, PayloadHash, SessionToken, Signable, SigningParams,
        SigningSettings, presign, sign_headers,
    },
};
use serde_json::Value;
use std::{fs, path::Path, time::Duration};

const SUITE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/conformance/sigv4/v4");

struct Request {
    method: String,
    path: String,
    query: Option<String>,
    headers: HeaderMap,
    body: String,
}

impl Request {
    /// A request as the suite has it: its target may hold blanks and is not encoded, its fields may go over several lines.
    fn parse(text: &str) -> Self {
        let (head, body) = text.split_once("\n\n").unwrap_or((text, ""));
        let head = head.replace("\n ", " ");
        let (first, fields) = head.split_once('\n').unwrap();
        let (method, target) = first.strip_suffix(" HTTP/1.1").unwrap().split_once(' ').unwrap();
        let (path, query) = match target.split_once('?') {
            Some((path, query)) => (path, Some(query.to_owned())),
            None => (target, None),
        };
        let field = |line: &str| {
            let (name, value) = line.split_once(':').unwrap();
            let name: HeaderName = name.to_lowercase().parse().unwrap();
            (name, HeaderValue::from_str(value).unwrap())
        };
        let mut headers = HeaderMap::new();
        for (name, value) in fields.lines().filter(|line| !line.is_empty()).map(field) {
            headers.append(name, value);
        }
        Self { method: method.into(), path: path.into(), query, headers, body: body.into() }
    }
}

fn settings(context: &Value) -> SigningSettings {
    let is = |name: &str| context[name].as_bool().unwrap_or(false);
    SigningSettings {
        // The suite's paths are not encoded yet.
        path_encoding: PathEncoding::Single,
        path_segments: if is("normalize") { PathSegments::Normalized } else { PathSegments::AsSent },
        payload_hash: if is("sign_body") { PayloadHash::Sent } else { PayloadHash::Implied },
        session_token: if is("omit_session_token") { SessionToken::Unsigned } else { SessionToken::Signed },
    }
}

fn check(case: &Path) {
    let read = |file: &str| {
        let text = fs::read_to_string(case.join(file)).unwrap();
        text.replace("\r\n", "\n")
    };
    let compare =
        |file: &str, ours: &str| assert_eq!(ours, read(file).trim_end(), "{} {file}", case.display());
    let context: Value = serde_json::from_str(&read("context.json")).unwrap();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let keys = &context["credentials"];
    let mut credentials = Credentials::new(text(&keys["access_key_id"]), text(&keys["secret_access_key"]));
    if let Some(token) = keys["token"].as_str() {
        credentials = credentials.with_session_token(token);
    }
    let params = SigningParams {
        credentials: &credentials,
        region: context["region"].as_str().unwrap(),
        service: context["service"].as_str().unwrap(),
        time: Timestamp::parse_any(context["timestamp"].as_str().unwrap()).unwrap(),
        settings: settings(&context),
    };
    let request = Request::parse(&read("request.txt"));
    let body = if context["sign_body"] == true { request.body.as_bytes() } else { b"" };
    let signable = Signable {
        method: &request.method,
        host: "from-the-header",
        path: &request.path,
        query: request.query.as_deref(),
        headers: &request.headers,
        payload: Payload::Bytes(body),
    };

    let signed = sign_headers(&signable, &params).unwrap();
    compare("header-canonical-request.txt", std::str::from_utf8(&signed.canonical_request).unwrap());
    compare("header-string-to-sign.txt", &signed.string_to_sign);
    compare("header-signature.txt", &signed.signature.to_string());
    let mut headers = request.headers.clone();
    signed.parts.into_iter().for_each(|(name, value)| _ = headers.insert(name, value));
    assert_eq!(headers, Request::parse(&read("header-signed-request.txt")).headers, "{}", case.display());

    let expiry = Duration::from_secs(context["expiration_in_seconds"].as_u64().unwrap());
    let signed = presign(&signable, &params, expiry).unwrap();
    compare("query-canonical-request.txt", std::str::from_utf8(&signed.canonical_request).unwrap());
    compare("query-string-to-sign.txt", &signed.string_to_sign);
    compare("query-signature.txt", &signed.signature.to_string());
    let sorted = |query: &str| {
        let mut pairs: Vec<_> = query.split('&').filter(|pair| !pair.is_empty()).map(str::to_owned).collect();
        pairs.sort();
        pairs
    };
    let ours = [request.query.unwrap_or_default(), signed.to_query()].join("&");
    let theirs = Request::parse(&read("query-signed-request.txt")).query.unwrap();
    assert_eq!(sorted(&ours), sorted(&theirs), "{}", case.display());
}

#[test]
fn the_public_suite_passes() {
    let Ok(cases) = fs::read_dir(SUITE) else {
        println!("not run: there is no {SUITE}");
        return;
    };
    let mut count = 0;
    for case in cases {
        check(&case.unwrap().path());
        count += 1;
    }
    assert_eq!(count, 38);
}
