//! The name of a request's XML root.

use crate::ir::{Binding, InputTraits, Operation, ShapeRef};
use crate::type_graph::TypeGraph;

/// The shape that names the root. `None` if the request is no XML document, or if a trait names the root.
///
/// Responses are read whatever their root is called.
pub(super) fn name<'a>(types: &'a TypeGraph<'_>, operation: &'a Operation) -> Option<&'a str> {
    let request = &operation.request;
    let protocol = types.krate.service.protocol.info();
    if !(protocol.has_bindings && protocol.is_xml_like) {
        return None;
    }
    let is_payload = |binding: &Binding| matches!(binding, Binding::Payload(_));
    if let Some(payload) = request.members.iter().find(|member| is_payload(&member.schema.binding)) {
        return match (&payload.schema.binding, &payload.schema.shape) {
            (Binding::Payload(None), ShapeRef::Structure(path)) => {
                types.types.get(path).map(|node| node.wire_name())
            }
            _ => None,
        };
    }
    let is_in_body =
        |binding: &Binding| matches!(binding, Binding::Body(_) | Binding::Payload(_) | Binding::StatusCode);
    let InputTraits { xml_root, xml_namespace: _ } = &operation.input_traits;
    let has_body = request.members.iter().any(|member| is_in_body(&member.schema.binding));
    (has_body && xml_root.is_none()).then_some(request.wire_name.as_str())
}
