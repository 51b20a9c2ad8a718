//! The suites `endpoints` and `endpoints-functions`: parameters, and the endpoint or error that rules return for them.
//!
//! The tables under test are generated and compiled. If a case has the input of an operation, a client collects the
//! parameters too.

use super::{BoxError, Module, Program, Report, driver_process, generate::generate_some, wire::newest};
use crate::ordered_json::OrderedJson;
use serde_json::Value;
use std::{
    fs,
    path::{Path, PathBuf},
};

/// What represents a service of which only the rules are known.
const MODEL: &str = r#"{
    "version": "2.0",
    "metadata": {"apiVersion": "2020-01-01", "endpointPrefix": "x", "protocol": "rest-json", "serviceId": "X"},
    "operations": {"Ask": {"name": "Ask", "http": {"method": "POST", "requestUri": "/"}}},
    "shapes": {}
}"#;

/// The cases of one rule set.
struct Group {
    name: String,
    cases: Vec<OrderedJson>,
}

/// Runs the suite of the rule language: `valid-rules/X.json` is the rule set of `test-cases/X.json`.
pub(super) fn functions(folder: &Path) -> Result<Report, BoxError> {
    let program = Program::new("endpoints-functions")?;
    let mut modules = Vec::new();
    let mut groups = Vec::new();
    for file in entries(&folder.join("valid-rules"))? {
        let name = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let model = program.folder().join("models").join(&name);
        fs::create_dir_all(&model)?;
        fs::write(model.join("service-2.json"), MODEL)?;
        fs::copy(&file, model.join("endpoint-rule-set-1.json"))?;
        modules.push(generate_some(&model, &identifier(&name), None)?);
        let cases = folder.join("test-cases").join(format!("{name}.json"));
        // Some rule sets are only to be read.
        let cases = if cases.is_file() { read_cases(&cases)? } else { Vec::new() };
        groups.push(Group { name, cases });
    }
    check("endpoints-functions", &program, &modules, &groups)
}

/// Runs the suite of services, whose models are in `models`.
pub(super) fn services(folder: &Path, models: &Path) -> Result<Report, BoxError> {
    let program = Program::new("endpoints")?;
    let mut modules = Vec::new();
    let mut groups = Vec::new();
    for service in entries(folder)?.iter().filter(|path| path.is_dir()) {
        let name = service.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let cases = read_cases(&service.join("endpoint-tests-1.json"))?;
        let model = newest(models, &name)?;
        let operations = operations(&cases, &model)?;
        modules.push(generate_some(&model, &identifier(&name), Some(operations))?);
        groups.push(Group { name, cases });
    }
    check("endpoints", &program, &modules, &groups)
}

/// The operations that the cases call, or else the first of the model: the rules of a service are asked through one.
fn operations(cases: &[OrderedJson], model: &Path) -> Result<Vec<String>, BoxError> {
    let called = cases.iter().flat_map(|case| case.get("operationInputs").items());
    let mut names: Vec<String> =
        called.filter_map(|input| input.get("operationName").text()).map(str::to_owned).collect();
    if names.is_empty() {
        let mut diagnostics = myrina_codegen::diagnostic::Diagnostics::new();
        let model =
            myrina_codegen::read::model(&myrina_codegen::read::ModelFolder::new("", model), &mut diagnostics);
        let first = model.and_then(|model| model.operations.keys().next().cloned());
        names.push(first.ok_or("a model has no operation")?);
    }
    names.sort();
    names.dedup();
    Ok(names)
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>, BoxError> {
    let entries = fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut paths = entries.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>, std::io::Error>>()?;
    paths.sort();
    Ok(paths)
}

fn read_cases(file: &Path) -> Result<Vec<OrderedJson>, BoxError> {
    let read = || -> Result<OrderedJson, BoxError> { Ok(OrderedJson::parse(&fs::read(file)?)?) };
    let tree = read().map_err(|problem| format!("{}: {problem}", file.display()))?;
    Ok(tree.get("testCases").items().to_vec())
}

/// A service's name as that of a module.
fn identifier(name: &str) -> String {
    name.replace('-', "_")
}

/// The questions of one case, and what each of their answers must be.
struct Case {
    name: String,
    questions: Vec<(Resolver, OrderedJson)>,
    expected: Value,
}

/// Who is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Resolver {
    /// The rules, with their parameters.
    Rules,
    /// A client, with its settings and an operation's input, out of which it gathers the parameters.
    Client,
}

