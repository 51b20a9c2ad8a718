//! The proxies that environment variables name.

use std::net::IpAddr;
use url::Url;

/// The proxies that variables of the environment name.
///
/// The variables are those of curl, Python and most other programs, in lower or upper case; lower case takes precedence. One that
/// is blank means no proxy.
#[derive(Clone, Default)]
pub(crate) struct Proxies {
    /// For `http://`.
    http: NamedProxy,
    /// For `https://`.
    https: NamedProxy,
    no_proxy: NoProxy,
}

/// The proxy that a variable names, or why its value names none.
type NamedProxy = Option<Result<Url, String>>;

impl Proxies {
    /// Reads the variables with `get`, which returns blank ones too.
    pub(crate) fn read(get: impl Fn(&str) -> Option<String>) -> Self {
        let first = |names: &[&'static str]| names.iter().find_map(|&name| Some((name, get(name)?)));
        let all = || first(&["all_proxy", "ALL_PROXY"]);
        // A web server passes the header `Proxy` of a request to CGI programs as `HTTP_PROXY`.
        let is_cgi = get("REQUEST_METHOD").is_some();
        let http = first(if is_cgi { &["http_proxy"] } else { &["http_proxy", "HTTP_PROXY"] });
        let https = first(&["https_proxy", "HTTPS_PROXY"]);
        Self {
            http: http.or_else(all).and_then(|(name, value)| parse(name, value.trim())),
            https: https.or_else(all).and_then(|(name, value)| parse(name, value.trim())),
            no_proxy: first(&["no_proxy", "NO_PROXY"])
                .map(|(_, list)| NoProxy::parse(&list))
                .unwrap_or_default(),
        }
    }

    /// Whether there is no proxy.
    pub(crate) fn is_empty(&self) -> bool {
        self.http.is_none() && self.https.is_none()
    }

    /// Returns the proxy for requests to `url`.
    ///
    /// Fails if the variable's value is not the URL of a proxy. The error does not contain the value, which may have a password.
    pub(crate) fn proxy(&self, url: &Url) -> Result<Option<&Url>, &str> {
        match if url.scheme() == "https" { &self.https } else { &self.http } {
            Some(proxy) if !self.no_proxy.contains(url) => proxy.as_ref().map(Some).map_err(String::as_str),
            _ => Ok(None),
        }
    }
}

/// Parses the value of the variable `name`. `None` if it is empty.
fn parse(name: &str, value: &str) -> NamedProxy {
    if value.is_empty() {
        return None;
    }
    let url = if value.contains("://") { Url::parse(value) } else { Url::parse(&format!("http://{value}")) };
    Some(match url {
        Ok(url) if matches!(url.scheme(), "http" | "https") => Ok(url),
        Ok(url) => Err(format!(
            "the variable {name} names a proxy of the kind `{}`, but only http:// and https:// are known: \
             give the builder an HTTP client for others",
            url.scheme()
        )),
        Err(error) => Err(format!(
            "the variable {name} is not the URL of a proxy: {error}; expected one such as http://proxy.example.com:3128"
        )),
    })
}

/// Hosts that are reached without a proxy.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct NoProxy {
    /// Whether all are.
    all: bool,
    entries: Vec<Entry>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Entry {
    host: HostPattern,
    /// `None` for any port.
    port: Option<u16>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum HostPattern {
    /// A host and those below it, in lower case, without a dot before it.
    Domain(String),
    /// Addresses whose first bits are those of this one.
    Network(IpAddr, u8),
}

impl NoProxy {
    /// Parses a list that is separated by commas or white space. `*` is every host.
    fn parse(list: &str) -> Self {
        let items: Vec<&str> =
            list.split(|c: char| c == ',' || c.is_whitespace()).filter(|item| !item.is_empty()).collect();
        Self { all: items.contains(&"*"), entries: items.into_iter().filter_map(Entry::parse).collect() }
    }

    /// Whether the host of `url` is in the list.
    fn contains(&self, url: &Url) -> bool {
        let host = url.host_str().unwrap_or_default();
        let host = without_brackets(host).trim_end_matches('.').to_ascii_lowercase();
        let address = host.parse().ok();
        self.all
            || self.entries.iter().any(|entry| {
                let fits = match (&entry.host, address) {
                    (HostPattern::Network(network, bits), Some(address)) => {
                        has_prefix(address, *network, *bits)
                    }
                    (HostPattern::Domain(domain), None) => host
                        .strip_suffix(domain.as_str())
                        .is_some_and(|rest| rest.is_empty() || rest.ends_with('.')),
                    _ => false,
                };
                fits && entry.port.is_none_or(|port| url.port_or_known_default() == Some(port))
            })
    }
}

impl Entry {
    fn parse(item: &str) -> Option<Self> {
        if let Some(host) = HostPattern::network(item) {
            return Some(Self { host, port: None });
        }
        let (host, port) = match item.rsplit_once(':') {
            Some((host, port)) => (host, Some(port.parse().ok()?)),
            None => (item, None),
        };
        let host = HostPattern::network(host).or_else(|| {
            let domain = host.strip_prefix('*').unwrap_or(host).trim_matches('.').to_ascii_lowercase();
            (!domain.is_empty()).then_some(HostPattern::Domain(domain))
        })?;
        Some(Self { host, port })
    }
}

impl HostPattern {
    /// An address, or a network such as `10.0.0.0/8`.
    fn network(item: &str) -> Option<Self> {
        let (address, bits) = match item.split_once('/') {
            Some((address, bits)) => (address, Some(bits.parse().ok()?)),
            None => (item, None),
        };
        Some(Self::Network(without_brackets(address).parse().ok()?, bits.unwrap_or(u8::MAX)))
    }
}

fn without_brackets(host: &str) -> &str {
    host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host)
}

/// Whether the first `bits` of both addresses are the same.
fn has_prefix(address: IpAddr, network: IpAddr, bits: u8) -> bool {
    match (address, network) {
        (IpAddr::V4(a), IpAddr::V4(b)) => {
            let differing = a.to_bits() ^ b.to_bits();
            differing.leading_zeros() >= u32::from(bits).min(u32::BITS)
        }
        (IpAddr::V6(a), IpAddr::V6(b)) => {
            let differing = a.to_bits() ^ b.to_bits();
            differing.leading_zeros() >= u32::from(bits).min(u128::BITS)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(variables: &[(&str, &str)]) -> Proxies {
        Proxies::read(|wanted| {
            variables.iter().find(|(name, _)| *name == wanted).map(|(_, value)| (*value).to_owned())
        })
    }

    fn proxy(variables: &[(&str, &str)], scheme: &str) -> Option<String> {
        let url = Url::parse(&format!("{scheme}://host")).unwrap();
        read(variables).proxy(&url).unwrap().map(Url::to_string)
    }

    #[test]
    fn each_scheme_has_its_variables_and_lower_case_comes_first() {
        let all =
            [("http_proxy", "a"), ("HTTP_PROXY", "b"), ("HTTPS_PROXY", "https://c:3"), ("ALL_PROXY", "d")];
        assert_eq!(proxy(&all, "http").as_deref(), Some("http://a/"));
        assert_eq!(proxy(&all[1..], "http").as_deref(), Some("http://b/"));
        assert_eq!(proxy(&all, "https").as_deref(), Some("https://c:3/"));
        assert_eq!(proxy(&all[3..], "https").as_deref(), Some("http://d/"));
        assert_eq!(proxy(&all[3..], "http").as_deref(), Some("http://d/"));
        assert_eq!(proxy(&[], "http"), None);
        assert_eq!(proxy(&[("HTTP_PROXY", "b"), ("REQUEST_METHOD", "GET")], "http"), None);
        assert_eq!(proxy(&[("HTTPS_PROXY", "b"), ("NO_PROXY", "x,*")], "https"), None);
    }

    #[test]
    fn a_blank_variable_means_no_proxy() {
        let blank = [("http_proxy", ""), ("HTTP_PROXY", "b"), ("https_proxy", " "), ("ALL_PROXY", "d")];
        assert_eq!((proxy(&blank, "http"), proxy(&blank, "https")), (None, None));
        assert!(read(&blank).is_empty());
        assert_eq!(proxy(&[("all_proxy", ""), ("ALL_PROXY", "d")], "https"), None);
        let listed = [("http_proxy", "a"), ("no_proxy", ""), ("NO_PROXY", "*")];
        assert_eq!(proxy(&listed, "http").as_deref(), Some("http://a/"));
    }

    #[test]
    fn a_variable_that_names_no_proxy_is_an_error_without_its_value() {
        for value in ["socks5://u:SECRET@h:1", "http://u:SECRET@h:port", "http://", "ftp://u:SECRET@h"] {
            let proxies = read(&[("https_proxy", value), ("no_proxy", "excepted")]);
            let error = proxies.proxy(&Url::parse("https://host").unwrap()).unwrap_err();
            assert!(error.contains("https_proxy") && !error.contains("SECRET"), "{error}");
            assert_eq!(proxies.proxy(&Url::parse("https://excepted").unwrap()), Ok(None));
        }
    }

    #[test]
    fn hosts_without_a_proxy_are_names_addresses_networks_and_ports() {
        let list =
            "localhost, .example.com *.example.org 127.0.0.1,10.0.0.0/8,[::1],fd00::/8,a.b:81,192.168.0.1:82";
        let list = NoProxy::parse(list);
        for inside in [
            "http://localhost:9000",
            "http://LOCALHOST",
            "https://example.com",
            "https://a.example.com.",
            "https://b.a.example.org",
            "http://127.0.0.1:9000",
            "http://10.1.2.3",
            "http://[::1]:9000",
            "http://[fd12::1]",
            "http://x.a.b:81",
            "http://192.168.0.1:82",
        ] {
            assert!(list.contains(&Url::parse(inside).unwrap()), "{inside}");
        }
        for outside in [
            "https://notexample.com",
            "https://example.com.evil",
            "http://127.0.0.2",
            "http://11.0.0.1",
            "http://[::2]",
            "http://[fe00::1]",
            "http://a.b",
            "http://192.168.0.1:83",
        ] {
            assert!(!list.contains(&Url::parse(outside).unwrap()), "{outside}");
        }
        for host in ["http://127.0.0.1:9000", "http://[::1]", "https://a.example"] {
            assert!(NoProxy::parse("*").contains(&Url::parse(host).unwrap()), "{host}");
            assert!(!NoProxy::parse("").contains(&Url::parse(host).unwrap()), "{host}");
        }
    }
}
