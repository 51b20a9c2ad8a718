//! What holds for the whole service, and what the model says beside its operations.

use super::{
    Comparison, Kind, Place, Spot, Words,
    traits::{self, Trait},
};
use crate::ir::Service;
use crate::model::Waiter;
use crate::report::snapshot::Snapshot;
use indexmap::IndexMap;
use std::collections::BTreeSet;

impl Comparison<'_> {
    /// Compares the services of both sides.
    pub(super) fn service(&mut self, old: &Snapshot, new: &Snapshot) {
        let spot = Spot { place: Place::Service, operations: BTreeSet::new() };
        let (before, after) = (&old.krate.service, &new.krate.service);
        let protocol = |service: &Service| service.protocol.model_name();
        self.text(&spot, Kind::ProtocolChanged, "", protocol(before), protocol(after));
        for (item, read) in FACTS {
            self.text(&spot, Kind::ServiceChanged, item, read(before), read(after));
        }
        for (name, from, to) in
            traits::differences(traits::service(&before.traits), traits::service(&after.traits))
        {
            let kind = if name == Trait::Auth { Kind::AuthChanged } else { Kind::ServiceChanged };
            self.push(&spot, kind, "").from_to(from, to);
        }
        match (old.krate.needs_recursion_limit, new.krate.needs_recursion_limit) {
            (false, true) => drop(self.push(&spot, Kind::NestedDeeper, "types")),
            (true, false) => drop(self.push(&spot, Kind::NestedLess, "types")),
            _ => {}
        }
        if old.krate.endpoint_rules != new.krate.endpoint_rules {
            self.push(&spot, Kind::EndpointRulesChanged, "");
        }
        self.companions(&spot, PAGINATORS, &old.model.paginators, &new.model.paginators, PartialEq::eq);
        self.companions(&spot, WAITERS, &old.model.waiters, &new.model.waiters, same_waiting);
        self.words(&spot, "service", words(before), words(after));
        if before.title != after.title {
            self.push(&spot, Kind::Documentation, "title");
        }
    }

    /// Compares what stands in a file beside the model, by name.
    fn companions<T>(
        &mut self,
        spot: &Spot,
        kinds: [Kind; 3],
        old: &IndexMap<String, T>,
        new: &IndexMap<String, T>,
        same: fn(&T, &T) -> bool,
    ) {
        let names: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
        for name in names {
            let [added, changed, removed] = kinds;
            match (old.get(name), new.get(name)) {
                (Some(old), Some(new)) if same(old, new) => {}
                (Some(_), Some(_)) => drop(self.push(spot, changed, name)),
                (None, _) => drop(self.push(spot, added, name)),
                (_, None) => drop(self.push(spot, removed, name)),
            }
        }
    }
}

const PAGINATORS: [Kind; 3] = [Kind::PaginatorAdded, Kind::PaginatorChanged, Kind::PaginatorRemoved];

const WAITERS: [Kind; 3] = [Kind::WaiterAdded, Kind::WaiterChanged, Kind::WaiterRemoved];

type Fact = fn(&Service) -> &str;

/// What of the service is text.
const FACTS: [(&str, Fact); 3] = [
    ("service id", |service| &service.id),
    ("API version", |service| &service.api_version),
    ("endpoint prefix", |service| &service.endpoint_prefix),
];

fn words(service: &Service) -> Words<'_> {
    Words { name: "", docs: &service.docs, deprecated: None }
}

/// Descriptions aside.
fn same_waiting(old: &Waiter, new: &Waiter) -> bool {
    let facts = |waiter: &Waiter| Waiter { description: None, ..waiter.clone() };
    facts(old) == facts(new)
}
