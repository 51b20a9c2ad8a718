//! The wire formats: documents of JSON, CBOR and XML, and forms. The protocols put them into messages.

mod budget;
#[cfg(feature = "cbor")]
pub(crate) mod cbor;
mod depth;
mod document_reader;
mod duplicate_keys;
#[cfg(test)]
pub(crate) mod fixtures;
pub(crate) mod json;
mod members;
#[cfg(feature = "xml")]
pub(crate) mod query;
#[cfg(feature = "xml")]
pub(crate) mod xml;

pub(crate) use members::MemberFilter;
