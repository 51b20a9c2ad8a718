//! Lists and maps that hold only one another: no value of such a type is finite, and no Rust type can be written for it.

use crate::model::{Kind, Model, Reference};
use crate::source::Source;
use std::collections::BTreeMap;

/// A list or map leads to one other shape, so that following it from each, and never twice, finds every cycle once.
pub(super) fn check(model: &Model, source: &mut Source) {
    let mut seen_from: BTreeMap<&str, usize> = BTreeMap::new();
    for (start, name) in model.shapes.keys().enumerate() {
        let mut path: Vec<(&str, &Reference)> = Vec::new();
        let mut at = name.as_str();
        while let Some((name, reference)) = content(model, at) {
            if let Some(&before) = seen_from.get(name) {
                if before == start {
                    report(source, &path, name);
                }
                break;
            }
            seen_from.insert(name, start);
            path.push((name, reference));
            at = &reference.shape;
        }
    }
}

/// What a list or map holds; of a map, its values, as its keys are strings.
fn content<'m>(model: &'m Model, shape: &str) -> Option<(&'m str, &'m Reference)> {
    let (name, shape) = model.shapes.get_key_value(shape)?;
    match &shape.kind {
        Kind::List(reference) | Kind::Map(_, reference) => Some((name, reference)),
        _ => None,
    }
}

fn report(source: &mut Source, path: &[(&str, &Reference)], entry: &str) {
    let Some(cycle) = path.iter().position(|(name, _)| *name == entry).and_then(|start| path.get(start..))
    else {
        return;
    };
    let Some((_, last)) = cycle.last() else { return };
    let shown: Vec<String> =
        cycle.iter().map(|(name, _)| *name).take(8).chain([entry]).map(|name| format!("`{name}`")).collect();
    source.report(
        &last.at.key("shape"),
        format!("{} hold one another without a structure in between", shown.join(" → ")),
        "let one of them hold a structure or a scalar",
    );
}
