//! Lowers a model to the [`Crate`](crate::ir::Crate) to generate. All decisions are made here.
//!
//! `selection` selects the operations and `reach` their shapes, [`names`](crate::names) names everything,
//! `recursion` decides what is boxed, `shapes` and `members` choose types and schemas, `docs` writes the documentation.

mod customizations;
pub mod docs;
pub mod endpoint;
mod enums;
mod errors;
mod members;
#[cfg(test)]
mod model_coverage;
mod operations;
pub mod recursion;
mod selection;
mod service;
mod shapes;
mod size;
mod unique;

use crate::{
    diagnostic::Diagnostics,
    graph,
    ir::{Crate, Operation, TypeDef},
    model::{Kind, Model, Structure},
    options::Options,
    overrides::Overrides,
    protocol::Protocol,
    reach::{Reached, ReferenceCounts, reach},
    type_printer::PRELUDE_TYPES,
};

/// How deeply structures may be nested below the compiler's default recursion limit, 128 steps: with lists in between, each
/// takes about six, and the code around a request takes some too.
const MAX_DEPTH_WITHIN_DEFAULT_LIMIT: usize = 12;

/// The operations that READMEs link to, by `serviceId`; for other services the first.
const SAMPLES: [(&str, &str); 1] = [("Lambda", "Invoke")];

/// Lowers a model that was read without problems. Overrides that do not fit the model have no effect.
///
/// `None` if there are problems, which are added to `diagnostics`.
pub fn lower(
    model: &Model,
    overrides: &Overrides,
    options: &Options,
    diagnostics: &mut Diagnostics,
) -> Option<Crate> {
    let mut found = Diagnostics::new();
    let selected = selection::select(model, overrides, options, &mut found);
    let protocol = Protocol::choose(&model.metadata, options.protocol.as_deref());
    service::check_protocol(&model.metadata, protocol, options, &mut found);
    let lowering = Lowering {
        model,
        overrides,
        protocol,
        recursion: recursion::find(model),
        counts: ReferenceCounts::of(model),
    };
    if !size::check(model, &lowering.recursion, options, &mut found) {
        diagnostics.extend(found);
        return None;
    }
    let is_replaced = |shape: &str| overrides.shapes.get(shape).is_some_and(|over| over.replace.is_some());
    let reached = reach(model, is_replaced, &lowering.counts, &selected, options.operations.is_none());
    let krate = lowering.lower(options, &selected, &reached);
    unique::check(&krate, overrides, options, &mut found);
    let usable = found.is_empty();
    diagnostics.extend(found);
    usable.then_some(krate)
}

/// The input of all lowering.
struct Lowering<'m> {
    model: &'m Model,
    overrides: &'m Overrides,
    protocol: Option<Protocol>,
    recursion: recursion::Recursion<'m>,
    counts: ReferenceCounts<'m>,
}

impl<'m> Lowering<'m> {
    fn lower(&self, options: &Options, selected: &[&'m str], reached: &Reached<'m>) -> Crate {
        let mut types: Vec<TypeDef> = reached.types.iter().filter_map(|name| self.type_def(name)).collect();
        types.sort_by(|a, b| a.name().cmp(b.name()));
        let mut errors: Vec<_> = reached.errors.iter().filter_map(|name| self.error(name)).collect();
        errors.sort_by(|a, b| a.structure.name.cmp(&b.structure.name));
        let mut operations: Vec<_> = selected.iter().filter_map(|name| self.operation(name)).collect();
        operations.sort_by(|a, b| a.module.cmp(&b.module));
        let names = types.iter().map(TypeDef::name).chain(errors.iter().map(|error| &*error.structure.name));
        let requests =
            operations.iter().flat_map(|operation| [&*operation.request.name, operation.response.name()]);
        let shadows_prelude = names.chain(requests).any(|name| PRELUDE_TYPES.contains(&name));
        let service = self.service(options);
        Crate {
            runtime_features: customizations::runtime_features(&service, &operations),
            sample: sample(self.model.metadata.service_id.as_deref(), &operations),
            name: options.crate_name.clone(),
            version: options.crate_version.clone(),
            library: options.library.clone(),
            runtime: options.runtime.clone(),
            dependencies: options.dependencies.clone(),
            input: options.input.clone(),
            command: options.command.clone(),
            service,
            endpoint_rules: self.endpoint_rules(),
            shadows_prelude,
            operations,
            types,
            errors,
            partial: options.operations.is_some() || options.pruned,
            needs_recursion_limit: graph::structure_depth(self.model).0 > MAX_DEPTH_WITHIN_DEFAULT_LIMIT,
        }
    }

    fn structure(&self, name: &str) -> Option<&'m Structure> {
        match self.model.shapes.get(name).map(|shape| &shape.kind) {
            Some(Kind::Structure(structure)) => Some(structure),
            _ => None,
        }
    }
}

/// The index of the operation that the README links to.
fn sample(service_id: Option<&str>, operations: &[Operation]) -> Option<usize> {
    let name = SAMPLES.iter().find(|(id, _)| Some(*id) == service_id).map(|(_, name)| *name);
    let sample = operations.iter().position(|operation| Some(&*operation.wire_name) == name);
    sample.or((!operations.is_empty()).then_some(0))
}
