//! The service as a whole.

use super::{Lowering, Options, docs};
use crate::{
    diagnostic::{Diagnostic, Diagnostics},
    ir::{Argument, Call, Protocol, Service},
    model::Metadata,
};

/// The protocols in the order in which one is chosen where a model lists several.
const PREFERENCE: [Protocol; 6] =
    [Protocol::Json, Protocol::RestJson, Protocol::RestXml, Protocol::Cbor, Protocol::Query, Protocol::Ec2];

/// The protocol that a model is generated for: the one that is asked for, or the first in our order. `None` where the model lists
/// none of them.
pub(crate) fn protocol(metadata: &Metadata, asked: Option<&str>) -> Option<Protocol> {
    let chosen = |protocol: &Protocol| asked.is_none_or(|asked| asked == protocol.word());
    let mut possible =
        PREFERENCE.into_iter().filter(|one| listed(metadata).any(|listed| listed == one.word()));
    possible.find(chosen)
}

fn listed(metadata: &Metadata) -> impl Iterator<Item = &str> {
    let single = metadata.protocols.is_empty().then_some(&metadata.protocol);
    metadata.protocols.iter().chain(single).map(String::as_str)
}

/// Reports a protocol that is asked for and that the model does not list.
pub(crate) fn check_protocol(metadata: &Metadata, options: &Options, diagnostics: &mut Diagnostics) {
    let Some(asked) = &options.protocol else { return };
    if protocol(metadata, Some(asked)).is_none() {
        let message = format!("the service {} does not speak the protocol {asked:?}", options.service);
        let help = format!("its model lists: {}", listed(metadata).collect::<Vec<_>>().join(", "));
        diagnostics.push(Diagnostic::in_file(&options.config_file, message).with_help(help));
    }
}

impl Lowering<'_> {
    pub(crate) fn service(&self, options: &Options) -> Service {
        let metadata = &self.model.metadata;
        // A protocol that there is not was reported.
        let protocol = self.protocol.unwrap_or(Protocol::RestJson);
        let names = [&metadata.service_abbreviation, &metadata.service_full_name, &metadata.service_id];
        Service {
            title: names.into_iter().flatten().next().unwrap_or(&options.service).clone(),
            id: metadata.service_id.clone().unwrap_or_else(|| options.service.clone()),
            name: options.service.clone(),
            api_version: metadata.api_version.clone(),
            endpoint_prefix: metadata.endpoint_prefix.clone(),
            protocol,
            traits: traits(metadata, protocol),
            customizations: self.customizations(),
            docs: docs::of_service(self.model.documentation.as_deref(), self.overrides),
        }
    }
}

/// What the protocol has a use for: many models carry what only another one needs, such as a `jsonVersion` beside rest-json, which
/// comes and goes from one release to the next.
fn traits(metadata: &Metadata, protocol: Protocol) -> Vec<Call> {
    let text = |method, value: &Option<String>, wanted: bool| {
        value.clone().filter(|_| wanted).map(|value| Call::text(method, value))
    };
    let differs = metadata.signing_name.as_ref() != Some(&metadata.endpoint_prefix);
    let has_target = matches!(protocol, Protocol::Json | Protocol::Cbor);
    let mut calls = Vec::new();
    calls.extend(text("signing_name", &metadata.signing_name, differs));
    calls.extend(text("target_prefix", &metadata.target_prefix, has_target));
    calls.extend(text("json_version", &metadata.json_version, protocol == Protocol::Json));
    calls.extend(text("xml_namespace", &metadata.xml_namespace, protocol.has_elements()));
    calls.extend(auth(&metadata.auth, metadata.signature_version.as_deref()).map(auth_call));
    calls.extend(metadata.query_compatible.then(|| Call::flag("query_compatible")));
    calls
}

pub(crate) fn auth_call(auth: &'static str) -> Call {
    Call { method: "auth", arguments: vec![Argument::Auth(auth)] }
}

/// The variant of the runtime's `Auth`, where it is not Signature Version 4.
pub(crate) fn auth(schemes: &[String], version: Option<&str>) -> Option<&'static str> {
    match (schemes.first().map(String::as_str), version) {
        (Some("smithy.api#noAuth"), _) | (None, Some("none")) => Some("None"),
        (Some("smithy.api#httpBearerAuth"), _) | (None, Some("bearer")) => Some("Bearer"),
        _ => None,
    }
}
