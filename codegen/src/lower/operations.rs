//! Operations: a request, a response, and what is said of both.

use super::{Lowering, docs, members::Role, service, shapes::Resolved};
use crate::{
    ir::{Argument, Call, Operation as IrOperation, Response, Structure as IrStructure},
    model::{Operation, Reference, Shape, Structure},
    names,
};

impl Lowering<'_> {
    pub(super) fn operation(&self, name: &str) -> Option<IrOperation> {
        let operation = self.model.operations.get(name)?;
        let over = self.overrides.operations.get(name);
        let rust_name = over.and_then(|over| over.rename.as_deref()).unwrap_or(name);
        let request = self.request(names::type_name(rust_name), operation);
        Some(IrOperation {
            wire_name: name.to_owned(),
            module: names::module_name(rust_name),
            docs: docs::of_operation(name, operation, over),
            deprecated: docs::deprecation(operation.deprecated.as_ref()),
            method: operation.method.clone(),
            uri: operation.request_uri.clone(),
            example: self.example(&request),
            request,
            response: self.response(names::type_name(&format!("{rust_name}Response")), operation),
            input_traits: operation.input.as_ref().map(|input| self.root_traits(input)).unwrap_or_default(),
            traits: self.traits(operation),
            context: self.context(operation),
            customizations: self.customizations_of(name),
            errors: operation.errors.iter().map(|error| self.type_name(&error.shape)).collect(),
        })
    }

    fn request(&self, type_name: String, operation: &Operation) -> IrStructure {
        let mut request = match operation.input.as_ref().and_then(|input| self.referred(input)) {
            Some((name, shape, structure)) => {
                self.role_structure(name, type_name, shape, structure, Role::Request)
            }
            None => empty(type_name),
        };
        request.docs = docs::of_request(operation, request.docs);
        // Whoever calls the operation names its request: that is where the compiler can warn.
        request.deprecated = docs::deprecation(operation.deprecated.as_ref()).or(request.deprecated);
        request
    }

    fn response(&self, type_name: String, operation: &Operation) -> Response {
        let Some((name, shape, structure)) =
            operation.output.as_ref().and_then(|output| self.referred(output))
        else {
            let mut response = empty(type_name);
            response.docs = docs::of_response(operation, response.docs);
            return Response::Own(response);
        };
        if self.usage.single(name) {
            let mut response = self.role_structure(name, type_name, shape, structure, Role::Response);
            response.docs = docs::of_response(operation, response.docs);
            return Response::Own(response);
        }
        let members = self.plain_structure(name, self.type_name(name), shape, structure).members;
        Response::Shared { name: type_name, target: self.path(name), members }
    }

    /// What the reference to an input, or else its shape, says of an XML document's root.
    fn root_traits(&self, input: &Reference) -> Vec<Call> {
        let Some(Resolved { traits, .. }) = self.resolve(input) else { return Vec::new() };
        let mut calls = Vec::new();
        calls.extend(traits.location_name.map(|name| Call::text("named", name)));
        calls.extend(traits.xml_namespace.map(|(prefix, uri)| Call {
            method: "namespace",
            arguments: [prefix.unwrap_or_default(), uri].map(Argument::Text).into(),
        }));
        calls
    }

    fn traits(&self, operation: &Operation) -> Vec<Call> {
        let none = operation.auth_type.as_deref() == Some("none");
        let unsigned =
            operation.unsigned_payload || operation.auth_type.as_deref() == Some("v4-unsigned-body");
        let auth = if none { Some("None") } else { service::auth(&operation.auth, None) };
        let mut calls = Vec::new();
        calls.extend(operation.input.is_none().then(|| Call::flag("without_input")));
        calls.extend(operation.result_wrapper.clone().map(|name| Call::text("result_wrapper", name)));
        calls.extend(operation.host_prefix.clone().map(|prefix| Call::text("host_prefix", prefix)));
        calls.extend(auth.map(service::auth_call));
        calls.extend(unsigned.then(|| Call::flag("unsigned_payload")));
        calls.extend(self.bucket_in_endpoint(operation).then(|| Call::flag("bucket_in_endpoint")));
        calls
    }

    fn referred<'r>(&'r self, reference: &'r Reference) -> Option<(&'r str, &'r Shape, &'r Structure)> {
        let shape = self.model.shapes.get(&reference.shape)?;
        Some((&reference.shape, shape, self.structure(&reference.shape)?))
    }
}

/// The request or response of an operation without one in the model.
fn empty(type_name: String) -> IrStructure {
    IrStructure {
        wire_name: type_name.clone(),
        name: type_name,
        docs: crate::ir::Docs::default(),
        deprecated: None,
        members: Vec::new(),
        streaming: false,
    }
}
