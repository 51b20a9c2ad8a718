use super::{join, with_prefix};
use reqwest::Url;

fn url(text: &str) -> Url {
    Url::parse(text).unwrap()
}

#[test]
fn paths_and_queries_arrive_as_they_are() {
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
fn what_would_be_rewritten_is_refused() {
    for uri in
        ["/a/../b", "/a/%2e%2E/b", "/./x", "/a/..", "/a\\b", "/ä", "/a b", "/a?b=c d", "/a?'", "/a?b#c"]
    {
        let error = join(&url("https://a.b"), uri).unwrap_err().to_string();
        assert!(error.contains("cannot be sent") || error.contains("not encoded"), "{uri}: {error}");
    }
}

#[test]
fn prefixes_are_labels_of_the_host() {
    let prefixed = with_prefix(&url("https://lambda.eu-west-1.amazonaws.com"), "data.").unwrap();
    assert_eq!(prefixed.as_str(), "https://data.lambda.eu-west-1.amazonaws.com/");
    assert_eq!(with_prefix(&url("http://a.b:81/x"), "data-").unwrap().as_str(), "http://data-a.b:81/x");
    for prefix in ["evil.com/", "evil.com#", "a@", ".", "a..", "a_b.", "ä.", " "] {
        let error = with_prefix(&url("https://a.b"), prefix).unwrap_err().to_string();
        assert!(error.contains("labels have"), "{prefix}: {error}");
    }
}
