//! Customizations of Glacier.

use super::{set_text, text};
use crate::{
    codec::{CodecError, Structure},
    http::RequestBody,
    operation::{CallContext, HookError, Hooks, Interceptor, Request},
    sign::hex,
};
use http::{HeaderName, HeaderValue};
use sha2::{Digest as _, Sha256};

const VERSION_HEADER: HeaderName = HeaderName::from_static("x-amz-glacier-version");
const SHA256: HeaderName = HeaderName::from_static("x-amz-content-sha256");
const TREE_HASH: HeaderName = HeaderName::from_static("x-amz-sha256-tree-hash");

/// The number of bytes that one leaf of a tree hash covers.
const LEAF: usize = 1 << 20;

/// Sends the API version with every request, in a header that no operation of the model has.
#[derive(Clone, Copy, Debug, Default)]
pub struct Version;

impl Interceptor for Version {
    fn hooks(&self) -> Hooks {
        Hooks::AFTER_SERIALIZATION
    }

    fn after_serialization(
        &self,
        call: &mut CallContext,
        request: &mut Request<RequestBody>,
    ) -> Result<(), HookError> {
        let version = HeaderValue::from_static(call.operation.service.api_version);
        request.headers.insert(VERSION_HEADER, version);
        Ok(())
    }
}

/// Sets an account that is unset or empty to `-`, which means the account of the credentials: the path needs a value.
#[derive(Clone, Copy, Debug, Default)]
pub struct DefaultAccountId;

impl Interceptor for DefaultAccountId {
    fn hooks(&self) -> Hooks {
        Hooks::BEFORE_SERIALIZATION
    }

    fn before_serialization(&self, _: &mut CallContext, input: &mut dyn Structure) -> Result<(), HookError> {
        if text(input, "accountId").is_none_or(|account| account.is_empty()) {
            set_text(input, "accountId", "-")?;
        }
        Ok(())
    }
}

/// Sends the two hashes of an upload, unless the request has them: the SHA-256 of the body, and the root of a tree of SHA-256
/// hashes over pieces of 1 MiB.
#[derive(Clone, Copy, Debug, Default)]
pub struct Checksums;

impl Interceptor for Checksums {
    fn hooks(&self) -> Hooks {
        Hooks::AFTER_SERIALIZATION
    }

    fn after_serialization(
        &self,
        _: &mut CallContext,
        request: &mut Request<RequestBody>,
    ) -> Result<(), HookError> {
        let Some(bytes) = request.body.as_bytes() else {
            return Err(Box::new(CodecError::new(
                "Glacier needs the hash of the body before the body: hold it in memory, and upload large archives in parts",
            )));
        };
        request.headers.entry(SHA256).or_insert(header(&Sha256::digest(bytes))?);
        request.headers.entry(TREE_HASH).or_insert(header(&tree_hash(bytes))?);
        Ok(())
    }
}

/// Returns the root of a tree. Its leaves are the hashes of pieces of 1 MiB, its nodes the hashes of the two below. The last node
/// of an odd level moves up unchanged.
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

    /// Hashes that botocore 1.43 computes.
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
