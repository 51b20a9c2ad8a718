//! Hooks that run at the steps of a call.

use super::{OperationSchema, Request, Response};
use crate::codec::{CodecError, Structure};
use bytes::Bytes;
use http::HeaderMap;
use std::fmt;

/// What is done to the output of a call once it is read.
pub type Afterwards = fn(&mut dyn Structure) -> Result<(), CodecError>;

/// A rule that a service wants kept, and its model cannot say. Each step does nothing unless it is implemented.
///
/// A [`CodecError`] ends the call: before it is sent as an error of the request, afterwards as one of the response.
pub trait Interceptor: fmt::Debug + Send + Sync + 'static {
    /// Changes the input before the protocol writes it. What comes back is done to the output of the same call.
    fn input(
        &self,
        operation: &'static OperationSchema,
        input: &mut dyn Structure,
    ) -> Result<Option<Afterwards>, CodecError> {
        let _ = (operation, input);
        Ok(None)
    }

    /// The address that this request goes to, in place of the service's: `https://host`. An address that the client was given
    /// goes before it.
    fn endpoint(
        &self,
        operation: &'static OperationSchema,
        input: &mut dyn Structure,
    ) -> Result<Option<String>, CodecError> {
        let _ = (operation, input);
        Ok(None)
    }

    /// Changes what the protocol wrote. The body of a stream is not part of it.
    fn request(&self, operation: &'static OperationSchema, request: &mut Request) -> Result<(), CodecError> {
        let _ = (operation, request);
        Ok(())
    }

    /// Adds what must be said of the body: `held` is all of it, or `None` where it is a stream.
    fn body(
        &self,
        operation: &'static OperationSchema,
        headers: &mut HeaderMap,
        held: Option<&Bytes>,
    ) -> Result<(), CodecError> {
        let _ = (operation, headers, held);
        Ok(())
    }

    /// The copy of the request that goes along in its form, presigned for another region.
    fn presigned_copy(&self) -> Option<PresignedCopy> {
        None
    }

    /// Changes the response before the protocol reads it, one of an error too.
    fn response(
        &self,
        operation: &'static OperationSchema,
        response: &mut Response,
    ) -> Result<(), CodecError> {
        let _ = (operation, response);
        Ok(())
    }
}

impl OperationSchema {
    /// The rules that calls of this operation keep: the service's, then its own.
    pub fn all_interceptors(&self) -> impl Iterator<Item = &'static dyn Interceptor> + use<> {
        self.service.interceptors.iter().chain(self.interceptors).copied()
    }
}

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
