//! The protocol `query`: forms go out, XML comes back.

use super::{Protocol, Request, Response, Settings, form, xml_error};
use crate::{
    codec::{CodecError, Structure},
    error::ServiceError,
    format::{query::Dialect, xml},
    schema::OperationSchema,
};

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
        settings: &Settings<'_>,
    ) -> Result<Request, CodecError> {
        form::write_request(Dialect::Query, operation, input, settings)
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
            Some(name) => xml::read_inside(&body, name, output).map(drop),
            None if xml::read_inside(&body, &format!("{}Result", operation.name), output)? => Ok(()),
            None => xml::read_members(&body, output, |_| true),
        }
    }

    fn read_error(&self, operation: &'static OperationSchema, response: Response) -> ServiceError {
        xml_error::read(operation, response)
    }
}
