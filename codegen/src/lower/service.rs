//! The service as a whole.

use super::{Lowering, Options, docs};
use crate::{
    diagnostic::{Diagnostic, Diagnostics},
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

/// The protocol that a model is generated for: the one that is asked for, or the first in our order. `None` where the model lists
/// none of them.
pub(super) fn protocol(metadata: &Metadata, asked: Option<&str>) -> Option<Protocol> {
    let chosen = |(name, _): &&(&str, Protocol)| asked.is_none_or(|asked| asked == *name);
    let mut possible = PREFERENCE.iter().filter(|(name, _)| listed(metadata).any(|listed| listed == *name));
    possible.find(chosen).map(|(_, protocol)| *protocol)
}

fn listed(metadata: &Metadata) -> impl Iterator<Item = &str> {
    let single = metadata.protocols.is_empty().then_some(&metadata.protocol);
    metadata.protocols.iter().chain(single).map(String::as_str)
}

/// Reports a protocol that is asked for and that the model does not list.
pub(super) fn check_protocol(metadata: &Metadata, options: &Options, diagnostics: &mut Diagnostics) {
    let Some(asked) = &options.protocol else { return };
    if protocol(metadata, Some(asked)).is_none() {
        let problem = format!("the service {} does not speak the protocol {asked:?}", options.service);
        let remedy = format!("its model lists: {}", listed(metadata).collect::<Vec<_>>().join(", "));
        diagnostics.push(Diagnostic::in_file(&options.config_file, problem).remedy(remedy));
    }
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
            // A protocol that there is not was reported.
            protocol: self.protocol.unwrap_or(Protocol::RestJson),
            traits: traits(metadata),
            customisations: self.customisations(),
            docs: docs::of_service(self.model.documentation.as_deref(), self.overrides),
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
