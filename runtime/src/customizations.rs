//! What services want that their models cannot say: small rules with names, hung on operations and services.
//!
//! An [`Interceptor`](crate::operation::Interceptor) has a say at each step of a call, and most have one at a single step. The client asks those of the service
//! first and then those of the operation, each in their order; the [protocols](crate::protocol) know nothing of them. The
//! generator hangs the ones of this room on what needs them, by its own table of reasons, and those that `"customizations"` in
//! `overrides.json` names. A program links the ones that its operations name, and no others.
//!
//! One of your own is a `static` of any type that implements the trait, named by its path, as `"rules::SHOUT"`:
//!
//! ```
//! use myrina::{codec::CodecError, operation::{OperationSchema, Request, Interceptor}};
//!
//! #[derive(Debug)]
//! pub struct Tenant;
//!
//! pub static TENANT: Tenant = Tenant;
//!
//! impl Interceptor for Tenant {
//!     fn request(&self, _: &'static OperationSchema, request: &mut Request) -> Result<(), CodecError> {
//!         request.headers.insert("x-tenant", "blue".parse().map_err(|_| CodecError::new("no header field"))?);
//!         Ok(())
//!     }
//! }
//! ```
//!
//! # What is left out
//!
//! | rule | why it is not here |
//! |-|-|
//! | S3: `Expect: 100-continue` before large bodies | the HTTP library sends the body without waiting for the answer, so that the field would promise what does not happen |
//! | S3: the bucket in the host name, an error in an answer of status 200, line breaks as references in XML | the endpoint rules, the protocol and the XML writer have them |
//! | STS, Cognito: operations that are not signed | their models say so |
//! | SQS: error codes of the query protocol | the protocol reads `x-amzn-query-error`, and finds the error's type by the other code |
//! | Bedrock `AgentCore`: fractions of seconds in timestamps | they are always sent, in as many digits as there are |
//! | Timestream: its required endpoint discovery | no address is asked for in advance: ask with `DescribeEndpoints`, and give the answer to the client as its endpoint |
//! | DynamoDB: endpoint discovery | the service answers at its usual address too |
//! | CloudFormation: a template as data | it may be YAML as well as JSON, so it stays text; `"type": "json"` is there for those whose are JSON |
//! | Polly: presigned requests without `content-type` | the client presigns no requests of its users |

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
