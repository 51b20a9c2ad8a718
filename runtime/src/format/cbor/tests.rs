use super::{read_members, strings, write_members};
use crate::{
    Bytes, Timestamp,
    codec::{Strictness, Structure as _},
    format::{
        MemberFilter,
        fixtures::{AllTypes, Choice},
    },
};
use serde_json::json;

fn write(value: &AllTypes) -> Result<Vec<u8>, String> {
    write_members(value, MemberFilter::ALL).map_err(|error| error.to_string())
}

fn read(bytes: &[u8]) -> Result<AllTypes, String> {
    let mut value = AllTypes::empty();
    read_members(bytes, &mut value, Strictness::Lenient, |_| true).map_err(|error| error.to_string())?;
    Ok(value)
}

/// A map with this one member, whose value is in hexadecimal.
fn with(name: &str, value: &str) -> Vec<u8> {
    let mut bytes = vec![0xa1, 0x60 | u8::try_from(name.len()).unwrap()];
    bytes.extend_from_slice(name.as_bytes());
    bytes.extend(hex(value));
    bytes
}

fn hex(text: &str) -> Vec<u8> {
    let digits: Vec<_> = text.chars().filter_map(|digit| digit.to_digit(16)).collect();
    digits.chunks(2).map(|pair| u8::try_from(pair[0] << 4 | pair[1]).unwrap()).collect()
}

fn full() -> AllTypes {
    AllTypes::new("a \"b\"\n\u{1}é")
        .flag(true)
        .count(-3)
        .total(i64::MIN)
        .half(1.1_f32)
        .whole(f64::INFINITY)
        .data(Bytes::from_static(b"\0\xff"))
        .at(Timestamp::new(1_398_796_238, 500_000_000))
        .date(Timestamp::new(-1, 0))
        .document(json!({ "a": [1, 2.5, null, "x", true, u64::MAX] }))
        .list(["x", "y"])
        .sparse([Some("x".to_owned()), None])
        .map([("k", 1)])
        .inner(AllTypes::new("in"))
        .choice(Choice::Number(7))
        .all([AllTypes::new("all")])
}

#[test]
fn written_documents_can_be_read() {
    assert_eq!(read(&write(&full()).unwrap()).unwrap(), full());
    assert_eq!(read(&[]).unwrap(), AllTypes::empty());
    assert_eq!(read(&[0xf6]).unwrap(), AllTypes::empty());
}

#[test]
fn every_type_of_value_is_written() {
    let named = |value: AllTypes| {
        let bytes = write(&value).unwrap();
        let empty = [&[0xbf_u8, 0x64], &b"Name"[..], &[0x60]].concat();
        assert!(bytes.starts_with(&empty) && bytes.ends_with(&[0xff]));
        bytes[empty.len()..bytes.len() - 1].to_vec()
    };
    let key = |name: &str, value: &str| with(name, value)[1..].to_vec();
    let value = || AllTypes::new("");
    for (written, form) in [
        (value().flag(false), key("Flag", "f4")),
        // The name in the model, not the wire name.
        (value().count(-3), key("Count", "22")),
        (value().total(1_000_000_000_000_i64), key("Total", "1b 000000e8d4a51000")),
        (value().half(1.1), key("Half", "fa 3f8ccccd")),
        (value().whole(1.5), key("Whole", "fa 3fc00000")),
        (value().whole(1.1), key("Whole", "fb 3ff199999999999a")),
        (value().whole(-0.0), key("Whole", "fa 80000000")),
        (value().whole(f64::NEG_INFINITY), key("Whole", "fa ff800000")),
        (value().whole(f64::NAN), key("Whole", "fa 7fc00000")),
        (value().data(Bytes::from_static(b"\0")), key("Data", "4100")),
        (value().at(Timestamp::new(-1, 0)), key("At", "c1 20")),
        (value().at(Timestamp::new(1, 500_000_000)), key("At", "c1 fb 3ff8000000000000")),
        // Whatever format the model gives.
        (value().date(Timestamp::EPOCH), key("Date", "c1 00")),
        (value().list(["a"]), key("List", "81 6161")),
        (value().map([("k", 1)]), key("Map", "a1 616b 01")),
        (value().choice(Choice::Number(7)), key("Choice", "bf 66 6e756d626572 07 ff")),
    ] {
        assert_eq!(named(written.clone()), form, "{written:?}");
    }
}

