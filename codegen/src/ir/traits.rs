//! The traits of members, operations, errors and the service.
//!
//! Whoever reads one of these structures destructures it in full, so that a new trait does not compile until `emit`, `diff` and
//! `inspect` handle it.

/// The part of a message that carries a member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Binding {
    /// A part of the body's document, under this name; `None` for the member's own name.
    Body(Option<String>),
    /// The whole body; the name is that of an XML document's root, `None` for the name of the shape.
    Payload(Option<String>),
    /// The label of the URI with this name.
    Label(String),
    /// The query parameter with this name.
    Query(String),
    /// The header with this name.
    Header(String),
    /// All headers that begin with this prefix.
    PrefixHeaders(String),
    /// The status code of the response.
    StatusCode,
}

/// An XML namespace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct XmlNamespace {
    /// The prefix to declare; empty for the default namespace.
    pub prefix: String,
    /// The URI.
    pub uri: String,
}

/// The traits of a member, an element, a key or a value, apart from its binding.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MemberTraits {
    /// The name in EC2 requests: `queryName`.
    pub query_name: Option<String>,
    /// The XML namespace of the element.
    pub xml_namespace: Option<XmlNamespace>,
    /// `Debug` hides the value.
    pub sensitive: bool,
    /// The elements of the list or map follow one another without an element around them.
    pub flattened: bool,
    /// The list or map may have null values.
    pub sparse: bool,
    /// The member is an XML attribute.
    pub xml_attribute: bool,
    /// The string contains a JSON document.
    pub json_value: bool,
    /// The runtime fills an unset member with a random token.
    pub idempotency_token: bool,
    /// The member is a label of the host name too.
    pub host_label: bool,
    /// The member is a header of an event-stream message.
    pub event_header: bool,
    /// The member is the payload of an event-stream message.
    pub event_payload: bool,
    /// The stream's length must be known before it is sent.
    pub requires_length: bool,
    /// The service requires the member.
    pub required: bool,
}

/// The traits of the reference to an operation's input.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InputTraits {
    /// The name of the XML document's root; `None` for the name of the shape.
    pub xml_root: Option<String>,
    /// The XML namespace of the root.
    pub xml_namespace: Option<XmlNamespace>,
}

/// The traits of an operation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OperationTraits {
    /// The model gives the operation no input.
    pub without_input: bool,
    /// The root of an XML response, if it is not the name of the shape.
    pub output_root: Option<String>,
    /// The element around an XML response: `resultWrapper`.
    pub result_wrapper: Option<String>,
    /// The prefix of the host name, with labels in braces.
    pub host_prefix: Option<String>,
    /// The authentication schemes, the preferred one first; empty for the service's.
    pub auth: Vec<Auth>,
    /// How long the service may send nothing before it responds, in seconds; `None` for the client's default.
    pub read_timeout: Option<u32>,
    /// The signature does not cover the payload.
    pub unsigned_payload: bool,
    /// The checksums of bodies that are sent and received.
    pub checksum: Option<Checksum>,
    /// The service accepts bodies that are compressed with gzip.
    pub compress_requests: bool,
    /// The endpoint rules put the bucket, which is the first label of the path, into the endpoint.
    pub bucket_in_endpoint: bool,
}

/// The checksums of bodies that an operation sends and receives.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Checksum {
    /// The service requires a checksum of the request.
    pub required: bool,
    /// The header field in which the caller names the algorithm for the request.
    pub algorithm_header: Option<String>,
    /// The header field with which the request asks for a checksum of the response.
    pub mode_header: Option<String>,
    /// The algorithms of the response's checksums.
    pub response_algorithms: Vec<String>,
}

/// The traits of an error.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ErrorTraits {
    /// The HTTP status.
    pub status: Option<u16>,
    /// The caller is at fault.
    pub sender_fault: bool,
    /// The request may be retried.
    pub retryable: bool,
    /// The service throttles requests.
    pub throttling: bool,
}

/// The traits of the service.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ServiceTraits {
    /// The service's name in signatures; `None` for the endpoint prefix.
    pub signing_name: Option<String>,
    /// The prefix of operation names in the `X-Amz-Target` header or the path.
    pub target_prefix: Option<String>,
    /// The version of AWS JSON: `1.1`.
    pub json_version: Option<String>,
    /// The XML namespace of all requests.
    pub xml_namespace: Option<String>,
    /// The authentication schemes, the preferred one first; empty for Signature Version 4 alone.
    pub auth: Vec<Auth>,
    /// Errors carry the codes of the Query protocol in a header.
    pub query_compatible: bool,
}

/// An authentication scheme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Auth {
    /// Signature Version 4.
    SigV4,
    /// Signature Version 4A.
    SigV4a,
    /// No authentication.
    None,
    /// A bearer token.
    Bearer,
}
