//! The suite `sigv4`: for each case a request, and the results of each step of signing it by headers and by query.

use super::{BoxError, Report};
use http::{HeaderMap, HeaderName, HeaderValue};
use myrina::{
    Credentials, Timestamp,
    sign::{
        ContentSha256Header, PathEncoding, SessionToken, SignableBody, SignableRequest, SigningParams,
        SigningSettings, UriPathNormalization, presign, sign_headers,
    },
};
use serde_json::Value;
use std::{
    fs,
    path::{Path, PathBuf},
    time::Duration,
};

/// Runs the suite in `folder`, or in the folder `v4` of it. Fails if that cannot be read.
pub(super) fn run(folder: &Path) -> Result<Report, BoxError> {
    let folder =
        Some(folder.join("v4")).filter(|folder| folder.is_dir()).unwrap_or_else(|| folder.to_owned());
    let cases = fs::read_dir(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut cases = cases.map(|case| Ok(case?.path())).collect::<Result<Vec<_>, std::io::Error>>()?;
    cases.sort();
    let mut report = Report::of("sigv4")?;
    for folder in cases {
        let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let case = Case::read(folder).map_err(|problem| format!("{name}: {problem}"))?;
        for (column, outcome) in [("header", case.by_header()), ("query", case.by_query())] {
            let outcome = outcome.map_err(|problem| problem.to_string());
            report.record(format!("{name}/{column}"), "v4", column, outcome);
        }
    }
    Ok(report)
}

struct Case {
    folder: PathBuf,
    context: Value,
    request: Request,
    credentials: Credentials,
    time: Timestamp,
}

/// A request as the suite has it: its target may hold blanks and is not encoded, its fields may go over several lines.
struct Request {
    method: String,
    target: String,
    headers: HeaderMap,
    body: String,
}

impl Request {
    fn parse(text: &str) -> Option<Self> {
        let (head, body) = text.split_once("\n\n").unwrap_or((text, ""));
        let head = head.replace("\n ", " ");
        let (first, fields) = head.split_once('\n')?;
        let (method, target) = first.strip_suffix(" HTTP/1.1")?.split_once(' ')?;
        let mut headers = HeaderMap::new();
        for line in fields.lines().filter(|line| !line.is_empty()) {
            let (name, value) = line.split_once(':')?;
            let name: HeaderName = name.to_lowercase().parse().ok()?;
            headers.append(name, HeaderValue::from_str(value).ok()?);
        }
        Some(Self { method: method.into(), target: target.into(), headers, body: body.into() })
    }

    fn query(&self) -> &str {
        self.target.split_once('?').map_or("", |(_, query)| query)
    }
}

impl Case {
    fn read(folder: PathBuf) -> Result<Self, BoxError> {
        let context: Value = serde_json::from_str(&text(&folder, "context.json")?)?;
        let request = request(&folder, "request.txt")?;
        let word =
            |value: &Value| value.as_str().map(str::to_owned).ok_or("the context lacks a key or the time");
        let keys = &context["credentials"];
        let mut credentials =
            Credentials::new(word(&keys["access_key_id"])?, word(&keys["secret_access_key"])?);
        if let Some(token) = keys["token"].as_str() {
            credentials = credentials.with_session_token(token);
        }
        let time = Timestamp::parse_any(&word(&context["timestamp"])?)?;
        Ok(Self { folder, context, request, credentials, time })
    }

    fn params(&self) -> SigningParams<'_> {
        let is = |name: &str| self.context[name] == true;
        let settings = SigningSettings::DEFAULT
            // The suite's paths are not encoded yet.
            .with_path_encoding(PathEncoding::Single)
            .with_uri_path_normalization(if is("normalize") {
                UriPathNormalization::Enabled
            } else {
                UriPathNormalization::Disabled
            })
            .with_content_sha256_header(if is("sign_body") {
                ContentSha256Header::Send
            } else {
                ContentSha256Header::Omit
            })
            .with_session_token(if is("omit_session_token") {
                SessionToken::Unsigned
            } else {
                SessionToken::Signed
            });
        let text = |name: &str| self.context[name].as_str().unwrap_or_default();
        SigningParams::new(&self.credentials, text("region"), text("service"), self.time)
            .with_settings(settings)
    }

    fn signable(&self) -> SignableRequest<'_> {
        let body = if self.context["sign_body"] == true { self.request.body.as_bytes() } else { b"" };
        let Request { method, target, headers, .. } = &self.request;
        SignableRequest::new(method, "from-the-header", target, headers, SignableBody::Bytes(body))
    }

    fn by_header(&self) -> Result<(), BoxError> {
        let signed = sign_headers(&self.signable(), &self.params())?;
        self.same("header-canonical-request.txt", std::str::from_utf8(&signed.canonical_request)?)?;
        self.same("header-string-to-sign.txt", &signed.string_to_sign)?;
        self.same("header-signature.txt", &signed.signature.to_string())?;
        let mut headers = self.request.headers.clone();
        for (name, value) in signed.instructions {
            headers.insert(name, value);
        }
        let expected = request(&self.folder, "header-signed-request.txt")?.headers;
        if headers == expected {
            Ok(())
        } else {
            Err(format!("expected {expected:?}, found {headers:?}").into())
        }
    }

    fn by_query(&self) -> Result<(), BoxError> {
        let seconds = self.context["expiration_in_seconds"].as_u64().ok_or("the context has no expiry")?;
        let signed = presign(&self.signable(), &self.params(), Duration::from_secs(seconds))?;
        self.same("query-canonical-request.txt", std::str::from_utf8(&signed.canonical_request)?)?;
        self.same("query-string-to-sign.txt", &signed.string_to_sign)?;
        self.same("query-signature.txt", &signed.signature.to_string())?;
        let ours = sorted(&[self.request.query(), &signed.to_query()].join("&"));
        let expected = sorted(request(&self.folder, "query-signed-request.txt")?.query());
        if ours == expected { Ok(()) } else { Err(format!("expected {expected:?}, found {ours:?}").into()) }
    }

    fn same(&self, file: &str, ours: &str) -> Result<(), BoxError> {
        let expected = text(&self.folder, file)?;
        let expected = expected.trim_end();
        if ours == expected {
            Ok(())
        } else {
            Err(format!("{file}: expected {expected:?}, found {ours:?}").into())
        }
    }
}

fn text(folder: &Path, file: &str) -> Result<String, BoxError> {
    let text = fs::read_to_string(folder.join(file)).map_err(|error| format!("{file}: {error}"))?;
    Ok(text.replace("\r\n", "\n"))
}

fn request(folder: &Path, file: &str) -> Result<Request, BoxError> {
    Request::parse(&text(folder, file)?).ok_or_else(|| format!("{file} is no request").into())
}

fn sorted(query: &str) -> Vec<String> {
    let mut pairs: Vec<_> = query.split('&').filter(|pair| !pair.is_empty()).map(str::to_owned).collect();
    pairs.sort();
    pairs
}
