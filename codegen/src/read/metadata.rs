//! `metadata` and `clientContextParams`.

use super::object::Object;
use super::traits::only_string;
use crate::model::{ContextParam, Metadata};
use crate::source::Source;
use indexmap::IndexMap;

/// Takes `metadata`.
pub(super) fn metadata(source: &mut Source, document: &mut Object) -> Metadata {
    let Some(mut object) = document.need_object(source, "metadata") else { return Metadata::default() };
    // `uid` names the file, `globalEndpoint` belongs to the resolver that the endpoint rules replaced, `checksumFormat` is said again by
    // the operations, `ripServiceName` served a documentation tool.
    object.ignore(&["uid", "globalEndpoint", "checksumFormat", "ripServiceName"]);
    let protocols = object.strings(source, "protocols");
    let protocol =
        if protocols.is_empty() { object.need(source, "protocol") } else { object.take(source, "protocol") };
    let metadata = Metadata {
        at: object.at.clone(),
        api_version: object.need(source, "apiVersion").unwrap_or_default(),
        endpoint_prefix: object.need(source, "endpointPrefix").unwrap_or_default(),
        protocol: protocol.unwrap_or_default(),
        protocols,
        service_id: object.take(source, "serviceId"),
        service_full_name: object.take(source, "serviceFullName"),
        service_abbreviation: object.take(source, "serviceAbbreviation"),
        signature_version: object.take(source, "signatureVersion"),
        signing_name: object.take(source, "signingName"),
        json_version: object.take(source, "jsonVersion"),
        target_prefix: object.take(source, "targetPrefix"),
        xml_namespace: object.take(source, "xmlNamespace"),
        auth: object.strings(source, "auth"),
        query_compatible: query_compatible(source, &mut object),
        http2: only_string(source, &mut object, ["protocolSettings", "h2"]),
    };
    object.finish(source);
    metadata
}

/// `awsQueryCompatible` is an empty object; that it is there is what it says.
fn query_compatible(source: &mut Source, object: &mut Object) -> bool {
    let compatible = object.object(source, "awsQueryCompatible");
    let present = compatible.is_some();
    if let Some(compatible) = compatible {
        compatible.finish(source);
    }
    present
}

/// Takes `clientContextParams`.
pub(super) fn client_context_params(
    source: &mut Source,
    document: &mut Object,
) -> IndexMap<String, ContextParam> {
    let entries = document.entries(source, "clientContextParams");
    entries
        .filter_map(|(at, name, json)| {
            let mut object = Object::new(source, at, json)?;
            let kind = object.need(source, "type");
            let documentation = object.take(source, "documentation");
            let at = object.at.clone();
            object.finish(source);
            Some((name, ContextParam { at, kind: kind?, documentation }))
        })
        .collect()
}
