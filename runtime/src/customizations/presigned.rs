//! Copies between regions, for which the source's region wants a signature of its own.

use crate::interceptor::Interceptor;

/// A request of the query protocols that has the URL of a presigned copy of itself among its parameters.
///
/// The region that a copy goes to fetches the source with it. The presigned copy is a GET in the source's region with the same
/// parameters and `DestinationRegion`, good for one hour. It is made where the parameter `SourceRegion` is set and no URL is
/// given; the address of the other region is that of the request with the one region's name in place of the other's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PresignedCopy {
    /// The parameter that takes the URL.
    pub url: &'static str,
    /// `SourceRegion` and `DestinationRegion` are parameters of the service, and not for the client alone.
    pub tells_regions: bool,
}

/// EC2's: the service wants to be told both regions.
pub static EC2_COPY: PresignedCopy = PresignedCopy { url: "PresignedUrl", tells_regions: true };

/// That of RDS, Neptune and DocumentDB: the source's region is for the client alone.
pub static RDS_COPY: PresignedCopy = PresignedCopy { url: "PreSignedUrl", tells_regions: false };

impl Interceptor for PresignedCopy {
    fn presigned_copy(&self) -> Option<PresignedCopy> {
        Some(*self)
    }
}
