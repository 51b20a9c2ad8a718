//! Seeds: messages of the public suites, and serialized random values.

use super::{message, model, operations, shapes};
use crate::ordered_json::OrderedJson;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use myrina::{
    codec::Structure,
    error::ServiceError,
    operation::{OperationSchema, Request, RequestOptions, Response, ResponseBody},
    testing,
};
use myrina_codegen::json;
use serde_json::Number;
use std::{
    fs,
    path::{Path, PathBuf},
};

/// Where the public suites are, if they are anywhere.
const DATA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/conformance");
/// How many random values there are of each shape.
const RANDOM: u64 = 12;

type Seeds = Vec<Vec<u8>>;

pub(super) fn json() -> Seeds {
    let mut seeds = cases(&["rest-json", "json", "json_1_0"], body);
    seeds.extend(responses::<shapes::Paper>(&operations::PAPER_JSON));
    seeds
}

pub(super) fn cbor() -> Seeds {
    let mut seeds =
        cases(&["smithy-rpc-v2-cbor"], |direction, case| STANDARD.decode(body(direction, case)?).ok());
    seeds.extend(responses::<shapes::Paper>(&operations::PAPER_CBOR));
    for file in ["decode-success-tests.json", "decode-error-tests.json"] {
        let vectors = tree(&format!("cbor/{file}"));
        let item = |case: &OrderedJson| unhex(case.get("input").text()?);
        // An item alone, and as the value of a document.
        let items: Seeds = vectors.items().iter().filter_map(item).collect();
        seeds.extend(items.iter().map(|item| [b"\xa1\x63any".as_slice(), item].concat()));
        seeds.extend(items);
    }
    seeds
}

pub(super) fn xml() -> Seeds {
    let mut seeds = cases(&["rest-xml", "query", "ec2"], |direction, case| {
        body(direction, case).filter(|body| body.trim_ascii_start().starts_with(b"<"))
    });
    for operation in [&operations::THING_XML, &operations::THING_QUERY, &operations::THING_EC2] {
        seeds.extend(responses::<shapes::Thing>(operation));
    }
    seeds
}

pub(super) fn form() -> Seeds {
    let mut seeds =
        cases(&["query", "ec2"], |direction, case| body(direction, case).filter(|_| direction == "input"));
    for operation in [&operations::THING_QUERY, &operations::THING_EC2] {
        seeds.extend(requests::<shapes::Thing>(operation).map(|request| request.body.to_vec()));
    }
    seeds
}

pub(super) fn response() -> Seeds {
    let mut seeds = cases(&["rest-json", "rest-xml"], whole_response);
    for operation in [&operations::BOUND_JSON, &operations::BOUND_XML] {
        seeds.extend(values::<shapes::Bound>().filter_map(|value| {
            let response = operation.service.protocol.write_response(operation, &value, 200).ok()?;
            Some(text_of(response))
        }));
    }
    seeds
}

pub(super) fn request() -> Seeds {
    let mut seeds = Vec::new();
    for operation in [&operations::BOUND_JSON, &operations::BOUND_XML] {
        let requests = requests::<shapes::Bound>(operation);
        seeds.extend(requests.map(|request| message::text(&request.uri, &request.headers, &request.body)));
    }
    seeds
}

pub(super) fn error() -> Seeds {
    let mut seeds = cases(
        &["rest-json", "json", "json_1_0", "json_1_0-query-compatible", "rest-xml", "query", "ec2"],
        |direction, case| whole_response(direction, case).filter(|_| !case.get("errorCode").is_null()),
    );
    for operation in [
        &operations::PAPER_JSON,
        &operations::PAPER_AWS,
        &operations::PAPER_CBOR,
        &operations::THING_XML,
        &operations::THING_QUERY,
        &operations::THING_EC2,
    ] {
        seeds.extend(values::<shapes::Broken>().filter_map(|value| {
            let error = ServiceError::of(value).with_request_id(Some("id".to_owned()));
            Some(text_of(operation.service.protocol.write_error(operation, &error).ok()?))
        }));
    }
    seeds
}

pub(super) fn frames() -> Seeds {
    files(&Path::new(DATA).join("eventstream")).into_iter().chain(events()).collect()
}

pub(super) fn events() -> Seeds {
    let mut seeds = Vec::new();
    for operation in [&operations::TALK_JSON, &operations::TALK_XML, &operations::TALK_CBOR] {
        for event in values::<shapes::Event>() {
            seeds.extend(super::frames::written(operation, event).map(Vec::from));
        }
    }
    seeds
}

pub(super) fn document() -> Seeds {
    let mut seeds = json();
    let plain = |value| myrina::dynamic::write(&value, myrina::dynamic::Blobs::Base64);
    seeds.extend(
        values::<shapes::Paper>().filter_map(|value| Some(plain(value).ok()?.to_string().into_bytes())),
    );
    seeds
}

