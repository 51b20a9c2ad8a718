use super::{read_members, read_value, strings, write_members, write_value};
use crate::{
    Bytes, Document, Map, Timestamp,
    codec::{Strictness, Structure as _},
    format::{
        MemberFilter,
        fixtures::{AllTypes, Choice},
    },
    schema::{self, Member},
};
use serde_json::json;

fn write(value: &AllTypes) -> Result<String, String> {
    let bytes = write_members(value, MemberFilter::ALL).map_err(|error| error.to_string())?;
    Ok(String::from_utf8(bytes).unwrap())
}

fn read(text: &str) -> Result<AllTypes, String> {
    let mut value = AllTypes::empty();
    read_members(text.as_bytes(), &mut value, Strictness::Lenient, |_| true)
        .map_err(|error| error.to_string())?;
    Ok(value)
}

fn full() -> AllTypes {
    AllTypes::new("a \"b\"\n\u{1}é")
        .flag(true)
        .count(-3)
        .total(1_234_567_890_123_456_789_i64)
        .half(1.1_f32)
        .whole(f64::INFINITY)
        .data(Bytes::from_static(b"foo"))
        .at(Timestamp::new(1_398_796_238, 500_000_000))
        .date(Timestamp::new(1_398_796_238, 0))
        .document(json!({ "a": [1, 2.5, null, "x"] }))
        .list(["x", "y"])
        .sparse([Some("x".to_owned()), None])
        .map([("k", 1)])
        .inner(AllTypes::new("in"))
        .choice(Choice::Number(7))
        .all([AllTypes::new("all")])
}

#[test]
fn every_type_of_value_is_written() {
    let text = concat!(
        r#"{"Name":"a \"b\"\n\u0001é","Flag":true,"_count":-3,"Total":1234567890123456789,"Half":1.1,"#,
        r#""Whole":"Infinity","Data":"Zm9v","At":1398796238.5,"Date":"2014-04-29T18:30:38Z","#,
        r#""Document":{"a":[1,2.5,null,"x"]},"List":["x","y"],"Sparse":["x",null],"Map":{"k":1},"#,
        r#""Inner":{"Name":"in"},"Choice":{"number":7},"All":[{"Name":"all"}]}"#
    );
    assert_eq!(write(&full()).unwrap(), text);
    assert_eq!(read(text).unwrap(), full());
}

#[test]
fn members_are_read_in_any_order_and_unknown_ones_skipped() {
    let text = r#" { "Whole" : -1.5e3, "new":{"a":[1,{"b":"\u0041"}]},"List":[], "Flag":false,"Name":"n","Count":1 } "#;
    let read = read(text).unwrap();
    assert_eq!(read, AllTypes::new("n").whole(-1500.0).flag(false).list([] as [&str; 0]));
}

#[test]
fn null_is_absent() {
    let text = r#"{"Name":null,"Flag":null,"Document":null,"List":["a",null],"Sparse":[null],"Map":{"a":null,"b":2}}"#;
    let read = read(text).unwrap();
    assert_eq!(read, AllTypes::new("").list(["a"]).sparse([None]).map([("b", 2)]));
}

#[test]
fn the_last_of_two_keys_counts() {
    let text = r#"{"Name":"a","Name":"b","Name":null,"Flag":true,"Flag":null,"List":["a"],"List":["b"],"Map":{"a":1,"a":2}}"#;
    assert_eq!(read(text).unwrap(), AllTypes::new("b").list(["b"]).map([("a", 2)]));
}

#[test]
fn timestamps_are_read_in_any_format() {
    for at in [
        "1398796238",
        "1.398796238e9",
        "\"2014-04-29T18:30:38Z\"",
        "\"Tue, 29 Apr 2014 18:30:38 GMT\"",
        "\"1398796238\"",
    ] {
        let read = read(&format!("{{\"At\":{at}}}")).unwrap();
        assert_eq!(read.at, Some(Timestamp::new(1_398_796_238, 0)), "{at}");
    }
}

