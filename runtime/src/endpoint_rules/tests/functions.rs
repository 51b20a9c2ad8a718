//! Functions of the rule language with odd or missing arguments, which the public suites do not cover.

use crate::endpoint_rules::{EndpointValue, Function, functions::*};

fn flag(function: Function, arguments: &[EndpointValue<'_>]) -> Option<bool> {
    function(arguments).as_bool()
}

fn text(function: Function, arguments: &[EndpointValue<'_>]) -> Option<String> {
    function(arguments).as_str().map(str::to_owned)
}

fn number(number: i64) -> EndpointValue<'static> {
    EndpointValue::Number(number)
}

#[test]
fn wrong_or_missing_arguments_do_not_panic() {
    let all: [Function; 14] = [
        is_set,
        not,
        equals,
        partition,
        parse_arn,
        parse_url,
        is_valid_host_label,
        is_virtual_hostable_bucket,
        substring,
        uri_encode,
        split,
        coalesce,
        ite,
        |_| EndpointValue::None,
    ];
    let odd = [
        EndpointValue::None,
        true.into(),
        number(i64::MIN),
        number(i64::MAX),
        "é".into(),
        "".into(),
        EndpointValue::List(vec![]),
        EndpointValue::Object(vec![]),
    ];
    for function in all {
        function(&[]);
        for one in &odd {
            for other in &odd {
                function(&[one.clone(), other.clone()]);
                function(&[one.clone(), other.clone(), other.clone(), one.clone()]);
            }
        }
    }
}

#[test]
fn set_not_and_equals() {
    assert_eq!(flag(is_set, &[EndpointValue::None]), Some(false));
    assert_eq!(flag(is_set, &[false.into()]), Some(true));
    assert_eq!((flag(not, &[false.into()]), flag(not, &[EndpointValue::None])), (Some(true), None));
    assert_eq!(flag(equals, &["a".into(), "a".into()]), Some(true));
    assert_eq!(flag(equals, &[EndpointValue::None, EndpointValue::None]), Some(false));
    assert_eq!(flag(equals, &["true".into(), true.into()]), Some(false));
}

#[test]
fn coalesce_ite_and_split() {
    assert_eq!(text(coalesce, &[EndpointValue::None, "b".into(), "c".into()]), Some("b".to_owned()));
    assert_eq!(text(ite, &[true.into(), "a".into(), "b".into()]), Some("a".to_owned()));
    assert_eq!(text(ite, &[EndpointValue::None, "a".into(), "b".into()]), Some("b".to_owned()));
    let parts = |text: &'static str, limit| split(&[text.into(), "--".into(), number(limit)]);
    assert_eq!(parts("a--b--c", 0), vec!["a", "b", "c"].into());
    assert_eq!(parts("a--b--c", 2), vec!["a", "b--c"].into());
    assert_eq!(parts("--", 0), vec!["", ""].into());
    assert_eq!(parts("a", -1), EndpointValue::None);
    assert_eq!(split(&["a".into(), "".into(), number(0)]), EndpointValue::None);
}

#[test]
fn substring_and_uri_encode() {
    let part = |from, to, reverse: bool| {
        text(substring, &["abcdef".into(), number(from), number(to), reverse.into()])
    };
    assert_eq!(part(0, 2, false), Some("ab".to_owned()));
    assert_eq!(part(0, 2, true), Some("ef".to_owned()));
    assert_eq!(part(4, 6, true), Some("ab".to_owned()));
    for (from, to) in [(2, 2), (3, 2), (0, 7), (-1, 2), (7, 9)] {
        assert_eq!((part(from, to, false), part(from, to, true)), (None, None), "{from} {to}");
    }
    assert_eq!(text(uri_encode, &["a/ü~".into()]), Some("a%2F%C3%BC~".to_owned()));
}

#[test]
fn partitions_host_labels_and_buckets() {
    let partition = partition(&["cn-north-1".into()]);
    assert_eq!(partition.get("implicitGlobalRegion").and_then(EndpointValue::as_str), Some("cn-northwest-1"));
    let label =
        |text: &'static str, dots: bool| flag(is_valid_host_label, &[text.into(), dots.into()]) == Some(true);
    assert!(
        label("a", false)
            && label("A1-", false)
            && label("a.b", true)
            && label(&"a".repeat(63).leak()[..], false)
    );
    for bad in ["", "-a", "a.b", "a_b", "é", "a/b", "a:b", "a@b"] {
        assert!(!label(bad, false), "{bad}");
    }
    assert!(!label(&"a".repeat(64).leak()[..], false) && !label("a..b", true) && !label(".", true));
    let bucket = |text: &'static str, dots: bool| {
        flag(is_virtual_hostable_bucket, &[text.into(), dots.into()]) == Some(true)
    };
    assert!(bucket("my-bucket", false) && bucket("my.bucket", true) && !bucket("my.bucket", false));
    for bad in ["ab", "My-bucket", "a_b_c", "-abc", "abc-", "a..b", "1.2.3.4", "a.-b.c", "arn:aws:s3"] {
        assert!(!bucket(bad, true), "{bad}");
    }
}

#[test]
fn arns_and_urls() {
    let arn = parse_arn(&["arn:aws:s3::1:a/b:c".into()]);
    assert_eq!(arn.get_path("resourceId"), Some(&vec!["a", "b", "c"].into()));
    assert_eq!(arn.get_path("resourceId[2]").and_then(EndpointValue::as_str), Some("c"));
    assert_eq!(arn.get_path("resourceId[-3]").and_then(EndpointValue::as_str), Some("a"));
    for none in
        ["resourceId[3]", "resourceId[-4]", "resourceId[x]", "resourceId[", "nobody", "", "[0]", "service[0]"]
    {
        assert_eq!(arn.get_path(none), None, "{none}");
    }
    for bad in ["", "arn", "arn:aws:s3:r:1", "arn:aws:s3:r:1:", "arn::s3:r:1:x", "ARN:aws:s3:r:1:x"] {
        assert_eq!(parse_arn(&[bad.into()]), EndpointValue::None, "{bad}");
    }
    let ip = |url: &'static str| parse_url(&[url.into()]).get("isIp").and_then(EndpointValue::as_bool);
    assert_eq!(
        (ip("http://127.0.0.1:80"), ip("https://[::1]"), ip("http://a.b")),
        (Some(true), Some(true), Some(false))
    );
    for bad in ["", "x", "http:///x", "http://a b", "http://a:x", "https://a?b", "https://a#b", "ftp://a"] {
        assert_eq!(ip(bad), None, "{bad}");
    }
}
