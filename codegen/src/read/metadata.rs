//! `metadata` and `clientContextParams`.

use super::object::Object;
use super::traits::only_string;
use crate::model::{ContextParam, Metadata};
use crate::source::Source;
use indexmap::IndexMap;

/// Reads `metadata`.
pub(super) fn metadata(source: &mut Source, document: &mut Object) -> Metadata {
    let Some(mut object) = document.required_object(source, "metadata") else { return Metadata::default() };
    // `uid` names the file, `globalEndpoint` belongs to the resolver that the endpoint rules replaced, `checksumFormat` is said again by
    // the operations, `ripServiceName` served a documentation tool.
    object.ignore(&["uid", "globalEndpoint", "checksumFormat", "ripServiceName"]);
    let protocols = object.strings(source, "protocols");
    let protocol = if protocols.is_empty() {
        object.required(source, "protocol")
    } else {
        object.optional(source, "protocol")
    };
    let metadata = Metadata {
        at: object.at.clone(),
        api_version: object.required(source, "apiVersion").unwrap_or_default(),
        endpoint_prefix: object.required(source, "endpointPrefix").unwrap_or_default(),
        protocol: protocol.unwrap_or_default(),
        protocols,
        service_id: object.optional(source, "serviceId"),
        service_full_name: object.optional(source, "serviceFullName"),
        service_abbreviation: object.optional(source, "serviceAbbreviation"),
        signature_version: object.optional(source, "signatureVersion"),
        signing_name: object.optional(source, "signingName"),
        json_version: object.optional(source, "jsonVersion"),
        target_prefix: object.optional(source, "targetPrefix"),
        xml_namespace: object.optional(source, "xmlNamespace"),
        auth: object.strings(source, "auth"),
        query_compatible: query_compatible(source, &mut object),
        http2: only_string(source, &mut object, ["protocolSettings", "h2"]),
    };
    object.finish(source);
    metadata
}

/// Whether there is an `awsQueryCompatible`, which is an empty object.
fn query_compatible(source: &mut Source, object: &mut Object) -> bool {
    let compatible = object.optional_object(source, "awsQueryCompatible");
    let present = compatible.is_some();
    if let Some(compatible) = compatible {
        compatible.finish(source);
    }
    present
}

/// Reads `clientContextParams`.
pub(super) fn client_context_params(
    source: &mut Source,
    document: &mut Object,
) -> IndexMap<String, ContextParam> {
    let entries = document.entries(source, "clientContextParams");
    entries
        .filter_map(|(at, name, json)| {
            let mut object = Object::new(source, at, json)?;
            let kind = object.required(source, "type");
            let documentation = object.optional(source, "documentation");
            let at = object.at.clone();
            object.finish(source);
            Some((name, ContextParam { at, kind: kind?, documentation }))
        })
        .collect()
}
