//! Compares operations: request, response, errors.

use super::{
    Comparison, Documented, Kind, Place, Site,
    members::Members,
    traits::{self, Trait},
    wire, without_raw_prefix,
};
use crate::ir::{Operation, Path, Response, Structure};
use crate::report::snapshot::Snapshot;
use crate::type_printer::path_text;

impl Comparison<'_> {
    /// Compares the operations of both crates.
    pub(super) fn operations(&mut self, old: &Snapshot, new: &Snapshot) {
        let renamed = self.renames.operations.clone();
        for operation in &new.krate.operations {
            let name = &operation.wire_name;
            let before = renamed.iter().find(|(_, new)| *new == name).map_or(name, |(old, _)| old);
            let site = site(name);
            let Some(before) = old.krate.operations.iter().find(|other| other.wire_name == *before) else {
                self.push(&site, Kind::OperationAdded, item(operation))
                    .with_values(None, call(operation))
                    .with_wire_name(name);
                continue;
            };
            if (&before.module, &before.request.name) != (&operation.module, &operation.request.name) {
                self.push(&site, Kind::OperationRenamed, item(operation))
                    .with_values(item(before), item(operation))
                    .with_wire_name(name);
            }
            self.operation(&site, before, operation);
            self.success(&site, (old, before), (new, operation));
        }
        let is_gone = |operation: &&Operation| {
            let name = &operation.wire_name;
            !renamed.contains_key(name) && !new.krate.operations.iter().any(|other| other.wire_name == *name)
        };
        for operation in old.krate.operations.iter().filter(is_gone) {
            self.push(&site(&operation.wire_name), Kind::OperationRemoved, item(operation))
                .with_values(call(operation), None)
                .with_wire_name(&operation.wire_name);
        }
    }

    fn operation(&mut self, site: &Site, old: &Operation, new: &Operation) {
        let request = &new.request.name;
        self.compare_text(site, Kind::MethodChanged, request, &old.method, &new.method);
        self.compare_text(site, Kind::UriChanged, request, &old.uri, &new.uri);
        self.structure(site, request, &old.request, &new.request);
        self.root(site, request, old, new);
        self.response(site, &old.response, &new.response);
        self.errors(site, old, new);
        if old.context != new.context {
            let (from, to) = (
                wire::context_without(&old.context, &new.context),
                wire::context_without(&new.context, &old.context),
            );
            self.push(site, Kind::EndpointInputChanged, request).with_values(from, to);
        }
        let differing = traits::differences(traits::operation(&old.traits), traits::operation(&new.traits));
        let of_input =
            traits::differences(traits::input(&old.input_traits), traits::input(&new.input_traits));
        for (name, from, to) in differing.into_iter().chain(of_input) {
            let kind = match name {
                Trait::Auth => Kind::AuthChanged,
                Trait::HostPrefix => Kind::HostPrefixChanged,
                _ => Kind::OperationTraitChanged,
            };
            self.push(site, kind, request).with_values(from, to);
        }
        self.documentation(site, &item(new), documented(old), documented(new));
        // If the model does not document them, their documentation has the operation's name.
        if old.wire_name == new.wire_name {
            self.documentation(
                site,
                request,
                documented_structure(&old.request),
                documented_structure(&new.request),
            );
            if let (Response::Own(old), Response::Own(new)) = (&old.response, &new.response) {
                self.documentation(site, &new.name, documented_structure(old), documented_structure(new));
            }
        }
    }

    /// Compares the names of XML roots, which are those of shapes unless a trait names them.
    fn root(&mut self, site: &Site, item: &str, old: &Operation, new: &Operation) {
        let (from, to) = (wire::root_name(&self.old, old), wire::root_name(&self.new, new));
        if let (Some(from), Some(to)) = (from.map(str::to_owned), to.map(str::to_owned)) {
            self.compare_text(site, Kind::WireNameChanged, item, &from, &to);
        }
    }

    fn response(&mut self, site: &Site, old: &Response, new: &Response) {
        let item = new.name();
        match (old, new) {
            (Response::Own(old), Response::Own(new)) => return self.structure(site, item, old, new),
            (Response::Shared { target: old, .. }, Response::Shared { target: new, .. }) => {
                // Its members are reported with the type.
                if !self.renames.maps_to(old, new) {
                    self.push(site, Kind::ResponseRetyped, item).with_values(path_text(old), path_text(new));
                }
                return;
            }
            (Response::Shared { target, .. }, Response::Own(_)) => {
                self.push(site, Kind::ResponseRetyped, item).with_values(path_text(target), item.to_owned());
            }
            // The response's own name is an alias of the type.
            (Response::Own(_), Response::Shared { target, .. }) => {
                self.push(site, Kind::ResponseShared, item).with_values(item.to_owned(), path_text(target));
            }
        }
        let members =
            Members { owner: (old.name(), item), old: old.members(), new: new.members(), variants: false };
        self.members(site, &members);
    }

    fn errors(&mut self, site: &Site, old: &Operation, new: &Operation) {
        let leads = |old: &String, new: &String| self.renames.maps_to(&Path::error(old), &Path::error(new));
        let listed = |new: &&String| !old.errors.iter().any(|old| leads(old, new));
        let unlisted = |old: &&String| !new.errors.iter().any(|new| leads(old, new));
        let listed: Vec<_> = new.errors.iter().filter(listed).cloned().collect();
        let unlisted: Vec<_> = old.errors.iter().filter(unlisted).cloned().collect();
        for error in listed {
            self.push(site, Kind::ErrorListed, format!("errors::{error}"));
        }
        for error in unlisted {
            self.push(site, Kind::ErrorUnlisted, format!("errors::{error}"));
        }
        // Only the documentation lists them in the model's order.
        if !self.same_order(&old.errors, &new.errors) {
            self.push(site, Kind::Documentation, format!("{}: errors", item(new)));
        }
    }

    /// Whether the errors that both sides have are in the same order.
    fn same_order(&self, old: &[String], new: &[String]) -> bool {
        let renamed = |error: &String| {
            let path = Path::error(error);
            self.renames.types.get(&path).unwrap_or(&path).name.clone()
        };
        let old: Vec<String> = old.iter().map(renamed).collect();
        let old_common = old.iter().filter(|error| new.contains(error));
        old_common.eq(new.iter().filter(|error| old.contains(error)))
    }

    /// Compares the modeled status of success; the runtime accepts every successful one.
    fn success(&mut self, site: &Site, old: (&Snapshot, &Operation), new: (&Snapshot, &Operation)) {
        let status = |(snapshot, operation): (&Snapshot, &Operation)| {
            let modeled = snapshot.model.operations.get(&operation.wire_name)?;
            Some(modeled.response_code?.to_string())
        };
        let unspecified = || "none".to_owned();
        let (from, to) = (status(old).unwrap_or_else(unspecified), status(new).unwrap_or_else(unspecified));
        if from != to {
            self.push(site, Kind::SuccessStatusChanged, item(new.1)).with_values(from, to);
        }
    }
}

fn site(name: &str) -> Site {
    Site { place: Place::Operation(name.to_owned()), operations: [name.to_owned()].into() }
}

/// The deprecation of an operation is not generated; that of its request's shape is.
fn documented(operation: &Operation) -> Documented<'_> {
    Documented { name: &operation.wire_name, docs: &operation.docs, deprecated: None }
}

fn documented_structure(structure: &Structure) -> Documented<'_> {
    let deprecated = structure.deprecated.as_deref();
    Documented { name: &structure.wire_name, docs: &structure.docs, deprecated }
}

/// The path of the request: `invoke::Invoke`.
fn item(operation: &Operation) -> String {
    format!("{}::{}", without_raw_prefix(&operation.module), operation.request.name)
}

fn call(operation: &Operation) -> String {
    format!("{} {}", operation.method, operation.uri)
}
