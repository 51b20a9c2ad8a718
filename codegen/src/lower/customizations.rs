//! The customizations of the service and its operations.

use super::Lowering;
use crate::{
    ir::{Operation, Service},
    overrides::customizations::{self, KnownCustomization},
};

impl Lowering<'_> {
    /// The paths of the customizations for all operations.
    pub(super) fn customizations(&self) -> Vec<String> {
        paths(&self.overrides.customizations)
    }

    /// The paths of the customizations for one operation.
    pub(super) fn customizations_of(&self, operation: &str) -> Vec<String> {
        self.overrides.operations.get(operation).map(|over| paths(&over.customizations)).unwrap_or_default()
    }
}

/// Unknown names were reported by the checks of the overrides.
fn paths(names: &[String]) -> Vec<String> {
    names.iter().filter_map(|name| customizations::path(name)).collect()
}

/// The features of the runtime that the protocol, the customizations and the traits of operations need.
pub(super) fn runtime_features(service: &Service, operations: &[Operation]) -> Vec<&'static str> {
    let of_operations = operations.iter().flat_map(|operation| &operation.customizations);
    let paths: Vec<&String> = service.customizations.iter().chain(of_operations).collect();
    let used = customizations::KNOWN_CUSTOMIZATIONS.iter().filter(|known| paths.contains(&&known.path()));
    let mut features: Vec<_> = used.filter_map(|known: &KnownCustomization| known.feature).collect();
    let compress = operations.iter().any(|operation| operation.traits.compress_requests);
    features.extend(compress.then_some("gzip"));
    features.sort_unstable();
    features.dedup();
    service.protocol.info().feature.into_iter().chain(features).collect()
}
