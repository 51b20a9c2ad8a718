//! URLs, as rules see them.

use crate::operation::rules::Value;
use reqwest::Url;

/// The parts of a URL of `http` or `https` without a query: as they are written, but for `normalizedPath`, which begins and
/// ends with a slash.
pub(super) fn parse(text: &str) -> Option<Vec<(&'static str, Value<'_>)>> {
    let (scheme, rest) = text.split_once("://")?;
    if !matches!(scheme, "http" | "https") || text.contains(['?', '#']) {
        return None;
    }
    let (authority, path) =
        rest.find('/').and_then(|slash| rest.split_at_checked(slash)).unwrap_or((rest, ""));
    let is_ip = match host(authority)? {
        Host::Ip => true,
        Host::Name => false,
    };
    let mut normalized = path.to_owned();
    if !normalized.ends_with('/') {
        normalized.push('/');
    }
    Some(vec![
        ("scheme", scheme.into()),
        ("authority", authority.into()),
        ("path", path.into()),
        ("normalizedPath", normalized.into()),
        ("isIp", is_ip.into()),
    ])
}

enum Host {
    Ip,
    Name,
}

/// What kind of host an authority names; `None` where it is none.
fn host(authority: &str) -> Option<Host> {
    let url = Url::parse(&format!("http://{authority}/")).ok()?;
    let host = url.host_str().filter(|host| !host.is_empty())?;
    let ip = host.starts_with('[') || host.parse::<std::net::Ipv4Addr>().is_ok();
    Some(if ip { Host::Ip } else { Host::Name })
}