#[test]
fn every_form_of_a_value_is_read() {
    let blank = AllTypes::empty;
    for (name, value, expected) in [
        ("Half", "f9 3e00", blank().half(1.5)),
        ("Whole", "f9 0050", blank().whole(4.768_371_582_031_25e-6)),
        ("Whole", "f9 fc00", blank().whole(f64::NEG_INFINITY)),
        ("Whole", "18 64", blank().whole(100.0)),
        ("Count", "f9 3c00", blank().count(1)),
        ("Total", "3b 7fffffffffffffff", blank().total(i64::MIN)),
        ("At", "c1 01", blank().at(Timestamp::new(1, 0))),
        ("At", "01", blank().at(Timestamp::new(1, 0))),
        ("At", "c0 74 313937302d30312d30315430303a30303a30315a", blank().at(Timestamp::new(1, 0))),
        ("List", "9f 7f 6161 6162 ff f6 6163 ff", blank().list(["ab", "c"])),
        ("Sparse", "82 f7 6161", blank().sparse([None, Some("a".to_owned())])),
        ("Data", "5f 4161 40 4162 ff", blank().data(Bytes::from_static(b"ab"))),
        ("Map", "bf 6161 01 6162 f6 ff", blank().map([("a", 1)])),
        ("Choice", "bf 66 5f5f74797065 6161 64 74657874 f6 63 6e6577 80 ff", {
            blank().choice(Choice::Unknown("new".to_owned()))
        }),
        ("new", "a1 01 9f e5 d9 d9f7 f8ff ff", blank()),
        ("Name", "f6", blank()),
        ("Flag", "d8 64 f5", blank().flag(true)),
    ] {
        assert_eq!(read(&with(name, value)).as_ref(), Ok(&expected), "{name} {value}");
    }
}

#[test]
fn an_optional_scalar_that_cannot_be_read_is_absent() {
    for (name, value) in [
        ("Flag", "60"),
        ("Count", "1a ffffffff"),
        ("Total", "1b ffffffffffffffff"),
        ("Half", "81 01"),
        ("At", "c1 61 78"),
        ("At", "c1 f9 7c00"),
    ] {
        let expected = read(&with("Flag", "f6")).unwrap();
        assert_eq!(read(&with(name, value)).unwrap(), expected, "{name} {value}");
    }
}

#[test]
fn errors_contain_their_path() {
    for (name, value, error) in [
        ("Name", "01", "at Name: expected a string, found an integer at byte 6"),
        ("Data", "60", "at Data: expected a blob, found a string at byte 6"),
        (
            "Data",
            "5b ffffffffffffffff 00",
            "at Data: expected a blob, found the end of the input in the item at byte 6",
        ),
        ("List", "82 6161 01", "at List[1]: expected a string, found an integer at byte 9"),
        (
            "List",
            "9b ffffffffffffffff 6161",
            "at List: expected an element, found the end of the input at byte 17",
        ),
        ("List", "9f c1 ff", "at List[0]: expected a string, found a break at byte 8"),
        ("Map", "a1 6161 f5", "at Map[\"a\"]: expected a 32-bit integer, found a boolean at byte 8"),
        ("Map", "a1 01 01", "at Map: expected a string as a key, found an integer at byte 6"),
        ("Choice", "a0", "at Choice: expected a union with exactly one member, found 0 members"),
        ("Whole", "f9 00", "at Whole: expected a number, found the end of the input in the item at byte 7"),
        ("Whole", "1c", "at Whole: expected a number, found byte 0x1c at byte 7"),
    ] {
        assert_eq!(read(&with(name, value)).unwrap_err(), error, "{name} {value}");
    }
    let bad = read(&with("Name", "62 c328")).unwrap_err();
    assert!(bad.starts_with("at Name: expected a string, found invalid utf-8"), "{bad}");
    assert_eq!(read(&[0xa0, 0]).unwrap_err(), "expected the end of the document, found an integer at byte 1");
    let unset = write(&AllTypes::new("").choice(Choice::Unknown(String::new()))).unwrap_err();
    assert!(unset.starts_with("at Choice: expected a union"), "{unset}");
}

#[test]
fn depth_is_limited() {
    let inner = b"\xa1\x65Inner".repeat(200);
    for bytes in [inner, with("new", &"81".repeat(200)), with("Document", &"9f".repeat(200))] {
        let error = read(&bytes).unwrap_err();
        assert!(error.contains("128 levels"), "{error}");
    }
    let deep = (0..200).fold(AllTypes::new(""), |inner, _| AllTypes::new("").inner(inner));
    assert!(write(&deep).unwrap_err().contains("128 levels"));
}

#[test]
fn strings_are_found_before_a_problem() {
    let bytes = [&hex("bf 6161 01 64")[..], b"code", &hex("6178 6162")].concat();
    assert_eq!(strings(&bytes, ["code", "b"]), [Some("x".into()), None]);
    assert_eq!(strings(b"<html>", ["code"]), [None]);
}
