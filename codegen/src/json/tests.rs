use super::*;
use crate::model::Pointer;

fn value(text: &str) -> Json {
    let (value, errors) = parse(text);
    assert_eq!(errors, []);
    value.unwrap()
}

fn errors(text: &str) -> Vec<(usize, usize, String)> {
    parse(text)
        .1
        .into_iter()
        .map(|error| (error.position.line, error.position.column, error.message))
        .collect()
}

#[test]
fn members_keep_their_order_and_come_back_as_text() {
    let text = "{\n  \"b\": [\n    1,\n    -2.5,\n    \"x\\n\\u0001\\\"\"\n  ],\n  \"a\": {},\n  \"c\": [],\n  \"d\": null\n}\n";
    assert_eq!(pretty(&value(text)), text);
}

#[test]
fn a_duplicate_key_is_reported_and_the_first_value_stays() {
    let text = "{\n  \"a\": 1,\n  \"\\u0061\": 2,\n  \"b\": {\"c\": 1, \"c\": 2}\n}";
    let (json, _) = parse(text);
    assert_eq!(json.unwrap().get("a"), Some(&Json::Number(1.into())));
    assert_eq!(
        errors(text),
        [
            (3, 3, "the key `a` is a duplicate in its object".to_owned()),
            (4, 17, "the key `c` is a duplicate in its object".to_owned())
        ]
    );
}

#[test]
fn invalid_json_is_reported_with_its_position() {
    assert_eq!(
        errors("{\n  \"a\": tru\n}"),
        [(2, 11, "this is not JSON: expected `true`, `false` or `null`".to_owned())]
    );
    assert_eq!(errors("{\"a\": 1} x"), [(1, 10, "this is not JSON: trailing characters".to_owned())]);
    assert_eq!(errors("")[0].0, 1);
    assert_eq!(errors("{")[0].2, "the file ends in the middle of an object");
    assert_eq!(errors("{\"a\":")[0].2, "the file ends where a value is expected");
    assert!(errors(&"[".repeat(100_000))[0].2.contains("recursion limit"));
    assert!(errors("[1e999]")[0].2.contains("out of range"));
    assert!(errors(r#"{"\ud800": 1}"#)[0].2.contains("not JSON"));
}

#[test]
fn a_node_is_found_again() {
    let text = "{\"x\": {\"a~/b\": [10, {\"é\": \"v\"}]}, \"y\": 1}";
    let at = |pointer: Pointer| {
        let span = locate(text, &pointer).unwrap();
        (span.key.map(|range| &text[range]), &text[span.value])
    };
    let list = Pointer::ROOT.key("x").key("a~/b");
    assert_eq!(at(list.index(0)), (None, "10"));
    assert_eq!(at(list.index(1).key("é")), (Some("\"é\""), "\"v\""));
    assert_eq!(at(Pointer::ROOT.key("y")), (Some("\"y\""), "1"));
    assert_eq!(at(Pointer::ROOT), (None, text));
}

#[test]
fn a_node_that_is_not_there_leads_to_the_nearest_above() {
    let text = r#"{"x": {"y": [1]}}"#;
    for pointer in [Pointer::ROOT.key("x").key("z").key("w"), Pointer::ROOT.key("x").key("0")] {
        assert_eq!(&text[locate(text, &pointer).unwrap().value], r#"{"y": [1]}"#);
    }
    let deep = Pointer::ROOT.key("x").key("y").index(0).key("q");
    assert_eq!(&text[locate(text, &deep).unwrap().value], "1");
}

#[test]
fn positions_count_characters() {
    assert_eq!(position("é\nüx", 5), Position { line: 2, column: 2 });
    assert_eq!(position("ab", 99), Position { line: 1, column: 3 });
}
