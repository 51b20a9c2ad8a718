//! Values as plain text: in labels, query parameters and header fields, and in documents whose scalars are text.

mod reader;
mod writer;

pub(crate) use reader::{TextReader, TextValue};
pub(crate) use writer::TextWriter;
