//! The graph of a model's shapes, and its strongly connected components.

use crate::model::{Kind, Model, Shape};

/// Which shapes a shape leads to, by their indices in the model.
#[derive(Debug)]
pub(crate) struct Graph {
    edges: Vec<Vec<usize>>,
}

/// The number of structures in the longest chain of structures that contain one another, and the shape at which it begins.
/// Structures on a cycle count once each.
pub(crate) fn structure_depth(model: &Model) -> (usize, usize) {
    let graph = Graph::of(model, |shape| shape.kind.references().map(|held| held.shape.as_str()));
    graph.deepest(|index| {
        let shape = model.shapes.get_index(index);
        usize::from(shape.is_some_and(|(_, shape)| matches!(shape.kind, Kind::Structure(_))))
    })
}

impl Graph {
    /// The graph in which each shape leads to the shapes with these names; names of missing shapes are skipped.
    pub(crate) fn of<'m, I>(model: &'m Model, leads_to: impl Fn(&'m Shape) -> I) -> Self
    where
        I: Iterator<Item = &'m str>,
    {
        let index = |name: &str| model.shapes.get_index_of(name);
        let edges = model.shapes.values().map(|shape| leads_to(shape).filter_map(index).collect());
        Self { edges: edges.collect() }
    }

    /// The strongly connected components, each after all components that it leads to; the nodes of each in the order in which
    /// they are reached.
    ///
    /// This is Tarjan's algorithm with its own stack, because chains of shapes can be long.
    pub(crate) fn components(&self) -> Vec<Vec<usize>> {
        let mut search = Search { nodes: vec![Visit::default(); self.edges.len()], ..Search::default() };
        for root in 0..self.edges.len() {
            if search.visit(root).order.is_none() {
                self.search_from(root, &mut search);
            }
        }
        search.components
    }

    /// The component of each node, as a number.
    pub(crate) fn component_of_each(&self) -> Vec<usize> {
        let mut numbers = vec![0; self.edges.len()];
        for (number, component) in self.components().into_iter().enumerate() {
            for node in component {
                if let Some(place) = numbers.get_mut(node) {
                    *place = number;
                }
            }
        }
        numbers
    }

    /// The components that are cycles: with more than one node, or with a node that leads to itself.
    pub(crate) fn cycles(&self) -> impl Iterator<Item = Vec<usize>> {
        let leads_to_itself = |node: usize| self.targets(node).contains(&node);
        let is_cycle = move |component: &Vec<usize>| match component.as_slice() {
            [node] => leads_to_itself(*node),
            _ => true,
        };
        self.components().into_iter().filter(is_cycle)
    }

    /// The greatest weight of a path, and the first node at which such a path begins. Nodes of a component count once each.
    pub(crate) fn deepest(&self, weight: impl Fn(usize) -> usize) -> (usize, usize) {
        let mut depths = vec![0; self.edges.len()];
        for component in self.components() {
            let targets = component.iter().flat_map(|node| self.targets(*node));
            let below: usize =
                targets.filter_map(|target| depths.get(*target)).copied().max().unwrap_or_default();
            let own: usize = component.iter().map(|node| weight(*node)).sum();
            for node in component {
                if let Some(depth) = depths.get_mut(node) {
                    *depth = below + own;
                }
            }
        }
        let depths = depths.into_iter().enumerate().map(|(index, depth)| (depth, index));
        depths.max_by_key(|(depth, index)| (*depth, usize::MAX - index)).unwrap_or_default()
    }

    fn targets(&self, node: usize) -> &[usize] {
        self.edges.get(node).map(Vec::as_slice).unwrap_or_default()
    }

    fn search_from(&self, root: usize, search: &mut Search) {
        search.enter(root);
        let mut path = vec![(root, 0)];
        while let Some((node, edge)) = path.pop() {
            if let Some(target) = self.targets(node).get(edge).copied() {
                path.push((node, edge + 1));
                let visit = search.visit(target);
                match visit.order {
                    None => {
                        search.enter(target);
                        path.push((target, 0));
                    }
                    Some(order) if visit.is_open => search.lower(node, order),
                    Some(_) => {}
                }
                continue;
            }
            let visit = search.visit(node);
            if visit.order == Some(visit.low) {
                search.close(node);
            }
            if let Some((parent, _)) = path.last() {
                search.lower(*parent, visit.low);
            }
        }
    }
}

#[derive(Default)]
struct Search {
    nodes: Vec<Visit>,
    /// The nodes whose component is not complete, in the order in which they were reached.
    open: Vec<usize>,
    entered: usize,
    components: Vec<Vec<usize>>,
}

#[derive(Clone, Copy, Default)]
struct Visit {
    order: Option<usize>,
    /// The first open node that the node leads back to.
    low: usize,
    is_open: bool,
}

impl Search {
    fn visit(&self, node: usize) -> Visit {
        self.nodes.get(node).copied().unwrap_or_default()
    }

    fn enter(&mut self, node: usize) {
        if let Some(visit) = self.nodes.get_mut(node) {
            *visit = Visit { order: Some(self.entered), low: self.entered, is_open: true };
            self.open.push(node);
            self.entered += 1;
        }
    }

    fn lower(&mut self, node: usize, low: usize) {
        if let Some(visit) = self.nodes.get_mut(node) {
            visit.low = visit.low.min(low);
        }
    }

    /// Completes the component that begins with `first`.
    fn close(&mut self, first: usize) {
        let start = self.open.iter().rposition(|node| *node == first).unwrap_or_default();
        let component = self.open.split_off(start);
        for node in &component {
            if let Some(visit) = self.nodes.get_mut(*node) {
                visit.is_open = false;
            }
        }
        self.components.push(component);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn components_follow_those_that_they_lead_to() {
        // 0 → 1 ⇄ 2 → 3 → 3, 4 → 0
        let graph = Graph { edges: vec![vec![1], vec![2], vec![1, 3], vec![3], vec![0]] };
        assert_eq!(graph.components(), [vec![3], vec![1, 2], vec![0], vec![4]]);
        assert_eq!(graph.component_of_each(), [2, 1, 1, 0, 3]);
        assert_eq!(graph.cycles().collect::<Vec<_>>(), [vec![3], vec![1, 2]]);
        assert_eq!(graph.deepest(|_| 1), (5, 4));
        assert_eq!(graph.deepest(|node| usize::from(node == 3)), (1, 0));
        assert_eq!(Graph { edges: Vec::new() }.deepest(|_| 1), (0, 0));
    }

    #[test]
    fn long_chains_need_no_stack() {
        let edges = (1..=100_000).map(|next| vec![next]).collect();
        assert_eq!(Graph { edges }.deepest(|_| 1), (100_000, 0));
    }
}
