//! Reports lists and maps that contain only one another: no value of such a type is finite, and no Rust type can express it.

use crate::graph::Graph;
use crate::model::{Kind, Model, Reference, Shape};
use crate::source::Source;

/// The number of shapes of a cycle that a message names.
const MAX_NAMED_SHAPES: usize = 8;

pub(super) fn check(model: &Model, source: &mut Source) {
    let graph =
        Graph::of(model, |shape| content(shape).map(|reference| reference.shape.as_str()).into_iter());
    for cycle in graph.cycles() {
        report(model, source, &cycle);
    }
}

/// The content of a list, or of a map's values; its keys are strings.
fn content(shape: &Shape) -> Option<&Reference> {
    match &shape.kind {
        Kind::List(reference) | Kind::Map(_, reference) => Some(reference),
        _ => None,
    }
}

fn report(model: &Model, source: &mut Source, cycle: &[usize]) {
    let shapes: Vec<(&String, &Shape)> =
        cycle.iter().filter_map(|index| model.shapes.get_index(*index)).collect();
    let (Some((entry, _)), Some((_, last))) = (shapes.first(), shapes.last()) else { return };
    let Some(back) = content(last) else { return };
    let names = shapes.iter().map(|(name, _)| *name).take(MAX_NAMED_SHAPES).chain([*entry]);
    let shown: Vec<String> = names.map(|name| format!("`{name}`")).collect();
    source.report(
        &back.at.key("shape"),
        format!("{} contain one another without a structure in between", shown.join(" → ")),
        "let one of them contain a structure or a scalar",
    );
}
