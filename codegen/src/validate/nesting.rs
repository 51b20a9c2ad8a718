//! How deep structures are nested: the Rust compiler walks through them when it proves that a type is `Send`, and gives up.

use crate::model::{Kind, Model};
use crate::source::Source;
use std::collections::BTreeMap;

/// How many structures may hold one another in a row. The catalogue's deepest has 18. With lists in between, the compiler takes about six
/// steps for each, and generated crates allow it 512.
const DEEPEST: usize = 80;

/// How many lists and maps may hold one another without a structure in between: more than anybody writes.
const LISTS: usize = 16;

pub(super) fn check(model: &Model, source: &mut Source) {
    report(model, source, Graph::of_structures(model).deepest(), "structures", DEEPEST);
    report(model, source, Graph::of_lists(model).deepest(), "lists and maps", LISTS);
}

/// The most structures that hold one another in a row.
pub(crate) fn depth(model: &Model) -> usize {
    Graph::of_structures(model).deepest().0
}

fn report(model: &Model, source: &mut Source, (depth, start): (usize, usize), what: &str, most: usize) {
    if depth <= most {
        return;
    }
    if let Some((name, shape)) = model.shapes.get_index(start) {
        source.report(
            &shape.at,
            format!("{what} are nested {depth} deep below `{name}`"),
            format!("at most {most} {what} may hold one another in a row: the Rust compiler refuses more"),
        );
    }
}

/// Which shape holds which, by their position in the model.
struct Graph {
    next: Vec<Vec<usize>>,
    weight: Vec<usize>,
}

impl Graph {
    /// The graph of all shapes, where structures count.
    fn of_structures(model: &Model) -> Self {
        Self::new(model, |_| true, |kind| matches!(kind, Kind::Structure(_)))
    }

    /// The graph of lists and maps alone.
    fn of_lists(model: &Model) -> Self {
        let list = |kind: &Kind| matches!(kind, Kind::List(_) | Kind::Map(..));
        Self::new(model, list, list)
    }

    /// The graph of what the shapes hold that `leads` anywhere, where those that `counts` are counted.
    fn new(model: &Model, leads: fn(&Kind) -> bool, counts: fn(&Kind) -> bool) -> Self {
        let position: BTreeMap<&str, usize> =
            model.shapes.keys().enumerate().map(|(index, name)| (name.as_str(), index)).collect();
        let next = model.shapes.values().map(|shape| {
            let held = shape.kind.references().filter(|_| leads(&shape.kind));
            held.filter_map(|held| position.get(held.shape.as_str()).copied()).collect()
        });
        let weight = model.shapes.values().map(|shape| usize::from(counts(&shape.kind)));
        Self { next: next.collect(), weight: weight.collect() }
    }

    /// The most structures in a row, and the shape at which such a row begins. Shapes that hold one another in a circle count once each.
    ///
    /// Tarjan's algorithm with its own stack: it finishes each circle after all that the circle leads to.
    fn deepest(&self) -> (usize, usize) {
        let mut walk = Walk { marks: vec![Mark::default(); self.next.len()], ..Walk::default() };
        for start in 0..self.next.len() {
            if walk.mark(start).order.is_none() {
                self.visit(&mut walk, start);
            }
        }
        let deepest = walk.marks.iter().enumerate().map(|(index, mark)| (mark.depth, index));
        // Of equally deep ones the first.
        deepest.max_by_key(|(depth, index)| (*depth, usize::MAX - index)).unwrap_or_default()
    }

    fn visit(&self, walk: &mut Walk, start: usize) {
        walk.enter(start);
        let mut calls = vec![(start, 0)];
        while let Some((node, edge)) = calls.pop() {
            if let Some(held) = self.next.get(node).and_then(|next| next.get(edge)).copied() {
                calls.push((node, edge + 1));
                if walk.mark(held).order.is_none() {
                    walk.enter(held);
                    calls.push((held, 0));
                } else if walk.mark(held).open {
                    let low = walk.mark(held).order.unwrap_or_default();
                    walk.lower(node, low);
                }
                continue;
            }
            if walk.mark(node).order == Some(walk.mark(node).low) {
                self.close(walk, node);
            }
            if let Some((parent, _)) = calls.last() {
                let low = walk.mark(node).low;
                walk.lower(*parent, low);
            }
        }
    }

    /// Finishes the circle that `root` was the first of.
    fn close(&self, walk: &mut Walk, root: usize) {
        let start = walk.open.iter().rposition(|node| *node == root).unwrap_or_default();
        let circle = walk.open.split_off(start);
        let held = circle.iter().filter_map(|node| self.next.get(*node)).flatten();
        let below = held.map(|held| walk.mark(*held).depth).max().unwrap_or_default();
        let own: usize = circle.iter().filter_map(|node| self.weight.get(*node)).sum();
        for node in circle {
            if let Some(mark) = walk.marks.get_mut(node) {
                mark.open = false;
                mark.depth = below + own;
            }
        }
    }
}

#[derive(Default)]
struct Walk {
    marks: Vec<Mark>,
    open: Vec<usize>,
    entered: usize,
}

/// What is known of a shape; the depth is 0 until its circle is finished.
#[derive(Clone, Copy, Default)]
struct Mark {
    order: Option<usize>,
    low: usize,
    open: bool,
    depth: usize,
}

impl Walk {
    fn mark(&self, node: usize) -> Mark {
        self.marks.get(node).copied().unwrap_or_default()
    }

    fn enter(&mut self, node: usize) {
        if let Some(mark) = self.marks.get_mut(node) {
            *mark = Mark { order: Some(self.entered), low: self.entered, open: true, depth: 0 };
            self.open.push(node);
            self.entered += 1;
        }
    }

    fn lower(&mut self, node: usize, low: usize) {
        if let Some(mark) = self.marks.get_mut(node) {
            mark.low = mark.low.min(low);
        }
    }
}
