//! The service model as its files describe it. Nothing is decided here and nothing is dropped.
//!
//! Every node has its location, a JSON pointer into its file, for later messages.

use indexmap::IndexMap;
use std::fmt;

/// The model of one service, from all of its files.
#[derive(Clone, Debug, Default)]
pub struct Model {
    /// The facts about the service as a whole.
    pub metadata: Metadata,
    /// The operations by name, in the file's order.
    pub operations: IndexMap<String, Operation>,
    /// The shapes by name, in the file's order.
    pub shapes: IndexMap<String, Shape>,
    /// The service's documentation, in HTML.
    pub documentation: Option<String>,
    /// The parameters of the endpoint rules that a client can set.
    pub client_context_params: IndexMap<String, ContextParam>,
    /// `paginators-1.json`, with its extras merged.
    pub paginators: IndexMap<String, Paginator>,
    /// `waiters-2.json`.
    pub waiters: IndexMap<String, Waiter>,
    /// `endpoint-rule-set-1.json`.
    pub endpoint_rules: Option<RuleSet>,
}

/// The location of a node: a JSON pointer (RFC 6901) into its file.
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pointer(String);

impl Pointer {
    /// The whole document.
    pub const ROOT: Self = Self(String::new());

    /// The member `key` of this node.
    #[must_use]
    pub fn key(&self, key: &str) -> Self {
        let mut child = String::with_capacity(self.0.len() + key.len() + 1);
        child.push_str(&self.0);
        child.push('/');
        for letter in key.chars() {
            match letter {
                '~' => child.push_str("~0"),
                '/' => child.push_str("~1"),
                other => child.push(other),
            }
        }
        Self(child)
    }

    /// The element `index` of this node.
    #[must_use]
    pub fn index(&self, index: usize) -> Self {
        Self(format!("{}/{index}", self.0))
    }

    /// The keys and indices from the root, unescaped.
    pub fn steps(&self) -> impl Iterator<Item = String> {
        self.0.split('/').skip(1).map(|step| step.replace("~1", "/").replace("~0", "~"))
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_empty() { "/" } else { &self.0 })
    }
}

impl fmt::Debug for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// `metadata`.
#[derive(Clone, Debug, Default)]
pub struct Metadata {
    /// The location.
    pub at: Pointer,
    /// `apiVersion`.
    pub api_version: String,
    /// `endpointPrefix`.
    pub endpoint_prefix: String,
    /// `protocol`.
    pub protocol: String,
    /// `protocols`, if the model lists more than one.
    pub protocols: Vec<String>,
    /// `serviceId`.
    pub service_id: Option<String>,
    /// `serviceFullName`.
    pub service_full_name: Option<String>,
    /// `serviceAbbreviation`.
    pub service_abbreviation: Option<String>,
    /// `signatureVersion`.
    pub signature_version: Option<String>,
    /// `signingName`.
    pub signing_name: Option<String>,
    /// `jsonVersion`.
    pub json_version: Option<String>,
    /// `targetPrefix`.
    pub target_prefix: Option<String>,
    /// `xmlNamespace`.
    pub xml_namespace: Option<String>,
    /// `auth`.
    pub auth: Vec<String>,
    /// Whether there is `awsQueryCompatible`.
    pub query_compatible: bool,
    /// `protocolSettings.h2`.
    pub http2: Option<String>,
}

impl Metadata {
    /// The names of the protocols: `protocols`, or else `protocol` alone.
    pub fn protocols(&self) -> impl Iterator<Item = &str> {
        let single = self.protocols.is_empty().then_some(&self.protocol);
        self.protocols.iter().chain(single).map(String::as_str)
    }
}

/// One of `operations`.
#[derive(Clone, Debug, Default)]
pub struct Operation {
    /// The location.
    pub at: Pointer,
    /// `name`.
    pub name: String,
    /// `http.method`.
    pub method: String,
    /// `http.requestUri`.
    pub request_uri: String,
    /// `http.responseCode`.
    pub response_code: Option<u16>,
    /// `input`.
    pub input: Option<Reference>,
    /// `output`.
    pub output: Option<Reference>,
    /// `output.resultWrapper`.
    pub result_wrapper: Option<String>,
    /// `errors`, by shape name.
    pub errors: Vec<Reference>,
    /// `documentation`, in HTML.
    pub documentation: Option<String>,
    /// `deprecated`, with its message.
    pub deprecated: Option<Deprecated>,
    /// `authtype`.
    pub auth_type: Option<String>,
    /// `auth`.
    pub auth: Vec<String>,
    /// `unsignedPayload`.
    pub unsigned_payload: bool,
    /// `endpoint.hostPrefix`.
    pub host_prefix: Option<String>,
    /// `idempotent`.
    pub idempotent: bool,
    /// `readonly`.
    pub readonly: bool,
    /// `httpChecksumRequired`.
    pub checksum_required: bool,
    /// `httpChecksum`.
    pub checksum: Option<Checksum>,
    /// `requestcompression.encodings`.
    pub compression: Vec<String>,
    /// `staticContextParams`: parameter and value.
    pub static_context_params: IndexMap<String, serde_json::Value>,
    /// `operationContextParams`: parameter and JMESPath.
    pub operation_context_params: IndexMap<String, String>,
    /// `endpointdiscovery`; whether it is required.
    pub endpoint_discovery: Option<bool>,
    /// `endpointoperation`.
    pub endpoint_operation: bool,
}

