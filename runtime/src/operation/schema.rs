//! Schemas of operations and services.

use super::{ChecksumSchema, Interceptor, Protocol};
use crate::{
    endpoint_rules::RuleSet,
    error::ErrorSchema,
    schema::{ContextParam, Member},
};

/// The schema of an operation.
#[derive(Debug)]
#[non_exhaustive]
pub struct OperationSchema {
    /// The service of the operation.
    pub service: &'static ServiceSchema,
    /// The operation's name in the model.
    pub name: &'static str,
    /// The HTTP method.
    pub method: &'static str,
    /// The path, with labels in braces, and constant query parameters after a question mark.
    pub uri: &'static str,
    /// The input structure; its wire name and namespace are those of the root element of an XML document.
    pub input: Member,
    /// The output structure.
    pub output: Member,
    /// Whether the operation has an input in the model.
    pub has_input: bool,
    /// The element around the result in responses of the query protocol.
    pub result_wrapper: Option<&'static str>,
    /// The errors that the model lists for the operation.
    pub errors: &'static [&'static ErrorSchema],
    /// The prefix of the host name, with labels in braces.
    pub host_prefix: Option<&'static str>,
    /// How requests are authenticated, the preferred way first, if it differs from the service.
    pub auth: Option<&'static [Auth]>,
    /// How long the service may send nothing before it responds, in seconds, if that is longer than usual.
    pub read_timeout: Option<u32>,
    /// Whether the signature leaves out the body.
    pub unsigned_payload: bool,
    /// Which checksums of bodies are sent and received, if any.
    pub checksum: Option<ChecksumSchema>,
    /// Whether the service accepts bodies that are compressed with gzip: `requestCompression`.
    pub compress_requests: bool,
    /// Values for parameters of the endpoint rules; of several for one parameter, the first that is set counts.
    pub context: &'static [ContextParam],
    /// Whether the endpoint rules put the first label of the path, S3's bucket, into the endpoint.
    pub bucket_in_endpoint: bool,
    /// The interceptors of the operation, which run after those of the service.
    pub interceptors: &'static [&'static dyn Interceptor],
}

/// How requests are authenticated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Auth {
    /// AWS Signature Version 4.
    SigV4,
    /// AWS Signature Version 4A, for several regions at once.
    SigV4a,
    /// No authentication.
    None,
    /// A bearer token.
    Bearer,
}

impl Auth {
    /// The name in `auth` of models without its namespace, in `authSchemes` of endpoints, and in settings.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::SigV4 => "sigv4",
            Self::SigV4a => "sigv4a",
            Self::None => "noAuth",
            Self::Bearer => "httpBearerAuth",
        }
    }

    /// Whether requests are signed with AWS credentials.
    pub(crate) const fn is_signature(self) -> bool {
        matches!(self, Self::SigV4 | Self::SigV4a)
    }
}

/// The schema of a service.
#[derive(Debug)]
#[non_exhaustive]
pub struct ServiceSchema {
    /// The identifier, `serviceId` in the model: `Lambda`.
    pub id: &'static str,
    /// The folder of the service in the model catalogue, used in `AWS_ENDPOINT_URL_<…>` and in messages.
    pub name: &'static str,
    /// The API version: `2015-03-31`.
    pub api_version: &'static str,
    /// The first label of the service's host names.
    pub endpoint_prefix: &'static str,
    /// The service's name in signatures.
    pub signing_name: &'static str,
    /// The prefix of the operation's name in `X-Amz-Target` and in the paths of RPC protocols.
    pub target_prefix: &'static str,
    /// The version of the JSON protocol: `1.0` or `1.1`.
    pub json_version: &'static str,
    /// The XML namespace of the documents.
    pub xml_namespace: Option<&'static str>,
    /// The wire protocol.
    pub protocol: &'static dyn Protocol,
    /// How requests are authenticated, the preferred way first.
    pub auth: &'static [Auth],
    /// Whether error codes are those of the query protocol: `awsQueryCompatible`.
    pub query_compatible: bool,
    /// All errors of the service.
    pub errors: &'static [&'static ErrorSchema],
    /// The endpoint rules.
    pub endpoint_rules: Option<&'static RuleSet>,
    /// The interceptors of all operations.
    pub interceptors: &'static [&'static dyn Interceptor],
}

