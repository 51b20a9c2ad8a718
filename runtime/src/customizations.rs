//! Built-in interceptors: what services require and their models cannot express.
//!
//! Each is an [`Interceptor`](crate::operation::Interceptor) of an operation or a service. The generator adds the ones of this
//! module where they are needed, by its own table, and those that `"customizations"` in `overrides.json` names. A program links
//! only those that its operations use.
//!
//! A custom one is any type that implements the trait, by the path of a `static` or a unit struct, such as `"rules::Tenant"`:
//!
//! ```
//! use myrina::{
//!     http::RequestBody,
//!     operation::{CallContext, HookError, Interceptor, Request},
//! };
//!
//! #[derive(Debug)]
//! pub struct Tenant;
//!
//! impl Interceptor for Tenant {
//!     fn after_serialization(
//!         &self,
//!         _: &mut CallContext,
//!         request: &mut Request<RequestBody>,
//!     ) -> Result<(), HookError> {
//!         request.headers.insert("x-tenant", "blue".parse()?);
//!         Ok(())
//!     }
//! }
//! ```
//!
//! # Not included
//!
//! | rule of other SDKs | why it is not here |
//! |-|-|
//! | S3: `Expect: 100-continue` before large bodies | the HTTP library sends the body without waiting for the response, so the header would be wrong |
//! | S3: the bucket in the host name, an error in a response of status 200, line breaks as references in XML | part of the endpoint rules, the protocol and the XML writer |
//! | STS, Cognito: operations that are not signed | the models say so |
//! | SQS: error codes of the query protocol | the protocol reads `x-amzn-query-error`, and finds the error's type by the other code |
//! | Bedrock `AgentCore`: fractions of seconds in timestamps | always sent, in as many digits as there are |
//! | Timestream: its required endpoint discovery | not done automatically: call `DescribeEndpoints` and set the result as the client's endpoint |
//! | DynamoDB: endpoint discovery | optional: the default endpoint works too |
//! | CloudFormation: a template as data | it may be YAML as well as JSON, so it is text; `"type": "json"` changes that for programs that use JSON only |
//! | Polly: presigned requests without `content-type` | the client does not presign requests of its users |

pub mod cloud_search;
pub mod glacier;
pub mod header;
pub mod iam;
pub mod machine_learning;
pub mod presigned;
pub mod route53;
pub mod s3;
pub mod s3_control;
pub mod sso_oidc;
mod text;

pub use text::{clear, each_text, set_text, text};
