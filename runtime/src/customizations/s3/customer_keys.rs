//! Keys that the caller encrypts with.

use super::{set_text, text};
use crate::{
    codec::{CodecError, Structure, base64},
    operation::{Afterwards, Interceptor, OperationSchema},
};
use md5::{Digest as _, Md5};

/// A key that the caller encrypts with goes over the wire in base64, along with the MD5 hash by which S3 sees that it arrived
/// as it was. The hash is worked out where it is not given; as the key's member is bytes, its base64 comes by itself.
#[derive(Clone, Copy, Debug, Default)]
pub struct CustomerKeys;

/// [`CustomerKeys`], to be named.
pub static CUSTOMER_KEYS: CustomerKeys = CustomerKeys;

/// The keys, each with its hash: the object's, and that of a copy's source.
const KEYS: [(&str, &str); 2] =
    [("SSECustomerKey", "SSECustomerKeyMD5"), ("CopySourceSSECustomerKey", "CopySourceSSECustomerKeyMD5")];

impl Interceptor for CustomerKeys {
    fn input(
        &self,
        _: &'static OperationSchema,
        input: &mut dyn Structure,
    ) -> Result<Option<Afterwards>, CodecError> {
        for (name, hash) in KEYS {
            if let (Some(key), None) = (text(input, name), text(input, hash)) {
                let key = base64::decode(&key).map_err(|error| error.in_member(name))?;
                set_text(input, hash, &base64::encode(&Md5::digest(&key)))?;
            }
        }
        Ok(None)
    }
}