#[test]
fn an_optional_scalar_that_cannot_be_read_is_absent() {
    for member in [
        "\"_count\":\"1\"",
        "\"_count\":3000000000",
        "\"_count\":1.5",
        "\"_count\":{\"a\":[1]}",
        "\"Whole\":1e999",
        "\"Whole\":\"1\"",
        "\"Flag\":\"yes\"",
        "\"At\":\"soon\"",
        "\"At\":[[]]",
    ] {
        let text = format!("{{\"Name\":\"a\",\"All\":[{{{member},\"Name\":\"b\"}}],{member}}}");
        let expected = read("{\"Name\":\"a\",\"All\":[{\"Name\":\"b\"}]}").unwrap();
        assert_eq!(read(&text).unwrap(), expected, "{text}");
    }
}

#[test]
fn a_string_of_another_kind_is_an_error_even_if_it_is_optional() {
    static TOKEN: Member = schema::string("NextToken");
    for (text, found) in
        [("7", "a number"), ("{}", "an object"), ("[\"a\"]", "an array"), ("true", "a boolean")]
    {
        let mut token: Option<String> = None;
        let error = read_value(text.as_bytes(), &TOKEN, Strictness::Lenient, &mut token).unwrap_err();
        assert!(error.to_string().starts_with(&format!("expected a string, found {found}")), "{error}");
    }
    let mut input = crate::format::fixtures::Throttled::new();
    let error = read_members(b"{\"Reason\":7}", &mut input, Strictness::Lenient, |_| true).unwrap_err();
    assert_eq!(error.to_string(), "at Reason: expected a string, found a number at byte 10");
    for text in ["{\"Data\":7}", "{\"Data\":\"?\"}"] {
        assert!(read(text).unwrap_err().starts_with("at Data: expected"), "{text}");
    }
}

#[test]
fn a_required_scalar_that_cannot_be_read_keeps_its_value() {
    let mut value = AllTypes::new("before");
    assert!(read_members(b"{\"Name\":7}", &mut value, Strictness::Lenient, |_| true).is_err());
    assert_eq!(value.name, "before");
}

#[test]
fn requests_are_read_strictly() {
    for text in ["{\"Flag\":\"yes\"}", "{\"_count\":1.5}", "{\"All\":[{\"At\":\"soon\"}]}"] {
        let mut value = AllTypes::new("");
        assert!(read_members(text.as_bytes(), &mut value, Strictness::Strict, |_| true).is_err(), "{text}");
        assert!(read(text).is_ok(), "{text}");
    }
}

#[test]
fn documents_and_boxes_do_not_take_more_memory_than_the_budget() {
    for text in [
        format!("{{\"Document\":[{}0]}}", "{\"\":0},".repeat(200_000)),
        format!("{{\"All\":[{}{{}}]}}", "{\"Inner\":{}},".repeat(160_000)),
    ] {
        let error = read(&text).map(drop).unwrap_err();
        assert!(error.contains("the values of the document take more than"), "{error}");
    }
    // Elements that are not kept take nothing.
    let nulls = format!("{{\"All\":[{}null]}}", "null,".repeat(2_000_000));
    assert_eq!(read(&nulls).unwrap().all.map(|all| all.len()), Some(0));
    let text = format!("{{\"Document\":\"{}\"}}", "{,[".repeat(1_000_000));
    assert!(read(&text).is_ok());
}

#[test]
fn lists_do_not_take_more_memory_than_the_budget() {
    let text = format!("{{\"All\":[{}{{}}]}}", "{},".repeat(2_000_000));
    let error = read(&text).unwrap_err();
    assert!(error.starts_with("at All: the values of the document take more than"), "{error}");
}

