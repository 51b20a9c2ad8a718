//! The protocol `rest-xml`: HTTP bindings, and XML documents.

use super::{
    bindings::{self, BodyFormat},
    xml_error, xml_root,
};
use crate::{
    codec::{CodecError, Strictness, Structure, Value},
    error::ServiceError,
    format::{
        MemberFilter,
        xml::{self, Envelope},
    },
    operation::{OperationSchema, Protocol, Request, RequestOptions, Response, ResponseBody},
    schema::{Member, Schema, Target},
};
use ::http::HeaderMap;
use bytes::Bytes;

/// The protocol `rest-xml`: members are bound to parts of HTTP messages, and the others are an XML document.
#[derive(Clone, Copy, Debug, Default)]
pub struct RestXml;

/// The protocol `rest-xml`, for a service's schema.
pub static REST_XML: RestXml = RestXml;

impl Protocol for RestXml {
    fn name(&self) -> &'static str {
        "rest-xml"
    }

    fn write_request(
        &self,
        operation: &'static OperationSchema,
        input: &dyn Structure,
        options: &RequestOptions<'_>,
    ) -> Result<Request, CodecError> {
        bindings::write_request(&Xml, operation, input, options)
    }

    fn read_response(
        &self,
        operation: &'static OperationSchema,
        response: Response,
        output: &mut dyn Structure,
    ) -> Result<(), CodecError> {
        let schema = output.schema();
        let is_document = match schema.payload() {
            Some((_, member)) => !is_raw(member),
            None => schema.members.iter().any(bindings::is_in_response_document()),
        };
        if let ResponseBody::Bytes(body) = &response.body
            && is_document
        {
            xml_root::checked(operation, body, schema)?;
        }
        bindings::read_response(&Xml, operation, response, output)
    }

    fn read_error(&self, operation: &'static OperationSchema, response: Response) -> ServiceError {
        xml_error::read_error(operation, response, xml_error::BOUND)
    }

    fn is_error_in_success(&self, operation: &'static OperationSchema, response: &Response) -> bool {
        // A payload of the user's bytes may look like an error.
        let payload = operation.output.schema().and_then(Schema::payload);
        !payload.is_some_and(|(_, member)| is_raw(member)) && xml_root::is_error(response)
    }

    fn read_request(
        &self,
        operation: &'static OperationSchema,
        request: &Request,
        input: &mut dyn Structure,
    ) -> Result<(), CodecError> {
        bindings::read_request(&Xml, operation, request, input)
    }

    fn write_response(
        &self,
        operation: &'static OperationSchema,
        output: &dyn Structure,
        status: u16,
    ) -> Result<Response, CodecError> {
        bindings::write_response(&Xml, operation, &operation.output, output, status)
    }

    fn write_error(
        &self,
        operation: &'static OperationSchema,
        error: &ServiceError,
    ) -> Result<Response, CodecError> {
        let headers =
            error.data().map_or_else(|| Ok(HeaderMap::new()), |data| bindings::response_headers(data))?;
        let (envelope, filter) = (Envelope::ErrorResponse, bindings::response_document());
        xml_error::write_error(envelope, operation.service, error, headers, Xml.content_type(), filter)
    }

    fn read_document(
        &self,
        _: &'static OperationSchema,
        bytes: &[u8],
        into: &mut dyn Structure,
    ) -> Result<(), CodecError> {
        xml::read_members(bytes, into, Strictness::Lenient, |member| !member.event_header)
    }

    fn write_document(
        &self,
        _: &'static OperationSchema,
        value: &dyn Structure,
    ) -> Result<Bytes, CodecError> {
        let filter = MemberFilter::EVENT;
        xml::write_members(value.schema().name, None, value, filter).map(Into::into)
    }

    fn document_type(&self) -> &'static str {
        Xml.content_type()
    }
}

/// Whether a payload consists of the caller's bytes instead of a document.
fn is_raw(member: &Member) -> bool {
    matches!(member.target, Target::Blob | Target::String | Target::Stream | Target::Events(_))
}

/// The format of bodies.
struct Xml;

impl BodyFormat for Xml {
    fn content_type(&self) -> &'static str {
        "application/xml"
    }

    fn write_members(
        &self,
        _: &'static OperationSchema,
        at: &'static Member,
        value: &dyn Structure,
        filter: MemberFilter<'_>,
    ) -> Result<Vec<u8>, CodecError> {
        xml::write_members(at.wire_name_or(value.schema().name), at.namespace, value, filter)
    }

    fn write_payload(
        &self,
        _: &'static OperationSchema,
        at: &'static Member,
        value: &dyn Value,
    ) -> Result<Vec<u8>, CodecError> {
        let shape = at.schema().map_or(at.name, |schema| schema.name);
        xml::write_value(at.wire_name_or(shape), at, value)
    }

    fn unset_payload(&self) -> &'static [u8] {
        b""
    }

    fn read_members(
        &self,
        body: &[u8],
        into: &mut dyn Structure,
        strictness: Strictness,
        predicate: fn(&Member) -> bool,
    ) -> Result<(), CodecError> {
        xml::read_members(body, into, strictness, predicate)
    }

    fn read_payload(
        &self,
        body: &[u8],
        at: &'static Member,
        strictness: Strictness,
        into: &mut dyn Value,
    ) -> Result<(), CodecError> {
        xml::read_value(body, at, strictness, into)
    }
}