impl OperationSchema {
    /// How requests are authenticated: as the operation says, or else its service.
    pub(crate) fn auth_schemes(&self) -> &'static [Auth] {
        self.auth.unwrap_or(self.service.auth)
    }

    /// Creates the schema of an operation without traits and errors.
    pub const fn new(
        service: &'static ServiceSchema,
        name: &'static str,
        method: &'static str,
        uri: &'static str,
        input: Member,
        output: Member,
    ) -> Self {
        Self {
            service,
            name,
            method,
            uri,
            input,
            output,
            has_input: true,
            result_wrapper: None,
            errors: &[],
            host_prefix: None,
            auth: None,
            read_timeout: None,
            unsigned_payload: false,
            checksum: None,
            compress_requests: false,
            context: &[],
            bucket_in_endpoint: false,
            interceptors: &[],
        }
    }

    /// Returns the same operation in another service.
    #[must_use]
    pub const fn in_service(mut self, service: &'static ServiceSchema) -> Self {
        self.service = service;
        self
    }

    /// Marks an operation that has no input in the model.
    #[must_use]
    pub const fn without_input(mut self) -> Self {
        self.has_input = false;
        self
    }

    /// Sets the name of the root element of a response in XML, if it is not the name of the output structure.
    #[must_use]
    pub const fn output_root(mut self, name: &'static str) -> Self {
        self.output = self.output.named(name);
        self
    }

    /// Sets the element around the result.
    #[must_use]
    pub const fn result_wrapper(mut self, name: &'static str) -> Self {
        self.result_wrapper = Some(name);
        self
    }

    /// Sets the errors.
    #[must_use]
    pub const fn errors(mut self, errors: &'static [&'static ErrorSchema]) -> Self {
        self.errors = errors;
        self
    }

    /// Sets the prefix of the host name.
    #[must_use]
    pub const fn host_prefix(mut self, prefix: &'static str) -> Self {
        self.host_prefix = Some(prefix);
        self
    }

    /// Sets how requests are authenticated, the preferred way first.
    #[must_use]
    pub const fn auth(mut self, auth: &'static [Auth]) -> Self {
        self.auth = Some(auth);
        self
    }

    /// Sets how long the service may send nothing before it responds, in seconds.
    #[must_use]
    pub const fn read_timeout(mut self, seconds: u32) -> Self {
        self.read_timeout = Some(seconds);
        self
    }

    /// Leaves the body out of the signature.
    #[must_use]
    pub const fn unsigned_payload(mut self) -> Self {
        self.unsigned_payload = true;
        self
    }

    /// Sets which checksums of bodies are sent and received.
    #[must_use]
    pub const fn checksum(mut self, checksum: ChecksumSchema) -> Self {
        self.checksum = Some(checksum);
        self
    }

    /// Compresses bodies that are large enough, if the runtime has the feature `gzip`.
    #[must_use]
    pub const fn compress_requests(mut self) -> Self {
        self.compress_requests = true;
        self
    }

    /// Sets the interceptors.
    #[must_use]
    pub const fn interceptors(mut self, interceptors: &'static [&'static dyn Interceptor]) -> Self {
        self.interceptors = interceptors;
        self
    }

    /// Sets the values for parameters of the endpoint rules.
    #[must_use]
    pub const fn context(mut self, parameters: &'static [ContextParam]) -> Self {
        self.context = parameters;
        self
    }

    /// Marks an operation whose first label is part of the endpoint.
    #[must_use]
    pub const fn bucket_in_endpoint(mut self) -> Self {
        self.bucket_in_endpoint = true;
        self
    }

    /// Returns the error with this code: one of the operation's, or else of the service's.
    pub fn error(&self, code: &str) -> Option<&'static ErrorSchema> {
        let find = |errors: &'static [&'static ErrorSchema]| {
            let by_code = errors.iter().find(|error| error.code == code);
            by_code.or_else(|| errors.iter().find(|error| (error.schema)().name == code)).copied()
        };
        find(self.errors).or_else(|| find(self.service.errors))
    }
}

impl ServiceSchema {
    /// Creates the schema of a service with the defaults of the model language.
    pub const fn new(
        id: &'static str,
        name: &'static str,
        api_version: &'static str,
        endpoint_prefix: &'static str,
        protocol: &'static dyn Protocol,
    ) -> Self {
        Self {
            id,
            name,
            api_version,
            endpoint_prefix,
            signing_name: endpoint_prefix,
            target_prefix: "",
            json_version: "1.0",
            xml_namespace: None,
            protocol,
            auth: &[Auth::SigV4],
            query_compatible: false,
            errors: &[],
            endpoint_rules: None,
            interceptors: &[],
        }
    }

    /// Sets the name in signatures, if it is not the endpoint prefix.
    #[must_use]
    pub const fn signing_name(mut self, name: &'static str) -> Self {
        self.signing_name = name;
        self
    }

    /// Sets the prefix of operation names in RPC protocols.
    #[must_use]
    pub const fn target_prefix(mut self, prefix: &'static str) -> Self {
        self.target_prefix = prefix;
        self
    }

    /// Sets the version of the JSON protocol.
    #[must_use]
    pub const fn json_version(mut self, version: &'static str) -> Self {
        self.json_version = version;
        self
    }

    /// The XML namespace of the documents.
    #[must_use]
    pub const fn xml_namespace(mut self, uri: &'static str) -> Self {
        self.xml_namespace = Some(uri);
        self
    }

    /// Sets how requests are authenticated, the preferred way first.
    #[must_use]
    pub const fn auth(mut self, auth: &'static [Auth]) -> Self {
        self.auth = auth;
        self
    }

    /// Marks a service whose error codes are those of the query protocol.
    #[must_use]
    pub const fn query_compatible(mut self) -> Self {
        self.query_compatible = true;
        self
    }

    /// Sets all errors of the service.
    #[must_use]
    pub const fn errors(mut self, errors: &'static [&'static ErrorSchema]) -> Self {
        self.errors = errors;
        self
    }

    /// Sets the interceptors.
    #[must_use]
    pub const fn interceptors(mut self, interceptors: &'static [&'static dyn Interceptor]) -> Self {
        self.interceptors = interceptors;
        self
    }

    /// The endpoint rules.
    #[must_use]
    pub const fn endpoint_rules(mut self, rules: &'static RuleSet) -> Self {
        self.endpoint_rules = Some(rules);
        self
    }
}
