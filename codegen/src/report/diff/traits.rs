//! The traits of the IR as text, for messages and for comparison.
//!
//! Each function destructures its traits in full: a new trait does not compile until it is described here.

use crate::ir::{
    Auth, Checksum, ErrorTraits, InputTraits, MemberTraits, OperationTraits, ServiceTraits, XmlNamespace,
};
use std::collections::BTreeMap;

/// A trait of a member, operation, error or service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Trait {
    Attribute,
    Auth,
    BucketInEndpoint,
    Checksum,
    CompressRequests,
    EventHeader,
    EventPayload,
    Flattened,
    HostLabel,
    HostPrefix,
    IdempotencyToken,
    JsonValue,
    JsonVersion,
    Named,
    Namespace,
    QueryCompatible,
    QueryNamed,
    Required,
    RequiresLength,
    ReadTimeout,
    OutputRoot,
    ResultWrapper,
    Retryable,
    SenderFault,
    Sensitive,
    SigningName,
    Sparse,
    Status,
    TargetPrefix,
    Throttling,
    UnsignedPayload,
    WithoutInput,
    XmlNamespace,
}

/// Traits that are set, each with its value; flags have an empty value.
pub(crate) type Traits = Vec<(Trait, String)>;

/// A trait that differs: the trait, its old text and its new text.
pub(super) type Difference = (Trait, String, String);

impl Trait {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Attribute => "attribute",
            Self::Auth => "auth",
            Self::BucketInEndpoint => "bucket in endpoint",
            Self::Checksum => "checksum",
            Self::CompressRequests => "compress requests",
            Self::EventHeader => "event header",
            Self::EventPayload => "event payload",
            Self::Flattened => "flattened",
            Self::HostLabel => "host label",
            Self::HostPrefix => "host prefix",
            Self::IdempotencyToken => "idempotency token",
            Self::JsonValue => "json value",
            Self::JsonVersion => "json version",
            Self::Named => "named",
            Self::Namespace => "namespace",
            Self::QueryCompatible => "query compatible",
            Self::QueryNamed => "query named",
            Self::Required => "required",
            Self::RequiresLength => "requires length",
            Self::ReadTimeout => "read timeout",
            Self::OutputRoot => "output root",
            Self::ResultWrapper => "result wrapper",
            Self::Retryable => "retryable",
            Self::SenderFault => "sender fault",
            Self::Sensitive => "sensitive",
            Self::SigningName => "signing name",
            Self::Sparse => "sparse",
            Self::Status => "status",
            Self::TargetPrefix => "target prefix",
            Self::Throttling => "throttling",
            Self::UnsignedPayload => "unsigned payload",
            Self::WithoutInput => "without input",
            Self::XmlNamespace => "xml namespace",
        }
    }

    /// The trait with its value: `status 404`, `no authentication`.
    pub(crate) fn with_value(self, value: &str) -> String {
        match (self, value) {
            (Self::Auth, _) => value.to_owned(),
            (_, "") => self.name().to_owned(),
            _ => format!("{} {value}", self.name()),
        }
    }

    /// The absence of the trait.
    fn without_value(self) -> String {
        match self {
            Self::Auth => "the default authentication".to_owned(),
            Self::WithoutInput => "with input".to_owned(),
            _ => format!("no {}", self.name()),
        }
    }
}

/// Traits as text, in their order, joined by commas.
pub(crate) fn text(traits: &[(Trait, String)]) -> String {
    let texts = traits.iter().map(|(name, value)| name.with_value(value));
    texts.collect::<Vec<_>>().join(", ")
}

/// The differences between two sets of traits, by name.
pub(super) fn differences(old: Traits, new: Traits) -> Vec<Difference> {
    let (old, new): (BTreeMap<_, _>, BTreeMap<_, _>) = (old.into_iter().collect(), new.into_iter().collect());
    let mut names: Vec<Trait> = old.keys().chain(new.keys()).copied().collect();
    names.sort_unstable();
    names.dedup();
    let text = |name: Trait, value: Option<&String>| match value {
        Some(value) => name.with_value(value),
        None => name.without_value(),
    };
    let differing = names.into_iter().filter(|name| old.get(name) != new.get(name));
    differing.map(|name| (name, text(name, old.get(&name)), text(name, new.get(&name)))).collect()
}

