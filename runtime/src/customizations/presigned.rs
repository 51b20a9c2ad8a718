//! Copies between regions, for which the source's region wants a signature of its own.

use crate::operation::{Interceptor, PresignedCopy};

/// EC2's: the service wants to be told both regions.
pub static EC2_COPY: PresignedCopy = PresignedCopy { url: "PresignedUrl", tells_regions: true };

/// That of RDS, Neptune and DocumentDB: the source's region is for the client alone.
pub static RDS_COPY: PresignedCopy = PresignedCopy { url: "PreSignedUrl", tells_regions: false };

impl Interceptor for PresignedCopy {
    fn presigned_copy(&self) -> Option<PresignedCopy> {
        Some(*self)
    }
}
