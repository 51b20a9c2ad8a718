//! Names that differ in the model and would be one in Rust.

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::{Kind, Model, Pointer};
use crate::overrides::Overrides;
use heck::ToSnakeCase;
use std::collections::BTreeMap;
use std::path::Path;

/// Reports operations of one service and members of one structure whose names are equal in snake case, after the overrides renamed
/// them. `file` is the model's own, which the places point into.
pub fn collisions(model: &Model, overrides: &Overrides, file: &Path, diagnostics: &mut Diagnostics) {
    let names = model.operations.iter().map(|(name, operation)| {
        let rename = overrides.operations.get(name).and_then(|operation| operation.rename.as_deref());
        (name.as_str(), rename, &operation.at)
    });
    equal("operations of this service", names, file, diagnostics);
    for (name, shape) in &model.shapes {
        let Kind::Structure(structure) = &shape.kind else { continue };
        let renamed = overrides.shapes.get(name).map(|shape| &shape.members);
        let names = structure.members.iter().map(|(name, member)| {
            let rename =
                renamed.and_then(|members| members.get(name)).and_then(|member| member.rename.as_deref());
            (name.as_str(), rename, &member.at)
        });
        equal(&format!("members of `{name}`"), names, file, diagnostics);
    }
}

fn equal<'m>(
    what: &str,
    names: impl Iterator<Item = (&'m str, Option<&'m str>, &'m Pointer)>,
    file: &Path,
    diagnostics: &mut Diagnostics,
) {
    let mut taken: BTreeMap<String, &str> = BTreeMap::new();
    for (name, rename, at) in names {
        let local = rename.unwrap_or(name).to_snake_case();
        if let Some(other) = taken.get(&local) {
            let problem = format!("`{other}` and `{name}`, {what}, would both be called `{local}`");
            let remedy = "give one of the two another name with `rename` in overrides.json";
            diagnostics.push(Diagnostic::at(file, at, problem).remedy(remedy));
        } else {
            taken.insert(local, name);
        }
    }
}
