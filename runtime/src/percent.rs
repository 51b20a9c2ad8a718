//! The sets of bytes that are percent-encoded.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC};

/// Everything but the unreserved characters of RFC 3986, section 2.3.
pub(crate) const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The same without the slash, which separates the segments of a path.
pub(crate) const RESERVED_EXCEPT_SLASH: &AsciiSet = &RESERVED.remove(b'/');
