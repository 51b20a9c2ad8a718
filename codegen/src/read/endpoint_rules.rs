//! `endpoint-rule-set-1.json`.

use super::object::Object;
use crate::json::Json;
use crate::model::{Condition, Expression, ExpressionKind, Outcome, Pointer, Rule, RuleParameter, RuleSet};
use crate::source::Source;
use indexmap::IndexMap;

/// Reads the rule set. `None` if it has no rules.
pub(super) fn endpoint_rules(source: &mut Source, json: Json) -> Option<RuleSet> {
    let mut document = Object::new(source, Pointer::ROOT, json)?;
    // Prose about the rules as a whole.
    document.ignore(&["documentation"]);
    version(source, &mut document);
    let parameters = document.required_object(source, "parameters");
    let parameters = parameters.into_iter().flat_map(Object::into_entries);
    let parameters =
        parameters.filter_map(|(at, name, json)| Some((name, parameter(source, at, json)?))).collect();
    let rules = rules(source, &mut document);
    document.finish(source);
    Some(RuleSet { parameters, rules: rules? })
}

/// The language has grown by functions since its first version, which are known here.
fn version(source: &mut Source, document: &mut Object) {
    let version: Option<String> = document.optional(source, "version");
    let Some(version) = version.filter(|version| !matches!(&**version, "1.0" | "1.1" | "1.2" | "1.3")) else {
        return;
    };
    let at = Pointer::ROOT.key("version");
    source.report(&at, format!("unknown version `{version}`"), "the versions are `1.0` to `1.3`");
}

fn parameter(source: &mut Source, at: Pointer, json: Json) -> Option<RuleParameter> {
    let mut object = Object::new(source, at, json)?;
    // Prose, and advice to those who write rules.
    object.ignore(&["documentation", "deprecated"]);
    let default = object.take_json("default").map(|json| expression(source, object.at.key("default"), json));
    let parameter = RuleParameter {
        at: object.at.clone(),
        kind: object.required(source, "type").unwrap_or_default(),
        built_in: object.optional(source, "builtIn"),
        required: object.bool_flag(source, "required"),
        default: default.flatten(),
    };
    object.finish(source);
    Some(parameter)
}

/// Reads `rules`. The JSON reader limits how deeply they are nested.
fn rules(source: &mut Source, object: &mut Object) -> Option<Vec<Rule>> {
    let at = object.at.key("rules");
    let items: Vec<Json> = object.required(source, "rules")?;
    let items = items.into_iter().enumerate();
    Some(items.filter_map(|(index, json)| rule(source, at.index(index), json)).collect())
}

fn rule(source: &mut Source, at: Pointer, json: Json) -> Option<Rule> {
    let mut object = Object::new(source, at, json)?;
    object.ignore(&["documentation"]);
    let kind: Option<String> = object.required(source, "type");
    let conditions = object.elements(source, "conditions");
    let conditions = conditions.filter_map(|(at, json)| condition(source, at, json)).collect();
    let outcome = match kind.as_deref()? {
        "tree" => rules(source, &mut object).map(Outcome::Tree),
        "error" => need(source, &mut object, "error").map(Outcome::Error),
        "endpoint" => endpoint(source, &mut object),
        other => {
            let help = source.did_you_mean(
                other,
                ["tree", "error", "endpoint"],
                "the types are `tree`, `error` and `endpoint`",
            );
            source.report(&object.at.key("type"), format!("unknown type of rule `{other}`"), help);
            return None;
        }
    };
    let at = object.at.clone();
    object.finish(source);
    Some(Rule { at, conditions, outcome: outcome? })
}

fn condition(source: &mut Source, at: Pointer, json: Json) -> Option<Condition> {
    let mut object = Object::new(source, at, json)?;
    let assign = object.optional(source, "assign");
    let value = call(source, object)?;
    Some(Condition { value, assign })
}

fn endpoint(source: &mut Source, object: &mut Object) -> Option<Outcome> {
    let mut object = object.required_object(source, "endpoint")?;
    let url = need(source, &mut object, "url");
    let properties = object.entries(source, "properties");
    let properties =
        properties.filter_map(|(at, name, json)| Some((name, property(source, at, json)?))).collect();
    let headers = object.entries(source, "headers");
    let headers = headers.filter_map(|(at, name, json)| Some((name, values(source, &at, json)?))).collect();
    object.finish(source);
    Some(Outcome::Endpoint { url: url?, properties, headers })
}

/// The values of a header field.
fn values(source: &mut Source, at: &Pointer, json: Json) -> Option<Vec<Expression>> {
    let list: Vec<Json> = super::object::value(source, at, json)?;
    let list = list.into_iter().enumerate();
    Some(list.filter_map(|(index, json)| expression(source, at.index(index), json)).collect())
}

/// A property, whose objects are no expressions unless they look like one.
fn property(source: &mut Source, at: Pointer, json: Json) -> Option<Expression> {
    let kind = match json {
        Json::Object(members) if !members.contains_key("fn") && !members.contains_key("ref") => {
            let members = members.into_iter();
            let members = members
                .filter_map(|(name, json)| Some((name.clone(), property(source, at.key(&name), json)?)));
            ExpressionKind::Object(members.collect::<IndexMap<_, _>>())
        }
        Json::Array(items) => {
            let items = items.into_iter().enumerate();
            ExpressionKind::List(
                items.filter_map(|(index, json)| property(source, at.index(index), json)).collect(),
            )
        }
        other => return expression(source, at, other),
    };
    Some(Expression { at, kind })
}

fn need(source: &mut Source, object: &mut Object, key: &'static str) -> Option<Expression> {
    let json: Json = object.required(source, key)?;
    expression(source, object.at.key(key), json)
}

fn expression(source: &mut Source, at: Pointer, json: Json) -> Option<Expression> {
    let kind = match json {
        Json::String(text) => ExpressionKind::Text(text),
        Json::Bool(value) => ExpressionKind::Bool(value),
        Json::Array(items) => {
            let items = items.into_iter().enumerate();
            let items = items.filter_map(|(index, json)| expression(source, at.index(index), json));
            ExpressionKind::List(items.collect())
        }
        Json::Object(members) => {
            let refers = members.contains_key("ref");
            let object = Object::new(source, at, Json::Object(members))?;
            return if refers { reference(source, object) } else { call(source, object) };
        }
        Json::Number(number) if number.is_i64() => ExpressionKind::Number(number.as_i64()?),
        Json::Null | Json::Number(_) => {
            let message = "this is not an expression of the rule language";
            source.report(&at, message, "write a string, a boolean, an integer, a `ref` or a `fn`");
            return None;
        }
    };
    Some(Expression { at, kind })
}

fn reference(source: &mut Source, mut object: Object) -> Option<Expression> {
    let name = object.optional(source, "ref");
    let at = object.at.clone();
    object.finish(source);
    Some(Expression { at, kind: ExpressionKind::Reference(name?) })
}

fn call(source: &mut Source, mut object: Object) -> Option<Expression> {
    let function = object.required(source, "fn");
    let at = object.at.clone();
    let arguments = object.elements(source, "argv");
    let arguments = arguments.filter_map(|(at, json)| expression(source, at, json)).collect();
    object.finish(source);
    Some(Expression { at, kind: ExpressionKind::Call(function?, arguments) })
}
