//! Rules of IAM.

use super::each_text;
use crate::{
    codec::{CodecError, Structure},
    operation::{Afterwards, Interceptor, OperationSchema},
};
use percent_encoding::percent_decode_str;
use std::borrow::Cow;

/// Policies are JSON documents, which IAM takes as they are but answers percent-encoded: they are decoded, and are the text of
/// the document.
#[derive(Clone, Copy, Debug, Default)]
pub struct Policies;

/// [`Policies`], to be named.
pub static POLICIES: Policies = Policies;

/// The members of answers that hold policies.
const MEMBERS: [&str; 3] = ["PolicyDocument", "AssumeRolePolicyDocument", "Document"];

impl Interceptor for Policies {
    fn input(
        &self,
        _: &'static OperationSchema,
        _: &mut dyn Structure,
    ) -> Result<Option<Afterwards>, CodecError> {
        Ok(Some(decode))
    }
}

fn decode(output: &mut dyn Structure) -> Result<(), CodecError> {
    each_text(output, &mut |member, text| {
        // An encoded document has no brace; one that has is plain, and its percent signs are its own.
        let encoded = MEMBERS.contains(&member.name) && text.contains('%') && !text.contains('{');
        let decoded = encoded.then(|| percent_decode_str(text).decode_utf8().ok());
        decoded.flatten().map(Cow::into_owned)
    })
}
