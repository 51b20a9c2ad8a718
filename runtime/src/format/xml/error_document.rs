//! Error documents of the protocols that use XML.

use super::{cursor::Cursor, reader::XmlReader, writer::XmlWriter};
use crate::{
    codec::{CodecError, Strictness, Structure},
    format::{MemberFilter, members::DocumentWriter as _},
    schema::{Member, Namespace},
};

/// The elements around an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Envelope {
    /// `<ErrorResponse><Error>`, of the protocols query and rest-xml.
    ErrorResponse,
    /// `<Response><Errors><Error>`, of EC2.
    Response,
}

/// The parts of an error that is written.
#[derive(Clone, Copy, Default)]
pub(crate) struct ErrorFields<'a> {
    pub(crate) code: &'a str,
    pub(crate) message: Option<&'a str>,
    pub(crate) request_id: &'a str,
    /// Whether the caller, not the service, is at fault.
    pub(crate) sender_fault: bool,
    pub(crate) data: Option<&'a dyn Structure>,
}

/// An error document that was read: `<ErrorResponse><Error>` of the protocols query and rest-xml,
/// `<Response><Errors><Error>` of EC2, or `<Error>` alone, of S3.
#[derive(Default)]
pub(crate) struct ErrorDocument<'a> {
    /// The name of the root element.
    pub(crate) root: Option<String>,
    pub(crate) code: Option<String>,
    pub(crate) message: Option<String>,
    pub(crate) request_id: Option<String>,
    /// The second identifier of the request, of S3.
    pub(crate) host_id: Option<String>,
    /// The document from the start tag of the element that contains the error's members.
    data: &'a [u8],
}

impl<'a> ErrorDocument<'a> {
    /// Reads as much of `input` as is such a document: parts that come before a problem count.
    pub(crate) fn read(input: &'a [u8]) -> Self {
        let mut document = Self::default();
        // The caller reports an error in any case.
        _ = document.read_root(Cursor::new(input));
        document
    }

    /// Reads the error's members.
    pub(crate) fn read_members(
        &self,
        into: &mut dyn Structure,
        predicate: fn(&Member) -> bool,
    ) -> Result<(), CodecError> {
        let mut cursor = Cursor::new(self.data);
        if cursor.root()? {
            XmlReader::new(cursor, Strictness::Lenient).members(into, predicate)
        } else {
            Ok(())
        }
    }

    fn read_root(&mut self, mut cursor: Cursor<'a>) -> Result<(), CodecError> {
        if !cursor.root()? {
            return Ok(());
        }
        self.root = Some(cursor.name().to_owned());
        self.data = cursor.rest();
        if cursor.name() == "Error" {
            return self.read_error(&mut cursor);
        }
        while cursor.child()? {
            match cursor.name() {
                "Error" => self.read_first_error(&mut cursor)?,
                "Errors" => {
                    while cursor.enter_child("Error")? {
                        self.read_first_error(&mut cursor)?;
                    }
                }
                _ => self.read_request_id(&mut cursor)?,
            }
        }
        Ok(())
    }

    /// Skips errors after the first.
    fn read_first_error(&mut self, cursor: &mut Cursor<'a>) -> Result<(), CodecError> {
        if self.code.is_some() {
            return cursor.skip();
        }
        self.data = cursor.rest();
        self.read_error(cursor)
    }

    fn read_error(&mut self, cursor: &mut Cursor<'a>) -> Result<(), CodecError> {
        while cursor.child()? {
            match cursor.name() {
                "Code" => self.code = Some(cursor.text()?.trim().to_owned()),
                "Message" | "message" => self.message = Some(cursor.text()?.into_owned()),
                _ => self.read_request_id(cursor)?,
            }
        }
        Ok(())
    }

    /// Reads the element if it is an identifier of the request, and skips it otherwise.
    fn read_request_id(&mut self, cursor: &mut Cursor<'a>) -> Result<(), CodecError> {
        let id = match cursor.name() {
            "RequestId" | "RequestID" | "requestId" => &mut self.request_id,
            "HostId" => &mut self.host_id,
            _ => return cursor.skip(),
        };
        *id = Some(cursor.text()?.trim().to_owned());
        Ok(())
    }
}

impl Envelope {
    /// Writes the document of an error, with the selected members of its data.
    pub(crate) fn write(
        self,
        error: &ErrorFields<'_>,
        namespace: Option<Namespace>,
        filter: MemberFilter<'_>,
    ) -> Result<Vec<u8>, CodecError> {
        let mut writer = XmlWriter::new("");
        match self {
            Self::ErrorResponse => writer.element("ErrorResponse", namespace, |out| {
                out.element("Error", None, |out| {
                    out.text_element("Type", if error.sender_fault { "Sender" } else { "Receiver" });
                    write_fields(out, error, filter);
                });
                out.text_element("RequestId", error.request_id);
            }),
            Self::Response => writer.element("Response", None, |out| {
                out.element("Errors", None, |out| {
                    out.element("Error", None, |out| write_fields(out, error, filter));
                });
                out.text_element("RequestID", error.request_id);
            }),
        }
        writer.finish()
    }
}

fn write_fields(out: &mut XmlWriter, error: &ErrorFields<'_>, filter: MemberFilter<'_>) {
    out.text_element("Code", error.code);
    // Most data has a message member.
    let has_message = |data: &dyn Structure| {
        data.schema().members.iter().any(|member| member.name.eq_ignore_ascii_case("message"))
    };
    if let Some(message) = error.message.filter(|_| !error.data.is_some_and(has_message)) {
        out.text_element("Message", message);
    }
    if let Some(data) = error.data {
        out.write_structure(data, filter);
    }
}
