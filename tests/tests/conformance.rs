//! Runs the conformance runner on the public suites and on a model of this repository.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use myrina::event_stream::frame::Message;
use myrina_tests::conformance::{self, Report, generate};
use serde_json::{Value, json};
use std::{
    io::Write as _,
    path::{Path, PathBuf},
    process::{Command, ExitCode, Stdio},
};

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

/// The folder of a public suite; `None`, with a line that says so, if it is not there.
fn data(suite: &str) -> Option<PathBuf> {
    let folder = Path::new(ROOT).join("../shared/conformance").join(suite);
    if folder.is_dir() {
        return Some(folder);
    }
    println!("not run: there is no folder {}", folder.display());
    None
}

/// Runs a suite, every case of which must come out as it should or as it is known to.
fn check(suite: &str) -> Option<Report> {
    let report = conformance::suite(suite, &data(suite)?).unwrap();
    assert_eq!(report.print(), ExitCode::SUCCESS);
    Some(report)
}

/// That generated code compiles without a warning is part of it: the runner has warnings for errors.
#[test]
fn protocol_suite_passes() {
    let Some(report) = check("protocols") else { return };
    assert_eq!((report.passed(), report.known()), (442, 0));
}

#[test]
fn timestamp_suite_passes() {
    let Some(report) = check("timestamps") else { return };
    assert_eq!((report.passed(), report.known()), (542, 118));
}

#[test]
fn event_stream_suite_passes() {
    let Some(report) = check("eventstream") else { return };
    assert_eq!(report.passed(), 11);
}

#[test]
fn cbor_suite_passes() {
    let Some(report) = check("cbor") else { return };
    assert_eq!(report.passed(), 207);
}

#[test]
fn credentials_suite_passes() {
    let Some(report) = check("credentials") else { return };
    assert_eq!((report.passed(), report.known()), (158, 0));
}

#[test]
fn endpoint_function_suite_passes() {
    let Some(report) = check("endpoints-functions") else { return };
    assert_eq!(report.passed(), 101);
}

/// The cases are for the rules of one version of botocore, 1.43.67, whose folder `data` the variable names.
#[test]
fn endpoint_suite_passes() {
    let Some(folder) = data("endpoints") else { return };
    let Some(models) = std::env::var_os("MYRINA_BOTOCORE_DATA") else {
        println!("MYRINA_BOTOCORE_DATA is not set: the endpoints of services were not compared");
        return;
    };
    let report = conformance::endpoints(&folder, Path::new(&models)).unwrap();
    assert_eq!(report.print(), ExitCode::SUCCESS);
    assert_eq!(report.passed(), 2308);
}

#[test]
fn sigv4_suite_passes() {
    let Some(report) = check("sigv4") else { return };
    assert_eq!(report.passed(), 38 * 2);
}

#[test]
fn generating_twice_gives_the_same_bytes() {
    let Some(folder) = data("protocols") else { return };
    let groups = conformance::groups(&folder).unwrap();
    let modules = |name: &str| {
        let folder = conformance::folder().join("twice").join(name);
        groups.generate(&folder).unwrap()
    };
    let [one, other] = ["one", "other"].map(modules);
    assert_eq!(one.len(), groups.len());
    for (one, other) in one.iter().zip(&other) {
        assert_eq!(one.text, other.text, "{}", one.name);
    }
}

#[test]
fn errors_in_a_model_are_reported() {
    let folder = conformance::folder().join("wrong");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("service-2.json"), "{}").unwrap();
    let problem = generate(&folder, "wrong").unwrap_err().to_string();
    assert!(problem.contains("service-2.json") && problem.contains("metadata"), "{problem}");
}

