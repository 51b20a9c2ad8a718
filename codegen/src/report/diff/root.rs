//! What the root of a request's XML document is called.

use crate::ir::{Call, Operation, Protocol, Target};
use crate::nodes::Nodes;

/// The name of the shape that names the root; `None` where there is no document, or something else names its root.
///
/// Responses are read whatever their roots are called.
pub(super) fn name<'a>(nodes: &Nodes<'a>, operation: &'a Operation) -> Option<&'a str> {
    let request = &operation.request;
    if nodes.krate.service.protocol != Protocol::RestXml {
        return None;
    }
    let has = |traits: &[Call], methods: &[&str]| traits.iter().any(|call| methods.contains(&call.method));
    if let Some(payload) = request.members.iter().find(|member| has(&member.description.traits, &["payload"]))
    {
        return match &payload.description.target {
            Target::Structure(path) if !has(&payload.description.traits, &["named"]) => {
                nodes.types.get(path).map(|node| node.wire_name())
            }
            _ => None,
        };
    }
    let elsewhere = ["label", "query", "header", "headers"];
    let in_body = request.members.iter().any(|member| !has(&member.description.traits, &elsewhere));
    (in_body && !has(&operation.input_traits, &["named"])).then_some(request.wire_name.as_str())
}
