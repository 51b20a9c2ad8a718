//! What Myrina's generated AWS crates stand on: lenses, wire protocols, signing, and one client over reqwest.

mod client;
pub mod codec;
#[doc(hidden)]
pub mod codegen;
pub mod config;
pub mod credentials;
pub mod customizations;
#[cfg(feature = "dynamic")]
pub mod dynamic;
pub mod endpoint;
pub mod error;
pub mod event_stream;
mod format;
pub mod interceptor;
mod json;
pub mod lens;
mod operation;
mod percent;
pub mod protocol;
pub mod schema;
pub mod sign;
mod stream;
#[cfg(feature = "testing")]
pub mod testing;
pub mod time;

pub use client::{Builder, Client};
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
