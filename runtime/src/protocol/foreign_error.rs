//! Errors of something between the client and the service, such as a gateway, a load balancer or a proxy, which are not in the
//! service's protocol: their code and message are looked for in JSON or XML, and plain text or a page becomes the message.

use super::{
    headers::header_text,
    json_error::{bare_code, read_modeled},
};
use crate::{
    codec::{CodecError, document, truncated},
    error::ServiceError,
    format::json,
    operation::{OperationSchema, Response, ResponseBody},
};
use ::http::HeaderMap;
use bytes::Bytes;
use serde_json::Value as Document;

/// The most bytes of a body in which a code or message is looked for.
const MAX_BODY: usize = 64 << 10;

/// What was found out about an error.
#[derive(Default)]
struct Found {
    code: Option<String>,
    message: Option<String>,
    request_id: Option<String>,
}

/// Adds the code and the message, if the protocol found none, and the data of the error that has this code in the model.
pub(super) fn complete(
    operation: &'static OperationSchema,
    mut error: ServiceError,
    headers: &HeaderMap,
    body: &[u8],
) -> ServiceError {
    if error.code().is_some() && error.message().is_some() {
        return error;
    }
    let mut found = Found::in_body(body);
    if error.code().is_none() {
        let header = header_text(headers, "x-amzn-errortype");
        let header = header.as_deref().map(bare_code).filter(|code| !code.is_empty());
        found.code = header.map(str::to_owned).or(found.code);
        if operation.method == "HEAD" && found.code.is_none() && body.is_empty() {
            found = Found::in_head(error.status(), headers);
        }
    }
    let Found { code, message, request_id } = found;
    if error.message().is_none() {
        let has_code = error.code().is_some() || code.is_some();
        error = error.with_message(message.or_else(|| page_or_text(body).filter(|_| !has_code)));
    }
    if error.request_id().is_none() {
        error = error.with_request_id(request_id);
    }
    let Some(code) = code.filter(|_| error.code().is_none()) else { return error };
    // A response to HEAD has no code of its own: the only error of the operation is it.
    let only = match operation.errors {
        [only] if operation.method == "HEAD" && error.status() == 404 => Some(*only),
        _ => None,
    };
    if let Some(schema) = operation.error(&code).or(only).filter(|_| error.data().is_none()) {
        let response = Response {
            status: error.status(),
            headers: HeaderMap::new(),
            body: ResponseBody::Bytes(Bytes::new()),
        };
        let modeled = read_modeled((schema.empty)(), response, error.message(), |_, _| Ok(()));
        error = error.with_modeled(modeled);
    }
    error.with_code(code)
}

impl Found {
    /// Looks into a document, whatever its format.
    fn in_body(body: &[u8]) -> Self {
        let Some(text) = text_of(body) else { return Self::default() };
        match text.as_bytes().first() {
            Some(b'{') => {
                json::document(text.as_bytes()).map(|document| Self::in_json(&document)).unwrap_or_default()
            }
            Some(b'<') if !is_html(text.as_bytes()) => Self::in_xml(&text),
            _ => Self::default(),
        }
    }

    fn in_json(document: &Document) -> Self {
        let inner = ["Error", "error"]
            .into_iter()
            .find_map(|key| document.get(key).filter(|inner| inner.is_object()));
        let string = |keys: &[&str]| {
            let documents = [Some(document), inner].into_iter().flatten();
            let mut strings =
                documents.flat_map(|document| keys.iter().filter_map(|key| document.get(*key)?.as_str()));
            strings.find(|text| !text.trim().is_empty()).map(str::to_owned)
        };
        let code = string(&["__type", "code", "Code"]);
        Self {
            code: code.as_deref().map(bare_code).filter(|code| is_code(code)).map(str::to_owned),
            message: string(&["message", "Message", "errorMessage", "error_description", "error"]),
            request_id: string(&["requestId", "RequestId"]),
        }
    }

    /// Looks for elements without a parser: the runtime has one only if a service needs it.
    fn in_xml(text: &str) -> Self {
        let root = root(text);
        let is_error =
            ["Exception", "Error", "Fault"].iter().any(|suffix| root.ends_with(suffix)) && root != "Error";
        let code = element(text, "Code").or_else(|| is_error.then(|| root.to_owned()));
        Self {
            code: code.filter(|code| is_code(code)),
            message: element(text, "Message").or_else(|| element(text, "message")),
            request_id: element(text, "RequestId").or_else(|| element(text, "RequestID")),
        }
    }

    /// Returns what the status of a response to HEAD says: such a response has no body.
    fn in_head(status: u16, headers: &HeaderMap) -> Self {
        let code = match status {
            301 => "PermanentRedirect",
            304 => "NotModified",
            400 => "BadRequest",
            403 => "Forbidden",
            404 => "NotFound",
            412 => "PreconditionFailed",
            _ => return Self::default(),
        };
        let region = header_text(headers, "x-amz-bucket-region").filter(|_| matches!(status, 301 | 400));
        let message = region.map(|region| format!("the bucket is in the region {region}"));
        Self { code: Some(code.to_owned()), message, request_id: None }
    }
}

