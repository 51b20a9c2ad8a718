//! A cache of resolved endpoints.

use super::{EndpointValue, RuleSet, resolve::ResolvedEndpoint};
use std::sync::{Arc, Mutex, PoisonError};

/// The number of endpoints that a client keeps. Most services have one for all operations; S3 has one per bucket.
pub(super) const CAPACITY: usize = 64;

/// The endpoints that were resolved last.
#[derive(Debug, Default)]
pub(crate) struct EndpointCache(Mutex<Vec<Entry>>);

#[derive(Debug)]
struct Entry {
    rules: &'static RuleSet,
    values: Vec<EndpointValue<'static>>,
    endpoint: Arc<ResolvedEndpoint>,
}

impl EndpointCache {
    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).len()
    }

    /// Returns the endpoint for these parameter values, which `resolve` computes if it is not cached. Errors are not cached.
    pub(super) fn get_or_resolve<E>(
        &self,
        rules: &'static RuleSet,
        values: Vec<EndpointValue<'_>>,
        resolve: impl FnOnce(&[EndpointValue<'_>]) -> Result<ResolvedEndpoint, E>,
    ) -> Result<Arc<ResolvedEndpoint>, E> {
        let entries = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let matches = |entry: &&Entry| std::ptr::eq(entry.rules, rules) && entry.values == values;
        if let Some(entry) = entries().iter().find(matches) {
            return Ok(entry.endpoint.clone());
        }
        let endpoint = Arc::new(resolve(&values)?);
        let values = values.into_iter().map(EndpointValue::into_owned).collect();
        let mut entries = entries();
        if entries.len() >= CAPACITY {
            entries.remove(0);
        }
        entries.push(Entry { rules, values, endpoint: endpoint.clone() });
        Ok(endpoint)
    }
}
