//! The grammars that functions of the rule language know: ARNs, URLs, host labels and bucket names.

use super::EndpointValue;
use url::Url;

/// The parts of an ARN: six, separated by colons; partition, service and resource must not be empty. The resource is split at
/// colons and slashes into a list.
pub(super) fn arn(text: &str) -> Option<Vec<(&'static str, EndpointValue<'_>)>> {
    let mut parts = text.splitn(6, ':');
    let mut next = || parts.next();
    let (arn, partition, service, region, account, resource) =
        (next()?, next()?, next()?, next()?, next()?, next()?);
    if arn != "arn" || partition.is_empty() || service.is_empty() || resource.is_empty() {
        return None;
    }
    let resource: Vec<&str> = resource.split([':', '/']).collect();
    Some(vec![
        ("partition", partition.into()),
        ("service", service.into()),
        ("region", region.into()),
        ("accountId", account.into()),
        ("resourceId", resource.into()),
    ])
}

/// The parts of an `http` or `https` URL without a query, as they are written; only `normalizedPath` differs: it begins and
/// ends with a slash.
pub(super) fn url(text: &str) -> Option<Vec<(&'static str, EndpointValue<'_>)>> {
    let (scheme, rest) = text.split_once("://")?;
    if !matches!(scheme, "http" | "https") || text.contains(['?', '#']) {
        return None;
    }
    let (authority, path) =
        rest.find('/').and_then(|slash| rest.split_at_checked(slash)).unwrap_or((rest, ""));
    let is_ip = is_ip_host(authority)?;
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

/// Whether the host of an authority is an IP address; `None` if the authority is invalid.
fn is_ip_host(authority: &str) -> Option<bool> {
    let url = Url::parse(&format!("http://{authority}/")).ok()?;
    let host = url.host_str().filter(|host| !host.is_empty())?;
    Some(host.starts_with('[') || host.parse::<std::net::Ipv4Addr>().is_ok())
}

/// Whether `text` is a host label (RFC 1123): 1 to 63 letters, digits and hyphens that do not begin with a hyphen. With
/// `allow_dots`, one or more labels separated by dots.
pub(crate) fn is_host_label(text: &str, allow_dots: bool) -> bool {
    if allow_dots {
        return text.split('.').all(|label| is_host_label(label, false));
    }
    let letters = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    letters && (1..=63).contains(&text.len()) && !text.starts_with('-')
}

/// Whether `text` is a bucket name that can be part of a host name: 3 to 63 lower-case letters, digits and hyphens that
/// neither begin nor end with a hyphen. With `allow_dots`, several such labels, which must not form an IPv4 address.
pub(super) fn is_virtual_hostable_bucket(text: &str, allow_dots: bool) -> bool {
    let label = |label: &str| {
        let letters = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        is_host_label(label, false) && label.bytes().all(letters) && !label.ends_with('-')
    };
    (3..=63).contains(&text.len())
        && (allow_dots || !text.contains('.'))
        && text.split('.').all(label)
        && text.parse::<std::net::Ipv4Addr>().is_err()
}
