// The macros define the public items of a generated crate, not all of which are used.
#![allow(dead_code, unreachable_pub)]

use super::*;
use crate::{
    Bytes, Map, Timestamp,
    codec::{Strictness, Structure},
    format::fixtures::{AllTypes, Choice, Throttled},
};

/// A structure with every special case of XML.
#[derive(Clone, PartialEq)]
struct Special {
    kind: Option<String>,
    flat: Option<Vec<String>>,
    alike: Option<Vec<String>>,
    named: Option<Vec<i32>>,
    flat_map: Option<Map<String, i32>>,
    map: Option<Map<String, Special>>,
    deep: Option<Vec<Vec<String>>>,
    data: Option<Bytes>,
    at: Option<Timestamp>,
    inner: Option<Box<Special>>,
}

crate::codegen::structure! {
    Special "Special" new() {
        0 KIND kind: optional String = string("Kind").named("xsi:type").attribute();
        1 FLAT flat: list String = list("Flat", &string("").namespace("", "urn:e")).named("flat").flattened();
        2 ALIKE alike: list String = list("Alikes", &string("").named("Alike")).flattened();
        3 NAMED named: list i32 = list("Named", &integer("").named("item")).namespace("p", "urn:p");
        4 FLAT_MAP flat_map: map String, i32 =
            map("FlatMap", &string("").named("K"), &integer("")).flattened().namespace("", "urn:m");
        5 MAP map: map String, Special = map("Map", &string(""), &structure::<Special>(""));
        6 DEEP deep: list Vec<String> = list("Deep", &list("", &string("")));
        7 DATA data: optional Bytes = blob("Data");
        8 AT at: optional Timestamp = timestamp("At");
        9 INNER inner: optional Box<Special> = structure::<Special>("Inner").namespace("xsi", "urn:xsi");
    }
}

fn special() -> Special {
    Special::new()
        .flat(["a", "b"])
        .alike(["c"])
        .named([1, 2])
        .flat_map([("x", 1), ("y", 2)])
        .map([("k", Special::new().kind("<\"\n>").flat([""]))])
        .deep([vec!["1".to_owned()], vec![]])
        .data(Bytes::from_static(b"value"))
        .at(Timestamp::new(1_398_796_238, 0))
        .inner(Special::new().kind("Group"))
}

const SPECIAL: &str = "<Root><flat xmlns=\"urn:e\">a</flat><flat xmlns=\"urn:e\">b</flat><Alike>c</Alike>\
    <Named xmlns:p=\"urn:p\"><item>1</item><item>2</item></Named>\
    <FlatMap xmlns=\"urn:m\"><K>x</K><value>1</value></FlatMap>\
    <FlatMap xmlns=\"urn:m\"><K>y</K><value>2</value></FlatMap>\
    <Map><entry><key>k</key><value xsi:type=\"&lt;&quot;&#xA;&gt;\"><flat xmlns=\"urn:e\"></flat></value></entry></Map>\
    <Deep><member><member>1</member></member><member></member></Deep>\
    <Data>dmFsdWU=</Data><At>2014-04-29T18:30:38Z</At>\
    <Inner xmlns:xsi=\"urn:xsi\" xsi:type=\"Group\"></Inner></Root>";

fn write(value: &dyn Structure) -> Result<String, String> {
    let document =
        write_members("Root", None, value, MemberFilter::ALL).map_err(|error| error.to_string())?;
    Ok(String::from_utf8(document).unwrap())
}

fn read<S: Structure>(document: &str) -> Result<S, String> {
    let mut value = <S as Structure>::empty();
    read_members(document.as_bytes(), &mut value, Strictness::Lenient, |_| true)
        .map_err(|error| error.to_string())?;
    Ok(value)
}

#[test]
fn written_documents_can_be_read() {
    assert_eq!(write(&special()).unwrap(), SPECIAL);
    assert_eq!(read::<Special>(SPECIAL).unwrap(), special());
    assert_eq!(write(&Special::new()).unwrap(), "");
    let value = AllTypes::new("\r\n &\u{1}")
        .flag(true)
        .count(-1)
        .half(1.5)
        .whole(f64::INFINITY)
        .document(serde_json::json!({ "a": [1] }))
        .sparse([Some("a".to_owned()), None])
        .choice(Choice::Number(1));
    let document = write(&value).unwrap();
    assert!(
        document.starts_with("<Root><Name>&#xD;&#xA; &amp;&#x1;</Name><Flag>true</Flag><_count>-1</_count>")
    );
    assert_eq!(read::<AllTypes>(&document).unwrap(), value);
}

