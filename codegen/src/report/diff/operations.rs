//! Operations: what is sent where, what is answered, which errors.

use super::{
    Comparison, Kind, Place, Spot, Words, context,
    members::Members,
    plain, root,
    traits::{self, Trait},
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
            let spot = spot(name);
            let Some(before) = old.krate.operations.iter().find(|other| other.wire_name == *before) else {
                self.push(&spot, Kind::OperationAdded, item(operation))
                    .from_to(None, call(operation))
                    .with_wire_name(name);
                continue;
            };
            if (&before.module, &before.request.name) != (&operation.module, &operation.request.name) {
                self.push(&spot, Kind::OperationRenamed, item(operation))
                    .from_to(item(before), item(operation))
                    .with_wire_name(name);
            }
            self.operation(&spot, before, operation);
            self.success(&spot, (old, before), (new, operation));
        }
        let is_gone = |operation: &&Operation| {
            let name = &operation.wire_name;
            !renamed.contains_key(name) && !new.krate.operations.iter().any(|other| other.wire_name == *name)
        };
        for operation in old.krate.operations.iter().filter(is_gone) {
            self.push(&spot(&operation.wire_name), Kind::OperationRemoved, item(operation))
                .from_to(call(operation), None)
                .with_wire_name(&operation.wire_name);
        }
    }

    fn operation(&mut self, spot: &Spot, old: &Operation, new: &Operation) {
        let request = &new.request.name;
        self.text(spot, Kind::MethodChanged, request, &old.method, &new.method);
        self.text(spot, Kind::UriChanged, request, &old.uri, &new.uri);
        self.structure(spot, request, &old.request, &new.request);
        self.root(spot, request, old, new);
        self.response(spot, &old.response, &new.response);
        self.errors(spot, old, new);
        if old.context != new.context {
            let (from, to) =
                (context::beyond(&old.context, &new.context), context::beyond(&new.context, &old.context));
            self.push(spot, Kind::EndpointInputChanged, request).from_to(from, to);
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
            self.push(spot, kind, request).from_to(from, to);
        }
        self.words(spot, &item(new), words(old), words(new));
        // Where the model says nothing of them, the operation's name stands in their documentation.
        if old.wire_name == new.wire_name {
            self.words(spot, request, structure_words(&old.request), structure_words(&new.request));
            if let (Response::Own(old), Response::Own(new)) = (&old.response, &new.response) {
                self.words(spot, &new.name, structure_words(old), structure_words(new));
            }
        }
    }

    /// The root of an XML document is called as the shape where nothing else names it.
    fn root(&mut self, spot: &Spot, item: &str, old: &Operation, new: &Operation) {
        let (from, to) = (root::name(&self.old, old), root::name(&self.new, new));
        if let (Some(from), Some(to)) = (from.map(str::to_owned), to.map(str::to_owned)) {
            self.text(spot, Kind::WireNameChanged, item, &from, &to);
        }
    }

    fn response(&mut self, spot: &Spot, old: &Response, new: &Response) {
        let item = new.name();
        match (old, new) {
            (Response::Own(old), Response::Own(new)) => return self.structure(spot, item, old, new),
            (Response::Shared { target: old, .. }, Response::Shared { target: new, .. }) => {
                // What is in it is told of the type.
                if !self.renames.maps_to(old, new) {
                    self.push(spot, Kind::ResponseRetyped, item).from_to(path_text(old), path_text(new));
                }
                return;
            }
            (Response::Shared { target, .. }, Response::Own(_)) => {
                self.push(spot, Kind::ResponseRetyped, item).from_to(path_text(target), item.to_owned());
            }
            // The response's own name still leads to the type.
            (Response::Own(_), Response::Shared { target, .. }) => {
                self.push(spot, Kind::ResponseShared, item).from_to(item.to_owned(), path_text(target));
            }
        }
        let members =
            Members { owner: (old.name(), item), old: old.members(), new: new.members(), cases: false };
        self.members(spot, &members);
    }

    fn errors(&mut self, spot: &Spot, old: &Operation, new: &Operation) {
        let leads = |old: &String, new: &String| self.renames.maps_to(&Path::error(old), &Path::error(new));
        let listed = |new: &&String| !old.errors.iter().any(|old| leads(old, new));
        let unlisted = |old: &&String| !new.errors.iter().any(|new| leads(old, new));
        let listed: Vec<_> = new.errors.iter().filter(listed).cloned().collect();
        let unlisted: Vec<_> = old.errors.iter().filter(unlisted).cloned().collect();
        for error in listed {
            self.push(spot, Kind::ErrorListed, format!("errors::{error}"));
        }
        for error in unlisted {
            self.push(spot, Kind::ErrorUnlisted, format!("errors::{error}"));
        }
        // The page lists them in the model's order; nothing else tells it.
        if !self.same_order(&old.errors, &new.errors) {
            self.push(spot, Kind::Documentation, format!("{}: errors", item(new)));
        }
    }

    /// Whether the errors of both sides, named alike, stand in one order.
    fn same_order(&self, old: &[String], new: &[String]) -> bool {
        let renamed = |error: &String| {
            let path = Path::error(error);
            self.renames.types.get(&path).unwrap_or(&path).name.clone()
        };
        let old: Vec<String> = old.iter().map(renamed).collect();
        let old_common = old.iter().filter(|error| new.contains(error));
        old_common.eq(new.iter().filter(|error| old.contains(error)))
    }

    /// The status with which the model says that the service answers; the runtime takes any that says success.
    fn success(&mut self, spot: &Spot, old: (&Snapshot, &Operation), new: (&Snapshot, &Operation)) {
        let status = |(side, operation): (&Snapshot, &Operation)| {
            let modeled = side.model.operations.get(&operation.wire_name)?;
            Some(modeled.response_code?.to_string())
        };
        let unsaid = || "none said".to_owned();
        let (from, to) = (status(old).unwrap_or_else(unsaid), status(new).unwrap_or_else(unsaid));
        if from != to {
            self.push(spot, Kind::SuccessStatusChanged, item(new.1)).from_to(from, to);
        }
    }
}

fn spot(name: &str) -> Spot {
    Spot { place: Place::Operation(name.to_owned()), operations: [name.to_owned()].into() }
}

/// That an operation is deprecated is written nowhere; a request's shape may be, and is said to be.
fn words(operation: &Operation) -> Words<'_> {
    Words { name: &operation.wire_name, docs: &operation.docs, deprecated: None }
}

fn structure_words(structure: &Structure) -> Words<'_> {
    let deprecated = structure.deprecated.as_deref();
    Words { name: &structure.wire_name, docs: &structure.docs, deprecated }
}

/// The request as code names it: `invoke::Invoke`.
fn item(operation: &Operation) -> String {
    format!("{}::{}", plain(&operation.module), operation.request.name)
}

fn call(operation: &Operation) -> String {
    format!("{} {}", operation.method, operation.uri)
}
