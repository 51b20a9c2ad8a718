//! Rules of Glacier.

use super::{set_text, text};
use crate::{
    codec::{CodecError, Structure},
    operation::{Afterwards, Interceptor, OperationSchema, Request},
    sign::hex,
};
use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue};
use sha2::{Digest as _, Sha256};

const VERSION_HEADER: HeaderName = HeaderName::from_static("x-amz-glacier-version");
const LINEAR: HeaderName = HeaderName::from_static("x-amz-content-sha256");
const TREE: HeaderName = HeaderName::from_static("x-amz-sha256-tree-hash");

/// What one leaf of a tree hash covers.
const LEAF: usize = 1 << 20;

/// Every request tells the version of the interface, which the model has beside its operations and not among their members.
#[derive(Clone, Copy, Debug, Default)]
pub struct Version;

/// [`Version`], to be named.
pub static VERSION: Version = Version;

impl Interceptor for Version {
    fn request(&self, operation: &'static OperationSchema, request: &mut Request) -> Result<(), CodecError> {
        request.headers.insert(VERSION_HEADER, HeaderValue::from_static(operation.service.api_version));
        Ok(())
    }
}

/// An account that is not given is the caller's own, which is written `-`: paths cannot do without it.
#[derive(Clone, Copy, Debug, Default)]
pub struct OwnAccount;

/// [`OwnAccount`], to be named.
pub static OWN_ACCOUNT: OwnAccount = OwnAccount;

impl Interceptor for OwnAccount {
    fn input(
        &self,
        _: &'static OperationSchema,
        input: &mut dyn Structure,
    ) -> Result<Option<Afterwards>, CodecError> {
        if text(input, "accountId").is_none_or(|account| account.is_empty()) {
            set_text(input, "accountId", "-")?;
        }
        Ok(None)
    }
}

/// Uploads tell two hashes of their body, both SHA-256: that of the whole, and the root of a tree over pieces of 1 MiB.
#[derive(Clone, Copy, Debug, Default)]
pub struct Checksums;

/// [`Checksums`], to be named.
pub static CHECKSUMS: Checksums = Checksums;

impl Interceptor for Checksums {
    fn body(
        &self,
        _: &'static OperationSchema,
        headers: &mut HeaderMap,
        held: Option<&Bytes>,
    ) -> Result<(), CodecError> {
        let Some(bytes) = held else {
            return Err(CodecError::new(
                "Glacier wants the hash of the body before the body: give it in memory, large archives in parts",
            ));
        };
        headers.entry(LINEAR).or_insert(header(&Sha256::digest(bytes))?);
        headers.entry(TREE).or_insert(header(&tree_hash(bytes))?);
        Ok(())
    }
}

/// The root of the tree whose leaves are the hashes of pieces of 1 MiB, and whose nodes are the hashes of the two below; a node
/// without a neighbour goes up as it is.
fn tree_hash(bytes: &[u8]) -> Vec<u8> {
    let mut level: Vec<Vec<u8>> = bytes.chunks(LEAF).map(|piece| Sha256::digest(piece).to_vec()).collect();
    while level.len() > 1 {
        let node = |pair: &[Vec<u8>]| match pair {
            [single] => single.clone(),
            pair => Sha256::digest(pair.concat()).to_vec(),
        };
        level = level.chunks(2).map(node).collect();
    }
    level.pop().unwrap_or_else(|| Sha256::digest([]).to_vec())
}

fn header(hash: &[u8]) -> Result<HeaderValue, CodecError> {
    HeaderValue::try_from(hex(hash)).map_err(|error| CodecError::new(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Hashes as botocore 1.43 works them out.
    #[test]
    fn the_tree_has_leaves_of_a_mebibyte() {
        let hex = |size: usize| header(&tree_hash(&vec![b'a'; size])).unwrap().to_str().unwrap().to_owned();
        for (size, hash) in HASHES {
            assert_eq!(hex(size), hash, "{size}");
        }
    }

    const HASHES: [(usize, &str); 5] = [
        (0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        (1, "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb"),
        (LEAF, "9bc1b2a288b26af7257a36277ae3816a7d4f16e89c1e7e77d0a5c48bad62b360"),
        (2 * LEAF + 1, "b4c40de8c0f297322b07d3be87d1228c6f2f45b75c8c515def68bf5e2e228592"),
        (5 * LEAF + 17, "aa315fc3563b1d03dd5dcd2526fd6eda45f5662d0523278b98d82fe2f868abfc"),
    ];
}
