//! Service models out of a suite's groups.

use crate::tree::Tree;

/// A model in the making.
#[derive(Default)]
struct Part {
    operations: Vec<(String, Tree)>,
    cases: Vec<usize>,
}

/// A group of a suite, split so that no model has two operations of the same name: each model with the indices of the cases
/// that it is for.
pub(super) fn models(group: &Tree) -> Vec<(Tree, Vec<usize>)> {
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
    fn named(&self, name: &str) -> Option<&Tree> {
        self.operations.iter().find(|(known, _)| known == name).map(|(_, operation)| operation)
    }

    fn add(&mut self, case: usize, name: &str, operation: Tree) {
        if self.named(name).is_none() {
            self.operations.push((name.to_owned(), operation));
        }
        self.cases.push(case);
    }
}

fn model(group: &Tree, operations: Vec<(String, Tree)>) -> Tree {
    object([
        ("version", text("2.0")),
        ("metadata", metadata(group.get("metadata"))),
        ("operations", Tree::Object(operations)),
        ("shapes", group.get("shapes").clone()),
    ])
}

/// What a model must have, for suites that leave it out.
fn metadata(given: &Tree) -> Tree {
    let mut entries = given.entries().to_vec();
    for (key, value) in [("endpointPrefix", "conformance"), ("serviceId", "Conformance")] {
        if given.get(key).is_null() {
            entries.push((key.to_owned(), text(value)));
        }
    }
    Tree::Object(entries)
}

/// The operation as a model has it; the prose, which may differ between cases, is left out.
fn operation(group: &Tree, given: &Tree) -> Tree {
    let is_query = group.get("metadata").get("protocol").text() == Some("query");
    let entries = given.entries().iter().filter(|(key, _)| key != "documentation");
    let entries = entries.map(|(key, value)| match key.as_str() {
        "output" if is_query => (key.clone(), wrapped(value, given)),
        _ => (key.clone(), value.clone()),
    });
    Tree::Object(entries.collect())
}

/// The suites for query leave out the element around the result, and mean `<NameResult>`.
fn wrapped(output: &Tree, given: &Tree) -> Tree {
    let mut entries = output.entries().to_vec();
    if output.get("resultWrapper").is_null() {
        let name = given.get("name").text().unwrap_or_default();
        entries.push(("resultWrapper".to_owned(), Tree::String(format!("{name}Result"))));
    }
    Tree::Object(entries)
}

fn object<const N: usize>(entries: [(&str, Tree); N]) -> Tree {
    Tree::Object(entries.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
}

fn text(text: &str) -> Tree {
    Tree::String(text.to_owned())
}
