//! Items: conversions of Rust's values to DynamoDB's attribute values, and types with serde as items and back.

use myrina::{Bytes, Map, codec::Structure as _};
use myrina_test_services::dynamodb::types::{
    AttributeValue, from_attribute_value, from_item, to_attribute_value, to_item,
};
use proptest::prelude::*;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_bytes::ByteBuf;
use serde_json::json;
use std::{collections::BTreeMap, fmt::Debug};

fn s(text: &str) -> AttributeValue {
    AttributeValue::S(text.to_owned())
}

fn n(text: &str) -> AttributeValue {
    AttributeValue::N(text.to_owned())
}

fn m<const N: usize>(entries: [(&str, AttributeValue); N]) -> AttributeValue {
    entries.into()
}

#[test]
fn rusts_values_become_attribute_values() {
    let cases: Vec<(AttributeValue, AttributeValue)> = vec![
        ("x".into(), s("x")),
        (String::from("x").into(), s("x")),
        ((&String::from("x")).into(), s("x")),
        (1.into(), n("1")),
        ((-1_i8).into(), n("-1")),
        (u64::MAX.into(), n("18446744073709551615")),
        (i128::MIN.into(), n("-170141183460469231731687303715884105728")),
        (7_usize.into(), n("7")),
        (true.into(), AttributeValue::Bool(true)),
        (Bytes::from_static(b"\0").into(), AttributeValue::B(Bytes::from_static(b"\0"))),
        (b"ab".into(), AttributeValue::B(Bytes::from_static(b"ab"))),
        ([1_u8, 2].into(), AttributeValue::B(Bytes::from_static(b"\x01\x02"))),
        ([1_u8, 2].as_slice().into(), AttributeValue::B(Bytes::from_static(b"\x01\x02"))),
        (vec![1_u8, 2].into(), AttributeValue::B(Bytes::from_static(b"\x01\x02"))),
        (vec![1, 2].into(), AttributeValue::L(vec![n("1"), n("2")])),
        (["a", "b"].into(), AttributeValue::L(vec![s("a"), s("b")])),
        (vec![s("a"), n("1")].into(), AttributeValue::L(vec![s("a"), n("1")])),
        (vec![vec!["a"]].into(), AttributeValue::L(vec![AttributeValue::L(vec![s("a")])])),
        ([("a", 1)].into(), m([("a", n("1"))])),
        (vec![("a", 1)].into(), m([("a", n("1"))])),
        (BTreeMap::from([("a", true)]).into(), m([("a", AttributeValue::Bool(true))])),
        (Map::from_iter([("a".to_owned(), "b")]).into(), m([("a", s("b"))])),
        (None::<&str>.into(), AttributeValue::Null(true)),
        (Some("x").into(), s("x")),
        (AttributeValue::try_from(1.5_f64).unwrap(), n("1.5")),
        (AttributeValue::try_from(0.1_f32).unwrap(), n("0.1")),
    ];
    for (converted, expected) in cases {
        assert_eq!(converted, expected);
    }
    for odd in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        let error = AttributeValue::try_from(odd).unwrap_err().to_string();
        assert!(error.starts_with("DynamoDB's numbers are finite"), "{error}");
    }
}

