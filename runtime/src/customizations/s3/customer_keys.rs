//! Encryption keys of the caller.

use super::{set_text, text};
use crate::{
    codec::{CodecError, Structure, base64},
    operation::{CallContext, HookError, Hooks, Interceptor},
};
use md5::{Digest as _, Md5};

/// Sends the MD5 hash of each encryption key of the caller, unless the request has it. The key itself is sent in base64, as its
/// member is a blob.
#[derive(Clone, Copy, Debug, Default)]
pub struct CustomerKeys;

/// The keys with their hashes: that of the object, and that of the source of a copy.
const KEYS: [(&str, &str); 2] =
    [("SSECustomerKey", "SSECustomerKeyMD5"), ("CopySourceSSECustomerKey", "CopySourceSSECustomerKeyMD5")];

impl Interceptor for CustomerKeys {
    fn hooks(&self) -> Hooks {
        Hooks::BEFORE_SERIALIZATION
    }

    fn before_serialization(&self, _: &mut CallContext, input: &mut dyn Structure) -> Result<(), HookError> {
        for (name, hash) in KEYS {
            if let (Some(key), None) = (text(input, name), text(input, hash)) {
                let key = base64::decode(&key).map_err(|error: CodecError| error.in_member(name))?;
                set_text(input, hash, &base64::encode(&Md5::digest(&key)))?;
            }
        }
        Ok(())
    }
}
