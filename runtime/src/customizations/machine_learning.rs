//! Customizations of Machine Learning.

use super::text;
use crate::{
    codec::{CodecError, Structure, truncated_quote},
    operation::{AttemptContext, HookError, Hooks, Interceptor},
};
use url::{Host, Url};

const MEMBER: &str = "PredictEndpoint";

/// Sends a prediction to the endpoint of its model, which is a member of the input.
#[derive(Clone, Copy, Debug, Default)]
pub struct PredictEndpoint;

impl Interceptor for PredictEndpoint {
    fn hooks(&self) -> Hooks {
        Hooks::ENDPOINT
    }

    fn endpoint(
        &self,
        _: &mut AttemptContext<'_>,
        input: &mut dyn Structure,
    ) -> Result<Option<String>, HookError> {
        let Some(endpoint) = text(input, MEMBER).filter(|endpoint| !endpoint.is_empty()) else {
            return Ok(None);
        };
        if is_unencrypted(&endpoint) {
            let error = CodecError::expected(
                "the endpoint of a model, which begins with https://",
                truncated_quote(&endpoint),
            );
            return Err(error.in_member(MEMBER).into());
        }
        Ok(Some(endpoint))
    }
}

/// Whether a signed request would go through the network without encryption. Other checks of a URL follow.
fn is_unencrypted(endpoint: &str) -> bool {
    let Ok(url) = Url::parse(endpoint) else { return false };
    let is_local = match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    };
    url.scheme() == "http" && !is_local
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signed_requests_go_to_https_or_to_this_machine() {
        let host = "realtime.machinelearning.us-east-1.amazonaws.com";
        for url in [&*format!("https://{host}"), "http://127.0.0.1:9", "http://[::1]", "http://localhost"] {
            assert!(!is_unencrypted(url), "{url}");
        }
        for url in [
            &*format!("http://{host}"),
            "HTTP://10.0.0.1",
            "http:example.com",
            "http://127.0.0.1.example.com",
        ] {
            assert!(is_unencrypted(url), "{url}");
        }
    }
}
