//! URLs of requests.

use crate::codec::CodecError;
use url::Url;

/// The same address with `prefix` before its host.
pub(super) fn with_prefix(base: &Url, prefix: &str) -> Result<Url, CodecError> {
    let problem = |reason: &str| {
        CodecError::new(format!("`{prefix}` cannot go before the host name {}: {reason}", base.authority()))
    };
    let host = format!("{prefix}{}", base.host_str().unwrap_or_default());
    let label = |label: &str| {
        let fits = |c: char| c.is_ascii_alphanumeric() || c == '-';
        (1..=63).contains(&label.len()) && label.chars().all(fits)
    };
    if !host.split('.').all(label) {
        return Err(problem("labels have 1 to 63 letters, digits and hyphens"));
    }
    let mut url = base.clone();
    url.set_host(Some(&host)).map_err(|error| problem(&error.to_string()))?;
    Ok(url)
}

/// Returns the URL of `uri`, an encoded path with or without a query, below `base`.
///
/// Fails if parsing the URL would change it, as it does with the segments `.` and `..`: the request would have another meaning.
pub(super) fn join(base: &Url, uri: &str) -> Result<Url, CodecError> {
    let (path, query) = uri.split_once('?').map_or((uri, None), |(path, query)| (path, Some(query)));
    let slash = if path.starts_with('/') { "" } else { "/" };
    let path = format!("{}{slash}{path}", base.path().trim_end_matches('/'));
    let mut url = base.clone();
    url.set_path(&path);
    url.set_query(query.filter(|query| !query.is_empty()));
    if url.path() != path {
        return Err(CodecError::new(format!(
            "the path `{path}` cannot be sent: HTTP libraries change it to `{}`; a name that is `.` or `..` has no URL",
            url.path()
        )));
    }
    if url.query().unwrap_or_default() != query.unwrap_or_default() {
        return Err(CodecError::new(format!("the query `{}` is not encoded", query.unwrap_or_default())));
    }
    Ok(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    #[test]
    fn paths_and_queries_stay_as_they_are() {
        let cases = [
            ("https://a.b", "/", "https://a.b/"),
            ("https://a.b/", "/x", "https://a.b/x"),
            ("http://a.b:81/base/", "/x?y=1&z", "http://a.b:81/base/x?y=1&z"),
            ("http://a.b", "//x//", "http://a.b//x//"),
            ("http://a.b", "/arn%3Aaws%3Alambda%2Fx", "http://a.b/arn%3Aaws%3Alambda%2Fx"),
            ("http://a.b", "/arn:aws:lambda!$&()*+,;=:@~", "http://a.b/arn:aws:lambda!$&()*+,;=:@~"),
            ("http://a.b", "/%25?x=%27%20", "http://a.b/%25?x=%27%20"),
            ("http://a.b", "/x?", "http://a.b/x"),
        ];
        for (base, uri, expected) in cases {
            assert_eq!(join(&url(base), uri).unwrap().as_str(), expected);
        }
    }

    #[test]
    fn urls_that_parsing_would_change_are_errors() {
        for uri in
            ["/a/../b", "/a/%2e%2E/b", "/./x", "/a/..", "/a\\b", "/ä", "/a b", "/a?b=c d", "/a?'", "/a?b#c"]
        {
            let error = join(&url("https://a.b"), uri).unwrap_err().to_string();
            assert!(error.contains("cannot be sent") || error.contains("not encoded"), "{uri}: {error}");
        }
    }

    #[test]
    fn host_prefixes_are_dns_labels() {
        let prefixed = with_prefix(&url("https://lambda.eu-west-1.amazonaws.com"), "data.").unwrap();
        assert_eq!(prefixed.as_str(), "https://data.lambda.eu-west-1.amazonaws.com/");
        assert_eq!(with_prefix(&url("http://a.b:81/x"), "data-").unwrap().as_str(), "http://data-a.b:81/x");
        for prefix in ["evil.com/", "evil.com#", "a@", ".", "a..", "a_b.", "ä.", " "] {
            let error = with_prefix(&url("https://a.b"), prefix).unwrap_err().to_string();
            assert!(error.contains("labels have"), "{prefix}: {error}");
        }
    }
}
