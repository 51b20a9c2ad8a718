//! Compares what concerns the whole service, and paginators and waiters.

use super::{
    Comparison, Documented, Kind, Place, Site,
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
        let site = Site { place: Place::Service, operations: BTreeSet::new() };
        let (before, after) = (&old.krate.service, &new.krate.service);
        let protocol = |service: &Service| service.protocol.model_name();
        self.compare_text(&site, Kind::ProtocolChanged, "", protocol(before), protocol(after));
        for (item, read) in FACTS {
            self.compare_text(&site, Kind::ServiceChanged, item, read(before), read(after));
        }
        for (name, from, to) in
            traits::differences(traits::service(&before.traits), traits::service(&after.traits))
        {
            let kind = if name == Trait::Auth { Kind::AuthChanged } else { Kind::ServiceChanged };
            self.push(&site, kind, "").with_values(from, to);
        }
        match (old.krate.needs_recursion_limit, new.krate.needs_recursion_limit) {
            (false, true) => drop(self.push(&site, Kind::NestedDeeper, "types")),
            (true, false) => drop(self.push(&site, Kind::NestedLess, "types")),
            _ => {}
        }
        if old.krate.endpoint_rules != new.krate.endpoint_rules {
            self.push(&site, Kind::EndpointRulesChanged, "");
        }
        self.paginators_or_waiters(
            &site,
            PAGINATORS,
            &old.model.paginators,
            &new.model.paginators,
            PartialEq::eq,
        );
        self.paginators_or_waiters(&site, WAITERS, &old.model.waiters, &new.model.waiters, same_waiter);
        self.documentation(&site, "service", documented(before), documented(after));
        if before.title != after.title {
            self.push(&site, Kind::Documentation, "title");
        }
    }

    /// Compares paginators or waiters, by name.
    fn paginators_or_waiters<T>(
        &mut self,
        site: &Site,
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
                (Some(_), Some(_)) => drop(self.push(site, changed, name)),
                (None, _) => drop(self.push(site, added, name)),
                (_, None) => drop(self.push(site, removed, name)),
            }
        }
    }
}

const PAGINATORS: [Kind; 3] = [Kind::PaginatorAdded, Kind::PaginatorChanged, Kind::PaginatorRemoved];

const WAITERS: [Kind; 3] = [Kind::WaiterAdded, Kind::WaiterChanged, Kind::WaiterRemoved];

type Fact = fn(&Service) -> &str;

/// The texts that are compared.
const FACTS: [(&str, Fact); 3] = [
    ("service id", |service| &service.id),
    ("API version", |service| &service.api_version),
    ("endpoint prefix", |service| &service.endpoint_prefix),
];

fn documented(service: &Service) -> Documented<'_> {
    Documented { name: "", docs: &service.docs, deprecated: None }
}

/// Whether two waiters are the same, apart from their description.
fn same_waiter(old: &Waiter, new: &Waiter) -> bool {
    let facts = |waiter: &Waiter| Waiter { description: None, ..waiter.clone() };
    facts(old) == facts(new)
}
