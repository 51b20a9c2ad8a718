//! Shared code of the whole-system tests: the catalogue of services, servers, values whose shapes come from a model at run
//! time, the public suites, and fuzz targets.

pub mod catalogue;
pub mod conformance;
pub mod dynamic;
pub mod fuzz;
pub mod ministack;
mod mock_server;
pub mod ordered_json;
pub mod suite;

pub use mock_server::{Gate, MockResponse, MockServer, RecordedRequest};

/// Any error of a test, which is only printed.
pub type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// The examples of README.md, which are compiled and, where they need no service, run.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
pub struct Readme;