#[test]
fn accessors_return_the_value_of_their_variant_alone() {
    let all = [
        s("x"),
        n("1"),
        b"ab".into(),
        AttributeValue::Ss(vec!["a".to_owned()]),
        AttributeValue::Ns(vec!["1".to_owned()]),
        AttributeValue::Bs(vec![Bytes::from_static(b"a")]),
        m([("a", s("b"))]),
        [1].into(),
        AttributeValue::Null(true),
        AttributeValue::Bool(false),
    ];
    for (index, value) in all.iter().enumerate() {
        let is = [
            value.as_s() == Some("x"),
            value.as_n() == Some("1"),
            value.as_b().is_some_and(|bytes| bytes == "ab"),
            value.as_ss() == Some(&["a".to_owned()]),
            value.as_ns() == Some(&["1".to_owned()]),
            value.as_bs().is_some_and(|all| all[0] == "a"),
            value.as_m().is_some_and(|entries| entries["a"].as_s() == Some("b")),
            value.as_l().is_some_and(|all| all[0].as_n() == Some("1")),
            value.as_null() == Some(true),
            value.as_bool() == Some(false),
        ];
        let expected: Vec<bool> = (0..is.len()).map(|other| other == index).collect();
        assert_eq!(is.as_slice(), expected, "{value:?}");
    }
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
enum External {
    Unit,
    Newtype(i32),
    Tuple(i32, String),
    Fields { a: bool },
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type")]
enum Internal {
    Unit,
    Fields { a: i64, b: Option<f64> },
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "t", content = "c")]
enum Adjacent {
    Unit,
    Newtype(String),
    Tuple(u8, u8),
    Fields { a: bool },
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
enum Untagged {
    Number(i64),
    Text(String),
    Fields { a: bool },
    List(Vec<i64>),
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Unit;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Newtype(String);

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Tuple(String, u32);

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
enum Color {
    Red,
    #[serde(rename = "dark green")]
    Green,
}

fn both<T: Serialize + DeserializeOwned + PartialEq + Debug>(value: &T, expected: &AttributeValue) {
    assert_eq!(to_attribute_value(value).as_ref(), Ok(expected), "{value:?}");
    assert_eq!(from_attribute_value::<T>(expected.clone()).as_ref(), Ok(value), "{expected:?}");
}

/// The representations that serde_dynamo documents, and what other formats do where it says nothing.
#[test]
fn every_type_of_serde_has_its_attribute_value() {
    let null = AttributeValue::Null(true);
    both(&"größe".to_owned(), &s("größe"));
    both(&String::new(), &s(""));
    both(&'x', &s("x"));
    both(&i64::MIN, &n("-9223372036854775808"));
    both(&u128::MAX, &n("340282366920938463463374607431768211455"));
    both(&i128::MIN, &n("-170141183460469231731687303715884105728"));
    both(&0.1_f64, &n("0.1"));
    both(&0.1_f32, &n("0.1"));
    both(&2.0_f64, &n("2"));
    both(&true, &AttributeValue::Bool(true));
    both(&ByteBuf::from([0, 255]), &AttributeValue::B(Bytes::from_static(b"\0\xff")));
    both(&vec![0_u8, 255], &AttributeValue::L(vec![n("0"), n("255")]));
    both(&None::<i32>, &null);
    both(&Some(1), &n("1"));
    both(&(), &null);
    both(&Unit, &null);
    both(&Newtype("x".to_owned()), &s("x"));
    both(&Tuple("x".to_owned(), 1), &AttributeValue::L(vec![s("x"), n("1")]));
    both(&("x".to_owned(), 1, true), &AttributeValue::L(vec![s("x"), n("1"), AttributeValue::Bool(true)]));
    both(&vec![Some("x".to_owned()), None], &AttributeValue::L(vec![s("x"), null.clone()]));
    both(&BTreeMap::from([("a".to_owned(), 1)]), &m([("a", n("1"))]));
    both(&BTreeMap::from([(-7, true)]), &m([("-7", AttributeValue::Bool(true))]));
    both(&BTreeMap::from([(u128::MAX, 'x')]), &m([(&u128::MAX.to_string(), s("x"))]));
    both(&BTreeMap::from([(true, 'x')]), &m([("true", s("x"))]));
    both(&BTreeMap::from([(Color::Green, 1)]), &m([("dark green", n("1"))]));

    both(&Color::Green, &s("dark green"));
    both(&External::Unit, &s("Unit"));
    both(&External::Newtype(1), &m([("Newtype", n("1"))]));
    both(&External::Tuple(1, "x".to_owned()), &m([("Tuple", AttributeValue::L(vec![n("1"), s("x")]))]));
    both(&External::Fields { a: true }, &m([("Fields", m([("a", AttributeValue::Bool(true))]))]));
    both(&Internal::Unit, &m([("type", s("Unit"))]));
    let fields = m([("type", s("Fields")), ("a", n("1")), ("b", n("0.5"))]);
    both(&Internal::Fields { a: 1, b: Some(0.5) }, &fields);
    both(&Adjacent::Unit, &m([("t", s("Unit"))]));
    both(&Adjacent::Newtype("x".to_owned()), &m([("t", s("Newtype")), ("c", s("x"))]));
    both(&Adjacent::Tuple(1, 2), &m([("t", s("Tuple")), ("c", AttributeValue::L(vec![n("1"), n("2")]))]));
    both(
        &Adjacent::Fields { a: true },
        &m([("t", s("Fields")), ("c", m([("a", AttributeValue::Bool(true))]))]),
    );
    both(&Untagged::Number(1), &n("1"));
    both(&Untagged::Text("x".to_owned()), &s("x"));
    both(&Untagged::Fields { a: false }, &m([("a", AttributeValue::Bool(false))]));
    both(&Untagged::List(vec![1]), &AttributeValue::L(vec![n("1")]));
    both(
        &json!({ "a": [1, -2, 0.5, "x", null, true, { "b": u64::MAX }] }),
        &m([(
            "a",
            AttributeValue::L(vec![
                n("1"),
                n("-2"),
                n("0.5"),
                s("x"),
                null,
                AttributeValue::Bool(true),
                m([("b", n("18446744073709551615"))]),
            ]),
        )]),
    );
}

#[derive(Debug, PartialEq, Deserialize)]
struct Id {
    id: u32,
    name: Option<String>,
}

#[test]
fn values_of_other_writers_are_read() {
    let set = AttributeValue::Ss(vec!["a".to_owned(), "b".to_owned()]);
    assert_eq!(from_attribute_value::<Vec<String>>(set), Ok(vec!["a".to_owned(), "b".to_owned()]));
    let set = AttributeValue::Ns(vec!["1".to_owned(), "2.0".to_owned()]);
    assert_eq!(from_attribute_value::<Vec<u8>>(set), Ok(vec![1, 2]));
    let set = AttributeValue::Bs(vec![Bytes::from_static(b"a")]);
    assert_eq!(from_attribute_value::<Vec<ByteBuf>>(set), Ok(vec![ByteBuf::from(*b"a")]));
    assert_eq!(from_attribute_value::<Vec<u8>>(b"ab".into()), Ok(b"ab".to_vec()));
    assert_eq!(from_attribute_value::<ByteBuf>([1, 2].into()), Ok(ByteBuf::from([1, 2])));
    assert_eq!(from_attribute_value::<i32>(n("1.50e2")), Ok(150));
    assert_eq!(from_attribute_value::<f64>(n("1E3")), Ok(1000.0));
    assert_eq!(from_attribute_value::<Option<i32>>(AttributeValue::Null(true)), Ok(None));
    // What nobody asked for may be of any type.
    let item = Map::from_iter([
        ("id".to_owned(), n("1")),
        ("x".to_owned(), AttributeValue::Unknown("Z".to_owned())),
    ]);
    assert_eq!(from_item::<Id>(item), Ok(Id { id: 1, name: None }));
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Note {
    id: String,
    tags: Vec<Tag>,
    #[serde(skip_serializing_if = "Option::is_none")]
    author: Option<String>,
    #[serde(flatten)]
    more: BTreeMap<String, i64>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Tag {
    name: String,
    weight: Option<f64>,
}

#[test]
fn errors_name_the_place_and_what_was_expected() {
    fn read<T: DeserializeOwned + Debug>(value: AttributeValue) -> String {
        from_attribute_value::<T>(value).unwrap_err().to_string()
    }
    let tag = |name: AttributeValue| {
        let item = [("id".to_owned(), s("1")), ("tags".to_owned(), [m([("name", name)])].into())];
        from_item::<Note>(item).unwrap_err()
    };
    let error = tag(n("1"));
    assert_eq!(error.to_string(), "at tags[0].name: invalid type: a number (N), expected a string");
    assert_eq!(error.path(), "tags[0].name");
    let unknown = tag(AttributeValue::Unknown("Z".to_owned())).to_string();
    assert_eq!(unknown, "at tags[0].name: invalid type: of a type that is not known, expected a string");
    assert_eq!(
        from_item::<Note>(Map::<String, AttributeValue>::new()).unwrap_err().to_string(),
        "missing field `id`"
    );
    let missing = [("id".to_owned(), s("1")), ("tags".to_owned(), [m([])].into())];
    assert_eq!(from_item::<Note>(missing).unwrap_err().to_string(), "at tags[0]: missing field `name`");

    assert_eq!(read::<u8>(n("300")), "invalid value: the number 300, expected u8");
    assert_eq!(read::<Vec<i32>>(["1", "x"].into()), "at [0]: invalid type: text (S), expected i32");
    assert_eq!(read::<i32>(n("1.5")), "invalid value: the number 1.5, expected i32");
    assert_eq!(read::<u32>(n("-1")), "invalid value: the number -1, expected u32");
    assert_eq!(read::<f32>(n("1e100")), "invalid value: the number 1e100, expected f32");
    assert_eq!(read::<f64>(n("x")), "invalid value: the number x, expected f64");
    assert_eq!(
        read::<serde_json::Value>(n("x")),
        "invalid value: the number x, expected any valid JSON value"
    );
    assert_eq!(read::<bool>(s("true")), "invalid type: text (S), expected a boolean");
    assert_eq!(read::<String>(AttributeValue::Null(true)), "invalid type: null (NULL), expected a string");
    assert_eq!(read::<(i32, i32)>([1, 2, 3].into()), "invalid length 3, expected 2 elements");
    assert_eq!(read::<(i32, i32)>([1].into()), "invalid length 1, expected a tuple of size 2");
    assert_eq!(read::<BTreeMap<u8, i32>>([("x", 1)].into()), "at x: invalid type: text, expected u8");
    assert_eq!(
        read::<External>([("Unit", 1), ("Newtype", 2)].into()),
        "invalid value: a map with 2 entries, expected a map with one entry, named as the variant"
    );
    assert_eq!(read::<External>(s("Newtype")), "invalid type: unit variant, expected a variant with a value");
    assert_eq!(
        read::<External>([("Newtype", "x")].into()),
        "at Newtype: invalid type: text (S), expected i32"
    );
    assert!(read::<External>(s("Other")).starts_with("unknown variant `Other`"));

    let error = to_item(&1).unwrap_err().to_string();
    assert_eq!(error, "an item is a structure or map, and this is a number (N)");
    let note = json_note(f64::NAN);
    let error = to_item(&note).unwrap_err().to_string();
    assert_eq!(error, "at tags[0].weight: DynamoDB's numbers are finite, and this is NaN");
    let error = to_item(&BTreeMap::from([("a", BTreeMap::from([((1, 2), 1)]))])).unwrap_err().to_string();
    assert_eq!(error, "at a: a key of a map is text or an integer, and this is a tuple");
    let error = to_attribute_value(&[Ok::<f64, ()>(1.0), Ok(f64::INFINITY)]).unwrap_err().to_string();
    assert_eq!(error, "at [1].Ok: DynamoDB's numbers are finite, and this is inf");
}

fn json_note(weight: f64) -> Note {
    let tag = Tag { name: "a".to_owned(), weight: Some(weight) };
    Note {
        id: "1".to_owned(),
        tags: vec![tag],
        author: None,
        more: BTreeMap::from([("year".to_owned(), 2026)]),
    }
}

#[test]
fn a_structure_is_an_item() {
    let note = json_note(0.5);
    let item = to_item(&note).unwrap();
    let tags = [m([("name", s("a")), ("weight", n("0.5"))])];
    let expected = [("id", s("1")), ("tags", tags.into()), ("year", n("2026"))];
    assert_eq!(AttributeValue::M(item.clone()), m(expected));
    assert_eq!(from_item::<Note>(item), Ok(note));
}

/// Any value of serde's data model that has a representation of its own.
fn json() -> impl Strategy<Value = serde_json::Value> {
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(Into::into),
        any::<i64>().prop_map(Into::into),
        any::<u64>().prop_map(Into::into),
        any::<String>().prop_map(Into::into),
    ];
    leaf.prop_recursive(4, 32, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Into::into),
            prop::collection::btree_map(any::<String>(), inner, 0..4)
                .prop_map(|entries| serde_json::Value::Object(entries.into_iter().collect())),
        ]
    })
}

fn returns<T: Serialize + DeserializeOwned + PartialEq + Debug>(value: &T) -> Result<(), TestCaseError> {
    let written = to_attribute_value(value).map_err(|error| TestCaseError::fail(error.to_string()))?;
    let read = from_attribute_value::<T>(written);
    prop_assert_eq!(read.as_ref(), Ok(value));
    Ok(())
}

proptest! {
    #[test]
    fn what_is_written_is_read_again(
        document in json(),
        integers in any::<(i8, i16, i32, i64, i128)>(),
        unsigned in any::<(u8, u16, u32, u64, u128)>(),
        double in prop::num::f64::NORMAL | prop::num::f64::SUBNORMAL | prop::num::f64::ZERO,
        float in prop::num::f32::NORMAL | prop::num::f32::SUBNORMAL | prop::num::f32::ZERO,
        bytes in any::<Vec<u8>>(),
        keys in any::<BTreeMap<i128, Option<char>>>(),
        number in any::<i64>(),
        text in any::<String>(),
        small in any::<(u8, u8)>(),
    ) {
        returns(&document)?;
        returns(&integers)?;
        returns(&unsigned)?;
        returns(&double)?;
        returns(&float)?;
        returns(&bytes)?;
        returns(&ByteBuf::from(bytes))?;
        returns(&keys)?;
        returns(&[External::Unit, External::Tuple(1, text.clone()), External::Fields { a: true }].to_vec())?;
        returns(&Internal::Fields { a: number, b: Some(double) })?;
        returns(&[Adjacent::Unit, Adjacent::Newtype(text.clone()), Adjacent::Tuple(small.0, small.1)].to_vec())?;
        returns(&[Untagged::Number(number), Untagged::Text(text)].to_vec())?;
    }

    /// Whatever an item is, nothing panics.
    #[test]
    fn any_text_may_be_in_a_number(text in "[-+0-9.eE]{0,12}|\\PC{0,8}") {
        let value = || AttributeValue::N(text.clone());
        let _ = from_attribute_value::<i128>(value());
        let _ = from_attribute_value::<u8>(value());
        let _ = from_attribute_value::<f32>(value());
        let _ = from_attribute_value::<serde_json::Value>(value());
    }
}

#[test]
fn the_unknown_variant_has_no_conversion_and_is_refused() {
    let value = AttributeValue::empty();
    assert!(from_attribute_value::<serde_json::Value>(value).is_err());
}