/// Returns the error of a successful response that is an HTML page, as login pages of networks are.
pub(super) fn html_page(body: &[u8]) -> Option<CodecError> {
    if !is_html(body) {
        return None;
    }
    let line = page_or_text(body).map(|line| format!(": {line}")).unwrap_or_default();
    Some(CodecError::expected("a response of the service", format_args!("an HTML page, <html>{line}")))
}

/// Returns the first line of a page, which is its title if it has one, or of text, cleaned and shortened.
pub(crate) fn page_or_text(body: &[u8]) -> Option<String> {
    let text = text_of(body)?;
    if !text.starts_with(['{', '<']) && text.contains(char::REPLACEMENT_CHARACTER) {
        return None;
    }
    let text = match element(&text, "title").or_else(|| element(&text, "TITLE")) {
        Some(title) if is_html(text.as_bytes()) => title,
        _ if text.starts_with('<') => without_tags(&text),
        _ => text,
    };
    // The first line of a JSON document may be a bracket alone.
    if text.starts_with(['{', '[']) {
        return Some(truncated(cleaned(&text)));
    }
    text.lines().map(cleaned).find(|line| !line.is_empty()).map(truncated)
}

/// Returns the beginning of a body as text, without white space around it. Ill-formed bytes are replaced; `None` for other data
/// than text.
fn text_of(body: &[u8]) -> Option<String> {
    let body = body.get(..MAX_BODY).unwrap_or(body);
    let is_binary = |byte: &u8| *byte < b' ' && !byte.is_ascii_whitespace();
    if body.iter().any(is_binary) {
        return None;
    }
    let text = String::from_utf8_lossy(body);
    let text = text.trim_start_matches('\u{feff}').trim();
    let ill_formed = text.matches(char::REPLACEMENT_CHARACTER).count();
    (!text.is_empty() && ill_formed * 4 < text.len()).then(|| text.to_owned())
}

/// Collapses white space and removes control characters.
fn cleaned(line: &str) -> String {
    let words = line.split(|char: char| char.is_whitespace() || char.is_control());
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Whether text may be a code: one word.
fn is_code(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= 128
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-:".contains(&byte))
}

fn is_html(body: &[u8]) -> bool {
    let body = document::without_mark(body).trim_ascii_start();
    let starts =
        |prefix: &[u8]| body.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix));
    starts(b"<html") || starts(b"<!doctype html")
}

/// Returns the name of the first element, without its prefix.
fn root(text: &str) -> &str {
    let tags = text.split('<').skip(1);
    let start =
        tags.into_iter().find(|tag| tag.starts_with(|char: char| char.is_ascii_alphabetic() || char == '_'));
    let name = start
        .and_then(|tag| tag.split(|char: char| char.is_whitespace() || matches!(char, '>' | '/')).next());
    name.map_or("", |name| name.rsplit(':').next().unwrap_or(name))
}

/// Returns the text of the first element of this name.
fn element(text: &str, name: &str) -> Option<String> {
    let mut rest = text;
    loop {
        let (_, after) = rest.split_once('<')?;
        rest = after;
        let Some(tag) = after.strip_prefix(name).filter(|tag| tag.starts_with(['>', ' ', '\n', '\t', '\r']))
        else {
            continue;
        };
        let (attributes, content) = tag.split_once('>')?;
        if attributes.ends_with('/') {
            return None;
        }
        let content = content.split_once(&format!("</{name}")).map_or(content, |(content, _)| content).trim();
        let content =
            content.strip_prefix("<![CDATA[").and_then(|data| data.strip_suffix("]]>")).unwrap_or(content);
        return Some(unescaped(content)).filter(|text| !text.is_empty());
    }
}

/// Returns the text of a page, tag by tag. What scripts and styles contain is not text.
fn without_tags(page: &str) -> String {
    let mut text = String::new();
    let mut hidden = false;
    for piece in page.split('<') {
        let (tag, after) = piece.split_once('>').unwrap_or(("", piece));
        let name = tag.split(char::is_whitespace).next().unwrap_or_default().to_ascii_lowercase();
        hidden = matches!(name.as_str(), "script" | "style")
            || hidden && !matches!(name.as_str(), "/script" | "/style");
        if !hidden && !after.trim().is_empty() {
            text.push_str(&unescaped(after.trim()));
            text.push('\n');
        }
    }
    text
}

fn unescaped(text: &str) -> String {
    let pairs = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&apos;", "'"),
        ("&#39;", "'"),
        ("&nbsp;", " "),
        ("&amp;", "&"),
    ];
    pairs.iter().fold(text.to_owned(), |text, (escape, char)| text.replace(escape, char))
}
