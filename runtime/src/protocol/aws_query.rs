//! The protocol `query`: forms go out, XML comes back.

use super::{form, xml_error};
use crate::{
    codec::{CodecError, Structure},
    error::ServiceError,
    format::{
        MemberFilter,
        query::Dialect,
        xml::{self, Envelope},
    },
    operation::{OperationSchema, Protocol, Request, RequestOptions, Response},
};
use ::http::HeaderMap;

/// The protocol `query`, known as AWS query: a form asks, and the answer is an XML document whose result stands in an
/// element of its own.
#[derive(Clone, Copy, Debug, Default)]
pub struct AwsQuery;

/// The protocol `query`, for the description of a service.
pub static AWS_QUERY: AwsQuery = AwsQuery;

impl Protocol for AwsQuery {
    fn name(&self) -> &'static str {
        "query"
    }

    fn write_request(
        &self,
        operation: &'static OperationSchema,
        input: &dyn Structure,
        options: &RequestOptions<'_>,
    ) -> Result<Request, CodecError> {
        form::write_request(Dialect::Query, operation, input, options)
    }

    fn read_response(
        &self,
        operation: &'static OperationSchema,
        response: Response,
        output: &mut dyn Structure,
    ) -> Result<(), CodecError> {
        // What nobody asks for need not be readable.
        if output.schema().members.is_empty() {
            return Ok(());
        }
        let body = response.body.whole()?;
        match operation.result_wrapper {
            Some(name) => xml::read_nested(&body, name, output).map(drop),
            None if xml::read_nested(&body, &result_name(operation), output)? => Ok(()),
            None => xml::read_members(&body, output, |_| true),
        }
    }

    fn read_error(&self, operation: &'static OperationSchema, response: Response) -> ServiceError {
        xml_error::read(operation, response, xml_error::UNBOUND)
    }

    fn read_request(
        &self,
        _: &'static OperationSchema,
        request: &Request,
        input: &mut dyn Structure,
    ) -> Result<(), CodecError> {
        form::read_request(Dialect::Query, request, input)
    }

    fn write_response(
        &self,
        operation: &'static OperationSchema,
        output: &dyn Structure,
        status: u16,
    ) -> Result<Response, CodecError> {
        let wrapper = match operation.result_wrapper {
            Some(name) => name.to_owned(),
            None => result_name(operation),
        };
        form::write_response(operation, Some(&wrapper), output, status)
    }

    fn write_error(
        &self,
        operation: &'static OperationSchema,
        error: &ServiceError,
    ) -> Result<Response, CodecError> {
        let (headers, service) = (HeaderMap::new(), operation.service);
        xml_error::write(Envelope::ErrorResponse, service, error, headers, form::XML, MemberFilter::ALL)
    }
}

/// The name that the result's element has where the model does not say.
fn result_name(operation: &OperationSchema) -> String {
    format!("{}Result", operation.name)
}
