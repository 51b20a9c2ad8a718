//! S3 buckets in other regions than the client's: S3 says in which, and the client sends the request there, once in a call.

use super::Inner;
use crate::{
    codec::Structure,
    config::{ServiceConfig, is_region},
    endpoint,
    error::{Error, ServiceError},
    operation::{OperationSchema, Outcome},
};
use std::{
    borrow::Cow,
    sync::{Arc, Mutex, PoisonError},
};

/// The regions of buckets that are not in the client's, the newest last.
#[derive(Debug, Default)]
pub(super) struct BucketRegions(Mutex<Vec<(String, String)>>);

/// The number of buckets whose regions a client keeps.
const CAPACITY: usize = 256;

/// The header with the region of a bucket.
const BUCKET_REGION: &str = "x-amz-bucket-region";

/// What happens to the bucket of a call.
pub(super) struct Redirect {
    /// The bucket, unless the request has gone to its region already.
    bucket: Option<String>,
}

impl Redirect {
    /// Begins a call. Returns the settings to begin with: those of the bucket's region, if it is known.
    pub(super) fn begin(
        inner: &Inner,
        operation: &OperationSchema,
        input: &dyn Structure,
    ) -> (Arc<ServiceConfig>, Self) {
        let config = inner.config.service(operation.service.id);
        // Only the endpoint rules of S3 put a bucket into the endpoint.
        let has_regions = operation.bucket_in_endpoint && !matches!(config.custom_endpoint, Ok(Some(_)));
        let bucket = has_regions.then(|| endpoint::value_of(operation, input, "Bucket"));
        let bucket = bucket.and_then(|bucket| bucket.as_str().map(str::to_owned));
        // An ARN has a region.
        let Some(bucket) = bucket.filter(|bucket| !bucket.starts_with("arn:")) else {
            return (config, Self { bucket: None });
        };
        match inner.bucket_regions.get(&bucket) {
            Some(region) => (Arc::new(config.in_region(region)), Self { bucket: Some(bucket) }),
            None => (config, Self { bucket: Some(bucket) }),
        }
    }

    /// Whether the request may have to be sent again.
    pub(super) fn is_possible(&self) -> bool {
        self.bucket.is_some()
    }

    /// Returns the settings of the region in which the bucket is, if S3 says that it is another one.
    pub(super) fn follow(
        &mut self,
        inner: &Inner,
        operation: &OperationSchema,
        config: &ServiceConfig,
        outcome: &Outcome,
    ) -> Option<Arc<ServiceConfig>> {
        let error = outcome.result.as_ref().err().and_then(Error::service)?;
        let region = region_of(operation, error)?.into_owned();
        if config.region.as_ref().is_ok_and(|current| *current == region) {
            return None;
        }
        let bucket = self.bucket.take()?;
        inner.bucket_regions.set(bucket, region.clone());
        Some(Arc::new(config.in_region(region)))
    }
}

/// The region that S3 wants the request in.
fn region_of<'e>(operation: &OperationSchema, error: &'e ServiceError) -> Option<Cow<'e, str>> {
    let is_redirect = match (error.status(), error.code().unwrap_or_default()) {
        (301 | 302 | 307, _) | (_, "PermanentRedirect" | "AuthorizationHeaderMalformed") => true,
        // Creating a bucket, the caller chose the wrong region.
        (_, "IllegalLocationConstraintException") => operation.name != "CreateBucket",
        // The response to HEAD has no body, so it has no code.
        (400, _) => matches!(operation.name, "HeadBucket" | "HeadObject"),
        _ => false,
    };
    let of_header = || error.headers().get(BUCKET_REGION)?.to_str().ok().map(Cow::Borrowed);
    let region = is_redirect.then(|| of_header().or_else(|| of_body(error.body())))??;
    is_region(&region).then_some(region)
}

/// The element `Region` of an error.
fn of_body(body: &[u8]) -> Option<Cow<'_, str>> {
    let text = String::from_utf8_lossy(body);
    let (_, rest) = text.split_once("<Region>")?;
    let (region, _) = rest.split_once("</Region>")?;
    Some(Cow::Owned(region.to_owned()))
}

impl BucketRegions {
    fn get(&self, bucket: &str) -> Option<String> {
        let regions = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        regions.iter().find(|(name, _)| name == bucket).map(|(_, region)| region.clone())
    }

    fn set(&self, bucket: String, region: String) {
        let mut regions = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        regions.retain(|(name, _)| *name != bucket);
        if regions.len() >= CAPACITY {
            regions.remove(0);
        }
        regions.push((bucket, region));
    }
}
