//! Errors below the protocol.

use crate::stream::StreamError;
use std::{error::Error as StdError, fmt, io};

/// What went wrong between the client and the service, as far as it matters for sending the request again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum HttpErrorKind {
    /// No connection could be made: the name is unknown, or the connection was refused. Nothing was sent.
    Connect,
    /// No connection was made in time. Nothing was sent.
    ConnectTimeout,
    /// The connection was closed before a byte of the request was sent on it.
    NotSent,
    /// The transport or the operating system gave up waiting.
    Timeout,
    /// The connection broke after a part of the request was sent, or within the response.
    Interrupted,
    /// The connection is not secure: a certificate is not valid, or there is no common version of TLS.
    Tls,
    /// The transport could not be set up: there are no root certificates, or the program is built without TLS.
    Setup,
    /// Anything else.
    Other,
}

/// A request that got no response, or a response that was cut off.
#[derive(Debug)]
pub struct HttpError {
    kind: HttpErrorKind,
    source: StreamError,
}

impl HttpError {
    /// Creates an error of this kind.
    pub fn new(kind: HttpErrorKind, source: impl Into<StreamError>) -> Self {
        Self { kind, source: source.into() }
    }

    /// Returns what kind of error it is.
    pub fn kind(&self) -> HttpErrorKind {
        self.kind
    }

    /// Returns what is wrong with the URL of the request, if the error says that.
    pub(crate) fn url_problem(&self) -> Option<UrlProblem> {
        causes(&*self.source).find_map(UrlProblem::of)
    }

    /// Returns the kind of the first [`HttpError`] among `error` and its causes.
    pub(crate) fn kind_of(error: &(dyn StdError + 'static)) -> Option<HttpErrorKind> {
        causes(error).find_map(|cause| cause.downcast_ref().map(Self::kind))
    }
}

/// What may be wrong with the URL that no response came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum UrlProblem {
    /// There is no address of this host.
    UnknownHost,
    /// There is something else than TLS at an https URL.
    #[cfg_attr(not(feature = "rustls"), expect(dead_code, reason = "only rustls says so"))]
    NotTls,
    /// There is something else than HTTP at an http URL.
    NotHttp,
}

impl UrlProblem {
    /// The problem that a cause of an error stands for. Only the text of some says what they are.
    fn of(cause: &(dyn StdError + 'static)) -> Option<Self> {
        #[cfg(feature = "rustls")]
        if let Some(rustls::Error::InvalidMessage(rustls::InvalidMessage::InvalidContentType)) =
            cause.downcast_ref()
        {
            return Some(Self::NotTls);
        }
        match cause.to_string().as_str() {
            "dns error" => Some(Self::UnknownHost),
            "invalid HTTP version parsed" => Some(Self::NotHttp),
            _ => None,
        }
    }
}

impl fmt::Display for HttpError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.source.fmt(f)
    }
}

impl StdError for HttpError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        // The display is the source's already.
        self.source.source()
    }
}

/// Returns `error` and all its causes, those within I/O errors too.
pub(super) fn causes<'e>(
    error: &'e (dyn StdError + 'static),
) -> impl Iterator<Item = &'e (dyn StdError + 'static)> {
    let mut next = Some(error);
    std::iter::from_fn(move || {
        let error = next?;
        // `io::Error::source` leaves out the error that it holds.
        next = match error.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
            Some(inner) => Some(inner),
            None => error.source(),
        };
        Some(error)
    })
}

/// An [`HttpError`] with the address of the service.
#[derive(Debug)]
pub(crate) struct TransportError {
    /// What happened, to go before the address.
    what: &'static str,
    /// The address, and the setting that it comes from.
    peer: String,
    cause: HttpError,
}

impl TransportError {
    /// A request to `peer` that got no response.
    pub(crate) fn before_response(cause: HttpError, peer: String) -> Self {
        let what = match cause.kind {
            HttpErrorKind::Connect | HttpErrorKind::ConnectTimeout | HttpErrorKind::Tls => {
                "cannot connect to"
            }
            _ => "the connection was broken by",
        };
        Self { what, peer, cause }
    }

    /// A response of `peer` that ended within its body.
    pub(crate) fn within_response(cause: HttpError, peer: String) -> Self {
        Self { what: "the response was cut short by", peer, cause }
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.what, self.peer)
    }
}

impl StdError for TransportError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(&self.cause)
    }
}
