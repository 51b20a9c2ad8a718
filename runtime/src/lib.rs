//! What Myrina's generated AWS crates stand on: lenses, wire protocols, signing, and one client over reqwest.

pub mod codec;
#[doc(hidden)]
pub mod codegen;
pub mod error;
mod format;
mod json;
pub mod lens;
mod operation;
pub mod protocol;
pub mod schema;
mod stream;
pub mod time;

pub use error::{Error, ErrorKind};
pub use json::Json;
pub use operation::Operation;
pub use stream::{ByteStream, StreamError};
pub use time::Timestamp;

/// Bytes that are cheap to clone: what blobs are.
pub use bytes::Bytes;
/// Any JSON value: what documents are.
pub use serde_json::Value as Document;

/// A map that keeps the order of its entries, as they are on the wire.
pub type Map<K, V> = indexmap::IndexMap<K, V>;
