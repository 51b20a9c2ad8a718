//! Customizations of S3.

#[cfg(feature = "md5")]
mod customer_keys;

#[cfg(feature = "md5")]
pub use customer_keys::CustomerKeys;

use super::{clear, each_text, set_text, text};
use crate::{
    codec::{CodecError, PathSegment, Structure},
    http::RequestBody,
    operation::{
        AttemptContext, CallContext, HookError, Hooks, Interceptor, Request, Response, ResponseBody,
    },
    percent::RESERVED_EXCEPT_SLASH,
};
use bytes::Bytes;
use percent_encoding::{percent_decode_str, utf8_percent_encode};
use std::borrow::Cow;

/// Puts an element around the response of `GetBucketLocation`, whose only member is the whole document. The documents of other
/// operations have an element around their members.
#[derive(Clone, Copy, Debug, Default)]
pub struct WrapBucketLocation;

impl Interceptor for WrapBucketLocation {
    fn hooks(&self) -> Hooks {
        Hooks::BEFORE_DESERIALIZATION.union(Hooks::AFTER_DESERIALIZATION)
    }

    fn before_deserialization(
        &self,
        context: &mut AttemptContext<'_>,
        response: &mut Response,
    ) -> Result<(), HookError> {
        let ResponseBody::Bytes(bytes) = &response.body else { return Ok(()) };
        let Ok(text) = std::str::from_utf8(bytes) else { return Ok(()) };
        let text = text.trim_start_matches('\u{feff}').trim();
        let root = match text.strip_prefix("<?xml") {
            Some(declaration) => declaration.split_once("?>").map_or("", |(_, root)| root.trim_start()),
            None => text,
        };
        let is_root =
            |rest: &str| rest.starts_with(|next: char| next.is_whitespace() || matches!(next, '>' | '/'));
        if root.strip_prefix("<LocationConstraint").is_some_and(is_root) {
            let name = context.operation.name;
            response.body =
                ResponseBody::Bytes(Bytes::from(format!("<{name}Response>{root}</{name}Response>")));
        }
        Ok(())
    }

    fn after_deserialization(
        &self,
        _: &mut CallContext,
        output: &mut dyn Structure,
    ) -> Result<(), HookError> {
        // The oldest region has no constraint, which S3 sends as an empty element.
        if text(output, "LocationConstraint").as_deref() == Some("") {
            clear(output, "LocationConstraint");
        }
        Ok(())
    }
}

/// Fails if a successful response has no document: the object may not exist. S3 sends the status of these operations before it
/// knows how they end, and white space while they run; a connection that is cut off then looks like a response without values.
#[derive(Clone, Copy, Debug, Default)]
pub struct RequireDocument;

impl Interceptor for RequireDocument {
    fn hooks(&self) -> Hooks {
        Hooks::BEFORE_DESERIALIZATION
    }

    fn before_deserialization(
        &self,
        context: &mut AttemptContext<'_>,
        response: &mut Response,
    ) -> Result<(), HookError> {
        let is_blank = matches!(&response.body, ResponseBody::Bytes(body) if body.trim_ascii().is_empty());
        if is_blank && (200..300).contains(&response.status) {
            return Err(Box::new(CodecError::new(format!(
                "expected the document of {}, found an empty body: whether the object exists is not known, so look for it \
                 before another attempt",
                context.operation.name
            ))));
        }
        Ok(())
    }
}

/// Comes after the key of a copy's source, if the copy is of one version.
const VERSION: &str = "?versionId=";

/// Percent-encodes the key in `CopySource`, but not the version after it.
#[derive(Clone, Copy, Debug, Default)]
pub struct CopySource;

impl Interceptor for CopySource {
    fn hooks(&self) -> Hooks {
        Hooks::BEFORE_SERIALIZATION
    }

    fn before_serialization(&self, _: &mut CallContext, input: &mut dyn Structure) -> Result<(), HookError> {
        if let Some(source) = text(input, "CopySource") {
            // A key may contain the same text; a version contains no white space.
            let version =
                source.rfind(VERSION).filter(|at| source.get(at + VERSION.len()..).is_some_and(is_version));
            let (key, version) = source.split_at(version.unwrap_or(source.len()));
            let key = utf8_percent_encode(key, RESERVED_EXCEPT_SLASH);
            set_text(input, "CopySource", &format!("{key}{version}"))?;
        }
        Ok(())
    }
}

fn is_version(text: &str) -> bool {
    !text.is_empty() && !text.contains(char::is_whitespace)
}

/// Asks for percent-encoded keys in listings, and decodes them: XML cannot hold all characters of keys. Keys stay encoded if the
/// caller asks for that.
#[derive(Clone, Copy, Debug, Default)]
pub struct ListingKeys;

/// The members of listings that are encoded.
const ENCODED: [&str; 8] =
    ["Key", "Prefix", "Delimiter", "Marker", "NextMarker", "KeyMarker", "NextKeyMarker", "StartAfter"];

/// In the extensions of a call whose caller did not ask for encoded keys.
#[derive(Clone, Copy)]
struct DecodeKeys;

impl Interceptor for ListingKeys {
    fn hooks(&self) -> Hooks {
        Hooks::BEFORE_SERIALIZATION.union(Hooks::AFTER_DESERIALIZATION)
    }

    fn before_serialization(
        &self,
        call: &mut CallContext,
        input: &mut dyn Structure,
    ) -> Result<(), HookError> {
        if text(input, "EncodingType").is_none() {
            set_text(input, "EncodingType", "url")?;
            call.extensions.insert(DecodeKeys);
        }
        Ok(())
    }

    fn after_deserialization(
        &self,
        call: &mut CallContext,
        output: &mut dyn Structure,
    ) -> Result<(), HookError> {
        let decode = call.extensions.get::<DecodeKeys>().is_some();
        if !decode || text(output, "EncodingType").as_deref() != Some("url") {
            return Ok(());
        }
        each_text(output, &mut |member, text| {
            let encoded = ENCODED.contains(&member.name) && text.contains(['%', '+']);
            encoded.then(|| form_decoded(text)).flatten()
        })?;
        // The caller did not ask for it, and it is no longer true.
        clear(output, "EncodingType");
        Ok(())
    }
}

/// Decodes text that is encoded as in forms. `None` if the bytes are not UTF-8.
fn form_decoded(text: &str) -> Option<String> {
    let spaced = text.replace('+', " ");
    percent_decode_str(&spaced).decode_utf8().ok().map(Cow::into_owned)
}

/// Fails if metadata is not US-ASCII. It is sent in header fields, and S3 returns other characters changed.
#[derive(Clone, Copy, Debug, Default)]
pub struct AsciiMetadata;

impl Interceptor for AsciiMetadata {
    fn hooks(&self) -> Hooks {
        Hooks::AFTER_SERIALIZATION
    }

    fn after_serialization(
        &self,
        _: &mut CallContext,
        request: &mut Request<RequestBody>,
    ) -> Result<(), HookError> {
        let metadata = request.headers.iter().filter(|(name, _)| name.as_str().starts_with("x-amz-meta-"));
        for (name, value) in metadata {
            if !value.as_bytes().is_ascii() {
                let key = name.as_str().trim_start_matches("x-amz-meta-").to_owned();
                let error = CodecError::new(
                    "S3 accepts metadata in US-ASCII only: encode it, for example in base64 or percent-encoding",
                );
                return Err(Box::new(error.at(PathSegment::Key(key)).in_member("Metadata")));
            }
        }
        Ok(())
    }
}
