//! Errors of frames.

use std::fmt;

/// A frame that cannot be decoded or encoded.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FrameError {
    /// The checksum of the two lengths is wrong.
    PreludeChecksum {
        /// The checksum of the received bytes.
        computed: u32,
        /// The checksum in the frame.
        stated: u32,
    },
    /// The checksum of the frame is wrong.
    MessageChecksum {
        /// The checksum of the received bytes.
        computed: u32,
        /// The checksum in the frame.
        stated: u32,
    },
    /// The headers and the 16 bytes around do not fit into the frame.
    Lengths {
        /// The length of the frame, in bytes.
        total: u32,
        /// The length of its headers, in bytes.
        headers: u32,
    },
    /// A part is too long.
    TooLong {
        /// Which part.
        part: &'static str,
        /// Its length in bytes.
        length: usize,
        /// The limit in bytes.
        limit: usize,
    },
    /// A header cannot be read.
    Header {
        /// The offset of the header from the first one, in bytes.
        offset: usize,
        /// What is wrong with it.
        problem: HeaderProblem,
    },
    /// The input ends within a frame.
    Truncated {
        /// The number of bytes received of the frame.
        received: usize,
        /// The length of the frame, if enough bytes were received to know it.
        total: Option<usize>,
    },
}

/// What is wrong with a header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum HeaderProblem {
    /// The name is empty.
    NoName,
    /// The name is not UTF-8.
    Name,
    /// The type is not one of 0 to 9.
    Type(u8),
    /// A string is not UTF-8.
    Text,
    /// The name or the value continues after the end of the headers.
    CutOff,
}

impl fmt::Display for FrameError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::PreludeChecksum { computed, stated } => {
                write!(
                    f,
                    "the checksum of the frame's lengths is {computed:08x}, but the frame contains {stated:08x}"
                )
            }
            Self::MessageChecksum { computed, stated } => {
                write!(f, "the frame's checksum is {computed:08x}, but the frame contains {stated:08x}")
            }
            Self::Lengths { total, headers } => write!(
                f,
                "{headers} bytes of headers and 16 bytes around do not fit into a frame of {total} bytes"
            ),
            Self::TooLong { part, length, limit } => {
                write!(f, "{part} of {length} bytes; at most {limit} are allowed")
            }
            Self::Header { offset, problem } => {
                write!(f, "the header at byte {offset} of the frame's headers {problem}")
            }
            Self::Truncated { received, total: Some(total) } => {
                write!(f, "the stream ended within a frame, after {received} of {total} bytes")
            }
            Self::Truncated { received, total: None } => {
                write!(f, "the stream ended within a frame, after {received} bytes")
            }
        }
    }
}

impl fmt::Display for HeaderProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoName => f.write_str("has an empty name"),
            Self::Name => f.write_str("has a name that is not UTF-8"),
            Self::Type(kind) => write!(f, "has type {kind}; valid types are 0 to 9"),
            Self::Text => f.write_str("has text that is not UTF-8"),
            Self::CutOff => f.write_str("continues after the end of the headers"),
        }
    }
}

impl std::error::Error for FrameError {}
