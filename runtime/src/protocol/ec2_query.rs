//! The protocol `ec2`: forms go out, XML comes back, each in EC2's own way.

use super::{Protocol, Request, Response, Settings, form, xml_error};
use crate::{
    codec::{CodecError, Structure},
    error::ServiceError,
    format::{query::Dialect, xml},
    schema::OperationSchema,
};

/// The protocol `ec2`: a form asks, with names that begin with a capital letter, and the answer is an XML document whose root
/// is the result.
#[derive(Clone, Copy, Debug, Default)]
pub struct Ec2Query;

/// The protocol `ec2`, for the description of a service.
pub static EC2_QUERY: Ec2Query = Ec2Query;

impl Protocol for Ec2Query {
    fn name(&self) -> &'static str {
        "ec2"
    }

    fn write_request(
        &self,
        operation: &'static OperationSchema,
        input: &dyn Structure,
        settings: &Settings<'_>,
    ) -> Result<Request, CodecError> {
        form::write_request(Dialect::Ec2, operation, input, settings)
    }

    fn read_response(
        &self,
        _: &'static OperationSchema,
        response: Response,
        output: &mut dyn Structure,
    ) -> Result<(), CodecError> {
        // What nobody asks for need not be readable.
        if output.schema().members.is_empty() {
            return Ok(());
        }
        xml::read_members(&response.body.whole()?, output, |_| true)
    }

    fn read_error(&self, operation: &'static OperationSchema, response: Response) -> ServiceError {
        xml_error::read(operation, response)
    }
}