fn check(suite: &str, program: &Program, modules: &[Module], groups: &[Group]) -> Result<Report, BoxError> {
    let path = program.build(modules)?;
    let of = |(group, module): (&Group, &Module)| cases(group, module);
    let cases: Vec<(&str, Vec<Case>)> =
        groups.iter().zip(modules).map(|pair| (pair.0.name.as_str(), of(pair))).collect();
    let all = cases.iter().flat_map(|(_, cases)| cases).flat_map(|case| &case.questions);
    let lines: Vec<OrderedJson> = all.map(|(_, line)| line.clone()).collect();
    let mut answers = driver_process::run(&path, &lines)?.into_iter();
    let mut report = Report::of(suite)?;
    for (row, cases) in cases {
        for Case { name, questions, expected } in cases {
            let column = if questions.len() > 1 { "rules and client" } else { "rules" };
            let judge = |(resolver, _): &(Resolver, OrderedJson)| {
                compare(&expected, &answers.next().unwrap_or_default(), *resolver)
            };
            // Every question takes its answer, also after one that is wrong.
            let outcomes: Vec<_> = questions.iter().map(judge).collect();
            report.record(name, row, column, outcomes.into_iter().collect());
        }
    }
    Ok(report)
}

/// Each case asks the rules, and where it says how an operation is called, a client.
fn cases(group: &Group, module: &Module) -> Vec<Case> {
    let cases = group.cases.iter().enumerate();
    cases
        .map(|(index, case)| {
            let what = case.get("documentation").text().unwrap_or_default().split_whitespace();
            let name = format!("{}/{index}: {}", group.name, what.collect::<Vec<_>>().join(" "));
            let line = |operation: &str, entries: Vec<(&str, &OrderedJson)>| {
                let head = [("service", text(&module.name)), ("operation", text(operation))];
                let entries = entries.into_iter().map(|(key, value)| (key, object(value)));
                let entries = head.into_iter().chain(entries).map(|(key, value)| (key.to_owned(), value));
                OrderedJson::Object(entries.collect())
            };
            let rules = line(&module.operations[0], vec![("rules", case.get("params"))]);
            let clients = case.get("operationInputs").items().iter().map(|input| {
                let operation = input.get("operationName").text().unwrap_or_default();
                let (params, client) = (input.get("operationParams"), input.get("builtInParams"));
                (Resolver::Client, line(operation, vec![("params", params), ("client", client)]))
            });
            let questions = [(Resolver::Rules, rules)].into_iter().chain(clients).collect();
            Case { name, questions, expected: case.get("expect").to_value() }
        })
        .collect()
}

fn text(text: &str) -> OrderedJson {
    OrderedJson::String(text.to_owned())
}

/// The object, which is empty if there is none.
fn object(tree: &OrderedJson) -> OrderedJson {
    if tree.is_null() { OrderedJson::Object(Vec::new()) } else { tree.clone() }
}

fn compare(expected: &Value, answer: &Value, resolver: Resolver) -> Result<(), String> {
    if let Some(error) = expected["error"].as_str() {
        let message = answer["error"].as_str().unwrap_or_default();
        // A client says more than the rule: which operation, which parameters, and maybe what to do.
        let same = if resolver == Resolver::Client { message.contains(error) } else { message == error };
        return if same { Ok(()) } else { Err(format!("expected the error {error:?}, got {answer}")) };
    }
    let (expected, found) = (&expected["endpoint"], &answer["endpoint"]);
    let same = |key: &str| {
        let empty = Value::Object(serde_json::Map::new());
        let or_empty = |value: &Value| if value.is_null() { empty.clone() } else { value.clone() };
        or_empty(&expected[key]) == or_empty(&found[key])
    };
    if expected["url"] == found["url"] && same("properties") && same("headers") {
        return Ok(());
    }
    Err(format!("expected {expected}, got {answer}"))
}
