//! Every function of the rule language, where the public suites do not reach: arguments that are odd or not there.

use crate::endpoint::functions::*;
use crate::operation::rules::{Function, Value};

fn flag(function: Function, arguments: &[Value<'_>]) -> Option<bool> {
    function(arguments).boolean()
}

fn text(function: Function, arguments: &[Value<'_>]) -> Option<String> {
    function(arguments).text().map(str::to_owned)
}

fn number(number: i64) -> Value<'static> {
    Value::Number(number)
}

#[test]
fn nothing_panics_without_arguments_or_with_wrong_ones() {
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
        |_| Value::None,
    ];
    let odd = [
        Value::None,
        true.into(),
        number(i64::MIN),
        number(i64::MAX),
        "é".into(),
        "".into(),
        Value::List(vec![]),
        Value::Object(vec![]),
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
fn comparisons() {
    assert_eq!(flag(is_set, &[Value::None]), Some(false));
    assert_eq!(flag(is_set, &[false.into()]), Some(true));
    assert_eq!((flag(not, &[false.into()]), flag(not, &[Value::None])), (Some(true), None));
    assert_eq!(flag(equals, &["a".into(), "a".into()]), Some(true));
    assert_eq!(flag(equals, &[Value::None, Value::None]), Some(false));
    assert_eq!(flag(equals, &["true".into(), true.into()]), Some(false));
}

#[test]
fn choices() {
    assert_eq!(text(coalesce, &[Value::None, "b".into(), "c".into()]), Some("b".to_owned()));
    assert_eq!(text(ite, &[true.into(), "a".into(), "b".into()]), Some("a".to_owned()));
    assert_eq!(text(ite, &[Value::None, "a".into(), "b".into()]), Some("b".to_owned()));
    let parts = |text: &'static str, limit| split(&[text.into(), "--".into(), number(limit)]);
    assert_eq!(parts("a--b--c", 0), vec!["a", "b", "c"].into());
    assert_eq!(parts("a--b--c", 2), vec!["a", "b--c"].into());
    assert_eq!(parts("--", 0), vec!["", ""].into());
    assert_eq!(parts("a", -1), Value::None);
    assert_eq!(split(&["a".into(), "".into(), number(0)]), Value::None);
}

#[test]
fn parts_of_texts() {
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
fn regions_hosts_and_buckets() {
    let partition = partition(&["cn-north-1".into()]);
    assert_eq!(partition.get("implicitGlobalRegion").and_then(Value::text), Some("cn-northwest-1"));
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
fn names_and_addresses() {
    let arn = parse_arn(&["arn:aws:s3::1:a/b:c".into()]);
    assert_eq!(arn.part("resourceId"), Some(&vec!["a", "b", "c"].into()));
    assert_eq!(arn.part("resourceId[2]").and_then(Value::text), Some("c"));
    assert_eq!(arn.part("resourceId[-3]").and_then(Value::text), Some("a"));
    for none in
        ["resourceId[3]", "resourceId[-4]", "resourceId[x]", "resourceId[", "nobody", "", "[0]", "service[0]"]
    {
        assert_eq!(arn.part(none), None, "{none}");
    }
    for bad in ["", "arn", "arn:aws:s3:r:1", "arn:aws:s3:r:1:", "arn::s3:r:1:x", "ARN:aws:s3:r:1:x"] {
        assert_eq!(parse_arn(&[bad.into()]), Value::None, "{bad}");
    }
    let ip = |url: &'static str| parse_url(&[url.into()]).get("isIp").and_then(Value::boolean);
    assert_eq!(
        (ip("http://127.0.0.1:80"), ip("https://[::1]"), ip("http://a.b")),
        (Some(true), Some(true), Some(false))
    );
    for bad in ["", "x", "http:///x", "http://a b", "http://a:x", "https://a?b", "https://a#b", "ftp://a"] {
        assert_eq!(ip(bad), None, "{bad}");
    }
}