/// `httpChecksum`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Checksum {
    /// The location.
    pub at: Pointer,
    /// `requestAlgorithmMember`.
    pub request_algorithm_member: Option<String>,
    /// `requestChecksumRequired`.
    pub request_checksum_required: bool,
    /// `requestValidationModeMember`.
    pub request_validation_mode_member: Option<String>,
    /// `responseAlgorithms`.
    pub response_algorithms: Vec<String>,
}

/// `deprecated`, with its message and date.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Deprecated {
    /// `deprecatedMessage`.
    pub message: Option<String>,
    /// `deprecatedSince`.
    pub since: Option<String>,
}

/// A reference to a shape, with its traits.
#[derive(Clone, Debug, Default)]
pub struct Reference {
    /// The location.
    pub at: Pointer,
    /// `shape`.
    pub shape: String,
    /// The traits.
    pub traits: Traits,
}

/// The traits of a reference or a shape. Those of the reference take precedence.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Traits {
    /// `documentation`, in HTML.
    pub documentation: Option<String>,
    /// `location`.
    pub location: Option<String>,
    /// `locationName`.
    pub location_name: Option<String>,
    /// `queryName`.
    pub query_name: Option<String>,
    /// `xmlNamespace`: prefix and URI.
    pub xml_namespace: Option<(Option<String>, String)>,
    /// `xmlAttribute`.
    pub xml_attribute: bool,
    /// `flattened`.
    pub flattened: bool,
    /// `streaming`.
    pub streaming: bool,
    /// `requiresLength`.
    pub requires_length: bool,
    /// `sensitive`.
    pub sensitive: bool,
    /// `jsonvalue`.
    pub json_value: bool,
    /// `idempotencyToken`.
    pub idempotency_token: bool,
    /// `hostLabel`.
    pub host_label: bool,
    /// `eventpayload`.
    pub event_payload: bool,
    /// `eventheader`.
    pub event_header: bool,
    /// `timestampFormat`.
    pub timestamp_format: Option<String>,
    /// `contextParam.name`.
    pub context_param: Option<String>,
    /// `deprecated`, with its message.
    pub deprecated: Option<Deprecated>,
    /// `box`.
    pub boxed: bool,
    /// `sparse`.
    pub sparse: bool,
    /// `enum`, which some references have too.
    pub values: Vec<String>,
}

/// One of `shapes`.
#[derive(Clone, Debug, Default)]
pub struct Shape {
    /// The location.
    pub at: Pointer,
    /// The kind.
    pub kind: Kind,
    /// The traits.
    pub traits: Traits,
}

/// The kind of a shape.
#[derive(Clone, Debug, Default)]
pub enum Kind {
    /// `boolean`.
    #[default]
    Boolean,
    /// `integer`.
    Integer,
    /// `long`.
    Long,
    /// `float`.
    Float,
    /// `double`.
    Double,
    /// `string`; its values are `Traits::values`.
    String,
    /// `character`, a string of one character; no service uses it anymore.
    Character,
    /// `blob`.
    Blob,
    /// `timestamp`.
    Timestamp,
    /// `list`.
    List(Box<Reference>),
    /// `map`: key and value.
    Map(Box<Reference>, Box<Reference>),
    /// `structure`.
    Structure(Box<Structure>),
}

impl Kind {
    /// The references of the kind: the members of a structure, the element of a list, the key and value of a map.
    pub fn references(&self) -> impl Iterator<Item = &Reference> {
        let (first, second, members) = match self {
            Self::List(member) => (Some(member), None, None),
            Self::Map(key, value) => (Some(key), Some(value), None),
            Self::Structure(structure) => (None, None, Some(&structure.members)),
            _ => (None, None, None),
        };
        let parts = first.into_iter().chain(second).map(|reference| &**reference);
        parts.chain(members.into_iter().flat_map(IndexMap::values))
    }
}

