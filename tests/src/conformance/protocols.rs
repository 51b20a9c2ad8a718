//! The suite `protocols`: conversions between values and messages, with a small model for each group of cases.

use super::{BoxError, Module, Program, Report, driver_process, generate, model, program};
use crate::{
    ordered_json::OrderedJson,
    suite::{
        RequestTarget, SameBody, same_cbor, same_headers, same_json, same_target, same_text, same_value,
        same_xml,
    },
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use http::{HeaderMap, HeaderName, HeaderValue};
use serde_json::Value;
use std::{
    fs,
    path::{Path, PathBuf},
};

/// The cases of a folder's suites, by the models that they are for.
#[derive(Debug, Default)]
pub struct Groups {
    groups: Vec<Group>,
    left_out: Vec<String>,
}

/// The cases for one model.
#[derive(Debug)]
struct Group {
    direction: Direction,
    /// The suite file's name, without its ending.
    file: String,
    protocol: String,
    /// The endpoint's host, and path if it has one.
    endpoint: String,
    model: OrderedJson,
    cases: Vec<OrderedJson>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Direction {
    Input,
    Output,
}

impl Direction {
    fn folder(self) -> &'static str {
        match self {
            Self::Input => "input",
            Self::Output => "output",
        }
    }
}

/// Reads the suite files in `folder`. Fails if there are none, or one is not JSON.
pub fn groups(folder: &Path) -> Result<Groups, BoxError> {
    let features = program::protocol_features()?;
    let mut found = Groups::default();
    for direction in [Direction::Input, Direction::Output] {
        let folder = folder.join(direction.folder());
        let files = fs::read_dir(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        let mut files = files.map(|file| Ok(file?.path())).collect::<Result<Vec<_>, std::io::Error>>()?;
        files.sort();
        for file in files.iter().filter(|file| file.extension().is_some_and(|ending| ending == "json")) {
            let text = fs::read(file)?;
            let tree = OrderedJson::parse(&text).map_err(|error| format!("{}: {error}", file.display()))?;
            let name = file.file_stem().unwrap_or_default().to_string_lossy();
            for group in tree.items() {
                found.add(direction, &name, group, &features);
            }
        }
    }
    Ok(found)
}

impl Groups {
    fn add(&mut self, direction: Direction, file: &str, group: &OrderedJson, features: &[&str]) {
        let protocol = group.get("metadata").get("protocol").text().unwrap_or_default();
        if let Some(feature) = feature(protocol).filter(|feature| !features.contains(feature)) {
            let (cases, folder) = (group.get("cases").items().len(), direction.folder());
            let what = group.get("description").text().unwrap_or_default();
            self.left_out.push(format!(
                "{folder}/{file}: {what}: {cases} cases; the runtime has no feature {feature:?}, and so not the protocol {protocol}"
            ));
            return;
        }
        let endpoint = group.get("clientEndpoint").text().unwrap_or("https://example.com");
        for (model, cases) in model::models(group) {
            let cases =
                cases.iter().filter_map(|index| group.get("cases").items().get(*index)).cloned().collect();
            self.groups.push(Group {
                direction,
                file: file.to_owned(),
                protocol: protocol.to_owned(),
                endpoint: endpoint.trim_start_matches("https://").to_owned(),
                model,
                cases,
            });
        }
    }

    /// The number of models.
    pub fn len(&self) -> usize {
        self.groups.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.groups.is_empty()
    }

    /// Generates the code of all models, each a module, from files that are written below `folder`.
    pub fn generate(&self, folder: &Path) -> Result<Vec<Module>, BoxError> {
        self.groups.iter().enumerate().map(|(index, group)| group.generate(index, folder)).collect()
    }
}

/// The feature of the runtime that a protocol is after.
fn feature(protocol: &str) -> Option<&'static str> {
    match protocol {
        "rest-xml" | "query" | "ec2" => Some("xml"),
        "smithy-rpc-v2-cbor" => Some("cbor"),
        _ => None,
    }
}

/// Runs the suites in `folder`.
pub(super) fn run(folder: &Path) -> Result<Report, BoxError> {
    let groups = groups(folder)?;
    let program = Program::new("protocols")?;
    eprintln!("generating {} models", groups.len());
    let modules = groups.generate(program.folder())?;
    eprintln!("compiling them");
    let path = program.build(&modules)?;
    let cases = || {
        groups
            .groups
            .iter()
            .zip(&modules)
            .flat_map(|(group, module)| group.cases.iter().map(move |case| (group, module, case)))
    };
    let questions: Vec<_> = cases().map(|(group, module, case)| group.question(module, case)).collect();
    let answers = driver_process::run(&path, &questions)?;
    let mut report = Report::of("protocols")?;
    for ((group, _, case), answer) in cases().zip(answers) {
        let id = case.get("id").text().unwrap_or_default();
        let (file, direction) = (&group.file, group.direction.folder());
        report.record(format!("{direction}/{file}/{id}"), file, direction, group.check(case, &answer));
    }
    groups.left_out.into_iter().for_each(|what| report.leave_out(what));
    Ok(report)
}

impl Group {
    fn generate(&self, index: usize, folder: &Path) -> Result<Module, BoxError> {
        let folder: PathBuf = folder.join("models").join(index.to_string());
        fs::create_dir_all(&folder)?;
        fs::write(folder.join("service-2.json"), self.model.to_string())?;
        generate(&folder, &format!("{}_{}_{index}", self.direction.folder(), self.file.replace('-', "_")))
    }

    /// What the driver is asked.
    fn question(&self, module: &Module, case: &OrderedJson) -> OrderedJson {
        let (key, value) = match self.direction {
            Direction::Input => ("params", case.get("params").clone()),
            Direction::Output => ("response", self.response(case.get("response"))),
        };
        let text = |text: &str| OrderedJson::String(text.to_owned());
        let name = case.get("given").get("name").clone();
        OrderedJson::Object(vec![
            ("service".to_owned(), text(&module.name)),
            ("operation".to_owned(), name),
            (key.to_owned(), value),
        ])
    }

    fn response(&self, given: &OrderedJson) -> OrderedJson {
        let default = if self.protocol == "query" { "<xml/>" } else { "" };
        let body = OrderedJson::String(given.get("body").text().unwrap_or(default).to_owned());
        let status = given.get("status_code").clone();
        let key = if self.protocol == "smithy-rpc-v2-cbor" { "body_base64" } else { "body" };
        let mut response = vec![(key.to_owned(), body), ("headers".to_owned(), given.get("headers").clone())];
        if !status.is_null() {
            response.push(("status".to_owned(), status));
        }
        OrderedJson::Object(response)
    }

    fn check(&self, case: &OrderedJson, answer: &Value) -> Result<(), String> {
        if let Some(failure) = answer["failure"].as_str() {
            return Err(failure.to_owned());
        }
        match self.direction {
            Direction::Input => self.check_request(case.get("serialized"), answer),
            Direction::Output if case.get("errorCode").is_null() => {
                same_value("result", &answer["result"], &case.get("result").to_value())
            }
            Direction::Output => check_error(case, &answer["error"]),
        }
    }

    fn check_request(&self, expected: &OrderedJson, answer: &Value) -> Result<(), String> {
        let text =
            |key: &str| answer[key].as_str().ok_or_else(|| format!("the answer {answer} has no {key:?}"));
        let host_prefix = text("host")?.strip_suffix("example.com").ok_or("the host is not example.com's")?;
        let goal = RequestTarget { method: text("method")?, uri: text("uri")?, host_prefix };
        same_target(goal, expected, &self.endpoint)?;
        same_headers(&headers(&answer["headers"])?, expected)?;
        let Some(expected) = expected.get("body").text() else { return Ok(()) };
        let body = match (answer["body"].as_str(), answer["body_base64"].as_str()) {
            (_, Some(encoded)) => STANDARD.decode(encoded).map_err(|error| error.to_string())?,
            (text, None) => text.unwrap_or_default().as_bytes().to_vec(),
        };
        self.same_body()(&body, expected)
    }

    fn same_body(&self) -> SameBody {
        match self.protocol.as_str() {
            "rest-xml" => same_xml,
            "query" | "ec2" => same_text,
            "smithy-rpc-v2-cbor" => same_cbor,
            _ => same_json,
        }
    }
}

fn check_error(case: &OrderedJson, answer: &Value) -> Result<(), String> {
    for (key, expected) in [("code", "errorCode"), ("message", "errorMessage")] {
        let (found, expected) = (answer[key].as_str(), case.get(expected).text());
        if expected.is_some() && found != expected {
            return Err(format!("expected the {key} {expected:?}, found {found:?}"));
        }
    }
    same_value("error", &answer["data"], &case.get("error").to_value())
}

fn headers(answer: &Value) -> Result<HeaderMap, String> {
    let mut headers = HeaderMap::new();
    for (name, value) in answer.as_object().into_iter().flatten() {
        let name = HeaderName::from_bytes(name.as_bytes()).map_err(|error| format!("{name}: {error}"))?;
        let value = value.as_str().and_then(|value| HeaderValue::from_bytes(value.as_bytes()).ok());
        headers.append(name, value.ok_or("a header's value is not what one may have")?);
    }
    Ok(headers)
}
