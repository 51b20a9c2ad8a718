//! Endpoint rules: what they refer to must be there, and fit.

use crate::{
    endpoint_rule_language,
    jmespath::{self, Step},
    model::{Expression, ExpressionKind, Kind, Model, Operation, Outcome, Pointer, Rule},
    source::Source,
};
use std::collections::BTreeSet;

/// The types of parameters. Some rule sets begin them with a capital letter.
const TYPES: [&str; 3] = ["string", "boolean", "stringarray"];
/// How many parameters and variables there may be. S3, which has most, has 41.
const MAX_VARIABLES: usize = 250;

/// Checks `endpoint-rule-set-1.json`.
pub(crate) fn endpoint_rules(model: &Model, source: &mut Source) {
    let Some(rules) = &model.endpoint_rules else { return };
    for (name, parameter) in &rules.parameters {
        identifier(source, &parameter.at, name);
        let kind = parameter.kind.to_ascii_lowercase();
        if !kind.is_empty() && !TYPES.contains(&&*kind) {
            let message = format!("unknown type `{}`", parameter.kind);
            source.report(
                &parameter.at.key("type"),
                message,
                "the types are `string`, `boolean` and `stringArray`",
            );
        }
        let fits = parameter.default.as_ref().is_none_or(|default| is_of(default, &kind));
        if !fits {
            let message = format!("this is not a value of type `{}`", parameter.kind);
            source.report(&parameter.at.key("default"), message, "write a value of the parameter's type");
        }
    }
    let mut scope =
        Scope { names: rules.parameters.keys().map(String::as_str).collect(), seen: BTreeSet::new() };
    scope.rules(source, &rules.rules);
    if rules.parameters.len() + scope.seen.len() > MAX_VARIABLES {
        let message = format!("the rules have more than {MAX_VARIABLES} parameters and variables");
        source.report(&Pointer::ROOT, message, "such rules are not generated");
    }
}

/// Checks what the operations of a model tell the rules.
pub(crate) fn operations(model: &Model, source: &mut Source) {
    for operation in model.operations.values() {
        for (name, path) in &operation.operation_context_params {
            let at = operation.at.key("operationContextParams").key(name).key("path");
            let steps = jmespath::parse(path);
            let resolved = steps.and_then(|steps| resolve_from_input(model, operation, &steps));
            if let Err(message) = resolved {
                source.report(
                    &at,
                    format!("the path `{path}` cannot be followed: {message}"),
                    "a path consists of members, `[*]`, `keys(…)` and `[one, other][]`",
                );
            }
        }
        for (name, value) in &operation.static_context_params {
            let texts = |items: &Vec<serde_json::Value>| items.iter().all(serde_json::Value::is_string);
            if !(value.is_string() || value.is_boolean() || value.as_array().is_some_and(texts)) {
                let at = operation.at.key("staticContextParams").key(name).key("value");
                source.report(
                    &at,
                    "this is not a value of a parameter",
                    "write a string, a boolean, or a list of strings",
                );
            }
        }
    }
}

/// Whether the steps lead anywhere from the operation's input.
fn resolve_from_input(model: &Model, operation: &Operation, steps: &[Step]) -> Result<(), String> {
    let input = operation.input.as_ref().ok_or("the operation has no input")?;
    resolve_path(model, &input.shape, steps)
}

fn resolve_path(model: &Model, shape: &str, steps: &[Step]) -> Result<(), String> {
    let Some((step, rest)) = steps.split_first() else { return Ok(()) };
    let kind = model.shapes.get(shape).map(|shape| &shape.kind);
    match (step, kind) {
        // A missing shape is reported with the reference.
        (_, None) => Ok(()),
        (Step::Member(name), Some(Kind::Structure(structure))) => {
            let member = structure.members.get(name);
            let member = member.ok_or_else(|| format!("`{shape}` has no member `{name}`"))?;
            resolve_path(model, &member.shape, rest)
        }
        (Step::Each, Some(Kind::List(element))) => resolve_path(model, &element.shape, rest),
        (Step::Keys, Some(Kind::Map(..))) if rest.is_empty() => Ok(()),
        (Step::Any(paths), Some(_)) if rest.is_empty() => {
            paths.iter().try_for_each(|path| resolve_path(model, shape, path))
        }
        (step, Some(_)) => Err(match step {
            Step::Member(name) => format!("`{shape}` is not a structure and has no member `{name}`"),
            Step::Each => format!("`{shape}` is not a list"),
            Step::Keys => format!("`{shape}` is not a map, or something follows its keys"),
            Step::Any(_) => "something follows the list of paths".to_owned(),
        }),
    }
}

fn is_of(value: &Expression, kind: &str) -> bool {
    let plain = |value: &Expression| matches!(&value.kind, ExpressionKind::Text(text) if !endpoint_rule_language::is_template(text));
    match kind {
        "string" => plain(value),
        "boolean" => matches!(value.kind, ExpressionKind::Bool(_)),
        "stringarray" => matches!(&value.kind, ExpressionKind::List(items) if items.iter().all(plain)),
        _ => true,
    }
}

