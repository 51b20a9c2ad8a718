//! Answers of rule sets, kept as long as they may be asked for again.

use super::resolve::Address;
use crate::operation::rules::{RuleSet, Value};
use std::sync::{Arc, Mutex, PoisonError};

/// How many answers a client keeps. Most services have one for all their operations; S3 has one a bucket.
pub(super) const CAPACITY: usize = 64;

/// The last answers.
#[derive(Debug, Default)]
pub(crate) struct Cache(Mutex<Vec<Entry>>);

#[derive(Debug)]
struct Entry {
    rules: &'static RuleSet,
    values: Vec<Value<'static>>,
    address: Arc<Address>,
}

impl Cache {
    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).len()
    }

    /// What `rules` say of these values: from the cache, or else by `find`. An error is not kept.
    pub(super) fn get<E>(
        &self,
        rules: &'static RuleSet,
        values: Vec<Value<'_>>,
        find: impl FnOnce(&[Value<'_>]) -> Result<Address, E>,
    ) -> Result<Arc<Address>, E> {
        let entries = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let is_it = |entry: &&Entry| std::ptr::eq(entry.rules, rules) && entry.values == values;
        if let Some(entry) = entries().iter().find(is_it) {
            return Ok(entry.address.clone());
        }
        let address = Arc::new(find(&values)?);
        let values = values.into_iter().map(Value::into_owned).collect();
        let mut entries = entries();
        if entries.len() >= CAPACITY {
            entries.remove(0);
        }
        entries.push(Entry { rules, values, address: address.clone() });
        Ok(address)
    }
}
