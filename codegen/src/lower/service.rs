//! Lowers the service as a whole.

use super::{Lowering, docs};
use crate::{
    diagnostic::{Diagnostic, Diagnostics},
    ir::{Auth, Service, ServiceTraits},
    model::Metadata,
    options::Options,
    protocol::Protocol,
};

/// Reports a requested protocol that the model does not list.
pub(super) fn check_protocol(
    metadata: &Metadata,
    protocol: Option<Protocol>,
    options: &Options,
    diagnostics: &mut Diagnostics,
) {
    if let Some(requested) = &options.protocol
        && protocol.is_none()
    {
        let message = format!("the service {} does not speak the protocol {requested:?}", options.service);
        let help = format!("its model lists: {}", metadata.protocols().collect::<Vec<_>>().join(", "));
        diagnostics.push(Diagnostic::in_file(&options.config_file, message).with_help(help));
    }
}

impl Lowering<'_> {
    pub(super) fn service(&self, options: &Options) -> Service {
        let metadata = &self.model.metadata;
        // An unknown protocol was reported.
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

/// Only the traits that the protocol uses: many models carry those of another protocol, such as a `jsonVersion` with rest-json,
/// which come and go from one release to the next.
fn traits(metadata: &Metadata, protocol: Protocol) -> ServiceTraits {
    let info = protocol.info();
    let only = |value: &Option<String>, used: bool| value.clone().filter(|_| used);
    let differs = metadata.signing_name.as_ref() != Some(&metadata.endpoint_prefix);
    ServiceTraits {
        signing_name: only(&metadata.signing_name, differs),
        target_prefix: only(&metadata.target_prefix, info.has_target),
        json_version: only(&metadata.json_version, info.has_json_version),
        xml_namespace: only(&metadata.xml_namespace, info.is_xml_like),
        auth: Some(auth(&metadata.auth, metadata.signature_version.as_deref()))
            .filter(|schemes| *schemes != [Auth::SigV4])
            .unwrap_or_default(),
        query_compatible: metadata.query_compatible,
    }
}

/// The names of authentication schemes in `auth`. Others are left out.
const AUTH_SCHEMES: [(&str, Auth); 4] = [
    ("aws.auth#sigv4", Auth::SigV4),
    ("aws.auth#sigv4a", Auth::SigV4a),
    ("smithy.api#noAuth", Auth::None),
    ("smithy.api#httpBearerAuth", Auth::Bearer),
];

/// The authentication schemes, the preferred one first: those of `auth`, or else that of `signatureVersion`. Empty if neither says
/// anything else than Signature Version 4.
pub(super) fn auth(schemes: &[String], version: Option<&str>) -> Vec<Auth> {
    match (schemes, version) {
        ([], Some("none")) => vec![Auth::None],
        ([], Some("bearer")) => vec![Auth::Bearer],
        _ => {
            let known = |name: &String| AUTH_SCHEMES.iter().find(|(known, _)| known == name);
            schemes.iter().filter_map(known).map(|(_, scheme)| *scheme).collect()
        }
    }
}
