//! Customizations of IAM.

use super::each_text;
use crate::{
    codec::Structure,
    operation::{CallContext, HookError, Hooks, Interceptor},
};
use percent_encoding::percent_decode_str;
use std::borrow::Cow;

/// Decodes the policies in responses. A policy is a JSON document, which IAM accepts as it is but returns percent-encoded.
#[derive(Clone, Copy, Debug, Default)]
pub struct Policies;

/// The members of responses that hold policies.
const MEMBERS: [&str; 3] = ["PolicyDocument", "AssumeRolePolicyDocument", "Document"];

impl Interceptor for Policies {
    fn hooks(&self) -> Hooks {
        Hooks::AFTER_DESERIALIZATION
    }

    fn after_deserialization(
        &self,
        _: &mut CallContext,
        output: &mut dyn Structure,
    ) -> Result<(), HookError> {
        each_text(output, &mut |member, text| {
            // An encoded document has no brace. A document with one is not encoded, and its percent signs mean themselves.
            let encoded = MEMBERS.contains(&member.name) && text.contains('%') && !text.contains('{');
            let decoded = encoded.then(|| percent_decode_str(text).decode_utf8().ok());
            decoded.flatten().map(Cow::into_owned)
        })?;
        Ok(())
    }
}
