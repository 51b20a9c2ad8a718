//! The wire protocols. Each one serves all services, as the services' [schemas](crate::schema) contain the differences.

mod aws_json;
#[cfg(feature = "xml")]
mod aws_query;
mod bindings;
#[cfg(feature = "xml")]
mod ec2_query;
mod foreign_error;
#[cfg(feature = "xml")]
mod form;
mod headers;
mod host_prefix;
mod json_error;
mod payload;
mod rest_json;
#[cfg(feature = "xml")]
mod rest_xml;
#[cfg(feature = "cbor")]
mod rpc_cbor;
#[cfg(test)]
mod tests;
#[cfg(feature = "xml")]
mod xml_error;
#[cfg(feature = "xml")]
mod xml_root;
#[cfg(all(test, feature = "xml"))]
mod xml_tests;

pub(crate) use foreign_error::page_or_text as first_line;

pub use aws_json::{AWS_JSON, AwsJson};
#[cfg(feature = "xml")]
pub use aws_query::{AWS_QUERY, AwsQuery};
#[cfg(feature = "xml")]
pub use ec2_query::{EC2_QUERY, Ec2Query};
pub use rest_json::{REST_JSON, RestJson};
#[cfg(feature = "xml")]
pub use rest_xml::{REST_XML, RestXml};
#[cfg(feature = "cbor")]
pub use rpc_cbor::{RPC_CBOR, RpcCbor};
