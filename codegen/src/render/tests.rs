use super::*;
use crate::diagnostic::Location;
use crate::model::Pointer;

fn shown(text: &str, place: &Location) -> String {
    let place = place::find(Some(text), place);
    let diagnostic = Diagnostic {
        file: PathBuf::from("models/x/service-2.json"),
        location: Location::File,
        message: "something is wrong".to_owned(),
        help: Some("make it right".to_owned()),
    };
    one(&Renderer::plain().term_width(WIDTH), &diagnostic, place.as_ref())
}

#[test]
fn short_members_are_marked_whole_and_long_ones_by_their_key() {
    let text = "{\n  \"a\": {\n    \"b\": 1\n  }\n}";
    let node = Pointer::ROOT.key("a");
    assert_eq!(
        shown(text, &Location::Node(node.key("b"))),
        "error: something is wrong\n \
         --> models/x/service-2.json:3:5\n  \
           |\n3 |     \"b\": 1\n  \
           |     ^^^^^^\n  \
           |\n  \
           = help: make it right"
    );
    assert!(shown(text, &Location::Node(node)).contains("2 |   \"a\": {\n  |   ^^^\n"));
    assert!(shown(text, &Location::Node(Pointer::ROOT)).contains("1 | {\n  | ^\n"));
}

#[test]
fn of_a_long_line_a_window_is_shown() {
    let text = format!("{{\"é\": \"{}\", \"b\": 1, \"c\": \"{}\"}}", "é".repeat(5000), "x".repeat(5000));
    let shown = shown(&text, &Location::Node(Pointer::ROOT.key("b")));
    assert!(shown.contains("--> models/x/service-2.json:1:5011\n"), "{shown}");
    assert!(shown.lines().all(|line| line.chars().count() < 300), "{shown}");
    assert!(shown.contains("\"b\": 1, \"c\""), "{shown}");
}

#[test]
fn places_in_text_may_lie_at_the_end_or_beyond() {
    for (line, column, start) in [(1, 1, "1:1"), (1, 9, "1:4"), (2, 1, "2:1"), (9, 9, "2:1")] {
        let shown = shown("abc\n", &Location::Text { line, column });
        assert!(shown.contains(&format!("service-2.json:{start}\n")), "{line}:{column} {shown}");
    }
    assert!(shown("", &Location::Text { line: 1, column: 1 }).contains("error: something is wrong"));
}

#[test]
fn a_whole_file_is_named_without_a_line() {
    let shown = shown("abc", &Location::File);
    assert!(shown.contains("--> models/x/service-2.json\n"), "{shown}");
}

#[test]
fn what_would_steer_a_terminal_is_written_out() {
    assert_eq!(clean("a\u{1b}[31m"), "a\\u{1b}[31m");
    assert_eq!(clean("é\n"), "é\\n");
}
