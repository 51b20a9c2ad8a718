//! Rule sets that are sound, and those that are not.

use crate::{
    endpoint::{
        EndpointError,
        functions::{equals, is_set, not},
    },
    operation::rules::{
        self,
        Expr::{self, *},
        Kind, Parameter,
        Rule::{self, *},
        RuleSet, Value,
    },
};

fn of(rules: &'static [Rule]) -> Result<String, EndpointError> {
    const PARAMETERS: &[Parameter] = &[rules::string("A"), rules::string("B")];
    let set = RuleSet { parameters: PARAMETERS, variables: &["X"], rules };
    set.resolve([("A", Value::from("a")), ("Unknown", Value::from("u"))]).map(|endpoint| endpoint.url)
}

fn malformed(rules: &'static [Rule]) -> String {
    match of(rules) {
        Err(EndpointError::Malformed(problem)) => problem,
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_first_rule_that_applies_counts() {
    assert_eq!(of(&[Url(&[Var(1)], Text("b")), Url(&[Var(0)], Text("a"))]), Ok("a".to_owned()));
    assert_eq!(of(&[Url(&[Bool(false)], Text("b")), Url(&[], Text("c"))]), Ok("c".to_owned()));
    let error = of(&[Error(&[], Template("no {A} {{x}}")), Url(&[], Text("a"))]);
    assert_eq!(error, Err(EndpointError::Rule("no a {x}".to_owned())));
}

#[test]
fn a_variable_is_kept_for_what_is_behind() {
    const KEEP: Expr = Let(2, &Var(0));
    assert_eq!(
        of(&[Url(&[KEEP, Call(equals, &[Var(2), Text("a")])], Template("{X}/{A}"))]),
        Ok("a/a".to_owned())
    );
    // What is not there fails the condition, and is not kept.
    let nothing =
        of(&[Url(&[Let(2, &Var(1))], Text("b")), Url(&[Call(not, &[Call(is_set, &[Var(2)])])], Text("c"))]);
    assert_eq!(nothing, Ok("c".to_owned()));
}

#[test]
fn parameters_are_of_their_kind() {
    static SET: RuleSet = RuleSet {
        parameters: &[
            rules::boolean("Flag").required(),
            rules::strings("List").default(List(&[Text("x"), Text("y")])),
        ],
        variables: &[],
        rules: &[Url(&[Call(equals, &[Get(&Var(1), "[-1]"), Text("y")])], Text("yes"))],
    };
    let error = |parameters: Vec<(&str, Value<'_>)>| match SET.resolve(parameters) {
        Err(EndpointError::Parameter(problem)) => problem,
        other => panic!("{other:?}"),
    };
    assert_eq!(error(vec![]), "the endpoint parameter Flag must be set");
    assert_eq!(
        error(vec![("Flag", "true".into())]),
        "the endpoint parameter Flag must be a boolean, but is \"true\""
    );
    let mixed = Value::List(vec!["x".into(), true.into()]);
    let told = error(vec![("Flag", true.into()), ("List", mixed)]);
    assert_eq!(told, "the endpoint parameter List must be a list of texts, but is [\"x\", true]");
    assert_eq!(SET.resolve([("Flag", true.into())]).unwrap().url, "yes");
    assert_eq!(SET.parameters[0].kind, Kind::Boolean);
}

#[test]
fn rule_sets_that_are_not_sound() {
    assert!(malformed(&[]).starts_with("no rule applies"));
    assert!(
        malformed(&[Tree(&[], &[Url(&[Bool(false)], Text("a"))]), Url(&[], Text("b"))])
            .starts_with("no rule of a tree")
    );
    assert_eq!(malformed(&[Url(&[Var(9)], Text("a"))]), "a rule refers to variable 9, but there are 3");
    assert_eq!(
        malformed(&[Url(&[Let(9, &Var(0))], Text("a"))]),
        "a rule refers to variable 9, but there are 3"
    );
    assert_eq!(
        malformed(&[Url(&[], Bool(true))]),
        "the address of an endpoint must be text, but is a boolean"
    );
    assert_eq!(malformed(&[Error(&[], Var(1))]), "the message of an error must be text, but is nothing");
    for (rules, place) in [
        (&[Url(&[], Template("{B}"))], "`{B}`"),
        (&[Url(&[], Template("{A#part}"))], "`{A#part}`"),
        (&[Url(&[], Template("{Nobody}"))], "`{Nobody}`"),
    ] {
        assert_eq!(malformed(rules), format!("{place} has no text to be filled in"));
    }
    for template in ["{A", "A}", "{A{B}}", "{"] {
        let rules: &'static [Rule] = vec![Url(&[], Template(template))].leak();
        assert!(malformed(rules).contains("do not pair"), "{template}");
    }
}

/// Rules that hold themselves, and those that are all but endless.
#[test]
fn nothing_runs_away() {
    static LOOP: Expr = Get(&LOOP, "x");
    static DEEP: Rule = Tree(&[], &[Tree(&[], &[])]);
    static ENDLESS: [Rule; 1] = [Tree(&[], &ENDLESS)];
    assert!(malformed(&ENDLESS).contains("nested too deep"));
    assert!(malformed(std::slice::from_ref(&DEEP)).contains("no rule"));
    let rules: &'static [Rule] = vec![Url(&[], LOOP)].leak();
    assert!(malformed(rules).contains("nested too deep"));
    let wide: &'static [Expr] = vec![Bool(true); 1000].leak();
    let many: &'static [Rule] =
        (0..1000).map(|_| Url(vec![Call(equals, wide)].leak(), Text("a"))).collect::<Vec<_>>().leak();
    assert!(malformed(many).contains("too many"));
}

#[test]
fn values_are_shown_as_in_json() {
    let value =
        Value::Object(vec![("a", Value::List(vec!["x\"".into(), Value::Number(1)])), ("b", Value::None)]);
    assert_eq!(value.to_string(), r#"{"a": ["x\"", 1], "b": unset}"#);
}