fn identifier(source: &mut Source, at: &Pointer, name: &str) {
    let letters = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    if !letters || !name.starts_with(|first: char| first.is_ascii_alphabetic()) {
        let message = format!("`{}` cannot be the name of a parameter or variable", name.escape_debug());
        source.report(
            at,
            message,
            "such a name begins with a letter and continues with letters, digits and `_`",
        );
    }
}

/// The names that can be referred to at a place.
struct Scope<'r> {
    names: Vec<&'r str>,
    /// All variables so far, wherever they are.
    seen: BTreeSet<&'r str>,
}

impl<'r> Scope<'r> {
    fn rules(&mut self, source: &mut Source, rules: &'r [Rule]) {
        for rule in rules {
            let before = self.names.len();
            self.rule(source, rule);
            self.names.truncate(before);
        }
    }

    fn rule(&mut self, source: &mut Source, rule: &'r Rule) {
        for condition in &rule.conditions {
            self.expression(source, &condition.value);
            let Some(name) = &condition.assign else { continue };
            let at = condition.value.at.key("assign");
            identifier(source, &at, name);
            if self.names.contains(&name.as_str()) {
                let message = format!("`{name}` has a value already");
                source.report(&at, message, "choose another name");
            }
            self.names.push(name);
            self.seen.insert(name);
        }
        match &rule.outcome {
            Outcome::Tree(rules) => self.rules(source, rules),
            Outcome::Error(message) => self.expression(source, message),
            Outcome::Endpoint { url, properties, headers } => {
                self.expression(source, url);
                self.expressions(source, properties.values());
                self.expressions(source, headers.values().flatten());
                for name in headers.keys() {
                    let letters = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
                    if name.is_empty() || !name.bytes().all(letters) {
                        let at = rule.at.key("endpoint").key("headers");
                        let message =
                            format!("`{}` cannot be the name of a header field", name.escape_debug());
                        source.report(
                            &at,
                            message,
                            "such a name consists of letters, digits, `-`, `_` and `.`",
                        );
                    }
                }
            }
        }
    }

    fn expressions<'e>(&self, source: &mut Source, expressions: impl IntoIterator<Item = &'e Expression>) {
        for expression in expressions {
            self.expression(source, expression);
        }
    }

    fn expression(&self, source: &mut Source, expression: &Expression) {
        let at = &expression.at;
        match &expression.kind {
            ExpressionKind::Bool(_) | ExpressionKind::Number(_) => {}
            ExpressionKind::Reference(name) => self.reference(source, &at.key("ref"), name),
            ExpressionKind::Text(text) => match endpoint_rule_language::placeholders(text) {
                Some(placeholders) => {
                    for placeholder in placeholders {
                        self.reference(source, at, placeholder.name);
                    }
                }
                None => source.report(
                    at,
                    format!("the braces of `{text}` do not match"),
                    "a placeholder is written `{Name}` or `{Name#part}`, a brace `{{` or `}}`",
                ),
            },
            ExpressionKind::List(items) => self.expressions(source, items),
            ExpressionKind::Object(members) => self.expressions(source, members.values()),
            ExpressionKind::Call(name, arguments) => {
                function(source, at, name, arguments);
                self.expressions(source, arguments);
            }
        }
    }

    fn reference(&self, source: &mut Source, at: &Pointer, name: &str) {
        if !self.names.contains(&name) {
            let names = self.names.iter().copied();
            let help = source.did_you_mean(
                name,
                names,
                "name a parameter, or a variable that an earlier condition assigns",
            );
            source.report(at, format!("there is no parameter or variable `{name}` here"), help);
        }
    }
}

fn function(source: &mut Source, at: &Pointer, name: &str, arguments: &[Expression]) {
    let Some(function) = endpoint_rule_language::find(name) else {
        let names = endpoint_rule_language::FUNCTIONS.iter().map(|function| function.name);
        let help = source.did_you_mean(name, names, "this function is not supported");
        source.report(&at.key("fn"), format!("there is no function `{name}`"), help);
        return;
    };
    let count = arguments.len();
    if !function.arguments.contains(&count) {
        let expected = function.arguments.start();
        let message = format!("`{name}` is called with {count} arguments");
        source.report(&at.key("argv"), message, format!("it takes {expected}"));
    }
    let path = arguments.get(1).map(|path| &path.kind);
    if name == "getAttr"
        && !matches!(path, Some(ExpressionKind::Text(path)) if !endpoint_rule_language::is_template(path))
    {
        let message = "the second argument of `getAttr` is not a path";
        source.report(&at.key("argv").index(1), message, "write it as a string: `resourceId[0]`");
    }
}
