//! Service models out of a suite's groups.

use crate::tree::Tree;

/// A group of a suite, split so that no model has two operations of the same name: each model with the indices of the cases
/// that it is for.
pub(super) fn models(group: &Tree) -> Vec<(Tree, Vec<usize>)> {
    let mut models: Vec<(Vec<(String, Tree)>, Vec<usize>)> = Vec::new();
    for (index, case) in group.get("cases").items().iter().enumerate() {
        let operation = operation(group, case.get("given"));
        let name = case.get("given").get("name").text().unwrap_or_default();
        let same = |operations: &[(String, Tree)]| {
            operations.iter().find(|(known, _)| known == name).map(|(_, known)| *known == operation)
        };
        let model = models.iter_mut().find(|(operations, _)| same(operations) != Some(false));
        match model {
            Some((operations, cases)) => {
                if same(operations).is_none() {
                    operations.push((name.to_owned(), operation));
                }
                cases.push(index);
            }
            None => models.push((vec![(name.to_owned(), operation)], vec![index])),
        }
    }
    models.into_iter().map(|(operations, cases)| (model(group, operations), cases)).collect()
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
