//! What an error document says, whatever protocol it comes from.

use super::{cursor::Cursor, reader::XmlReader, writer::XmlWriter};
use crate::{
    codec::{CodecError, Structure},
    error::ServiceError,
    format::Selection,
    schema::{Member, Namespace},
};

/// What stands around an error that is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Envelope {
    /// `<ErrorResponse><Error>`, of the query protocol and of rest-xml.
    ErrorResponse,
    /// `<Response><Errors><Error>`, of EC2.
    Response,
}

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
        _ = fault.document(Cursor::new(input));
        fault
    }

    /// Reads the members of the error.
    pub(crate) fn fill(
        &self,
        into: &mut dyn Structure,
        belongs: fn(&Member) -> bool,
    ) -> Result<(), CodecError> {
        let mut cursor = Cursor::new(self.data);
        if cursor.root()? { XmlReader::new(cursor).members(into, belongs) } else { Ok(()) }
    }

    fn document(&mut self, mut cursor: Cursor<'a>) -> Result<(), CodecError> {
        if !cursor.root()? {
            return Ok(());
        }
        self.root = Some(cursor.name().to_owned());
        self.data = cursor.rest();
        if cursor.name() == "Error" {
            return self.error(&mut cursor);
        }
        while cursor.child()? {
            match cursor.name() {
                "Error" => self.nested(&mut cursor)?,
                "Errors" => {
                    while cursor.enter_child("Error")? {
                        self.nested(&mut cursor)?;
                    }
                }
                _ => self.known(&mut cursor)?,
            }
        }
        Ok(())
    }

    /// The first of the errors counts.
    fn nested(&mut self, cursor: &mut Cursor<'a>) -> Result<(), CodecError> {
        if self.code.is_some() {
            return cursor.skip();
        }
        self.data = cursor.rest();
        self.error(cursor)
    }

    fn error(&mut self, cursor: &mut Cursor<'a>) -> Result<(), CodecError> {
        while cursor.child()? {
            match cursor.name() {
                "Code" => self.code = Some(cursor.text()?.trim().to_owned()),
                "Message" | "message" => self.message = Some(cursor.text()?.into_owned()),
                _ => self.known(cursor)?,
            }
        }
        Ok(())
    }

    fn known(&mut self, cursor: &mut Cursor<'a>) -> Result<(), CodecError> {
        match cursor.name() {
            "RequestId" | "RequestID" | "requestId" => {
                self.request_id = Some(cursor.text()?.trim().to_owned());
                Ok(())
            }
            _ => cursor.skip(),
        }
    }
}

impl Envelope {
    /// The document that tells `error`, with the selected members of its data.
    pub(crate) fn write(
        self,
        error: &ServiceError,
        namespace: Option<Namespace>,
        selection: Selection<'_>,
    ) -> Result<Vec<u8>, CodecError> {
        let mut writer = XmlWriter::new("");
        match self {
            Self::ErrorResponse => writer.inside("ErrorResponse", namespace, |out| {
                out.inside("Error", None, |out| {
                    let sender = (400..500).contains(&error.status());
                    out.leaf("Type", if sender { "Sender" } else { "Receiver" });
                    write(out, error, selection);
                });
                out.leaf("RequestId", error.request_id().unwrap_or_default());
            }),
            Self::Response => writer.inside("Response", None, |out| {
                out.inside("Errors", None, |out| {
                    out.inside("Error", None, |out| write(out, error, selection));
                });
                out.leaf("RequestID", error.request_id().unwrap_or_default());
            }),
        }
        writer.finish()
    }
}

fn write(out: &mut XmlWriter, error: &ServiceError, selection: Selection<'_>) {
    out.leaf("Code", error.code().unwrap_or_default());
    // Most data has a message of its own.
    let own = |data: &dyn Structure| {
        data.schema().members.iter().any(|member| member.name.eq_ignore_ascii_case("message"))
    };
    if let Some(message) = error.message().filter(|_| !error.data().is_some_and(|data| own(data))) {
        out.leaf("Message", message);
    }
    if let Some(data) = error.data() {
        out.content(data, selection);
    }
}