#[test]
fn errors_contain_their_path() {
    for (text, error) in [
        ("{\"Name\":1}", "at Name: expected a string, found a number at byte 8"),
        ("{\"All\":[{},{\"Name\":1}]}", "at All[1].Name: expected a string, found a number at byte 19"),
        ("{\"_count\":1x}", "expected a comma or the end of the object, found \"x\" at byte 11"),
        ("{\"Map\":{\"k\":true}}", "at Map[\"k\"]: expected a 32-bit integer, found a boolean at byte 12"),
        ("{\"Inner\":[]}", "at Inner: expected a structure, found an array at byte 9"),
        ("{\"Choice\":{}}", "at Choice: expected a union with exactly one member, found 0 members"),
        (
            "{\"Choice\":{\"text\":\"a\",\"number\":1}}",
            "at Choice: expected a union with exactly one member, found 2 members",
        ),
        (
            "{\"Name\":\"a\"",
            "expected a comma or the end of the object, found the end of the input at byte 11",
        ),
        ("{} {}", "expected the end of the document, found an object at byte 3"),
        ("<html>", "expected a structure, found \"<\" at byte 0"),
    ] {
        assert_eq!(read(text).unwrap_err(), error);
    }
    let mut invalid = AllTypes::empty();
    let error =
        read_members(b"{\"Name\":\"\xff\"}", &mut invalid, Strictness::Lenient, |_| true).unwrap_err();
    assert_eq!(error.to_string(), "at Name: expected UTF-8, found other bytes at byte 9");
}

#[test]
fn depth_is_limited() {
    for open in ["{\"Inner\":", "{\"All\":[", "{\"Document\":[", "{\"new\":["] {
        let error = read(&open.repeat(10_000)).unwrap_err();
        assert!(error.contains("128 levels") || error.contains("found an object"), "{error}");
    }
    assert!(read(&format!("{{\"Document\":{}", "[".repeat(10_000))).unwrap_err().contains("128 levels"));
    let deep = (0..200).fold(AllTypes::new(""), |inner, _| AllTypes::new("").inner(inner));
    assert!(write(&deep).unwrap_err().contains("128 levels"));
}

#[test]
fn unions_keep_the_name_of_an_unknown_member() {
    let text = r#"{"Choice":{"__type":"a#b","text":null,"other":{"a":1}}}"#;
    let read = read(text).unwrap();
    assert_eq!(read.choice, Some(Choice::Unknown("other".to_owned())));
    assert_eq!(
        write(&read).unwrap_err(),
        "at Choice: expected a union with exactly one member that the model knows, found 0 of Choice"
    );
}

#[test]
fn only_filters_with_a_token_generate_one() {
    static AT: Member = schema::string("Token").idempotency_token();
    let filter = MemberFilter { idempotency_token: Some(&|| "t".to_owned()), ..MemberFilter::ALL };
    assert_eq!(filter.generated_value(&AT).as_deref(), Some("t"));
    assert_eq!(MemberFilter::ALL.generated_value(&AT), None);
}

#[test]
fn a_document_may_be_any_value() {
    static AT: Member = schema::document("Document");
    static MAP: Member = schema::map("", &schema::string(""), &schema::document(""));
    let mut document = Document::Null;
    read_value(b" [1, null] ", &AT, Strictness::Strict, &mut document).unwrap();
    assert_eq!(document, json!([1, null]));
    assert_eq!(write_value(&AT, &document).unwrap(), b"[1,null]");
    let mut map: Map<String, Document> = Map::default();
    read_value(br#"{"a":null}"#, &MAP, Strictness::Strict, &mut map).unwrap();
    assert_eq!(map["a"], Document::Null);
}

#[test]
fn strings_are_found_before_a_problem() {
    assert_eq!(strings(br#"{"a":1,"b":"x","c":{"a":"no"},"#, ["a", "b"]), [None, Some("x".into())]);
    assert_eq!(strings(b"<html>", ["a"]), [None]);
    assert_eq!(strings(b"", ["a"]), [None]);
}

#[test]
fn an_empty_body_has_no_members() {
    for empty in ["", " \n", "null", " {} "] {
        assert_eq!(read(empty).unwrap(), AllTypes::empty());
    }
}
