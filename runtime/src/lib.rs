//! The runtime of Myrina's generated AWS crates: lenses, wire protocols, signing, and one client over reqwest.
//!
//! # Layers
//!
//! Modules import from their own layer and the layers above them in this table, never from those below. A test checks it.
//!
//! | layer | rooms | holds |
//! |-|-|-|
//! | values | `time`, `clock`, `percent`, `lens`, `item` | points in time, the clock, percent-encoding, access paths into values, DynamoDB's items |
//! | endpoint rules | `endpoint_rules` | endpoint rule sets as data, and their evaluator |
//! | schemas | `schema` | what a generated crate says about its shapes |
//! | codec | `codec` | the traits between typed values and wire formats, and scalars as text |
//! | formats | `format`, `stream`, `json` | JSON, XML, CBOR and form encoding; streams of bytes; JSON documents as members |
//! | checksums | `checksum` | checksums of bodies, and bodies that carry or verify one |
//! | transport | `http` | requests and responses as a transport sends and returns them |
//! | errors | `error` | the errors of a call |
//! | operations | `operation` | schemas of operations and services, the traits of protocols and interceptors |
//! | events | `event_stream` | streams of events and their frames |
//! | protocols | `protocol` | the wire protocols |
//! | retries | `retry` | which failures are tried again, and when |
//! | settings | `config`, `credentials`, `sign` | profile files and environment, credentials, signatures |
//! | endpoints | `endpoint` | the endpoint of a call: parameters, settings, cache |
//! | authentication | `auth` | authentication schemes and their selection |
//! | customizations | `customizations` | rules of services that their models cannot express |
//! | client | `client` | one call from its input to its output |
//! | tools | `dynamic`, `testing`, `codegen` | operations by name, random values and laws, the door for generated code |

// Generated code names the runtime so, in here too.
extern crate self as myrina;

mod auth;
mod checksum;
mod client;
pub mod clock;
pub mod codec;
#[doc(hidden)]
pub mod codegen;
pub mod config;
pub mod credentials;
pub mod customizations;
#[cfg(feature = "dynamic")]
pub mod dynamic;
pub mod endpoint;
mod endpoint_rules;
pub mod error;
pub mod event_stream;
mod format;
pub mod http;
pub mod item;
mod json;
pub mod lens;
pub mod operation;
mod percent;
pub mod protocol;
pub mod retry;
pub mod schema;
pub mod sign;
mod stream;
#[cfg(feature = "testing")]
pub mod testing;
pub mod time;

pub use client::{Builder, CallOptions, Client};
pub use credentials::Credentials;
pub use error::{Error, ErrorKind};
pub use event_stream::EventStream;
pub use json::Json;
pub use operation::Operation;
pub use stream::{ByteStream, StreamError};
pub use time::Timestamp;

/// Bytes that are cheap to clone: what blobs are.
pub use bytes::Bytes;
/// The HTTP client below: [`Builder::http_client`] takes one.
pub use reqwest;
/// Any JSON value: what documents are.
pub use serde_json::Value as Document;

/// A map that keeps the order of its entries, as they are on the wire.
pub type Map<K, V> = indexmap::IndexMap<K, V>;
