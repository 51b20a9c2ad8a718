//! What services want that their models cannot say: small rules with names, hung on operations and services.
//!
//! A [`Customise`] has a say at each step of a call, and most have one at a single step. The client asks those of the service
//! first and then those of the operation, each in their order; the [protocols](crate::protocol) know nothing of them. The
//! generator hangs the ones of this room on what needs them, by its own table of reasons, and those that `"customise"` in
//! `overrides.json` names. A program links the ones that its operations name, and no others.
//!
//! One of your own is a `static` of any type that implements the trait, named by its path, as `"rules::SHOUT"`:
//!
//! ```
//! use myrina::{codec::CodecError, customise::Customise, protocol::Request, schema::OperationSchema};
//!
//! #[derive(Debug)]
//! pub struct Tenant;
//!
//! pub static TENANT: Tenant = Tenant;
//!
//! impl Customise for Tenant {
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

pub use presigned::PresignedCopy;
pub use text::{clear, each_text, set_text, text};

use crate::{
    codec::{CodecError, Structure},
    protocol::{Request, Response},
    schema::OperationSchema,
};
use bytes::Bytes;
use http::HeaderMap;
use std::fmt;

/// What is done to the output of a call once it is read.
pub type Afterwards = fn(&mut dyn Structure) -> Result<(), CodecError>;

/// A rule that a service wants kept, and its model cannot say. Each step does nothing unless it is implemented.
///
/// A [`CodecError`] ends the call: before it is sent as an error of the request, afterwards as one of the response.
pub trait Customise: fmt::Debug + Send + Sync + 'static {
    /// Changes the input before the protocol writes it. What comes back is done to the output of the same call.
    fn input(
        &self,
        operation: &'static OperationSchema,
        input: &mut dyn Structure,
    ) -> Result<Option<Afterwards>, CodecError> {
        let _ = (operation, input);
        Ok(None)
    }

    /// The address that this request goes to, in place of the service's: `https://host`. An address that the client was given
    /// goes before it.
    fn endpoint(
        &self,
        operation: &'static OperationSchema,
        input: &mut dyn Structure,
    ) -> Result<Option<String>, CodecError> {
        let _ = (operation, input);
        Ok(None)
    }

    /// Changes what the protocol wrote. The body of a stream is not part of it.
    fn request(&self, operation: &'static OperationSchema, request: &mut Request) -> Result<(), CodecError> {
        let _ = (operation, request);
        Ok(())
    }

    /// Adds what must be said of the body: `held` is all of it, or `None` where it is a stream.
    fn body(
        &self,
        operation: &'static OperationSchema,
        headers: &mut HeaderMap,
        held: Option<&Bytes>,
    ) -> Result<(), CodecError> {
        let _ = (operation, headers, held);
        Ok(())
    }

    /// The copy of the request that goes along in its form, presigned for another region.
    fn presigned_copy(&self) -> Option<PresignedCopy> {
        None
    }

    /// Changes the response before the protocol reads it, one of an error too.
    fn response(
        &self,
        operation: &'static OperationSchema,
        response: &mut Response,
    ) -> Result<(), CodecError> {
        let _ = (operation, response);
        Ok(())
    }
}

impl OperationSchema {
    /// The rules that calls of this operation keep: the service's, then its own.
    pub fn all_customisations(&self) -> impl Iterator<Item = &'static dyn Customise> + use<> {
        self.service.customisations.iter().chain(self.customisations).copied()
    }
}
