//! Which customisations the service and its operations have.

use super::Lowering;
use crate::{
    ir::{Operation, Service},
    overrides::customizations::{self, Named},
};

impl Lowering<'_> {
    /// The paths of those of all operations.
    pub(super) fn customisations(&self) -> Vec<String> {
        paths(&self.overrides.customise)
    }

    /// The paths of those of one operation.
    pub(super) fn customisations_of(&self, operation: &str) -> Vec<String> {
        self.overrides.operations.get(operation).map(|over| paths(&over.customise)).unwrap_or_default()
    }
}

/// A name that is none was reported by the checks of the overrides.
fn paths(names: &[String]) -> Vec<String> {
    names.iter().filter_map(|name| customizations::path(name)).collect()
}

/// The features of the runtime that the customisations need.
pub(super) fn features(service: &Service, operations: &[Operation]) -> Vec<&'static str> {
    let of_operations = operations.iter().flat_map(|operation| &operation.customisations);
    let paths: Vec<&String> = service.customisations.iter().chain(of_operations).collect();
    let used = customizations::NAMED.iter().filter(|known| paths.contains(&&known.path()));
    let mut features: Vec<_> = used.filter_map(|known: &Named| known.feature).collect();
    features.sort_unstable();
    features.dedup();
    features
}
