//! Limits how deeply structures are nested: the Rust compiler visits all of them to prove that a type is `Send`, and gives up.

use crate::graph::{self, Graph};
use crate::model::{Kind, Model, Shape};
use crate::source::Source;

/// The longest chain of structures that contain one another; botocore's longest has 18. With lists in between, the compiler takes
/// about six steps for each, and generated crates allow 512.
const MAX_STRUCTURE_DEPTH: usize = 80;

/// The longest chain of lists and maps without a structure in between: more than anybody writes.
const MAX_LIST_DEPTH: usize = 16;

pub(super) fn check(model: &Model, source: &mut Source) {
    report(model, source, graph::structure_depth(model), "structures", MAX_STRUCTURE_DEPTH);
    report(model, source, list_depth(model), "lists and maps", MAX_LIST_DEPTH);
}

/// The number of lists and maps in the longest chain of those, and the shape at which it begins.
fn list_depth(model: &Model) -> (usize, usize) {
    let is_list = |shape: &Shape| matches!(shape.kind, Kind::List(_) | Kind::Map(..));
    let held = |shape| is_list(shape).then(|| shape.kind.references()).into_iter().flatten();
    let graph = Graph::of(model, |shape| held(shape).map(|reference| reference.shape.as_str()));
    graph.deepest(|index| usize::from(model.shapes.get_index(index).is_some_and(|(_, shape)| is_list(shape))))
}

fn report(model: &Model, source: &mut Source, (depth, start): (usize, usize), what: &str, most: usize) {
    if depth <= most {
        return;
    }
    if let Some((name, shape)) = model.shapes.get_index(start) {
        source.report(
            &shape.at,
            format!("{what} are nested {depth} deep below `{name}`"),
            format!("at most {most} {what} may contain one another: the Rust compiler rejects more"),
        );
    }
}
