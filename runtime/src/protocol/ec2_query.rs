//! The protocol `ec2`: requests are forms, responses XML documents, both in the dialect of EC2.

use super::{form, xml_error, xml_root};
use crate::{
    codec::{CodecError, Strictness, Structure},
    error::ServiceError,
    format::{
        MemberFilter,
        query::Dialect,
        xml::{self, Envelope},
    },
    operation::{OperationSchema, Protocol, Request, RequestOptions, Response},
};
use ::http::HeaderMap;

/// The protocol `ec2`: requests are forms whose names start with a capital letter, and responses are XML documents whose root
/// contains the result.
#[derive(Clone, Copy, Debug, Default)]
pub struct Ec2Query;

/// The protocol `ec2`, for a service's schema.
pub static EC2_QUERY: Ec2Query = Ec2Query;

impl Protocol for Ec2Query {
    fn name(&self) -> &'static str {
        "ec2"
    }

    fn write_request(
        &self,
        operation: &'static OperationSchema,
        input: &dyn Structure,
        options: &RequestOptions<'_>,
    ) -> Result<Request, CodecError> {
        form::write_request(Dialect::Ec2, operation, input, options)
    }

    fn read_response(
        &self,
        operation: &'static OperationSchema,
        response: Response,
        output: &mut dyn Structure,
    ) -> Result<(), CodecError> {
        let body = response.body.into_bytes()?;
        match xml_root::checked(operation, &body, output.schema())? {
            Some(_) => xml::read_members(&body, output, Strictness::Lenient, |_| true),
            None => Ok(()),
        }
    }

    fn is_error_in_success(&self, _: &'static OperationSchema, response: &Response) -> bool {
        xml_root::is_error(response)
    }

    fn read_error(&self, operation: &'static OperationSchema, response: Response) -> ServiceError {
        xml_error::read_error(operation, response, xml_error::UNBOUND)
    }

    fn read_request(
        &self,
        _: &'static OperationSchema,
        request: &Request,
        input: &mut dyn Structure,
    ) -> Result<(), CodecError> {
        form::read_request(Dialect::Ec2, request, input)
    }

    fn write_response(
        &self,
        operation: &'static OperationSchema,
        output: &dyn Structure,
        status: u16,
    ) -> Result<Response, CodecError> {
        form::write_response(operation, None, output, status)
    }

    fn write_error(
        &self,
        operation: &'static OperationSchema,
        error: &ServiceError,
    ) -> Result<Response, CodecError> {
        let (headers, service) = (HeaderMap::new(), operation.service);
        xml_error::write_error(Envelope::Response, service, error, headers, form::XML, MemberFilter::ALL)
    }
}
