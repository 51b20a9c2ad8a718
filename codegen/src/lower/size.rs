//! Limits the inline size of structures. If two members contain the same structure, and two of its members another, the size
//! doubles with each level.

use super::recursion::Recursion;
use crate::{
    diagnostic::{Diagnostic, Diagnostics},
    model::{Kind, Model},
    options::Options,
};
use std::collections::BTreeMap;

/// The most values in one structure. Values in lists and boxes do not count, so real structures stay far below.
const MAX_INLINE_VALUES: usize = 1 << 16;

/// Reports the first structure that is too large. Returns whether there is none.
pub(super) fn check(
    model: &Model,
    recursion: &Recursion<'_>,
    options: &Options,
    diagnostics: &mut Diagnostics,
) -> bool {
    let mut sizes = Sizes { model, recursion, known: BTreeMap::new() };
    let Some((name, shape)) = model.shapes.iter().find(|(name, _)| sizes.of(name) > MAX_INLINE_VALUES) else {
        return true;
    };
    let message = format!("a value of `{name}` would hold more than {MAX_INLINE_VALUES} others in itself");
    let help = "structures hold one another too many times over: put some of them into lists";
    diagnostics.push(Diagnostic::at(&options.model_file, &shape.at, message).with_help(help));
    false
}

struct Sizes<'a> {
    model: &'a Model,
    recursion: &'a Recursion<'a>,
    known: BTreeMap<&'a str, usize>,
}

impl<'a> Sizes<'a> {
    /// The number of values in a shape. It terminates because cycles are boxed; the checks of the model limit the depth.
    fn of(&mut self, name: &'a str) -> usize {
        let Some(Kind::Structure(structure)) = self.model.shapes.get(name).map(|shape| &shape.kind) else {
            return 1;
        };
        if let Some(known) = self.known.get(name) {
            return *known;
        }
        let mut size = 1_usize;
        for (member, reference) in &structure.members {
            let boxed = self.recursion.boxed.contains(&(name, member.as_str()));
            size = size.saturating_add(if boxed { 1 } else { self.of(&reference.shape) });
        }
        self.known.insert(name, size);
        size
    }
}