/// What the runner answers to these lines about Lambda.
fn wire(lines: &[&[u8]]) -> Vec<Value> {
    let mut runner = Command::new(env!("CARGO_BIN_EXE_conformance"));
    runner.args(["wire", "--models"]).arg(Path::new(ROOT).join("models")).args(["--service", "lambda"]);
    let mut runner = runner.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    runner.stdin.take().unwrap().write_all(&lines.join(&b'\n')).unwrap();
    let output = runner.wait_with_output().unwrap();
    assert!(output.status.success());
    let answers = String::from_utf8(output.stdout).unwrap();
    answers.lines().map(|answer| serde_json::from_str(answer).unwrap()).collect()
}

/// A response that streams these events, as a line.
fn streamed(events: &[(&str, &str, &str)]) -> String {
    let frames = events.iter().map(|(kind, name, payload)| {
        let message = Message::new(payload.to_string());
        let message = message.with(":message-type", *kind).with(format!(":{kind}-type"), *name);
        message.with(":content-type", "application/json").encode().unwrap()
    });
    let body = STANDARD.encode(frames.collect::<Vec<_>>().concat());
    json!({ "operation": "InvokeWithResponseStream", "response": { "body_base64": body } }).to_string()
}

#[test]
fn the_driver_reads_and_writes_event_streams() {
    let chunk = ("event", "PayloadChunk", "hello");
    let complete = ("event", "InvokeComplete", r#"{"ErrorCode":"E"}"#);
    let lines =
        [streamed(&[chunk, complete]), streamed(&[chunk, ("exception", "TooMuch", r#"{"message":"no"}"#)])];
    let answers = wire(&lines.each_ref().map(String::as_bytes));
    let events =
        json!([{ "PayloadChunk": { "Payload": "hello" } }, { "InvokeComplete": { "ErrorCode": "E" } }]);
    assert_eq!(answers[0], json!({ "result": { "StatusCode": 200, "EventStream": events } }));
    assert_eq!(answers[1], json!({ "error": { "code": "TooMuch", "message": "no", "data": {} } }));
}

#[test]
fn the_driver_reads_and_writes_lambda_messages() {
    let answers = wire(&[
        br#"{"operation":"Invoke","params":{"FunctionName":"a b","Qualifier":"$LATEST","Payload":"{\"x\":1}"}}"#,
        br#"{"operation":"InvokeWithResponseStream","response":{"headers":{"X-Amz-Executed-Version":"1"}}}"#,
        br#"{"operation":"GetFunction","response":{"status":404,"headers":{"x-amzn-errortype":"ResourceNotFoundException:http://x/"},"body":"{\"Message\":\"no\"}"}}"#,
        b"no JSON \xff",
        br#"{"operation":"GetFunction","params":{"FunctionName":"f","Other":1}}"#,
        br#"{"operation":"GetAccountSettings","params":{}}"#,
        br#"{"operation":"GetFunction","params":{}}"#,
    ]);
    let headers = json!({ "content-type": "application/octet-stream", "content-length": "7" });
    let uri = "/2015-03-31/functions/a%20b/invocations?Qualifier=%24LATEST";
    let invoke = json!({
        "method": "POST", "host": "example.com", "uri": uri, "headers": headers, "body": r#"{"x":1}"#,
    });
    assert_eq!(answers[0], invoke);
    let stream = json!({ "result": { "StatusCode": 200, "ExecutedVersion": "1", "EventStream": [] } });
    assert_eq!(answers[1], stream);
    let error = json!({ "code": "ResourceNotFoundException", "message": "no", "data": { "Message": "no" } });
    assert_eq!(answers[2], json!({ "error": error }));
    assert!(answers[3]["failure"].is_string(), "{}", answers[3]);
    assert_eq!(
        answers[4],
        json!({ "failure": "GetFunctionRequest has no member \"Other\"; it has \"FunctionName\", \"Qualifier\"" })
    );
    assert_eq!(answers[5]["uri"], "/2016-08-19/account-settings");
    assert_eq!(
        answers[6],
        json!({ "failure": "GetFunctionRequest must have the member \"FunctionName\", a string" })
    );
    assert_eq!(answers.len(), 7);
}
