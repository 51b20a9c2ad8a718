//! Shared code of the XML pages.

use serde::{Deserialize, Serialize, de::DeserializeOwned};
use time::OffsetDateTime;

/// A point in time, as text of RFC 3339.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Moment(#[serde(with = "time::serde::rfc3339")] OffsetDateTime);

/// A list with an element around its elements, which are called `item`.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Items<T> {
    #[serde(default = "Vec::new", rename = "item")]
    pub(super) items: Vec<T>,
}

/// A list whose elements are called `member`.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Members<T> {
    #[serde(default = "Vec::new", rename = "member")]
    pub(super) members: Vec<T>,
}

/// Structures of which every member may be absent, with the members' types and names on the wire.
macro_rules! shapes {
    ($($name:ident { $($field:ident: $type:ty = $wire:literal;)* })*) => {
        $(#[derive(Debug, PartialEq, serde::Serialize, serde::Deserialize)]
        pub(super) struct $name {
            $(#[serde(rename = $wire, default, skip_serializing_if = "Option::is_none")]
            pub(super) $field: Option<$type>,)*
        })*
    };
}
pub(super) use shapes;

/// Reads a document. It comes as bytes: that they are text must be seen first.
pub(super) fn read<T: DeserializeOwned>(page: &[u8]) -> T {
    let text = std::str::from_utf8(page).expect("UTF-8");
    quick_xml::de::from_str(text).expect("the page can be read")
}

/// Writes a document with this root.
pub(super) fn write<T: Serialize>(root: &str, page: &T) -> Vec<u8> {
    quick_xml::se::to_string_with_root(root, page).expect("the page can be written").into_bytes()
}

/// The text without the indentation of its lines.
pub(super) fn compact(text: &[u8]) -> Vec<u8> {
    text.split(|byte| *byte == b'\n').flat_map(<[u8]>::trim_ascii_start).copied().collect()
}