#[test]
fn documents_are_read_in_many_forms() {
    let one = |document: &str| read::<Special>(document).unwrap();
    // White space, comments, prefixes, unknown elements, and flattened elements between others.
    let document = "\u{feff}<?xml version=\"1.0\"?> <!-- c --><n:Root xmlns:n=\"u\">\n <n:flat>a</n:flat>\
        <New><flat>no</flat><x/></New> text <Alike>c</Alike>\n<flat>b</flat><FlatMap><value>1</value><K>x</K></FlatMap>\
        <?pi?></n:Root>\n<!-- end -->\n";
    assert_eq!(one(document), Special::new().flat(["a", "b"]).alike(["c"]).flat_map([("x", 1)]));
    // One value in pieces.
    let document = "<r><flat>a<!-- b --><![CDATA[<c>&amp;]]>&#x64;&#101;&lt;\r\nf</flat></r>";
    assert_eq!(one(document), Special::new().flat(["a<c>&amp;de<\nf"]));
    // Empty and absent values differ; the last of two lists counts; spaces around numbers are ignored.
    assert_eq!(one("<r><Named/><Data></Data></r>"), Special::new().named([0; 0]).data(Bytes::new()));
    assert_eq!(
        one("<r><Named><item>1</item></Named><Named> <item> 2\n</item></Named></r>"),
        Special::new().named([2])
    );
    assert_eq!(one("<r><Data>\n dmFs\n dWU= </Data></r>"), Special::new().data(Bytes::from_static(b"value")));
    assert_eq!(one("<r><Inner a:type='G' x='y'/></r>"), Special::new().inner(Special::new().kind("G")));
    assert_eq!(one("<r><Data xsi:nil=\"true\"/></r>"), Special::new());
    assert_eq!(one(""), Special::new());
    assert_eq!(
        one("<r><Map><entry><key>k</key></entry></Map></r>"),
        Special::new().map([("k", Special::new())])
    );
}

#[test]
fn an_optional_scalar_that_cannot_be_read_is_absent() {
    for member in ["<At>soon</At>", "<At/>", "<At> </At>", "<At><x><At/></x>1</At>"] {
        let document = format!("<r>{member}<Inner>{member}<Alike>a</Alike></Inner><Alike>c</Alike></r>");
        let expected = Special::new().inner(Special::new().alike(["a"])).alike(["c"]);
        assert_eq!(read::<Special>(&document).unwrap(), expected, "{document}");
    }
}

#[test]
fn errors_contain_their_path() {
    let deep = "<Inner>".repeat(200);
    let long = "<r><x>".to_owned() + &"<y>".repeat(100_000);
    for (document, error) in [
        (
            "<r><Named><item>1</item><item>x</item></Named></r>",
            "at Named[1]: expected a 32-bit integer, found \"x\"",
        ),
        (
            "<r><FlatMap><K>a</K><value/></FlatMap></r>",
            "at FlatMap[\"a\"]: expected a 32-bit integer, found \"\"",
        ),
        (
            "<r><FlatMap><value>1</value></FlatMap></r>",
            "at FlatMap: expected an entry of a map, found an entry without a <K>",
        ),
        ("<r><flat><b/></flat></r>", "at Flat[0]: expected text, found the element <b>"),
        ("<r><Data>!</Data></r>", "at Data: "),
        ("<r><Data><x/></Data></r>", "at Data: expected text, found the element <x>"),
        ("<r><At>&nbsp;</At></r>", "at At: expected a character reference"),
        ("<r><At><x></At></r>", "at At: expected"),
        ("<r><flat>&nbsp;</flat></r>", "at Flat[0]: expected a character reference, or one of the five"),
        ("<r><x>&nbsp;</x></r>", "expected a character reference"),
        ("<r><flat>&#0;</flat></r>", "expected a character reference"),
        ("<r><Inner xsi:type='&e;'/></r>", "at Inner.Kind: expected a character reference"),
        ("<!DOCTYPE r [<!ENTITY e \"x\">]><r><flat>&e;</flat></r>", "expected XML without a document type"),
        ("<r><flat>a", "at Flat[0]: expected the end tags of all elements, found the end of the document"),
        ("<r><flat", "expected well-formed XML, found at byte"),
        ("<r></s>", "expected well-formed XML"),
        ("<r/>x", "expected the end of the document"),
        ("{}", "expected an XML document, found \"{}\""),
        (&format!("<r>{deep}"), "elements are nested more than 128 levels"),
        (&long, "expected the end tags"),
    ] {
        let found = read::<Special>(document).unwrap_err();
        assert!(found.contains(error), "{document:.60}: {found}");
    }
    let invalid = b"<r><flat>\xff</flat></r>";
    assert!(read_members(invalid, &mut special(), Strictness::Lenient, |_| true).is_err());
    assert!(write(&AllTypes::new("\0")).unwrap_err().starts_with("at Name: expected text without"));
    let key = Special::new().flat_map([("a\0", 1)]);
    assert!(write(&key).unwrap_err().starts_with("at FlatMap[\"a\\0\"]: expected text without"));
    let mut deep = Special::new();
    for _ in 0..200 {
        deep = Special::new().inner(deep);
    }
    assert!(write(&deep).unwrap_err().contains("more than 128 levels"));
}

