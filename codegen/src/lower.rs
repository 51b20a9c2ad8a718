//! From the model to what is printed: the only place that decides.
//!
//! Which operations and so which shapes are generated (`reach`), what everything is called (`names`), what may be
//! absent and what is boxed (`recursion`), which Rust type holds a shape (`shapes`), what is said of it (`docs`), and
//! what the overrides change (`adjust`).

mod customizations;
pub mod docs;
pub mod endpoint;
mod enums;
mod errors;
mod example;
mod members;
mod operations;
pub(crate) mod reach;
pub mod recursion;
pub(crate) mod retype;
pub(crate) mod service;
mod shapes;
mod size;
mod unique;

use crate::{
    diagnostic::Diagnostics,
    ir::{Crate, Item, Protocol, Runtime},
    model::{Kind, Model, Structure},
    overrides::builtin,
    overrides::{self, Overrides},
    validate,
};
use std::{borrow::Cow, path::PathBuf};

/// How deep structures may be nested for the compiler's own limit, 128 steps, to be enough for certain: with lists in
/// between each takes about six, and whatever the user puts a request into takes some.
const SHALLOW: usize = 12;

/// What is generated from a model.
#[derive(Clone, Debug)]
pub struct Options {
    /// The folder of the service in the catalogue: `lambda`.
    pub service: String,
    /// The package's name.
    pub crate_name: String,
    /// The package's version.
    pub crate_version: String,
    /// The path by which examples name the crate; without one, there are no examples.
    pub library: Option<String>,
    /// What people type to run the generator, for headers.
    pub command: String,
    /// How the manifest names the runtime.
    pub runtime: Runtime,
    /// Other packages that the crate depends on, each with what its manifest says of it.
    pub dependencies: Vec<(String, String)>,
    /// What the crate is made of, for headers: `models/lambda/2015-03-31`.
    pub input: String,
    /// The operations; `None` for all.
    pub operations: Option<Vec<String>>,
    /// One of the protocols that the model lists; `None` for the one that suits best.
    pub protocol: Option<String>,
    /// What Myrina knows of services that models do not say applies, below the overrides.
    pub builtin: bool,
    /// The model's file, for messages.
    pub model_file: PathBuf,
    /// The overrides' file, for messages.
    pub overrides_file: PathBuf,
    /// The file that names the operations, for messages.
    pub config_file: PathBuf,
}

/// Lowers a model. `None` where something is wrong; `diagnostics` then say what.
pub fn lower(
    model: &Model,
    overrides: &Overrides,
    options: &Options,
    diagnostics: &mut Diagnostics,
) -> Option<Crate> {
    let mut unfit = Diagnostics::new();
    check_overrides(model, overrides, options, &mut unfit);
    let fits = unfit.is_empty();
    diagnostics.extend(unfit);
    lower_as_it_fits(model, overrides, options, diagnostics).filter(|_| fits)
}

/// The same where overrides that do not fit the model are no problem, and have no effect.
pub fn lower_as_it_fits(
    model: &Model,
    overrides: &Overrides,
    options: &Options,
    diagnostics: &mut Diagnostics,
) -> Option<Crate> {
    let mut found = Diagnostics::new();
    let overrides = &*builtin::below(model, overrides, options);
    let model = &*overrides::apply(model, overrides);
    let selected = reach::select(model, overrides, options, &mut found);
    service::check_protocol(&model.metadata, options, &mut found);
    let lowering = Lowering {
        model,
        overrides,
        protocol: service::protocol(&model.metadata, options.protocol.as_deref()),
        recursion: recursion::find(model),
        usage: reach::usage(model),
    };
    if !size::check(model, &lowering.recursion, options, &mut found) {
        diagnostics.extend(found);
        return None;
    }
    let reached = reach::reach(model, overrides, &lowering.usage, &selected, options.operations.is_none());
    let krate = lowering.lower(options, &selected, &reached);
    unique::check(&krate, overrides, options, &mut found);
    let usable = found.is_empty();
    diagnostics.extend(found);
    usable.then_some(krate)
}

/// The model without what the overrides leave out.
pub fn without_ignored(model: Model, overrides: &Overrides) -> Model {
    match overrides::apply(&model, overrides) {
        Cow::Owned(left) => left,
        Cow::Borrowed(_) => model,
    }
}

/// Reports the overrides that do not fit the model.
pub fn check_overrides(
    model: &Model,
    overrides: &Overrides,
    options: &Options,
    diagnostics: &mut Diagnostics,
) {
    overrides::check(model, overrides, options, diagnostics);
}

/// What a member's type may be changed to.
#[cfg(test)]
pub(crate) fn retypes() -> impl Iterator<Item = &'static str> {
    retype::Retype::names()
}

/// What all lowering reads.
struct Lowering<'m> {
    model: &'m Model,
    overrides: &'m Overrides,
    protocol: Option<Protocol>,
    recursion: recursion::Recursion<'m>,
    usage: reach::Usage<'m>,
}

impl<'m> Lowering<'m> {
    fn lower(&self, options: &Options, selected: &[&'m str], reached: &reach::Reached<'m>) -> Crate {
        let mut types: Vec<Item> = reached.types.iter().filter_map(|name| self.item(name)).collect();
        types.sort_by(|a, b| a.name().cmp(b.name()));
        let mut errors: Vec<_> = reached.errors.iter().filter_map(|name| self.error(name)).collect();
        errors.sort_by(|a, b| a.structure.name.cmp(&b.structure.name));
        let mut operations: Vec<_> = selected.iter().filter_map(|name| self.operation(name)).collect();
        operations.sort_by(|a, b| a.module.cmp(&b.module));
        let names = types.iter().map(Item::name).chain(errors.iter().map(|error| &*error.structure.name));
        let requests =
            operations.iter().flat_map(|operation| [&*operation.request.name, operation.response.name()]);
        let shadows_prelude =
            names.chain(requests).any(|name| matches!(name, "Option" | "String" | "Vec" | "Box"));
        let service = self.service(options);
        Crate {
            runtime_features: customizations::features(&service, &operations),
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
            partial: options.operations.is_some(),
            deep: validate::depth(self.model) > SHALLOW,
        }
    }

    fn structure(&self, name: &str) -> Option<&'m Structure> {
        match self.model.shapes.get(name).map(|shape| &shape.kind) {
            Some(Kind::Structure(structure)) => Some(structure),
            _ => None,
        }
    }
}

impl Item {
    /// The type's name.
    pub fn name(&self) -> &str {
        match self {
            Self::Structure(structure) => &structure.name,
            Self::Union(union) => &union.name,
            Self::Enumeration(enumeration) => &enumeration.name,
        }
    }
}
