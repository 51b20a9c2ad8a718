use super::*;
use crate::diagnostic::Location;
use crate::json;
use std::fmt::Write as _;
use std::path::PathBuf;

const METADATA: &str = r#"{"apiVersion": "2020-01-01", "endpointPrefix": "x", "protocol": "rest-json"}"#;

/// The problems of a document, one a line: place, problem, remedy.
fn problems(text: &str) -> String {
    let (json, faults) = json::parse(text);
    assert_eq!(faults, [], "{text}");
    let mut source = Source::new(PathBuf::from(MODEL_FILE));
    let mut broken = BTreeSet::new();
    let model = document(&mut source, json.unwrap(), &mut broken).unwrap_or_default();
    validate::service(&model, &broken, &mut source);
    listed(source)
}

fn listed(source: Source) -> String {
    let mut diagnostics = Diagnostics::new();
    source.finish(&mut diagnostics);
    let mut list = String::new();
    for diagnostic in diagnostics.iter() {
        let Location::Node(at) = &diagnostic.location else { panic!("{diagnostic:?}") };
        let help = diagnostic.help.as_deref().unwrap_or_default();
        writeln!(list, "{at}: {} | {help}", diagnostic.message).unwrap();
    }
    list
}

/// The problems of a model with these operations and shapes.
fn of(operations: &str, shapes: &str) -> String {
    problems(&format!(r#"{{"metadata": {METADATA}, "operations": {operations}, "shapes": {shapes}}}"#))
}

fn operation(uri: &str, rest: &str) -> String {
    format!(r#"{{"Get": {{"name": "Get", "http": {{"method": "GET", "requestUri": "{uri}"}}{rest}}}}}"#)
}

fn chain(length: usize, link: fn(usize) -> String) -> String {
    let shapes: Vec<String> = (0..length).map(link).collect();
    format!(r#"{{{}, "S{length}": {{"type": "structure", "members": {{}}}}}}"#, shapes.join(","))
}

#[test]
fn missing_and_mistaken_values() {
    assert_eq!(problems("[]"), "/: the document is a list | write an object here\n");
    assert_eq!(
        problems(r#"{"metadata": 3, "operations": {}}"#),
        "/metadata: `metadata` is the number 3 | write an object here\n\
         /: the document has no `shapes` | add the key `shapes` with an object\n"
    );
    assert_eq!(
        of(
            "{}",
            r#"{"A": {"type": "structure", "members": {"b": {"shape": 1}, "c": {"shape": "A", "box": "yes"}}}}"#
        ),
        "/shapes/A/members/b/shape: `shape` is the number 1 | write a string here\n\
         /shapes/A/members/c/box: `box` is a string | write `true` or `false` here\n"
    );
    assert_eq!(
        of("{}", r#"{"A": {"type": "structure", "members": {}, "required": ["x", null]}}"#),
        "/shapes/A/required/1: this element is null | write a string here\n\
         /shapes/A/required/0: `required` names `x`, which is not a member of this structure | add the member, or remove its name here\n"
    );
}

#[test]
fn unknown_keys_and_words() {
    let text = of("{}", r#"{"A": {"type": "string", "sensitve": true, "members": {}}}"#);
    let lines: Vec<&str> = text.lines().collect();
    assert!(lines[0].starts_with("/shapes/A/sensitve: unknown key `sensitve` | did you mean `sensitive`?"));
    assert!(lines[1].starts_with("/shapes/A/members: unknown key `members` | expected one of"));
    assert_eq!(lines.len(), 2);
    assert_eq!(
        of(
            "{}",
            r#"{"A": {"type": "strin"}, "B": {"type": "list", "member": {"shape": "A", "location": "headr"}}}"#
        ),
        "/shapes/A/type: unknown type `strin` | did you mean `string`?\n\
         /shapes/B/member/location: unknown location `headr` | did you mean `header`?\n"
    );
}

#[test]
fn a_protocol_beside_a_known_one_may_be_new() {
    let with = |protocols: &str| {
        problems(&format!(
            r#"{{"metadata": {{"apiVersion": "1", "endpointPrefix": "x", {protocols}}}, "operations": {{}}, "shapes": {{}}}}"#
        ))
    };
    assert_eq!(with(r#""protocols": ["next", "json"]"#), "");
    assert!(
        with(r#""protocols": ["jsn"]"#)
            .starts_with("/metadata/protocols/0: unknown protocol `jsn` | did you mean `json`?")
    );
    assert!(
        with(r#""protocol": "soap""#)
            .starts_with("/metadata/protocol: unknown protocol `soap` | expected one of")
    );
    assert!(with(r#""protocols": []"#).starts_with("/metadata: `metadata` has no `protocol`"));
}

#[test]
fn references_name_shapes_of_the_right_kind() {
    assert_eq!(
        of(
            &operation(
                "/",
                r#", "input": {"shape": "Strng"}, "output": {"shape": "String"}, "errors": [{"shape": "Nope"}]"#
            ),
            r#"{"String": {"type": "string"}, "M": {"type": "map", "key": {"shape": "M"}, "value": {"shape": "String"}}}"#
        ),
        "/operations/Get/input/shape: there is no shape `Strng` | did you mean `String`?\n\
         /operations/Get/output/shape: `String` is not a structure, and the output of an operation must be one | name a structure, or \
         make one with this shape as its member\n\
         /operations/Get/errors/0/shape: there is no shape `Nope` | add this shape to `shapes`, or name one of those\n\
         /shapes/M/key/shape: `M` is not a string, and the key of a map must be one | name a shape of type `string`\n"
    );
}

#[test]
fn labels_and_members_pair() {
    let shapes = r#"{"S": {"type": "string"}, "In": {"type": "structure", "members": {
        "FunctionName": {"shape": "S", "location": "uri", "locationName": "FunctionName"}, "Key": {"shape": "S", "location": "uri"}}}}"#;
    let with = |uri: &str| of(&operation(uri, r#", "input": {"shape": "In"}"#), shapes);
    assert_eq!(with("/{FunctionName}/x/{Key+}?list"), "");
    assert_eq!(
        with("/{FunctionNam}/{Key}"),
        "/operations/Get/http/requestUri: no member of the input is bound to the label `{FunctionNam}` | did you mean `FunctionName`?\n\
         /shapes/In/members/FunctionName: the URI `/{FunctionNam}/{Key}` has no label `{FunctionName}` for this member | did you mean \
         `FunctionNam`?\n"
    );
    for (uri, message) in [
        ("/{FunctionName}/{Key", "the braces of"),
        ("/{FunctionName}}/{Key}", "the braces of"),
        ("/{FunctionName}/{Key}/{Key}", "the label `{Key}` is a duplicate"),
        ("/{FunctionName}/{Key}/{}", "a label has no name"),
        ("/{FunctionName}/{Key}?a={b}", "a label is in the query"),
        ("{FunctionName}/{Key}", "the URI `{FunctionName}/{Key}` does not begin with `/`"),
    ] {
        let found = with(uri);
        assert!(found.starts_with(&format!("/operations/Get/http/requestUri: {message}")), "{uri}: {found}");
        assert_eq!(found.lines().count(), 1, "{found}");
    }
}

#[test]
fn host_labels_need_their_member() {
    let shapes = r#"{"S": {"type": "string"}, "In": {"type": "structure", "members": {"Id": {"shape": "S"}, "Ok": {"shape": "S", "hostLabel": true}}}}"#;
    let with = |prefix: &str| {
        of(
            &operation(
                "/",
                &format!(r#", "input": {{"shape": "In"}}, "endpoint": {{"hostPrefix": "{prefix}"}}"#),
            ),
            shapes,
        )
    };
    assert_eq!(with("{Ok}."), "");
    assert_eq!(
        with("{Id}."),
        "/operations/Get/endpoint/hostPrefix: no member of the input with `hostLabel` is named `Id` | set `hostLabel` on the member \
         `Id` of the input, or remove the label\n"
    );
}

#[test]
fn payload_names_a_member() {
    assert_eq!(
        of(
            "{}",
            r#"{"S": {"type": "string"}, "A": {"type": "structure", "members": {"Body": {"shape": "S"}}, "payload": "body"}}"#
        ),
        "/shapes/A/payload: `payload` names `body`, which is not a member of this structure | did you mean `Body`?\n"
    );
}

#[test]
fn names_are_made_of_letters() {
    let long = "a".repeat(256);
    let text = of(
        &operation("/", "").replace("\"Get\": {", "\"Get-It\": {"),
        &format!(
            r#"{{"": {{"type": "string"}}, "A\u0000/..": {{"type": "string"}}, "_9": {{"type": "string"}}, "__a9": {{"type": "string"}},
                "{long}": {{"type": "string"}}, "E": {{"type": "string", "enum": ["a", "", "a"]}}}}"#
        ),
    );
    let starts = [
        "/operations/Get-It: `Get-It` cannot be the name of an operation |",
        "/shapes/: the name of this shape is empty |",
        "/shapes/A\0~1..: `A\\0/..` cannot be the name of a shape |",
        "/shapes/_9: `_9` cannot be the name of a shape |",
        &format!(
            "/shapes/{long}: the name of this shape, `aaaaaaaaaaaaaaaaaaaaaaaa…`, has 256 bytes | such a name has at most 255"
        ),
        "/shapes/E/enum/1: this enum value is empty |",
        "/shapes/E/enum/2: the enum value `a` is a duplicate |",
    ];
    assert_eq!(text.lines().count(), starts.len(), "{text}");
    for (line, start) in text.lines().zip(starts) {
        assert!(line.starts_with(start), "{line}");
    }
}

#[test]
fn lists_and_maps_end_somewhere() {
    let shapes = r#"{"S": {"type": "string"}, "In": {"type": "list", "member": {"shape": "A"}},
        "A": {"type": "list", "member": {"shape": "B"}}, "B": {"type": "map", "key": {"shape": "S"}, "value": {"shape": "A"}},
        "Self": {"type": "list", "member": {"shape": "Self"}},
        "Tree": {"type": "structure", "members": {"all": {"shape": "Trees"}}}, "Trees": {"type": "list", "member": {"shape": "Tree"}}}"#;
    assert_eq!(
        of("{}", shapes),
        "/shapes/B/value/shape: `A` → `B` → `A` contain one another without a structure in between | let one of them contain a structure or \
         a scalar\n\
         /shapes/Self/member/shape: `Self` → `Self` contain one another without a structure in between | let one of them contain a structure \
         or a scalar\n"
    );
}

#[test]
fn structures_are_nested_so_deep_and_no_deeper() {
    let link = |index: usize| {
        format!(
            r#""S{index}": {{"type": "structure", "members": {{"next": {{"shape": "S{}"}}}}}}"#,
            index + 1
        )
    };
    assert_eq!(of("{}", &chain(79, link)), "");
    assert!(
        of("{}", &chain(80, link))
            .starts_with("/shapes/S0: structures are nested 81 deep below `S0` | at most 80")
    );
    assert!(of("{}", &chain(20_000, link)).starts_with("/shapes/S0: structures are nested 20001 deep"));
    let circle = chain(50, link).replace("\"members\": {}", r#""members": {"next": {"shape": "S0"}}"#);
    assert_eq!(of("{}", &circle), "");
}

#[test]
fn problems_of_merged_nodes_point_into_the_file_they_came_from() {
    let dir = std::env::temp_dir().join(format!("myrina-read-{}", std::process::id()));
    std::fs::create_dir_all(&dir).unwrap();
    let base =
        format!(r#"{{"metadata": {METADATA}, "operations": {{}}, "shapes": {{"A": {{"type": "string"}}}}}}"#);
    std::fs::write(dir.join(MODEL_FILE), base).unwrap();
    let extras = r#"{"version": 1.0, "merge": {"shapes": {"A": {"typ": "x"}, "B": {"type": "list", "member": {"shape": "C"}}}}}"#;
    std::fs::write(dir.join(MODEL_EXTRAS_FILE), extras).unwrap();
    let mut diagnostics = Diagnostics::new();
    let model = model(&ModelFolder::new(&dir, ""), &mut diagnostics).unwrap();
    std::fs::remove_dir_all(&dir).unwrap();
    assert_eq!(model.shapes.keys().collect::<Vec<_>>(), ["A", "B"]);
    let places: Vec<String> =
        diagnostics.iter().map(|found| format!("{} {:?}", found.file.display(), found.location)).collect();
    assert_eq!(
        places,
        [
            "service-2.sdk-extras.json Node(/merge/shapes/A/typ)",
            "service-2.sdk-extras.json Node(/merge/shapes/B/member/shape)"
        ]
    );
}
