//! The protocol `query`: requests are forms, responses XML documents.

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

/// The protocol `query`, known as AWS query: requests are forms, and responses are XML documents in which an element contains
/// the result.
#[derive(Clone, Copy, Debug, Default)]
pub struct AwsQuery;

/// The protocol `query`, for a service's schema.
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
        let body = response.body.into_bytes()?;
        let Some(root) = xml_root::checked(operation, &body, output.schema())? else { return Ok(()) };
        let result = operation.result_wrapper.map_or_else(|| result_name(operation), str::to_owned);
        // Some servers leave out one of the two elements.
        if root != result && xml::read_nested(&body, &result, output)? {
            return Ok(());
        }
        xml::read_members(&body, output, Strictness::Lenient, |_| true)
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
        xml_error::write_error(Envelope::ErrorResponse, service, error, headers, form::XML, MemberFilter::ALL)
    }
}

/// Returns the default name of the element that contains the result.
fn result_name(operation: &OperationSchema) -> String {
    format!("{}Result", operation.name)
}
