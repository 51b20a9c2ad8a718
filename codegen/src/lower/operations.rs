//! Lowers operations to a request, a response and their traits.

use super::{
    Lowering, docs,
    members::StructureRole,
    service,
    shapes::{self, Resolved},
};
use crate::{
    ir::{
        Auth, Checksum, Docs, InputTraits, Operation as IrOperation, OperationTraits, Response,
        Structure as IrStructure,
    },
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
            request,
            response: self.response(names::type_name(&format!("{rust_name}Response")), operation),
            input_traits: operation.input.as_ref().map(|input| self.input_traits(input)).unwrap_or_default(),
            traits: self.operation_traits(operation),
            context: self.context(operation),
            customizations: self.customizations_of(name),
            errors: operation.errors.iter().map(|error| self.type_name(&error.shape)).collect(),
        })
    }

    fn request(&self, type_name: String, operation: &Operation) -> IrStructure {
        let mut request = match operation.input.as_ref().and_then(|input| self.referred(input)) {
            Some((name, shape, structure)) => {
                self.lower_structure(name, type_name, shape, structure, StructureRole::Request)
            }
            None => empty(type_name),
        };
        request.docs = docs::of_request(operation, request.docs);
        // Callers of the operation name its request, so the compiler's warning goes there.
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
        if self.counts.is_single(name) {
            let mut response =
                self.lower_structure(name, type_name, shape, structure, StructureRole::Response);
            response.docs = docs::of_response(operation, response.docs);
            return Response::Own(response);
        }
        let role = StructureRole::Nested;
        let shared = self.lower_structure(name, self.type_name(name), shape, structure, role);
        Response::Shared {
            name: type_name,
            docs: docs::of_shared_response(operation),
            target: self.path(name),
            members: shared.members,
        }
    }

    fn input_traits(&self, input: &Reference) -> InputTraits {
        let Some(Resolved { traits, .. }) = self.resolve(input) else { return InputTraits::default() };
        InputTraits {
            xml_root: traits.location_name,
            xml_namespace: traits.xml_namespace.map(shapes::xml_namespace),
        }
    }

    fn operation_traits(&self, operation: &Operation) -> OperationTraits {
        let auth_type = operation.auth_type.as_deref();
        let auth = match auth_type {
            Some("none") => vec![Auth::None],
            _ => service::auth(&operation.auth, None),
        };
        OperationTraits {
            without_input: operation.input.is_none(),
            output_root: self.output_root(operation),
            result_wrapper: operation.result_wrapper.clone(),
            host_prefix: operation.host_prefix.clone(),
            auth,
            read_timeout: self.overrides.operations.get(&operation.name).and_then(|over| over.read_timeout),
            unsigned_payload: operation.unsigned_payload || auth_type == Some("v4-unsigned-body"),
            checksum: self.checksum(operation),
            // The runtime has no other encoding, and models name none.
            compress_requests: operation.compression.iter().any(|encoding| encoding == "gzip"),
            bucket_in_endpoint: self.bucket_in_endpoint(operation),
        }
    }

    fn checksum(&self, operation: &Operation) -> Option<Checksum> {
        let modeled = operation.checksum.clone().unwrap_or_default();
        let checksum = Checksum {
            required: operation.checksum_required || modeled.request_checksum_required,
            algorithm_header: self.header_of(operation, modeled.request_algorithm_member.as_deref()),
            mode_header: self.header_of(operation, modeled.request_validation_mode_member.as_deref()),
            response_algorithms: modeled.response_algorithms,
        };
        (checksum != Checksum::default()).then_some(checksum)
    }

    /// The header field that a member of the input is bound to; validation reported any other binding.
    fn header_of(&self, operation: &Operation, member: Option<&str>) -> Option<String> {
        let (_, _, structure) = self.referred(operation.input.as_ref()?)?;
        let name = member?;
        let traits = &structure.members.get(name)?.traits;
        let is_header = traits.location.as_deref() == Some("header");
        is_header.then(|| traits.location_name.as_deref().unwrap_or(name).to_ascii_lowercase())
    }

    /// The `locationName` of the output structure, which the root of an XML document has.
    fn output_root(&self, operation: &Operation) -> Option<String> {
        let is_xml = self.protocol.is_some_and(|protocol| protocol.info().is_xml_like);
        let reference = operation.output.as_ref().filter(|_| is_xml)?;
        self.resolve(reference)?.traits.location_name
    }

    fn referred<'r>(&'r self, reference: &'r Reference) -> Option<(&'r str, &'r Shape, &'r Structure)> {
        let shape = self.model.shapes.get(&reference.shape)?;
        Some((&reference.shape, shape, self.structure(&reference.shape)?))
    }
}

/// The request or response of an operation that has none in the model.
fn empty(type_name: String) -> IrStructure {
    IrStructure {
        wire_name: type_name.clone(),
        name: type_name,
        docs: Docs::default(),
        deprecated: None,
        members: Vec::new(),
        streaming: false,
    }
}
