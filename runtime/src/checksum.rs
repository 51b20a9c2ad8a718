//! Checksums of bodies: the algorithms, bodies that are followed by their checksum, and bodies that are compared with one.

mod algorithm;
mod aws_chunked;
mod validated;

pub(crate) use algorithm::{Algorithm, CRC32};
pub(crate) use aws_chunked::{AwsChunked, SignChunks, encoded_length};
pub(crate) use validated::{Expected, ValidatedBody};
