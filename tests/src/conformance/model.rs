//! Makes service models from the groups of a suite.

use crate::ordered_json::OrderedJson;

/// A model in the making.
#[derive(Default)]
struct Part {
    operations: Vec<(String, OrderedJson)>,
    cases: Vec<usize>,
}

/// A group of a suite, split so that no model has two operations of the same name: each model with the indices of the cases
/// that it is for.
pub(super) fn models(group: &OrderedJson) -> Vec<(OrderedJson, Vec<usize>)> {
    let mut parts: Vec<Part> = Vec::new();
    for (index, case) in group.get("cases").items().iter().enumerate() {
        let given = case.get("given");
        let name = given.get("name").text().unwrap_or_default();
        let operation = operation(group, given);
        let fits = |part: &Part| part.named(name).is_none_or(|known| *known == operation);
        let position = parts.iter().position(fits).unwrap_or_else(|| {
            parts.push(Part::default());
            parts.len() - 1
        });
        parts[position].add(index, name, operation);
    }
    parts.into_iter().map(|part| (model(group, part.operations), part.cases)).collect()
}

impl Part {
    fn named(&self, name: &str) -> Option<&OrderedJson> {
        self.operations.iter().find(|(known, _)| known == name).map(|(_, operation)| operation)
    }

    fn add(&mut self, case: usize, name: &str, operation: OrderedJson) {
        if self.named(name).is_none() {
            self.operations.push((name.to_owned(), operation));
        }
        self.cases.push(case);
    }
}

fn model(group: &OrderedJson, operations: Vec<(String, OrderedJson)>) -> OrderedJson {
    object([
        ("version", text("2.0")),
        ("metadata", metadata(group.get("metadata"))),
        ("operations", OrderedJson::Object(operations)),
        ("shapes", group.get("shapes").clone()),
    ])
}

/// What a model must have, for suites that leave it out.
fn metadata(given: &OrderedJson) -> OrderedJson {
    let mut entries = given.entries().to_vec();
    for (key, value) in [("endpointPrefix", "conformance"), ("serviceId", "Conformance")] {
        if given.get(key).is_null() {
            entries.push((key.to_owned(), text(value)));
        }
    }
    OrderedJson::Object(entries)
}

/// The operation as a model has it; the prose, which may differ between cases, is left out.
fn operation(group: &OrderedJson, given: &OrderedJson) -> OrderedJson {
    let is_query = group.get("metadata").get("protocol").text() == Some("query");
    let entries = given.entries().iter().filter(|(key, _)| key != "documentation");
    let entries = entries.map(|(key, value)| match key.as_str() {
        "output" if is_query => (key.clone(), wrapped(value, given)),
        _ => (key.clone(), value.clone()),
    });
    OrderedJson::Object(entries.collect())
}

/// The suites for query leave out the element around the result, and mean `<NameResult>`.
fn wrapped(output: &OrderedJson, given: &OrderedJson) -> OrderedJson {
    let mut entries = output.entries().to_vec();
    if output.get("resultWrapper").is_null() {
        let name = given.get("name").text().unwrap_or_default();
        entries.push(("resultWrapper".to_owned(), OrderedJson::String(format!("{name}Result"))));
    }
    OrderedJson::Object(entries)
}

fn object<const N: usize>(entries: [(&str, OrderedJson); N]) -> OrderedJson {
    OrderedJson::Object(entries.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
}

fn text(text: &str) -> OrderedJson {
    OrderedJson::String(text.to_owned())
}
