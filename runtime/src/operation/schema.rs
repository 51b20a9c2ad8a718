//! Descriptions of operations and their service.

use super::{Interceptor, Protocol};
use crate::{
    endpoint_rules::RuleSet,
    error::ErrorSchema,
    schema::{ContextParam, Member},
};

/// The description of one operation.
#[derive(Debug)]
#[non_exhaustive]
pub struct OperationSchema {
    /// The service that it belongs to.
    pub service: &'static ServiceSchema,
    /// The operation's name in the model.
    pub name: &'static str,
    /// The HTTP method.
    pub method: &'static str,
    /// The path, with labels in braces, and literal query parameters behind a question mark.
    pub uri: &'static str,
    /// The reference to the input structure; its wire name and name space are those of an XML document's root.
    pub input: Member,
    /// The reference to the output structure.
    pub output: Member,
    /// The model gives the operation an input.
    pub has_input: bool,
    /// The element around the result in query responses.
    pub result_wrapper: Option<&'static str>,
    /// The errors that the model lists for the operation.
    pub errors: &'static [&'static ErrorSchema],
    /// What goes before the host name, with labels in braces.
    pub host_prefix: Option<&'static str>,
    /// How requests are signed, where it differs from the service.
    pub auth: Option<Auth>,
    /// The body is not part of the signature.
    pub unsigned_payload: bool,
    /// What the operation tells the endpoint rules; of several for one parameter, the first that has a value.
    pub context: &'static [ContextParam],
    /// The first label of the path is a part of the endpoint that the rules give: S3's bucket.
    pub bucket_in_endpoint: bool,
    /// The rules that the model cannot say, behind those of the service.
    pub interceptors: &'static [&'static dyn Interceptor],
}

/// How requests are signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Auth {
    /// AWS Signature Version 4.
    SigV4,
    /// Not at all.
    None,
    /// With a bearer token.
    Bearer,
}

/// The description of one service.
#[derive(Debug)]
#[non_exhaustive]
pub struct ServiceSchema {
    /// The service's identifier, `serviceId`: `Lambda`.
    pub id: &'static str,
    /// The folder of the service in the model catalogue, as `AWS_ENDPOINT_URL_<…>` and messages name it.
    pub name: &'static str,
    /// The version of the interface: `2015-03-31`.
    pub api_version: &'static str,
    /// The first label of the service's host names.
    pub endpoint_prefix: &'static str,
    /// The service's name in signatures.
    pub signing_name: &'static str,
    /// What goes before the operation's name in `X-Amz-Target` and in the paths of RPC protocols.
    pub target_prefix: &'static str,
    /// The version of the JSON protocol: `1.0` or `1.1`.
    pub json_version: &'static str,
    /// The XML name space of the documents.
    pub xml_namespace: Option<&'static str>,
    /// The protocol.
    pub protocol: &'static dyn Protocol,
    /// How requests are signed.
    pub auth: Auth,
    /// Error codes come as the query protocol has them: `awsQueryCompatible`.
    pub query_compatible: bool,
    /// All error shapes of the service.
    pub errors: &'static [&'static ErrorSchema],
    /// The rules that give requests their endpoint.
    pub endpoint_rules: Option<&'static RuleSet>,
    /// The rules of all operations that the model cannot say.
    pub interceptors: &'static [&'static dyn Interceptor],
}

impl OperationSchema {
    /// An operation without input, output or errors.
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
            unsigned_payload: false,
            context: &[],
            bucket_in_endpoint: false,
            interceptors: &[],
        }
    }

    /// The same operation in another service.
    #[must_use]
    pub const fn in_service(mut self, service: &'static ServiceSchema) -> Self {
        self.service = service;
        self
    }

    /// The model gives the operation no input.
    #[must_use]
    pub const fn without_input(mut self) -> Self {
        self.has_input = false;
        self
    }

    /// The element around the result.
    #[must_use]
    pub const fn result_wrapper(mut self, name: &'static str) -> Self {
        self.result_wrapper = Some(name);
        self
    }

    /// The errors that the model lists.
    #[must_use]
    pub const fn errors(mut self, errors: &'static [&'static ErrorSchema]) -> Self {
        self.errors = errors;
        self
    }

    /// What goes before the host name.
    #[must_use]
    pub const fn host_prefix(mut self, prefix: &'static str) -> Self {
        self.host_prefix = Some(prefix);
        self
    }

    /// How requests are signed.
    #[must_use]
    pub const fn auth(mut self, auth: Auth) -> Self {
        self.auth = Some(auth);
        self
    }

    /// The body is not part of the signature.
    #[must_use]
    pub const fn unsigned_payload(mut self) -> Self {
        self.unsigned_payload = true;
        self
    }

    /// The rules that the model cannot say.
    #[must_use]
    pub const fn interceptors(mut self, interceptors: &'static [&'static dyn Interceptor]) -> Self {
        self.interceptors = interceptors;
        self
    }

    /// What the operation tells the endpoint rules.
    #[must_use]
    pub const fn context(mut self, parameters: &'static [ContextParam]) -> Self {
        self.context = parameters;
        self
    }

    /// The first label of the path is a part of the endpoint.
    #[must_use]
    pub const fn bucket_in_endpoint(mut self) -> Self {
        self.bucket_in_endpoint = true;
        self
    }

    /// The error shape for `code`: of those that the operation lists, or else of the service's.
    pub fn error(&self, code: &str) -> Option<&'static ErrorSchema> {
        let find = |errors: &'static [&'static ErrorSchema]| {
            let by_code = errors.iter().find(|error| error.code == code);
            by_code.or_else(|| errors.iter().find(|error| (error.schema)().name == code)).copied()
        };
        find(self.errors).or_else(|| find(self.service.errors))
    }
}

impl ServiceSchema {
    /// A service whose model says no more than this.
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
            auth: Auth::SigV4,
            query_compatible: false,
            errors: &[],
            endpoint_rules: None,
            interceptors: &[],
        }
    }

    /// The service's name in signatures, where it is not the endpoint prefix.
    #[must_use]
    pub const fn signing_name(mut self, name: &'static str) -> Self {
        self.signing_name = name;
        self
    }

    /// The prefix of operation names in RPC protocols.
    #[must_use]
    pub const fn target_prefix(mut self, prefix: &'static str) -> Self {
        self.target_prefix = prefix;
        self
    }

    /// The version of the JSON protocol.
    #[must_use]
    pub const fn json_version(mut self, version: &'static str) -> Self {
        self.json_version = version;
        self
    }

    /// The XML name space of the documents.
    #[must_use]
    pub const fn xml_namespace(mut self, uri: &'static str) -> Self {
        self.xml_namespace = Some(uri);
        self
    }

    /// How requests are signed.
    #[must_use]
    pub const fn auth(mut self, auth: Auth) -> Self {
        self.auth = auth;
        self
    }

    /// Error codes come as the query protocol has them.
    #[must_use]
    pub const fn query_compatible(mut self) -> Self {
        self.query_compatible = true;
        self
    }

    /// All error shapes of the service.
    #[must_use]
    pub const fn errors(mut self, errors: &'static [&'static ErrorSchema]) -> Self {
        self.errors = errors;
        self
    }

    /// The rules that the model cannot say.
    #[must_use]
    pub const fn interceptors(mut self, interceptors: &'static [&'static dyn Interceptor]) -> Self {
        self.interceptors = interceptors;
        self
    }

    /// The rules that give requests their endpoint.
    #[must_use]
    pub const fn endpoint_rules(mut self, rules: &'static RuleSet) -> Self {
        self.endpoint_rules = Some(rules);
        self
    }
}
