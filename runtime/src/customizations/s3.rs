//! Rules of S3.

#[cfg(feature = "md5")]
mod customer_keys;

#[cfg(feature = "md5")]
pub use customer_keys::{CUSTOMER_KEYS, CustomerKeys};

use super::{clear, each_text, set_text, text};
use crate::{
    codec::{CodecError, Structure},
    operation::{Afterwards, Interceptor, OperationSchema, Request, Response, ResponseBody},
    percent::RESERVED_EXCEPT_SLASH,
};
use bytes::Bytes;
use percent_encoding::{percent_decode_str, utf8_percent_encode};
use std::borrow::Cow;

/// `GetBucketLocation` answers with its one member as the whole document, where all others have a document around theirs.
#[derive(Clone, Copy, Debug, Default)]
pub struct BucketLocation;

/// [`BucketLocation`], to be named.
pub static BUCKET_LOCATION: BucketLocation = BucketLocation;

impl Interceptor for BucketLocation {
    fn response(&self, _: &'static OperationSchema, response: &mut Response) -> Result<(), CodecError> {
        let ResponseBody::Bytes(bytes) = &response.body else { return Ok(()) };
        let Ok(text) = std::str::from_utf8(bytes) else { return Ok(()) };
        let text = text.trim_start_matches('\u{feff}').trim();
        let root = match text.strip_prefix("<?xml") {
            Some(declared) => declared.split_once("?>").map_or("", |(_, document)| document.trim_start()),
            None => text,
        };
        let is_root =
            |rest: &str| rest.starts_with(|next: char| next.is_whitespace() || matches!(next, '>' | '/'));
        if root.strip_prefix("<LocationConstraint").is_some_and(is_root) {
            response.body = ResponseBody::Bytes(Bytes::from(format!("<Answer>{root}</Answer>")));
        }
        Ok(())
    }

    fn input(
        &self,
        _: &'static OperationSchema,
        _: &mut dyn Structure,
    ) -> Result<Option<Afterwards>, CodecError> {
        Ok(Some(|output| match text(output, "LocationConstraint").as_deref() {
            // The oldest region has no constraint, which comes as an empty element.
            Some("") => clear(output, "LocationConstraint"),
            _ => Ok(()),
        }))
    }
}

/// Behind the key of a copy's source, if anything is.
const VERSION: &str = "?versionId=";

/// `CopySource` is a header field that holds a key, percent-encoded, and maybe a version behind it that is not.
#[derive(Clone, Copy, Debug, Default)]
pub struct CopySource;

/// [`CopySource`], to be named.
pub static COPY_SOURCE: CopySource = CopySource;

impl Interceptor for CopySource {
    fn input(
        &self,
        _: &'static OperationSchema,
        input: &mut dyn Structure,
    ) -> Result<Option<Afterwards>, CodecError> {
        if let Some(source) = text(input, "CopySource") {
            // A key may hold such text too; a version holds no white space.
            let version =
                source.rfind(VERSION).filter(|at| source.get(at + VERSION.len()..).is_some_and(is_version));
            let (key, version) = source.split_at(version.unwrap_or(source.len()));
            set_text(
                input,
                "CopySource",
                &format!("{}{version}", utf8_percent_encode(key, RESERVED_EXCEPT_SLASH)),
            )?;
        }
        Ok(None)
    }
}

fn is_version(text: &str) -> bool {
    !text.is_empty() && !text.contains(char::is_whitespace)
}

/// Listings are XML, which cannot hold all characters that keys may have: they are asked for in percent-encoding, and decoded.
/// Where the caller asks for the encoding, keys stay as they come.
#[derive(Clone, Copy, Debug, Default)]
pub struct ListingKeys;

/// [`ListingKeys`], to be named.
pub static LISTING_KEYS: ListingKeys = ListingKeys;

/// The members of listings that come encoded.
const ENCODED: [&str; 8] =
    ["Key", "Prefix", "Delimiter", "Marker", "NextMarker", "KeyMarker", "NextKeyMarker", "StartAfter"];

impl Interceptor for ListingKeys {
    fn input(
        &self,
        _: &'static OperationSchema,
        input: &mut dyn Structure,
    ) -> Result<Option<Afterwards>, CodecError> {
        if text(input, "EncodingType").is_some() {
            return Ok(None);
        }
        set_text(input, "EncodingType", "url")?;
        Ok(Some(decode_listing))
    }
}

fn decode_listing(output: &mut dyn Structure) -> Result<(), CodecError> {
    if text(output, "EncodingType").as_deref() != Some("url") {
        return Ok(());
    }
    each_text(output, &mut |member, text| {
        let encoded = ENCODED.contains(&member.name) && text.contains(['%', '+']);
        encoded.then(|| form_decoded(text)).flatten()
    })?;
    // Nobody asked for it, and it holds no more.
    clear(output, "EncodingType")
}

/// The text behind its encoding for forms, where it is text.
fn form_decoded(text: &str) -> Option<String> {
    let spaced = text.replace('+', " ");
    percent_decode_str(&spaced).decode_utf8().ok().map(Cow::into_owned)
}

/// Metadata travels in header fields, and S3 takes only US-ASCII there: what is not would come back as something else.
#[derive(Clone, Copy, Debug, Default)]
pub struct AsciiMetadata;

/// [`AsciiMetadata`], to be named.
pub static ASCII_METADATA: AsciiMetadata = AsciiMetadata;

impl Interceptor for AsciiMetadata {
    fn request(&self, _: &'static OperationSchema, request: &mut Request) -> Result<(), CodecError> {
        let metadata = request.headers.iter().filter(|(name, _)| name.as_str().starts_with("x-amz-meta-"));
        for (name, value) in metadata {
            if !value.as_bytes().is_ascii() {
                let key = name.as_str().trim_start_matches("x-amz-meta-").to_owned();
                let error = CodecError::new(
                    "S3 takes no metadata beyond US-ASCII: encode it, in base64 or with percent signs, say",
                );
                return Err(error.at(crate::codec::PathSegment::Key(key)).in_member("Metadata"));
            }
        }
        Ok(())
    }
}