#[test]
fn unions_have_exactly_one_member() {
    let choice = |inside: &str| {
        read::<AllTypes>(&format!("<r><Choice>{inside}</Choice></r>")).map(|value| value.choice.unwrap())
    };
    assert_eq!(choice("<number>1</number>").unwrap(), Choice::Number(1));
    assert_eq!(choice("<new><a/></new>").unwrap(), Choice::Unknown("new".to_owned()));
    assert!(choice("").unwrap_err().contains("at Choice: expected a union with exactly one member"));
    assert!(choice("<number>1</number><text/>").unwrap_err().contains("several of Choice"));
    assert!(write(&AllTypes::new("a").choice(Choice::Unknown("x".to_owned()))).is_err());
}

#[test]
fn errors_are_found_in_every_envelope() {
    for document in [
        "<ErrorResponse><Error><Type>Sender</Type><Code> Slow </Code><Message>no</Message><Reason>r</Reason></Error>\
            <RequestId>id</RequestId></ErrorResponse>",
        "<Response><Errors><Error><Code>Slow</Code><Message>no</Message><Reason>r</Reason></Error>\
            <Error><Code>Other</Code></Error></Errors><RequestID>id</RequestID></Response>",
        "<Error><Code>Slow</Code><Message>no</Message><Reason>r</Reason><RequestId>id</RequestId></Error>",
        // The parts before the problem count.
        "<Error><RequestId>id</RequestId><Code>Slow</Code><message>no</message><Reason>r</Reason><x",
    ] {
        let error = ErrorDocument::read(document.as_bytes());
        assert_eq!(error.code.as_deref(), Some("Slow"), "{document}");
        assert_eq!(error.message.as_deref(), Some("no"));
        assert_eq!(error.request_id.as_deref(), Some("id"));
        let mut data = Throttled::new();
        _ = error.read_members(&mut data, |_| true);
        assert_eq!(data.reason.as_deref(), Some("r"));
    }
    for document in
        ["", "<html><body><p>Bad Gateway<br></body>", "{\"code\":1}", "<Error><Code>&e;</Code></Error>"]
    {
        assert!(ErrorDocument::read(document.as_bytes()).code.is_none(), "{document}");
    }
}

#[derive(Clone, PartialEq)]
pub(super) struct Secrets {
    pub(super) map: Option<Map<String, String>>,
    pub(super) list: Option<Vec<String>>,
}

crate::codegen::structure! {
    Secrets "Secrets" new() {
        0 MAP map: map String, String = map("Map", &string("").sensitive(), &string(""));
        1 LIST list: list String = list("List", &string("").sensitive());
    }
}

#[test]
fn errors_of_sensitive_values_do_not_show_them() {
    for secrets in [Secrets::new().map([("hunter2\0", "a")]), Secrets::new().list(["hunter2\0"])] {
        let error = write(&secrets).unwrap_err();
        assert!(error.contains("sensitive") && !error.contains("hunter2"), "{error}");
    }
}