pub(super) fn profile() -> Seeds {
    let suite = tree("credentials/profile-parser-tests.json");
    let text = |case: &OrderedJson, name| case.get("input").get(name).text().unwrap_or_default().to_owned();
    let both =
        |case: &OrderedJson| format!("{}\n---\n{}", text(case, "configFile"), text(case, "credentialsFile"));
    suite.get("tests").items().iter().map(|case| both(case).into_bytes()).collect()
}

pub(super) fn timestamp() -> Seeds {
    let suite = tree("timestamps/date_time_format_test_suite.json");
    let texts = suite.entries().iter().flat_map(|(_, cases)| cases.items());
    let mut seeds: Seeds =
        texts.filter_map(|case| Some(case.get("smithy_format_value").text()?.as_bytes().to_vec())).collect();
    seeds.truncate(400);
    seeds.extend(["2020-02-30T25:61:61Z", "Tue, 29 Apr 2014 18:30:38.1 GMT", "1e9", "-1.5"].map(Vec::from));
    seeds
}

pub(super) fn prose() -> Seeds {
    let mut seeds = Vec::new();
    for seed in model::seeds() {
        let text = String::from_utf8_lossy(&seed).into_owned();
        if let Some(json) = text.split_once('\n').and_then(|(_, text)| json::parse(text).0) {
            model::prose_of(&json, &mut seeds);
        }
    }
    seeds.extend([PROSE.as_bytes().to_vec(), b"<ul><li><p>a <b>b</b></p><ol><li>c</ul>".to_vec()]);
    seeds
}

const PROSE: &str = "<p>Creates a <code>Thing</code>. See <a href=\"https://a.b/c_(d)\">this *page*</a>.</p> <note> <p>Not \
    &lt;yet&gt; &#96;&amp;.</p> </note> <dl><dt>a<dd>b</dl><pre>x\n  y</pre><h2>z</h2><!-- c -->";

/// The body of a case's request or response.
fn body(direction: &str, case: &OrderedJson) -> Option<Vec<u8>> {
    let message = if direction == "input" { case.get("serialized") } else { case.get("response") };
    Some(message.get("body").text()?.as_bytes().to_vec())
}

fn whole_response(direction: &str, case: &OrderedJson) -> Option<Vec<u8>> {
    let body = body(direction, case).filter(|_| direction == "output")?;
    let status = case.get("response").get("status_code").number().and_then(Number::as_u64).unwrap_or(200);
    let mut text = format!("{status}\n");
    for (name, value) in case.get("response").get("headers").entries() {
        text.push_str(&format!("{name}: {}\n", value.text().unwrap_or_default()));
    }
    Some([text.as_bytes(), b"\n", &*body].concat())
}

/// What `take` makes of each case of these suites.
fn cases(files: &[&str], take: impl Fn(&str, &OrderedJson) -> Option<Vec<u8>>) -> Seeds {
    let mut seeds = Vec::new();
    for (direction, file) in
        ["input", "output"].into_iter().flat_map(|direction| files.iter().map(move |file| (direction, file)))
    {
        let suite = tree(&format!("protocols/{direction}/{file}.json"));
        let cases = suite.items().iter().flat_map(|group| group.get("cases").items());
        seeds.extend(cases.filter_map(|case| take(direction, case)));
    }
    seeds
}

/// A file of the suites; null where it is not there.
fn tree(path: &str) -> OrderedJson {
    let text = fs::read(Path::new(DATA).join(path)).unwrap_or_default();
    OrderedJson::parse(&text).unwrap_or_default()
}

/// The files of a folder, by their names.
pub(super) fn files(folder: &Path) -> Seeds {
    let entries = fs::read_dir(folder).into_iter().flatten();
    let mut paths: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.sort();
    paths.iter().filter_map(|path| fs::read(path).ok()).collect()
}

fn values<S: Structure>() -> impl Iterator<Item = S> {
    (0..RANDOM).filter_map(|seed| testing::random(seed).ok())
}

fn responses<S: Structure>(operation: &'static OperationSchema) -> impl Iterator<Item = Vec<u8>> {
    values::<S>().filter_map(move |value| {
        match operation.service.protocol.write_response(operation, &value, 200).ok()?.body {
            ResponseBody::Bytes(bytes) => Some(bytes.to_vec()),
            ResponseBody::Stream(_) => None,
        }
    })
}

fn requests<S: Structure>(operation: &'static OperationSchema) -> impl Iterator<Item = Request> {
    let settings = RequestOptions::new(&|| "token".to_owned());
    values::<S>()
        .filter_map(move |value| operation.service.protocol.write_request(operation, &value, &settings).ok())
}

fn text_of(response: Response) -> Vec<u8> {
    let body = match response.body {
        ResponseBody::Bytes(bytes) => bytes,
        ResponseBody::Stream(_) => myrina::Bytes::new(),
    };
    message::text(&response.status.to_string(), &response.headers, &body)
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let pairs = (0..text.len()).step_by(2).map(|at| text.get(at..at + 2));
    pairs.map(|pair| u8::from_str_radix(pair?, 16).ok()).collect()
}
