//! How an operation uses checksums of bodies.

/// Which checksums an operation sends and receives: the traits `httpChecksum` and `httpChecksumRequired`.
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct ChecksumSchema {
    /// Whether the service requires a checksum of the request.
    pub required: bool,
    /// The header field in which the caller names the algorithm for the request.
    pub algorithm_header: Option<&'static str>,
    /// The header field with which the request asks for a checksum of the response.
    pub mode_header: Option<&'static str>,
    /// The algorithms of the response's checksums.
    pub response_algorithms: &'static [&'static str],
}

impl ChecksumSchema {
    /// Creates the schema of an operation that neither sends nor receives a checksum.
    pub const fn new() -> Self {
        Self { required: false, algorithm_header: None, mode_header: None, response_algorithms: &[] }
    }

    /// The service requires a checksum of the request.
    #[must_use]
    pub const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// Sets the header field with the algorithm for the request.
    #[must_use]
    pub const fn algorithm_header(mut self, name: &'static str) -> Self {
        self.algorithm_header = Some(name);
        self
    }

    /// Sets the header field that asks for a checksum of the response.
    #[must_use]
    pub const fn mode_header(mut self, name: &'static str) -> Self {
        self.mode_header = Some(name);
        self
    }

    /// Sets the algorithms of the response's checksums.
    #[must_use]
    pub const fn response_algorithms(mut self, names: &'static [&'static str]) -> Self {
        self.response_algorithms = names;
        self
    }
}
