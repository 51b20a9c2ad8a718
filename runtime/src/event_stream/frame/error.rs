//! What can be wrong with a frame.

use std::fmt;

/// A frame that cannot be read or written: what is wrong, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FrameError {
    /// The checksum of the first eight bytes, the two lengths, is not the one that follows them.
    PreludeChecksum {
        /// The checksum of the bytes that came.
        computed: u32,
        /// The checksum that the frame states.
        stated: u32,
    },
    /// The checksum of the frame is not the one at its end.
    MessageChecksum {
        /// The checksum of the bytes that came.
        computed: u32,
        /// The checksum that the frame states.
        stated: u32,
    },
    /// The headers and the 16 bytes around do not fit into the frame.
    Lengths {
        /// The length of the frame, in bytes.
        total: u32,
        /// The length of its headers, in bytes.
        headers: u32,
    },
    /// A part is longer than it may be.
    TooLong {
        /// Which part.
        part: &'static str,
        /// Its length in bytes.
        length: usize,
        /// The number of bytes that are allowed.
        limit: usize,
    },
    /// A header cannot be read.
    Header {
        /// The byte where it begins, counted from the first header.
        offset: usize,
        /// What is wrong with it.
        problem: HeaderProblem,
    },
    /// The bytes end inside a frame.
    Truncated {
        /// The number of bytes of the frame that came.
        received: usize,
        /// The length of the frame, where so many bytes came that it is known.
        total: Option<usize>,
    },
}

/// What is wrong with a header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum HeaderProblem {
    /// The name has no byte.
    NoName,
    /// The name is not UTF-8.
    Name,
    /// The type is not one of 0 to 9.
    Type(u8),
    /// A string is not UTF-8.
    Text,
    /// The name or the value goes on behind the last header.
    CutOff,
}

impl fmt::Display for FrameError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::PreludeChecksum { computed, stated } => {
                write!(f, "the checksum of the frame's lengths is {computed:08x}, but {stated:08x} is stated")
            }
            Self::MessageChecksum { computed, stated } => {
                write!(f, "the frame's checksum is {computed:08x}, but {stated:08x} is stated")
            }
            Self::Lengths { total, headers } => write!(
                f,
                "{headers} bytes of headers and 16 bytes around do not fit into a frame of {total} bytes"
            ),
            Self::TooLong { part, length, limit } => {
                write!(f, "{part} of {length} bytes; {limit} are allowed")
            }
            Self::Header { offset, problem } => {
                write!(f, "the header at byte {offset} of the frame's headers {problem}")
            }
            Self::Truncated { received, total: Some(total) } => {
                write!(f, "the stream ended inside a frame, after {received} of {total} bytes")
            }
            Self::Truncated { received, total: None } => {
                write!(f, "the stream ended inside a frame, after {received} bytes")
            }
        }
    }
}

impl fmt::Display for HeaderProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoName => f.write_str("has an empty name"),
            Self::Name => f.write_str("has a name that is not UTF-8"),
            Self::Type(kind) => write!(f, "has type {kind}; there are the types 0 to 9"),
            Self::Text => f.write_str("has text that is not UTF-8"),
            Self::CutOff => f.write_str("goes on behind the end of the headers"),
        }
    }
}

impl std::error::Error for FrameError {}
