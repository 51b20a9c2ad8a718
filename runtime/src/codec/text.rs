//! Values as plain text: in labels, query parameters and header fields, and inside documents whose values are all text.

mod reader;
mod writer;

pub(crate) use reader::{TextReader, Texts};
pub(crate) use writer::TextWriter;
