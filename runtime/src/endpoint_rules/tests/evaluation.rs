//! Evaluation of valid and of invalid rule sets.

use crate::endpoint_rules::{
    EndpointError, EndpointValue, Parameter, ParameterType, Rule, RuleSet,
    functions::{equals, is_set, not},
    rule_set,
    rule_set::{Expr, Expr::*, Rule::*},
};

fn resolve(rules: &'static [Rule]) -> Result<String, EndpointError> {
    const PARAMETERS: &[Parameter] = &[rule_set::string("A"), rule_set::string("B")];
    let set = RuleSet { parameters: PARAMETERS, variables: &["X"], rules };
    set.resolve([("A", EndpointValue::from("a")), ("Unknown", EndpointValue::from("u"))])
        .map(|endpoint| endpoint.url)
}

fn malformed(rules: &'static [Rule]) -> String {
    match resolve(rules) {
        Err(EndpointError::Malformed(problem)) => problem,
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_first_rule_that_applies_decides() {
    assert_eq!(resolve(&[Url(&[Var(1)], Text("b")), Url(&[Var(0)], Text("a"))]), Ok("a".to_owned()));
    assert_eq!(resolve(&[Url(&[Bool(false)], Text("b")), Url(&[], Text("c"))]), Ok("c".to_owned()));
    let error = resolve(&[Error(&[], Template("no {A} {{x}}")), Url(&[], Text("a"))]);
    assert_eq!(error, Err(EndpointError::Rule("no a {x}".to_owned())));
}

#[test]
fn variables_are_visible_to_later_conditions() {
    const KEEP: Expr = Let(2, &Var(0));
    assert_eq!(
        resolve(&[Url(&[KEEP, Call(equals, &[Var(2), Text("a")])], Template("{X}/{A}"))]),
        Ok("a/a".to_owned())
    );
    // An unset value fails the condition and is not assigned.
    let nothing = resolve(&[
        Url(&[Let(2, &Var(1))], Text("b")),
        Url(&[Call(not, &[Call(is_set, &[Var(2)])])], Text("c")),
    ]);
    assert_eq!(nothing, Ok("c".to_owned()));
}

#[test]
fn parameters_are_checked_against_their_type() {
    static SET: RuleSet = RuleSet {
        parameters: &[
            rule_set::boolean("Flag").required(),
            rule_set::strings("List").default(List(&[Text("x"), Text("y")])),
        ],
        variables: &[],
        rules: &[Url(&[Call(equals, &[Get(&Var(1), "[-1]"), Text("y")])], Text("yes"))],
    };
    let error = |parameters: Vec<(&str, EndpointValue<'_>)>| match SET.resolve(parameters) {
        Err(EndpointError::Parameter(problem)) => problem,
        other => panic!("{other:?}"),
    };
    assert_eq!(error(vec![]), "the endpoint parameter Flag must be set");
    assert_eq!(
        error(vec![("Flag", "true".into())]),
        "the endpoint parameter Flag must be a boolean, but it is \"true\""
    );
    let mixed = EndpointValue::List(vec!["x".into(), true.into()]);
    let message = error(vec![("Flag", true.into()), ("List", mixed)]);
    assert_eq!(message, "the endpoint parameter List must be a list of strings, but it is [\"x\", true]");
    assert_eq!(SET.resolve([("Flag", true.into())]).unwrap().url, "yes");
    assert_eq!(SET.parameters[0].parameter_type, ParameterType::Boolean);
}

#[test]
fn invalid_rule_sets_are_reported() {
    assert!(malformed(&[]).starts_with("no rule applies"));
    assert!(
        malformed(&[Tree(&[], &[Url(&[Bool(false)], Text("a"))]), Url(&[], Text("b"))])
            .starts_with("no rule of a tree")
    );
    assert_eq!(malformed(&[Url(&[Var(9)], Text("a"))]), "a rule uses variable 9, but there are only 3");
    assert_eq!(
        malformed(&[Url(&[Let(9, &Var(0))], Text("a"))]),
        "a rule uses variable 9, but there are only 3"
    );
    assert_eq!(malformed(&[Url(&[], Bool(true))]), "the endpoint URL must be a string, but it is a boolean");
    assert_eq!(malformed(&[Error(&[], Var(1))]), "an error message must be a string, but it is unset");
    for (rules, placeholder) in [
        (&[Url(&[], Template("{B}"))], "`{B}`"),
        (&[Url(&[], Template("{A#part}"))], "`{A#part}`"),
        (&[Url(&[], Template("{Nobody}"))], "`{Nobody}`"),
    ] {
        assert_eq!(malformed(rules), format!("the placeholder {placeholder} has no string value"));
    }
    for template in ["{A", "A}", "{A{B}}", "{"] {
        let rules: &'static [Rule] = vec![Url(&[], Template(template))].leak();
        assert!(malformed(rules).contains("unpaired brace"), "{template}");
    }
}

/// Rules that contain themselves, and rules that are very many.
#[test]
fn depth_and_steps_are_limited() {
    static LOOP: Expr = Get(&LOOP, "x");
    static DEEP: Rule = Tree(&[], &[Tree(&[], &[])]);
    static ENDLESS: [Rule; 1] = [Tree(&[], &ENDLESS)];
    assert!(malformed(&ENDLESS).contains("nested too deeply"));
    assert!(malformed(std::slice::from_ref(&DEEP)).contains("no rule"));
    let rules: &'static [Rule] = vec![Url(&[], LOOP)].leak();
    assert!(malformed(rules).contains("nested too deeply"));
    let wide: &'static [Expr] = vec![Bool(true); 1000].leak();
    let many: &'static [Rule] =
        (0..1000).map(|_| Url(vec![Call(equals, wide)].leak(), Text("a"))).collect::<Vec<_>>().leak();
    assert!(malformed(many).contains("too many"));
}

#[test]
fn values_are_displayed_as_json() {
    let value = EndpointValue::Object(vec![
        ("a", EndpointValue::List(vec!["x\"".into(), EndpointValue::Number(1)])),
        ("b", EndpointValue::None),
    ]);
    assert_eq!(value.to_string(), r#"{"a": ["x\"", 1], "b": unset}"#);
}