/// The traits of a member.
pub(super) fn member(traits: &MemberTraits) -> Traits {
    let MemberTraits {
        query_name,
        xml_namespace,
        sensitive,
        flattened,
        sparse,
        xml_attribute,
        json_value,
        idempotency_token,
        host_label,
        event_header,
        event_payload,
        requires_length,
        required,
    } = traits;
    set([
        (Trait::QueryNamed, query_name.clone()),
        (Trait::Namespace, namespace(xml_namespace.as_ref())),
        (Trait::Sensitive, flag(*sensitive)),
        (Trait::Flattened, flag(*flattened)),
        (Trait::Sparse, flag(*sparse)),
        (Trait::Attribute, flag(*xml_attribute)),
        (Trait::JsonValue, flag(*json_value)),
        (Trait::IdempotencyToken, flag(*idempotency_token)),
        (Trait::HostLabel, flag(*host_label)),
        (Trait::EventHeader, flag(*event_header)),
        (Trait::EventPayload, flag(*event_payload)),
        (Trait::RequiresLength, flag(*requires_length)),
        (Trait::Required, flag(*required)),
    ])
}

/// The traits of the reference to an operation's input.
pub(crate) fn input(traits: &InputTraits) -> Traits {
    let InputTraits { xml_root, xml_namespace } = traits;
    set([(Trait::Named, xml_root.clone()), (Trait::Namespace, namespace(xml_namespace.as_ref()))])
}

/// The traits of an operation.
pub(crate) fn operation(traits: &OperationTraits) -> Traits {
    let OperationTraits {
        without_input,
        output_root,
        result_wrapper,
        host_prefix,
        auth,
        read_timeout,
        unsigned_payload,
        checksum,
        compress_requests,
        bucket_in_endpoint,
    } = traits;
    set([
        (Trait::WithoutInput, flag(*without_input)),
        (Trait::OutputRoot, output_root.clone()),
        (Trait::ResultWrapper, result_wrapper.clone()),
        (Trait::HostPrefix, host_prefix.clone()),
        (Trait::Auth, authentication(auth)),
        (Trait::ReadTimeout, read_timeout.map(|seconds| format!("{seconds} s"))),
        (Trait::UnsignedPayload, flag(*unsigned_payload)),
        (Trait::Checksum, checksum.as_ref().map(self::checksum)),
        (Trait::CompressRequests, flag(*compress_requests)),
        (Trait::BucketInEndpoint, flag(*bucket_in_endpoint)),
    ])
}

/// `required`, the header fields, and the algorithms of responses, as far as they are there.
fn checksum(checksum: &Checksum) -> String {
    let Checksum { required, algorithm_header, mode_header, response_algorithms } = checksum;
    let required = required.then(|| "required".to_owned());
    let mut parts: Vec<String> =
        [required, algorithm_header.clone(), mode_header.clone()].into_iter().flatten().collect();
    parts.extend(response_algorithms.iter().cloned());
    parts.join(" ")
}

/// The traits of an error.
pub(crate) fn error(traits: &ErrorTraits) -> Traits {
    let ErrorTraits { status, sender_fault, retryable, throttling } = traits;
    set([
        (Trait::Status, status.map(|status| status.to_string())),
        (Trait::SenderFault, flag(*sender_fault)),
        (Trait::Retryable, flag(*retryable)),
        (Trait::Throttling, flag(*throttling)),
    ])
}

/// The traits of the service.
pub(crate) fn service(traits: &ServiceTraits) -> Traits {
    let ServiceTraits { signing_name, target_prefix, json_version, xml_namespace, auth, query_compatible } =
        traits;
    set([
        (Trait::SigningName, signing_name.clone()),
        (Trait::TargetPrefix, target_prefix.clone()),
        (Trait::JsonVersion, json_version.clone()),
        (Trait::XmlNamespace, xml_namespace.clone()),
        (Trait::Auth, authentication(auth)),
        (Trait::QueryCompatible, flag(*query_compatible)),
    ])
}

/// The schemes, the preferred one first; `None` for the default.
pub(crate) fn authentication(auth: &[Auth]) -> Option<String> {
    let schemes = auth.iter().map(|scheme| match scheme {
        Auth::SigV4 => "Signature Version 4",
        Auth::SigV4a => "Signature Version 4A",
        Auth::None => "no authentication",
        Auth::Bearer => "a bearer token",
    });
    (!auth.is_empty()).then(|| schemes.collect::<Vec<_>>().join(" or "))
}

fn set(traits: impl IntoIterator<Item = (Trait, Option<String>)>) -> Traits {
    traits.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
}

fn flag(set: bool) -> Option<String> {
    set.then(String::new)
}

fn namespace(namespace: Option<&XmlNamespace>) -> Option<String> {
    namespace.map(|XmlNamespace { prefix, uri }| format!("{prefix} {uri}").trim_start().to_owned())
}
