//! The service as a whole.

use super::{Lowering, Options, docs};
use crate::{
    ir::{Argument, Call, Protocol, Service},
    model::Metadata,
};

/// The protocols in the order in which one is chosen where a model lists several.
const PREFERENCE: [(&str, Protocol); 6] = [
    ("json", Protocol::Json),
    ("rest-json", Protocol::RestJson),
    ("rest-xml", Protocol::RestXml),
    ("smithy-rpc-v2-cbor", Protocol::Cbor),
    ("query", Protocol::Query),
    ("ec2", Protocol::Ec2),
];

/// The protocol that a model is generated for; `None` where it names none that there is.
pub(super) fn protocol(metadata: &Metadata) -> Option<Protocol> {
    let listed = PREFERENCE.iter().find(|(name, _)| metadata.protocols.iter().any(|listed| listed == name));
    let single = || PREFERENCE.iter().find(|(name, _)| metadata.protocol == *name);
    listed.or_else(single).map(|(_, protocol)| *protocol)
}

impl Lowering<'_> {
    pub(super) fn service(&self, options: &Options) -> Service {
        let metadata = &self.model.metadata;
        let names = [&metadata.service_abbreviation, &metadata.service_full_name, &metadata.service_id];
        Service {
            title: names.into_iter().flatten().next().unwrap_or(&options.service).clone(),
            id: metadata.service_id.clone().unwrap_or_else(|| options.service.clone()),
            name: options.service.clone(),
            api_version: metadata.api_version.clone(),
            endpoint_prefix: metadata.endpoint_prefix.clone(),
            // A protocol that there is not was reported by the checks of the model.
            protocol: protocol(metadata).unwrap_or(Protocol::RestJson),
            traits: traits(metadata),
            docs: docs::of_service(
                self.model.documentation.as_deref(),
                self.overrides.documentation.as_deref(),
            ),
        }
    }
}

fn traits(metadata: &Metadata) -> Vec<Call> {
    let text = |method, value: &Option<String>| value.as_ref().map(|value| Call::text(method, value.clone()));
    let signing_name = metadata.signing_name.clone().filter(|name| *name != metadata.endpoint_prefix);
    let mut calls = Vec::new();
    calls.extend(text("signing_name", &signing_name));
    calls.extend(text("target_prefix", &metadata.target_prefix));
    calls.extend(text("json_version", &metadata.json_version));
    calls.extend(text("xml_namespace", &metadata.xml_namespace));
    calls.extend(auth(&metadata.auth, metadata.signature_version.as_deref()).map(auth_call));
    calls.extend(metadata.query_compatible.then(|| Call::flag("query_compatible")));
    calls
}

pub(super) fn auth_call(auth: &'static str) -> Call {
    Call { method: "auth", arguments: vec![Argument::Auth(auth)] }
}

/// The variant of the runtime's `Auth`, where it is not Signature Version 4.
pub(super) fn auth(schemes: &[String], version: Option<&str>) -> Option<&'static str> {
    match (schemes.first().map(String::as_str), version) {
        (Some("smithy.api#noAuth"), _) | (None, Some("none")) => Some("None"),
        (Some("smithy.api#httpBearerAuth"), _) | (None, Some("bearer")) => Some("Bearer"),
        _ => None,
    }
}
