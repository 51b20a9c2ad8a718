//! What an error document says, whatever protocol it comes from.

use super::reader::XmlReader;
use crate::{
    codec::{CodecError, Structure},
    schema::Member,
};

/// An error document: `<ErrorResponse><Error>` of the query protocol and of rest-xml, `<Response><Errors><Error>` of EC2,
/// and `<Error>` alone, of S3.
#[derive(Default)]
pub(crate) struct Fault<'a> {
    /// The name of the root.
    pub(crate) root: Option<String>,
    /// The error's code.
    pub(crate) code: Option<String>,
    /// The error's message.
    pub(crate) message: Option<String>,
    /// The service's identifier of the request.
    pub(crate) request_id: Option<String>,
    /// The document from the start tag of the element that has the error's members.
    data: &'a [u8],
}

impl<'a> Fault<'a> {
    /// What `input` says, as far as it is such a document: what was found before something is wrong counts.
    pub(crate) fn read(input: &'a [u8]) -> Self {
        let mut fault = Self::default();
        // Whoever asks has an error to tell already.
        _ = fault.document(XmlReader::new(input));
        fault
    }

    /// Reads the members of the error.
    pub(crate) fn fill(
        &self,
        into: &mut dyn Structure,
        belongs: fn(&Member) -> bool,
    ) -> Result<(), CodecError> {
        let mut reader = XmlReader::new(self.data);
        if reader.root()? { reader.members(into, belongs) } else { Ok(()) }
    }

    fn document(&mut self, mut reader: XmlReader<'a>) -> Result<(), CodecError> {
        if !reader.root()? {
            return Ok(());
        }
        self.root = Some(reader.name().to_owned());
        self.data = reader.rest();
        if reader.name() == "Error" {
            return self.error(&mut reader);
        }
        while reader.child()? {
            match reader.name() {
                "Error" => self.nested(&mut reader)?,
                "Errors" => {
                    while reader.enter_child("Error")? {
                        self.nested(&mut reader)?;
                    }
                }
                _ => self.known(&mut reader)?,
            }
        }
        Ok(())
    }

    /// The first of the errors counts.
    fn nested(&mut self, reader: &mut XmlReader<'a>) -> Result<(), CodecError> {
        if self.code.is_some() {
            return reader.skip();
        }
        self.data = reader.rest();
        self.error(reader)
    }

    fn error(&mut self, reader: &mut XmlReader<'a>) -> Result<(), CodecError> {
        while reader.child()? {
            match reader.name() {
                "Code" => self.code = Some(reader.text()?.trim().to_owned()),
                "Message" | "message" => self.message = Some(reader.text()?.into_owned()),
                _ => self.known(reader)?,
            }
        }
        Ok(())
    }

    fn known(&mut self, reader: &mut XmlReader<'a>) -> Result<(), CodecError> {
        match reader.name() {
            "RequestId" | "RequestID" | "requestId" => {
                self.request_id = Some(reader.text()?.trim().to_owned());
                Ok(())
            }
            _ => reader.skip(),
        }
    }
}