/// The parts of a structure.
#[derive(Clone, Debug, Default)]
pub struct Structure {
    /// `members`, in the file's order.
    pub members: IndexMap<String, Reference>,
    /// `required`.
    pub required: Vec<String>,
    /// `payload`.
    pub payload: Option<String>,
    /// `union`.
    pub union: bool,
    /// `document`.
    pub document: bool,
    /// `eventstream`.
    pub event_stream: bool,
    /// `event`.
    pub event: bool,
    /// `exception`.
    pub exception: bool,
    /// `error.code`.
    pub error_code: Option<String>,
    /// `error.httpStatusCode`.
    pub status_code: Option<u16>,
    /// `error.senderFault`.
    pub sender_fault: bool,
    /// `error.fault` or `fault`: the service is at fault.
    pub fault: bool,
    /// `retryable`; whether it is `throttling`.
    pub retryable: Option<bool>,
}

/// One of `clientContextParams`.
#[derive(Clone, Debug, Default)]
pub struct ContextParam {
    /// The location.
    pub at: Pointer,
    /// `type`.
    pub kind: String,
    /// `documentation`.
    pub documentation: Option<String>,
}

/// One of `pagination`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Paginator {
    /// The location.
    pub at: Pointer,
    /// `input_token`.
    pub input_tokens: Vec<String>,
    /// `output_token`.
    pub output_tokens: Vec<String>,
    /// `result_key`.
    pub result_keys: Vec<String>,
    /// `limit_key`.
    pub limit_key: Option<String>,
    /// `more_results`.
    pub more_results: Option<String>,
    /// `non_aggregate_keys`.
    pub non_aggregate_keys: Vec<String>,
}

/// One of `waiters`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Waiter {
    /// The location.
    pub at: Pointer,
    /// `operation`.
    pub operation: String,
    /// `delay`, in seconds.
    pub delay: u32,
    /// `maxAttempts`.
    pub max_attempts: u32,
    /// `description`.
    pub description: Option<String>,
    /// `acceptors`, in order.
    pub acceptors: Vec<Acceptor>,
}

/// One of a waiter's `acceptors`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Acceptor {
    /// The location.
    pub at: Pointer,
    /// `matcher`.
    pub matcher: String,
    /// `argument`: a JMESPath.
    pub argument: Option<String>,
    /// `expected`.
    pub expected: serde_json::Value,
    /// `state`.
    pub state: String,
}

/// A rule set: the rules that choose the endpoint of a request.
#[derive(Clone, Debug, Default)]
pub struct RuleSet {
    /// `parameters`, in the file's order.
    pub parameters: IndexMap<String, RuleParameter>,
    /// `rules`, in order.
    pub rules: Vec<Rule>,
}

/// One of a rule set's `parameters`.
#[derive(Clone, Debug, Default)]
pub struct RuleParameter {
    /// The location.
    pub at: Pointer,
    /// `type`.
    pub kind: String,
    /// `builtIn`.
    pub built_in: Option<String>,
    /// `required`.
    pub required: bool,
    /// `default`.
    pub default: Option<Expression>,
}

/// One of `rules`.
#[derive(Clone, Debug)]
pub struct Rule {
    /// The location.
    pub at: Pointer,
    /// `conditions`, in order.
    pub conditions: Vec<Condition>,
    /// The outcome if all conditions hold.
    pub outcome: Outcome,
}

/// The outcome of a rule.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// `rules`: more of them.
    Tree(Vec<Rule>),
    /// `error`: no endpoint, with a message.
    Error(Expression),
    /// `endpoint`.
    Endpoint {
        /// `url`.
        url: Expression,
        /// `properties`.
        properties: IndexMap<String, Expression>,
        /// `headers`.
        headers: IndexMap<String, Vec<Expression>>,
    },
}

/// One of `conditions`.
#[derive(Clone, Debug)]
pub struct Condition {
    /// `fn` and `argv`.
    pub value: Expression,
    /// `assign`.
    pub assign: Option<String>,
}

/// An expression of the rule language.
#[derive(Clone, Debug)]
pub struct Expression {
    /// The location.
    pub at: Pointer,
    /// The kind.
    pub kind: ExpressionKind,
}

/// The kind of an [`Expression`].
#[derive(Clone, Debug)]
pub enum ExpressionKind {
    /// Text, possibly a template.
    Text(String),
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Number(i64),
    /// `ref`.
    Reference(String),
    /// `fn` and `argv`.
    Call(String, Vec<Expression>),
    /// A list, in a property or default.
    List(Vec<Expression>),
    /// An object, in a property.
    Object(IndexMap<String, Expression>),
}
